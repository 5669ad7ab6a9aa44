import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { builtInLetter, isWordedLetter, placesOf } from '../../notices/letter-words';
import { renderLetter } from '../../notices/render-letter';
import { Accounts } from '../../people/accounts';
import { areTwoPersons } from '../../people/second-person';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { Time, type Instant } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { Wording } from '../../records/entities/wording';
import { Transactions } from '../../records/transactions';
import { WORDERS } from '../../rules/acts';
import type { Letter } from '../../rules/letters';
import type { RoleCode } from '../../rules/roles';
import {
  BLOCK_NAME,
  keptWording,
  NO_PLACES,
  WORDED_LETTERS,
  WORDING_KINDS,
  wordingFaults,
  type WordingKind,
  type WordingStatus,
  type WordingText,
} from '../../rules/wordings';
import { LANGUAGES, languageOf, type Language } from '../../words/words';
import type { TextBlock, WordingPreview, WordingRowView, WordingVersionView, WordingView } from './views';

/** Blocks of one language at most: more cannot be chosen from on a page. */
const MOST_BLOCKS = 100;

/** Which letter or block, in which language. */
export interface WordingKey {
  kind: WordingKind;
  name: string;
  language: Language;
}

/** One change of one wording while it happens. Changes of the house stand one behind the other. */
interface WordingWork {
  db: EntityManager;
  change: HouseChange;
  /** Newest first. */
  versions: Wording[];
  by: { ref: string; at: Instant };
}

/** How letters and text blocks are worded here: drafted by one person, switched on by another, kept in versions. */
@Injectable()
export class Wordings {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /** Every letter and every block of one language, with what is on and what waits. */
  async list(language: string): Promise<WordingRowView[]> {
    const wanted = offered(language);
    const rows = await this.transactions.read((db) =>
      db.find(Wording, { where: { language: wanted }, order: { n: 'DESC' } }),
    );
    const row = (kind: WordingKind, name: string, builtIn: WordingText | null): WordingRowView => {
      const versions = rows.filter((each) => each.kind === kind && each.name === name);
      const [on, draft] = [withStatus(versions, 'ON'), withStatus(versions, 'DRAFT')];
      return {
        kind,
        name,
        language: wanted,
        on: on && on.body !== null ? on.n : null,
        draft: draft?.n ?? null,
        subject:
          on?.subject ??
          builtIn?.subject ??
          draft?.subject ??
          versions.find((each) => each.subject)?.subject ??
          name,
      };
    };
    const blocks = [...new Set(rows.filter(({ kind }) => kind === 'BLOCK').map(({ name }) => name))].sort();
    return [
      ...WORDED_LETTERS.map((letter) => row('LETTER_TEXT', letter, builtInLetter(wanted, letter))),
      ...blocks.map((name) => row('BLOCK', name, null)),
    ];
  }

  /** How many of each language are worded here or wait for a second person. */
  async counts(): Promise<{ language: Language; on: number; drafts: number }[]> {
    const rows = await this.transactions.read((db) => db.find(Wording));
    const count = (language: Language, holds: (row: Wording) => boolean) =>
      rows.filter((row) => row.language === language && holds(row)).length;
    return LANGUAGES.map((language) => ({
      language,
      on: count(language, ({ status, body }) => status === 'ON' && body !== null),
      drafts: count(language, ({ status }) => status === 'DRAFT'),
    }));
  }

  /** One letter or block in one language. A block that nobody drafted yet has no versions. */
  async view(kind: string, name: string, language: string): Promise<WordingView> {
    const key = keyOf(kind, name, language);
    return this.transactions.read(async (db) => {
      const versions = await versionsOf(db, key);
      const ids = versions.map(({ settledBy }) => settledBy).filter((id): id is string => id !== null);
      const names = await this.accounts.names(db, [...new Set(ids)]);
      const shown = (row: Wording): WordingVersionView => ({
        n: row.n,
        status: row.status,
        text: textOf(row),
        changedAt: row.changedAt,
        by: row.settledBy === null ? null : (names.get(row.settledBy) ?? 'former member of staff'),
      });
      const [on, draft] = [withStatus(versions, 'ON'), withStatus(versions, 'DRAFT')];
      return {
        ...key,
        builtIn: builtInOf(key),
        places: placesFor(key),
        on: on ? shown(on) : null,
        draft: draft ? shown(draft) : null,
        earlier: versions.filter(({ status }) => status === 'OFF' || status === 'DROPPED').map(shown),
        seen: seenOf(versions),
      };
    });
  }

  /** The blocks that are on in the language in which a case is written to, or in English where that is not offered. */
  async blocks(language: string): Promise<TextBlock[]> {
    const rows = await this.transactions.read((db) =>
      db.find(Wording, {
        where: {
          kind: 'BLOCK' satisfies WordingKind,
          language: languageOf(language),
          status: 'ON' satisfies WordingStatus,
        },
        order: { name: 'ASC' },
      }),
    );
    return rows.flatMap((row) => {
      const text = textOf(row);
      return text ? [{ name: row.name, ...text }] : [];
    });
  }

  /** A letter as the person would read it in these words, with a reference that nobody has. Refuses words that cannot be drafted. */
  preview(key: WordingKey, raw: WordingText): WordingPreview {
    const text = checked(key, raw);
    if (key.kind === 'BLOCK') return { subject: text.subject, paragraphs: text.body.split(/\n{2,}/) };
    return renderLetter(
      key.language,
      key.name as Letter,
      {
        reference: 'RD-0000-0000',
        organisation: this.settings.organisation,
        url: `${this.settings.publicUrl}/my-case`,
      },
      text,
    );
  }

  /** Drafts words in place of what is on. Refuses what cannot be used, and a draft that somebody changed meanwhile. */
  async draft(visitor: Visitor, key: WordingKey, raw: WordingText, seen: string): Promise<void> {
    await this.put(visitor, key, checked(key, raw), seen);
  }

  /** Drafts an earlier version once more, or with 0 the built-in words; for a block 0 means that it is not offered any more. */
  async takeUp(visitor: Visitor, key: WordingKey, n: number, seen: string): Promise<void> {
    if (n === 0) return this.put(visitor, key, null, seen);
    const view = await this.view(key.kind, key.name, key.language);
    const version = view.earlier.find((each) => each.n === n);
    if (!version) throw new Refusal('invalid', 'There is no such earlier version. Reload the page.');
    // What was right then may lack what a letter has to say by now.
    await this.put(visitor, key, version.text && checked(key, version.text), seen);
  }

  /** Switches the draft on in place of what was, or drops it. On: by somebody who drafted no part of it and is another person than each who did. */
  async settle(visitor: Visitor, key: WordingKey, isOn: boolean, seen: string): Promise<void> {
    await this.write(visitor, key, seen, async ({ db, change, versions, by }) => {
      const draft = withStatus(versions, 'DRAFT');
      if (!draft) throw new Refusal('conflict', 'There is no draft any more. Reload the page.');
      if (isOn)
        for (const id of draft.draftedBy)
          if (!(await areTwoPersons(db, id, by.ref)))
            throw new Refusal(
              'unmet',
              'You drafted these words, or one of you created the other’s account: somebody else has to read them and switch them on.',
            );
      const settled = { settledBy: by.ref, changedAt: by.at };
      const before = withStatus(versions, 'ON');
      if (isOn && before) await patch(change, before, { status: 'OFF', ...settled });
      await patch(change, draft, { status: isOn ? 'ON' : 'DROPPED', ...settled });
      return { act: isOn ? 'switch-wording-on' : 'drop-wording', version: draft.n };
    });
  }

  private async put(
    visitor: Visitor,
    key: WordingKey,
    text: WordingText | null,
    seen: string,
  ): Promise<void> {
    await this.write(visitor, key, seen, async ({ db, change, versions, by: { ref, at } }) => {
      const on = withStatus(versions, 'ON');
      if (isSame(text, on ? textOf(on) : null))
        throw new Refusal('unmet', 'This is what is used now: there is nothing to draft.');
      const draft = withStatus(versions, 'DRAFT');
      const words = { subject: text?.subject ?? null, body: text?.body ?? null };
      const draftedBy = [...new Set([...(draft?.draftedBy ?? []), ref])];
      const version = draft?.n ?? (versions[0]?.n ?? 0) + 1;
      if (draft) await patch(change, draft, { ...words, draftedBy, changedAt: at });
      else {
        if (key.kind === 'BLOCK' && versions.length === 0) await refuseMoreBlocks(db, key.language);
        await change.insert(Wording, {
          id: newId(),
          ...key,
          n: version,
          status: 'DRAFT' satisfies WordingStatus,
          revision: 1,
          ...words,
          draftedBy,
          changedAt: at,
          settledBy: null,
        });
      }
      return { act: 'draft-wording', version };
    });
  }

  private async write(
    visitor: Visitor,
    key: WordingKey,
    seen: string,
    work: (work: WordingWork) => Promise<{ act: string; version: number }>,
  ): Promise<void> {
    const { personId: ref, roles } = this.sight.readerOf(visitor);
    const by = { ref, at: this.time.instant() };
    await this.transactions.change(async (db) => {
      await lockHouse(db);
      const versions = await versionsOf(db, key);
      if (seen !== seenOf(versions))
        throw new Refusal(
          'stale',
          'Somebody changed these words meanwhile, so nothing was saved. What you typed is still below: look at the words as they are now, and send it again.',
        );
      const change = new HouseChange(db);
      const { act, version } = await work({ db, change, versions, by });
      const role = roles.find((each) => (WORDERS as readonly RoleCode[]).includes(each)) ?? roles[0]!;
      await change.append({
        act,
        by: { role, ref },
        at: by.at,
        facts: {
          wording: key.kind,
          ...(key.kind === 'LETTER_TEXT' ? { letter: key.name } : {}),
          language: key.language,
          version,
        },
      });
    });
  }
}

/** Reads an address. Refuses what names no letter, no possible block or no language of ours. */
export function keyOf(kind: string, name: string, language: string): WordingKey {
  const known = WORDING_KINDS.find((each) => each === kind);
  const isNamed = known === 'LETTER_TEXT' ? isWordedLetter(name) : known === 'BLOCK' && BLOCK_NAME.test(name);
  if (!known || !isNamed) throw new Refusal('not-found', 'There is no such letter or text block.');
  return { kind: known, name, language: offered(language) };
}

function offered(language: string): Language {
  const found = LANGUAGES.find((each) => each === language);
  if (!found) throw new Refusal('not-found', 'Letters are not written in this language.');
  return found;
}

function placesFor({ kind, name }: WordingKey) {
  return kind === 'LETTER_TEXT' ? placesOf(name as Letter) : NO_PLACES;
}

function builtInOf({ kind, name, language }: WordingKey): WordingText | null {
  return kind === 'LETTER_TEXT' ? builtInLetter(language, name as Letter) : null;
}

function checked(key: WordingKey, raw: WordingText): WordingText {
  const text = keptWording(raw);
  const faults = wordingFaults(text, placesFor(key));
  if (faults.length === 0) return text;
  throw new Refusal(
    'invalid',
    'These words were not saved.',
    faults.map((fault) => ({ name: 'answer', ...fault })),
  );
}

async function refuseMoreBlocks(db: EntityManager, language: Language): Promise<void> {
  const rows = await db.findBy(Wording, { kind: 'BLOCK' satisfies WordingKind, language });
  if (new Set(rows.map(({ name }) => name)).size >= MOST_BLOCKS)
    throw new Refusal(
      'unmet',
      `There are ${MOST_BLOCKS} text blocks in this language already: change one of these.`,
    );
}

function versionsOf(db: EntityManager, { kind, name, language }: WordingKey): Promise<Wording[]> {
  return db.find(Wording, { where: { kind, name, language }, order: { n: 'DESC' } });
}

function patch(
  change: HouseChange,
  { id, revision }: Wording,
  set: Partial<Wording> & { status?: WordingStatus },
): Promise<void> {
  return change.update(Wording, id, { ...set, revision: revision + 1 });
}

function withStatus(versions: readonly Wording[], status: WordingStatus): Wording | undefined {
  return versions.find((each) => each.status === status);
}

function textOf({ subject, body }: Wording): WordingText | null {
  return subject === null || body === null ? null : { subject, body };
}

function isSame(one: WordingText | null, other: WordingText | null): boolean {
  return one?.subject === other?.subject && one?.body === other?.body;
}

/** Changes with whatever changes what is on or the draft. */
function seenOf(versions: readonly Wording[]): string {
  return versions.length === 0 ? '0' : `${versions[0]!.n}.${versions[0]!.revision}`;
}
