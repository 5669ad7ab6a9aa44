import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { EntryBody } from '../../ledger/entry';
import { Answers } from '../../records/entities/answers';
import { Case } from '../../records/entities/case';
import { Evidence } from '../../records/entities/evidence';
import { InternalNote } from '../../records/entities/internal-note';
import { Message } from '../../records/entities/message';
import { readRows } from '../../records/read-rows';
import { ASKS, type Ask } from '../../rules/asks';
import { STEP_NAMES } from '../../rules/steps';
import type { CaseKey, Place, Vault } from '../../vault/vault';
import { isText } from '../answers';

/**
 * The columns whose texts search may find. Of what she said at lodging, left out is what says who she is or whom she fears: contact (under
 * another key, never opened here), `accommodation`, which tells of disability and language, and `keepOut`, which names people. Whoever empties
 * one of these but with the whole case forgets its words too (`SearchIndex.forgetCase`), as `erasure/support-words.ts` does.
 */
const SEARCHABLE = new Map<string, { entity: EntityTarget<ObjectLiteral>; columns: readonly string[] }>([
  [
    'cases',
    {
      entity: Case,
      columns: [
        'narrativeSealed',
        'desiredOutcomeSealed',
        'whenHappenedSealed',
        'systemKnownSealed',
        'reprisalTextSealed',
      ] satisfies (keyof Case)[],
    },
  ],
  ['internal_notes', { entity: InternalNote, columns: ['textSealed'] satisfies (keyof InternalNote)[] }],
  ['messages', { entity: Message, columns: ['textSealed'] satisfies (keyof Message)[] }],
  ['answers', { entity: Answers, columns: ['answersSealed'] satisfies (keyof Answers)[] }],
  ['evidence', { entity: Evidence, columns: ['describesSealed'] satisfies (keyof Evidence)[] }],
]);

/** Says where somebody can be reached or met, why somebody looked behind a seal, or what somebody needs to take part. */
const NOT_OF_A_STEP = [
  'contactAttempt',
  'onlyWayReason',
  'saidThroughWhom',
  'revealReason',
  'alternative',
  'meetingDetails',
];

const TEXTS_OF_STEPS: ReadonlySet<string> = new Set(
  Object.entries<Ask>(ASKS)
    .filter(([name, ask]) => isText(ask) && !NOT_OF_A_STEP.includes(name))
    .map(([name]) => name),
);

/** Acts beside the table of steps keep a reason why somebody looked behind a seal; it is no text of the case. */
const STEPS: ReadonlySet<unknown> = new Set(STEP_NAMES);

/**
 * Where the texts stand that an entry of a case wrote and search may find: what was said of what happened, messages both ways, notes of staff, texts of
 * steps as they were taken (allegations, offers, findings and reasons stand among them), and how files are described. Never a contact, a
 * name of a file, or a reason for looking behind a seal.
 */
export function searchablePlaces({ rows }: EntryBody): Place[] {
  return (
    rows
      .filter(({ table, set }) => table !== 'answers' || STEPS.has(set.step))
      // What the house writes by itself names files.
      .filter(({ table, set }) => table !== 'messages' || set.fromRole !== 'SYS')
      .flatMap(({ table, id, set }) =>
        (SEARCHABLE.get(table)?.columns ?? [])
          .filter((column) => typeof set[column] === 'string')
          .map((column) => ({ table, column, id })),
      )
  );
}

/** Gives what stands at each of these places, sealed; null where nothing does, undefined where the row is gone. */
export async function sealedAt(
  db: EntityManager,
  places: readonly Place[],
): Promise<(place: Place) => string | null | undefined> {
  const rows = new Map<string, ObjectLiteral>();
  for (const [table, { entity }] of SEARCHABLE) {
    const ids = new Set(places.filter((place) => place.table === table).map(({ id }) => id));
    for (const row of await readRows(db, entity, 'id', [...ids])) rows.set(`${table} ${row.id}`, row);
  }
  return ({ table, column, id }) => rows.get(`${table} ${id}`)?.[column] as string | null | undefined;
}

/** The texts that are sealed at a place. Throws when they were changed behind our back. */
export function openTexts(vault: Vault, key: CaseKey, place: Place, sealed: string): string[] {
  const text = vault.unseal(key, place, sealed);
  if (place.table !== 'answers') return [text];
  return Object.entries(JSON.parse(text) as object)
    .filter(([name]) => TEXTS_OF_STEPS.has(name))
    .flatMap(([, said]) => (typeof said === 'object' ? Object.values(said as object) : [said]).map(String));
}
