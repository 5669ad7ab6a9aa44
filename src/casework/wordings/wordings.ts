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
import { dayOf, Time, type Instant } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { Wording } from '../../records/entities/wording';
import { Transactions } from '../../records/transactions';
import { WORDERS } from '../../rules/acts';
import { TEXT_EMPTIERS } from '../../rules/ai-systems';
import type { Letter } from '../../rules/letters';
import { WORDING_EMPTYING_FORM } from '../../rules/register-form';
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
import { Vault } from '../../vault/vault';
import { CarryOut } from '../erasure/carry-out';
import { EMPTIED_BY_ANOTHER, refuseWriter } from '../registers/other-person';
import { Policies } from '../policies/policies';
import { keeperOf } from '../registers/register-change';
import { readRegisterForm } from '../registers/register-form';
import type { SealedTexts } from '../registers/sealed-texts';
import type { TextBlock, WordingPreview, WordingRowView, WordingVersionView, WordingView } from './views';
import { isWorded, textOf, textsOfWordings, type OpenedWording } from './wording-texts';

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
  versions: OpenedWording[];
  by: { ref: string; at: Instant };
}

/** How letters and text blocks are worded here: drafted by one person, switched on by another, kept in versions. */
@Injectable()
export class Wordings {
  private readonly texts: SealedTexts<OpenedWording>;

  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly settings: Settings,
    private readonly vault: Vault,
    private readonly carryOut: CarryOut,
    private readonly policies: Policies,
    private readonly time: Time,
  ) {
    this.texts = textsOfWordings(vault);
  }

  /** Every letter and every block of one language, with what is on and what waits. */
  async list(language: string): Promise<WordingRowView[]> {
    const wanted = offered(language);
    const rows = await this.transactions.read(async (db) =>
      this.texts.open(db, await db.find(Wording, { where: { language: wanted }, order: { n: 'DESC' } })),
    );
    const row = (kind: WordingKind, name: string, builtIn: WordingText | null): WordingRowView => {
      const versions = rows.filter((each) => each.kind === kind && each.name === name);
      const [on, draft] = [withStatus(versions, 'ON'), withStatus(versions, 'DRAFT')];
      return {
        kind,
        name,
        language: wanted,
        on: on && isWorded(on) ? on.n : null,
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
      on: count(language, (row) => row.status === 'ON' && isWorded(row)),
      drafts: count(language, ({ status }) => status === 'DRAFT'),
    }));
  }

  /** One letter or block in one language. A block that nobody drafted yet has no versions. */
  async view(kind: string, name: string, language: string): Promise<WordingView> {
    const key = keyOf(kind, name, language);
    return this.transactions.read(async (db) => {
      const versions = await this.versionsOf(db, key);
      const ids = versions.map(({ settledBy }) => settledBy).filter((id): id is string => id !== null);
      const names = await this.accounts.names(db, [...new Set(ids)]);
      const shown = (row: OpenedWording): WordingVersionView => ({
        n: row.n,
        status: row.status,
        text: textOf(row),
        emptied: row.emptiedOn === null ? null : { on: row.emptiedOn, reason: row.emptyingReason ?? '' },
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
    const rows = await this.transactions.read(async (db) => {
      const on = await db.find(Wording, {
        where: {
          kind: 'BLOCK' satisfies WordingKind,
          language: languageOf(language),
          status: 'ON' satisfies WordingStatus,
        },
        order: { name: 'ASC' },
      });
      return this.texts.open(db, on);
    });
    return rows.flatMap((row) => {
      const text = textOf(row);
      return text ? [{ name: row.name, ...text }] : [];
    });
  }

  /** A letter as the person would read it in these words, with a reference that nobody has. Refuses words that cannot be drafted. */
  async preview(key: WordingKey, raw: WordingText): Promise<WordingPreview> {
    const text = checked(key, raw);
    if (key.kind === 'BLOCK') return { subject: text.subject, paragraphs: text.body.split(/\n{2,}/) };
    const { clocks } = await this.policies.newest();
    return renderLetter(
      clocks,
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
    if (!version || version.emptied)
      throw new Refusal('invalid', 'There is no such earlier version. Reload the page.');
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
      if (isOn && before)
        await patch(change, before, { ...(await this.resealed(db, before)), ...settled, status: 'OFF' });
      const status: WordingStatus = isOn ? 'ON' : 'DROPPED';
      await patch(change, draft, { ...(await this.resealed(db, draft)), ...settled, status });
      return { act: isOn ? 'switch-wording-on' : 'drop-wording', version: draft.n };
    });
  }

  /**
   * Destroys the words of a version that is neither on nor a draft, such as one with a name in it, with a reason that stays: a letter that
   * was sent in them says so, and reads in the built-in words. By somebody who drafted no part of it.
   */
  async empty(
    visitor: Visitor,
    key: WordingKey,
    n: number,
    raw: Record<string, unknown>,
    seen: string,
  ): Promise<void> {
    const said = readRegisterForm(WORDING_EMPTYING_FORM, raw) as { emptyingReason: string };
    const keeper = keeperOf(visitor, TEXT_EMPTIERS);
    await this.write(visitor, key, seen, async ({ db, change, versions, by }) => {
      const version = versions.find((each) => each.n === n);
      if (!version || textOf(version) === null)
        throw new Refusal('invalid', 'There are no words in this version, or they are gone already.');
      if (version.status === 'ON' || version.status === 'DRAFT')
        throw new Refusal(
          'unmet',
          'These words are in use, or wait for a second person: switch others on, or drop the draft, and empty them then.',
        );
      await refuseWriter({ db, personId: keeper.ref }, version.draftedBy, EMPTIED_BY_ANOTHER);
      const { textsSealed } = await this.texts.seal(db, version.id, said);
      const emptied = { subject: null, body: null, textsSealed: textsSealed!, emptiedOn: dayOf(by.at) };
      await patch(change, version, { ...emptied, settledBy: by.ref });
      return { act: 'empty-wording', version: n };
    });
    await this.carryOut.wipe();
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
      const id = draft?.id ?? newId();
      const words = await this.sealed(db, id, text);
      const draftedBy = [...new Set([...(draft?.draftedBy ?? []), ref])];
      const version = draft?.n ?? (versions[0]?.n ?? 0) + 1;
      if (draft) await patch(change, draft, { ...words, draftedBy, changedAt: at });
      else {
        if (key.kind === 'BLOCK' && versions.length === 0) await refuseMoreBlocks(db, key.language);
        await change.insert(Wording, {
          id,
          ...key,
          n: version,
          status: 'DRAFT' satisfies WordingStatus,
          revision: 1,
          ...words,
          emptiedOn: null,
          draftedBy,
          changedAt: at,
          settledBy: null,
        });
      }
      return { act: 'draft-wording', version };
    });
  }

  /** Newest first, with their words. */
  private async versionsOf(
    db: EntityManager,
    { kind, name, language }: WordingKey,
  ): Promise<OpenedWording[]> {
    const rows = await db.find(Wording, { where: { kind, name, language }, order: { n: 'DESC' } });
    return this.texts.open(db, rows);
  }

  /** What a row keeps of words; what a key before opened is gone. */
  private async sealed(
    db: EntityManager,
    id: string,
    text: WordingText | null,
  ): Promise<Pick<Wording, 'subject' | 'body' | 'textsSealed'>> {
    const kept = { subject: null, body: null, textsSealed: null };
    if (text) return { ...kept, ...(await this.texts.seal(db, id, text)) };
    await this.vault.destroyKeys(db, [id]);
    return kept;
  }

  /** Words that stand in the clear from before are sealed with the next change of their row. */
  private async resealed(
    db: EntityManager,
    row: OpenedWording,
  ): Promise<Pick<Wording, 'subject' | 'body' | 'textsSealed'> | null> {
    return row.textsSealed === null && row.body !== null ? this.sealed(db, row.id, textOf(row)) : null;
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
      const versions = await this.versionsOf(db, key);
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

function patch(
  change: HouseChange,
  { id, revision }: Wording,
  set: Partial<Wording> & { status?: WordingStatus },
): Promise<void> {
  return change.update(Wording, id, { ...set, revision: revision + 1 });
}

function withStatus<T extends Wording>(versions: readonly T[], status: WordingStatus): T | undefined {
  return versions.find((each) => each.status === status);
}

function isSame(one: WordingText | null, other: WordingText | null): boolean {
  return one?.subject === other?.subject && one?.body === other?.body;
}

/** Changes with whatever changes what is on or the draft. */
function seenOf(versions: readonly Wording[]): string {
  return versions.length === 0 ? '0' : `${versions[0]!.n}.${versions[0]!.revision}`;
}
