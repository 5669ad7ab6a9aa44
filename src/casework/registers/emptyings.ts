import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { RegisterEmptying } from '../../records/entities/register-emptying';
import { EMPTYING_FORM, readLabel, type RegisterForm } from '../../rules/register-form';
import type { RegisterName } from '../../rules/registers';
import type { Vault } from '../../vault/vault';
import { nameOf, type Names } from '../case-objects';
import type { WrittenPart } from './register';
import type { RegisterWork } from './register-change';
import { readRegisterForm, wrongField } from './register-form';
import type { EmptiedTextView } from './register-views';

const TABLE = 'register_emptyings';
const RECORD_PART = /^records\.(\d{1,6})\.(\w+)$/;

/** Where a part stands: the ask, and the record that it belongs to; null: the entry itself. */
export function placeOf(part: string): { ask: string; record: number | null } {
  const [, record, ask] = RECORD_PART.exec(part) ?? [];
  return record && ask ? { ask, record: Number(record) } : { ask: part, record: null };
}

/** What somebody asks to have emptied, and why. */
export function readEmptying(raw: Record<string, unknown>): { part: string; reason: string } {
  const { part, emptyingReason } = readRegisterForm(EMPTYING_FORM, raw) as Record<string, string>;
  return { part: part!, reason: emptyingReason! };
}

/** Refuses what is not among the texts that can be emptied. */
export function refuseUnwritten(part: string, written: readonly WrittenPart[]): void {
  if (!written.some((each) => each.part === part))
    throw wrongField(
      'part',
      'There is no such text in this entry, or it was emptied already. Choose another.',
    );
}

/** Keeps who emptied which text, when and why, under a key of its own. */
export async function keepEmptying(
  { db, change, personId, today }: RegisterWork,
  vault: Vault,
  { register, number }: { register: RegisterName; number: number },
  { part, reason }: { part: string; reason: string },
): Promise<void> {
  const id = newId();
  const key = await vault.createKey(db, { kind: 'register', id });
  const n = (await db.countBy(RegisterEmptying, { register, number })) + 1;
  await change.insert(RegisterEmptying, {
    id,
    register,
    number,
    n,
    part,
    reasonSealed: vault.seal(key, { table: TABLE, column: 'reasonSealed', id }, reason).sealed,
    emptiedBy: personId,
    emptiedOn: today,
  });
}

/** What was emptied of an entry, in the order in which it was. */
export async function emptiedTexts(
  db: EntityManager,
  vault: Vault,
  names: Names,
  of: { register: RegisterName; number: number },
  forms: { entry: RegisterForm; record?: RegisterForm | undefined },
): Promise<EmptiedTextView[]> {
  const rows = await db.find(RegisterEmptying, { where: of, order: { n: 'ASC' } });
  const keys = await vault.openKeys(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, part, emptiedOn, emptiedBy, reasonSealed }) => {
    const key = keys.get(id);
    if (!key) throw new Refusal('not-found', 'The key of a reason is gone. Run “verify”.');
    return {
      part,
      label: labelOf(part, forms),
      emptiedOn,
      emptiedBy: nameOf(names, emptiedBy),
      reason: vault.unseal(key, { table: TABLE, column: 'reasonSealed', id }, reasonSealed),
    };
  });
}

/** What a part is called: of a record, with its number. */
export function labelOf(
  part: string,
  { entry, record }: { entry: RegisterForm; record?: RegisterForm | undefined },
): string {
  const place = placeOf(part);
  const ask = (place.record === null ? entry : (record ?? entry)).asks[place.ask];
  const label = ask ? readLabel(ask) : (PARTS[place.ask] ?? place.ask);
  return place.record === null ? label : `Record ${place.record}: ${label}`;
}

/** Texts that no form of an entry asks for. */
const PARTS: Readonly<Record<string, string>> = {
  verifiedSource: 'Where it was read against its source',
  strikeReason: 'Why this record is wrong',
};
