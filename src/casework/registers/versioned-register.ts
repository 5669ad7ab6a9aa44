import { In, type EntityManager } from 'typeorm';
import type { Accounts } from '../../people/accounts';
import { onlySeen, type Reader, type Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import type { Time } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { Case } from '../../records/entities/case';
import { RegisterCase } from '../../records/entities/register-case';
import { RegisterEntry } from '../../records/entities/register-entry';
import { RegisterVersion } from '../../records/entities/register-version';
import { Vendor } from '../../records/entities/vendor';
import type { Transactions } from '../../records/transactions';
import { ACTS, type Act } from '../../rules/acts';
import type { NumberedRegister } from '../../rules/asks';
import { LINK_FORM, readLabel, VERIFY_FORM } from '../../rules/register-form';
import { OWN_FROM, type SeedCheck } from '../../rules/register-seed';
import { VERSIONED, type VersionedName, type VersionedRow } from '../../rules/registers';
import type { RoleCode } from '../../rules/roles';
import type { State } from '../../rules/states';
import type { Vault } from '../../vault/vault';
import { seenCase } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import type { CarryOut } from '../erasure/carry-out';
import { emptiedTexts, keepEmptying, labelOf, readEmptying, refuseUnwritten } from './emptyings';
import { EMPTIED_BY_ANOTHER, refuseWriter } from './other-person';
import type { AskedEntry, OfferedEntry, Register, RegisterVersions, WrittenPart } from './register';
import { changeRegister, notInRegister, type RegisterWork } from './register-change';
import { EVERY_ENTRY, isWanted, type RegisterFilter } from './register-filter';
import { readRegisterForm, wrongField } from './register-form';
import type {
  RegisterCaseView,
  RegisterEntryView,
  RegisterLineView,
  RegisterVersionView,
} from './register-views';
import {
  emptyVersion,
  insertVersion,
  openVersions,
  sealSource,
  seedEntry,
  VERIFIED_SOURCE,
  writersOfText,
  type OpenedVersion,
  type Said,
  type StandingEntry,
  seeded,
} from './versions';

/** What a register that keeps versions works with. */
export interface RegisterTools {
  transactions: Transactions;
  vault: Vault;
  sight: Sight;
  accounts: Accounts;
  carryOut: CarryOut;
  time: Time;
}

const NUMBERED = { systems: AiSystem, vendors: Vendor } as const;
const EMPTIED = '(emptied)';

/**
 * A register of which every version of every entry is kept. Rows to begin with stand in the program until somebody touches one; then it is
 * stored as the first version of its entry.
 */
export class VersionedRegister implements Register {
  private readonly row: VersionedRow;
  readonly versions: RegisterVersions = {
    list: (visitor, filter) => this.list(visitor, filter),
    verify: (visitor, number, revision, raw) => this.verify(visitor, number, revision, raw),
    link: (visitor, number, raw) => this.link(visitor, number, raw),
    unlink: (visitor, number, raw) => this.unlink(visitor, number, raw),
  };

  constructor(
    private readonly name: VersionedName,
    private readonly tools: RegisterTools,
  ) {
    this.row = VERSIONED[name];
  }

  /** By number. */
  async list(visitor: Visitor, filter: RegisterFilter = EVERY_ENTRY): Promise<RegisterLineView[]> {
    this.tools.sight.readerOf(visitor);
    const entries = await this.tools.transactions.read((db) => this.standing(db));
    return entries.map((entry) => this.lineOf(entry)).filter((line) => isWanted(this.row, line, filter));
  }

  async offered(): Promise<OfferedEntry[]> {
    const entries = await this.tools.transactions.read((db) => this.standing(db));
    return entries.map(({ number, said, retiredOn }) => ({
      number,
      entryName: this.nameIn(said.answers),
      retiredOn,
    }));
  }

  async asked(number: number): Promise<AskedEntry> {
    const { revision, said } = await this.tools.transactions.read((db) => this.entryOf(db, number));
    return { revision, entryName: this.nameIn(said.answers), answers: said.answers };
  }

  /** With every version, and the cases that use it, of those that the reader may see. */
  async view(visitor: Visitor, number: number): Promise<RegisterEntryView> {
    const { transactions, sight, accounts, vault } = this.tools;
    const reader = sight.readerOf(visitor);
    const names: Names = new Map((await accounts.list()).map(({ id, name }) => [id, name]));
    return transactions.read(async (db) => {
      const entry = await this.entryOf(db, number);
      const of = { register: this.name, number };
      return {
        ...this.lineOf(entry),
        versions: (await this.versionsOf(db, entry)).map((version) => versionView(version, names)),
        cases: entry.id === null ? [] : await casesUsing(db, reader, entry.id),
        emptied: await emptiedTexts(db, vault, names, of, { entry: this.row.form }),
      };
    });
  }

  async sheet(visitor: Visitor, filter: RegisterFilter) {
    const lines = await this.list(visitor, filter);
    const asks = Object.keys(this.row.form.asks);
    const columns = [
      'number',
      'version',
      ...asks,
      'retiredOn',
      ...(this.row.acts.verify ? ['verifiedOn'] : []),
    ];
    const rows = lines.map(({ number, version, answers, retiredOn, verifiedOn }): Said => ({
      number,
      version,
      ...answers,
      retiredOn,
      ...(this.row.acts.verify ? { verifiedOn } : {}),
    }));
    return { columns, rows };
  }

  async add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    const said = this.read(raw);
    return this.change(visitor, 'add', this.row.acts.keep, async (work) => {
      await refuseUnknown(work.db, this.row, said);
      const last = await work.db.maximum(RegisterEntry, 'number', { register: this.name });
      const number = Math.max(last ?? 0, this.row.seeds ? OWN_FROM - 1 : 0) + 1;
      const entry = { id: newId(), register: this.name, number, revision: 1, version: 1 };
      await work.change.insert(RegisterEntry, entry);
      await this.insertVersion(work, { entryId: entry.id, n: 1, recordedBy: work.personId }, said);
      return { facts: { entryNumber: number, version: 1 }, result: number };
    });
  }

  async replace(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const said = this.read(raw);
    await this.change(visitor, 'correct', this.row.acts.keep, async (work) => {
      await refuseUnknown(work.db, this.row, said);
      const entry = await this.stored(work, number, revision);
      const version = entry.version + 1;
      await this.insertVersion(work, { entryId: entry.id, n: version, recordedBy: work.personId }, said);
      await work.change.update(RegisterEntry, entry.id, { version, revision: revision + 1 });
      return { facts: { entryNumber: number, version }, result: undefined };
    });
  }

  async retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    await this.change(visitor, isRetired ? 'retire' : 'reinstate', this.row.acts.retire, async (work) => {
      const { id } = await this.stored(work, number, revision);
      const retiredOn = isRetired ? work.today : null;
      await work.change.update(RegisterEntry, id, { retiredOn, revision: revision + 1 });
      return { facts: { entryNumber: number }, result: undefined };
    });
  }

  async written(number: number): Promise<WrittenPart[]> {
    return this.tools.transactions.read(async (db) =>
      this.writtenIn(await this.versionsOf(db, await this.entryOf(db, number))),
    );
  }

  /** Out of every version of the entry, by somebody who wrote it in none. What the program itself brought can be emptied, too; it is stored first. */
  async empty(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const { vault, carryOut } = this.tools;
    const emptying = readEmptying(raw);
    await this.change(visitor, 'empty-text-of', 'empty-register-text', async (work) => {
      const versions = await this.versionsOf(work.db, await this.entryOf(work.db, number));
      refuseUnwritten(emptying.part, this.writtenIn(versions));
      await refuseWriter(work, writersOfText(versions, emptying.part), EMPTIED_BY_ANOTHER);
      const { id } = await this.stored(work, number, revision);
      for (const version of await work.db.findBy(RegisterVersion, { entryId: id }))
        await emptyVersion(work, vault, version, emptying.part);
      await work.change.update(RegisterEntry, id, { revision: revision + 1 });
      await keepEmptying(work, vault, { register: this.name, number }, emptying);
      return { facts: { entryNumber: number, part: emptying.part }, result: undefined };
    });
    await carryOut.wipe();
  }

  /** Every entry with the version that counts, by number. */
  async standing(db: EntityManager): Promise<StandingEntry[]> {
    const stored = await db.findBy(RegisterEntry, { register: this.name });
    const current = await db
      .createQueryBuilder(RegisterVersion, 'v')
      .innerJoin(RegisterEntry, 'e', 'e.id = v.entryId AND e.version = v.n')
      .where('e.register = :register', { register: this.name })
      .getMany();
    const opened = await openVersions(db, this.tools.vault, this.row.form, current);
    const byEntry = new Map(opened.map((version) => [version.entryId, version]));
    const entries = stored.map((entry): StandingEntry => ({ ...entry, said: byEntry.get(entry.id)! }));
    const touched = new Set(stored.map(({ number }) => number));
    const seeds = (this.row.seeds ?? []).filter(({ number }) => !touched.has(number));
    return [...entries, ...seeds.map((seed) => seedEntry(this.name, this.row.form, seed))].sort(
      (a, b) => a.number - b.number,
    );
  }

  /** What one entry is in a list. */
  lineOf({ number, revision, version, retiredOn, said }: StandingEntry): RegisterLineView {
    const due = this.row.dueBy === undefined ? null : said.answers[this.row.dueBy];
    return {
      number,
      revision,
      version,
      entryName: this.nameIn(said.answers),
      answers: said.answers,
      retiredOn,
      toBeginWith: said.recordedBy === null,
      verifiedOn: said.verifiedOn,
      checked: this.checkOf(number, said),
      overdue: typeof due === 'string' && retiredOn === null && due < this.tools.time.today(),
    };
  }

  /** Of a row to begin with, as long as it says what the program brings. */
  private checkOf(number: number, { recordedBy, answers }: OpenedVersion): SeedCheck | null {
    const seed = (this.row.seeds ?? []).find((each) => each.number === number);
    if (!seed?.checked || recordedBy !== null) return null;
    return JSON.stringify(seeded(this.row.form, seed)) === JSON.stringify(answers) ? seed.checked : null;
  }

  private async verify(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const act = this.row.acts.verify;
    if (!act) throw notInRegister(this.row.what);
    const { verifiedSource } = readRegisterForm(VERIFY_FORM, raw) as { verifiedSource: string };
    await this.change(visitor, 'verify', act, async (work) => {
      const entry = await this.stored(work, number, revision);
      const versions = await work.db.findBy(RegisterVersion, { entryId: entry.id });
      // Also whoever wrote an earlier version: a correction leaves most of its words.
      const writers = versions.map(({ recordedBy }) => recordedBy);
      await refuseWriter(work, writers, 'somebody else has to read it against its source.');
      const { id, n } = versions.find((version) => version.n === entry.version)!;
      await work.change.update(RegisterVersion, id, {
        verifiedOn: work.today,
        verifiedBy: work.personId,
        verifiedSourceSealed: await sealSource(work.db, this.tools.vault, id, verifiedSource),
      });
      await work.change.update(RegisterEntry, entry.id, { revision: revision + 1 });
      return { facts: { entryNumber: number, version: n }, result: undefined };
    });
  }

  /** Which cases use an entry changes nothing of what it says, nor its revision: who may not see the case must not notice. */
  private async link(visitor: Visitor, number: number, raw: Record<string, unknown>): Promise<void> {
    await this.changeLink(visitor, 'link-case-to', raw, async (work, { id: caseId }) => {
      const entry = await this.stored(work, number);
      const links = await work.db.findBy(RegisterCase, { entryId: entry.id });
      if (links.some((link) => link.caseId === caseId && link.unlinkedOn === null))
        throw new Refusal('conflict', 'This case is linked already.');
      await work.change.insert(RegisterCase, {
        id: newId(),
        entryId: entry.id,
        n: links.length + 1,
        caseId,
        linkedBy: work.personId,
        linkedOn: work.today,
      });
      return { facts: { entryNumber: number }, result: undefined };
    });
  }

  private async unlink(visitor: Visitor, number: number, raw: Record<string, unknown>): Promise<void> {
    await this.changeLink(visitor, 'unlink-case-from', raw, async (work, { id: caseId }) => {
      const entry = await this.entryOf(work.db, number);
      const links =
        entry.id === null ? [] : await work.db.findBy(RegisterCase, { entryId: entry.id, caseId });
      const standing = links.find(({ unlinkedOn }) => unlinkedOn === null);
      if (!standing) throw new Refusal('conflict', 'This case is not linked.');
      await work.change.update(RegisterCase, standing.id, { unlinkedOn: work.today });
      return { facts: { entryNumber: number }, result: undefined };
    });
  }

  private async changeLink(
    visitor: Visitor,
    deed: string,
    raw: Record<string, unknown>,
    work: (work: RegisterWork, found: Case) => Promise<{ facts: Record<string, unknown>; result: undefined }>,
  ): Promise<void> {
    const { reference } = readRegisterForm(LINK_FORM, raw) as { reference: string };
    const reader = this.tools.sight.readerOf(visitor);
    await this.change(visitor, deed, 'link-register-case', async (changing) => {
      const found = await seenCase(changing.db, { reference, reader });
      if (!found || found.erasedOn !== null)
        throw wrongField('reference', 'There is no such case, or it is not yours to see.');
      return work(changing, found);
    });
  }

  private change<T>(
    visitor: Visitor,
    deed: string,
    act: Act,
    work: (work: RegisterWork) => Promise<{ facts: Record<string, unknown>; result: T }>,
  ): Promise<T> {
    const keepers = ACTS[act].by as readonly RoleCode[];
    return changeRegister(this.tools, visitor, `${deed}-${this.name}`, work, keepers);
  }

  /** The stored row of an entry, stored now where it is one to begin with. Refuses one that is unknown or was changed since. */
  private async stored(work: RegisterWork, number: number, revision?: number): Promise<RegisterEntry> {
    const entry = await this.entryOf(work.db, number);
    if (revision !== undefined && entry.revision !== revision)
      throw new Refusal(
        'stale',
        `Somebody changed this ${this.row.what} meanwhile, so nothing was saved. Read it as it is now and send yours again.`,
      );
    const { said, id: known, ...row } = entry;
    if (known !== null) return { ...row, id: known };
    const id = newId();
    await work.change.insert(RegisterEntry, { ...row, id });
    await this.insertVersion(work, { entryId: id, n: 1, recordedBy: null }, said.answers);
    return { ...row, id };
  }

  private insertVersion(
    work: RegisterWork,
    version: { entryId: string; n: number; recordedBy: string | null },
    said: Said,
  ): Promise<void> {
    const row = { ...version, recordedOn: work.today };
    return insertVersion(work, this.tools.vault, this.row.form, row, said);
  }

  private async entryOf(db: EntityManager, number: number): Promise<StandingEntry> {
    const stored = await db.findOneBy(RegisterEntry, { register: this.name, number });
    if (!stored) {
      const seed = this.row.seeds?.find((each) => each.number === number);
      if (!seed) throw notInRegister(this.row.what);
      return seedEntry(this.name, this.row.form, seed);
    }
    const version = await db.findOneByOrFail(RegisterVersion, { entryId: stored.id, n: stored.version });
    const [said] = await openVersions(db, this.tools.vault, this.row.form, [version]);
    return { ...stored, said: said! };
  }

  /** Newest first. */
  private async versionsOf(db: EntityManager, entry: StandingEntry): Promise<OpenedVersion[]> {
    if (entry.id === null) return [entry.said];
    const rows = await db.find(RegisterVersion, { where: { entryId: entry.id }, order: { n: 'DESC' } });
    return openVersions(db, this.tools.vault, this.row.form, rows);
  }

  private writtenIn(versions: readonly OpenedVersion[]): WrittenPart[] {
    const { form } = this.row;
    const texts = Object.entries(form.asks)
      .filter(([name, { kind }]) => kind === 'text' && versions.some(({ answers }) => answers[name] !== null))
      .map(([part, ask]) => ({ part, label: readLabel(ask) }));
    const hasSource = versions.some(({ verifiedSource }) => verifiedSource !== null);
    return hasSource
      ? [...texts, { part: VERIFIED_SOURCE, label: labelOf(VERIFIED_SOURCE, { entry: form }) }]
      : texts;
  }

  private nameIn(answers: Said): string {
    const said = answers[this.row.calledBy];
    return typeof said === 'string' ? said : EMPTIED;
  }

  private read(raw: Record<string, unknown>): Said {
    const said = readRegisterForm(this.row.form, raw);
    const faults = this.row.check?.(said, this.tools.time.today()) ?? [];
    if (faults.length > 0)
      throw new Refusal(
        'invalid',
        'Nothing was saved: some answers do not fit together.',
        faults.map((fault) => ({ name: 'answer', ...fault })),
      );
    return said;
  }
}

async function refuseUnknown(db: EntityManager, { form }: VersionedRow, said: Said): Promise<void> {
  for (const [name, ask] of Object.entries(form.asks)) {
    const of: NumberedRegister | undefined = 'of' in ask ? ask.of : undefined;
    const numbers = of && said[name] !== null ? [said[name]].flat().map(Number) : [];
    if (!of || numbers.length === 0) continue;
    if ((await db.countBy(NUMBERED[of], { number: In(numbers) })) !== numbers.length)
      throw wrongField(name, 'No such number is in that register; look for it there, or add it first.');
  }
}

async function casesUsing(db: EntityManager, reader: Reader, entryId: string): Promise<RegisterCaseView[]> {
  const query = db
    .createQueryBuilder(RegisterCase, 'rc')
    .innerJoin(Case, 'c', 'c.id = rc.caseId')
    .select('c.reference', 'reference')
    .addSelect('c.state', 'state')
    .addSelect('rc.linkedOn', 'linkedOn')
    .where('rc.entryId = :entryId', { entryId })
    .andWhere('rc.unlinkedOn IS NULL');
  return onlySeen(query, 'rc.caseId', reader)
    .orderBy('rc.linkedOn', 'DESC')
    .addOrderBy('rc.n', 'DESC')
    .getRawMany<{ reference: string; state: State; linkedOn: string }>();
}

function versionView(version: OpenedVersion, names: Names): RegisterVersionView {
  const { n, answers, recordedBy, recordedOn, verifiedOn, verifiedBy, verifiedSource } = version;
  return {
    n,
    recordedOn: recordedBy === null ? null : recordedOn,
    recordedBy: recordedBy === null ? null : nameOf(names, recordedBy),
    answers,
    verifiedOn,
    verifiedBy: verifiedBy === null ? null : nameOf(names, verifiedBy),
    verifiedSource,
  };
}
