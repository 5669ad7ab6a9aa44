import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, LessThan, type EntityManager } from 'typeorm';
import { newIdInOrder, newSecret } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time, type Day } from '../../platform/time';
import { DoomedFile } from '../../records/entities/doomed-file';
import { Draft } from '../../records/entities/draft';
import { DraftFile } from '../../records/entities/draft-file';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { addDays } from '../../rules/counting';
import type { ScanVerdict } from '../../rules/evidence-handling';
import { DRAFT_DAYS } from '../../rules/lodging-questions';
import { newLetterCode, normaliseLetterCode } from '../../vault/letter-codes';
import { normaliseReceipt } from '../../vault/receipts';
import { Vault, type CaseKey as SealingKey } from '../../vault/vault';
import { DoomedFiles } from '../doomed-files';
import { workingId } from '../examine-file';
import type { ComplaintFile } from './complaint-files';
import { ENCLOSED_MAX_FILES } from './enclosed-files';

/** What was typed, by field, as it came. */
export type TypedAnswers = Record<string, string>;

/** What a draft holds, before it is sealed. `versions` counts how often each question was answered otherwise. */
interface DraftContent {
  answers: TypedAnswers;
  versions: Record<string, number>;
}

/** A file of a draft, as its page lists it. */
export interface DraftFileView {
  id: string;
  n: number;
  fileName: string;
  describes: string | null;
  sizeInBytes: number;
}

/** A draft as whoever is writing it has it. */
export interface OpenDraft extends DraftContent {
  id: string;
  revision: number;
  files: DraftFileView[];
  /** What its forms bring. */
  csrfToken: string;
}

/** One question answered: its fields as typed, and the version of it that the form was drawn from. */
export interface DraftAnswer {
  question: string;
  typed: TypedAnswers;
  seenVersion: number;
}

const AT_ONCE = 100;

/**
 * Complaints on their way to being lodged, one answer after the other. Whoever has the token, which lies in a cookie, reads and writes one;
 * a code gives a new token on any device and ends the one before. Nothing is known of the person or the device, and of the time the day.
 */
@Injectable()
export class Drafts {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly doomed: DoomedFiles,
    private readonly time: Time,
  ) {}

  /** A new draft with its first answer. Returns the token that opens it. */
  async begin({ question, typed }: Omit<DraftAnswer, 'seenVersion'>): Promise<string> {
    const id = newIdInOrder();
    const token = newSecret();
    await this.transactions.change(async (db) => {
      const key = await this.vault.createKey(db, { kind: 'draft', id });
      await insert(db, Draft, {
        id,
        tokenHash: this.hashOf(token),
        codeHash: null,
        revision: 1,
        changedOn: this.time.today(),
        answersSealed: this.sealed(key, { answers: typed, versions: { [question]: 1 } }),
      });
    });
    return token;
  }

  /** Null for a token that opens nothing: the draft was lodged, deleted, left alone too long, or is open elsewhere by its code. */
  async open(token: string): Promise<OpenDraft | null> {
    return this.transactions.read(async (db) => {
      const row = await this.find(db, token);
      // Between two reads of it, somebody may lodge or delete it.
      const key = row && (await this.vault.openKeys(db, [row.id])).get(row.id);
      if (!row || !key) return null;
      const files = await db.find(DraftFile, { where: { draftId: row.id }, order: { n: 'ASC' } });
      return {
        id: row.id,
        revision: row.revision,
        ...this.contentOf(key, row),
        files: files.map((file) => draftFileView(this.vault, key, file)),
        csrfToken: this.csrfTokenOf(token),
      };
    });
  }

  /**
   * Keeps an answer, whatever is wrong with it. Refuses with `stale` what was typed over an answer that was changed meanwhile in another
   * window, and with `gone` where the draft is not open any more; then nothing is kept.
   */
  async answer(token: string, { question, typed, seenVersion }: DraftAnswer): Promise<void> {
    await this.change(token, async (row, key) => {
      const content = this.contentOf(key, row);
      const isSame = Object.entries(typed).every(([field, text]) => (content.answers[field] ?? '') === text);
      if (isSame) return null;
      const version = content.versions[question] ?? 0;
      if (version !== seenVersion) throw new Refusal('stale', 'This answer was changed in another window.');
      const answers = { ...content.answers, ...typed };
      const versions = { ...content.versions, [question]: version + 1 };
      return { answersSealed: this.sealed(key, { answers, versions }) };
    });
  }

  /** A new code that opens the draft on any device, in five groups of four letters. One that was shown before opens nothing any more. */
  async makeCode(token: string): Promise<string> {
    const code = newLetterCode();
    await this.change(token, async () => ({ codeHash: this.hashOfCode(normaliseLetterCode(code)!) }));
    return code;
  }

  /** Opens a draft by its code: returns a new token, and the one before opens nothing any more. Refuses any other code with `not-found`. */
  async openByCode(typed: string): Promise<string> {
    // The same work for whatever was typed: one hash and one look-up.
    const codeHash = this.hashOfCode(normaliseLetterCode(typed) ?? '');
    const token = newSecret();
    const found = await this.transactions.change(async (db) => {
      const row = await db.findOneBy(Draft, { codeHash });
      if (!row || row.changedOn < this.oldestDay) return 0;
      return update(db, Draft, { id: row.id, codeHash }, { tokenHash: this.hashOf(token) });
    });
    if (found === 0)
      throw new Refusal('not-found', 'This code does not open anything. Check its 20 letters.', [
        {
          name: 'code',
          field: 'code',
          sentence: normaliseReceipt(typed) ? 'error.draft.is-receipt' : 'error.draft.code',
        },
      ]);
    return token;
  }

  /** Deletes a draft with its files and its key. That none is there is no error. */
  async delete(token: string): Promise<void> {
    await this.transactions.change(async (db) => {
      const row = await this.find(db, token);
      if (row) await this.deleteRows(db, [row.id]);
    });
    await this.doomed.remove();
  }

  /** Deletes every draft that nobody changed for `DRAFT_DAYS` days. Returns how many; their files leave the store with the next `DoomedFiles.remove`. */
  async forgetOld(): Promise<number> {
    for (let forgotten = 0; ;) {
      const found = await this.transactions.change(async (db) => {
        const where = { changedOn: LessThan(this.oldestDay) };
        const rows = await db.find(Draft, { where, take: AT_ONCE });
        const old: string[] = [];
        // Takes the lock of a row, unless a writer that was quicker has made it younger.
        for (const { id, changedOn, revision } of rows)
          if ((await update(db, Draft, { id, changedOn }, { revision: revision + 1 })) > 0) old.push(id);
        await this.deleteRows(db, old);
        return { rows: rows.length, deleted: old.length };
      });
      forgotten += found.deleted;
      if (found.rows < AT_ONCE) return forgotten;
    }
  }

  /** Adds a file that lies in the store under `keyOf` and was looked at. Refuses one too many with `conflict`. */
  async addFile(token: string, file: ComplaintFile): Promise<void> {
    await this.change(token, async ({ id }, key, db) => {
      const others = await db.find(DraftFile, { where: { draftId: id }, order: { n: 'DESC' } });
      if (others.length >= ENCLOSED_MAX_FILES)
        throw new Refusal('conflict', 'There are five files already.', [
          { name: 'evidence', field: 'file-1', sentence: 'error.evidence.many' },
        ]);
      await insert(db, DraftFile, draftFileRow(this.vault, key, file, (others[0]?.n ?? 0) + 1));
      return {};
    });
  }

  /** Takes a file away again. That it is not there is no error. */
  async removeFile(token: string, id: string): Promise<void> {
    await this.change(token, async (row, _key, db) => {
      const { affected } = await db.delete(DraftFile, { id, draftId: row.id });
      if (affected) await this.doom(db, [id]);
      return {};
    });
    await this.doomed.remove();
  }

  /** The key that its files are sealed under. Refuses with `gone` where the draft is not open any more. */
  async keyOf(token: string): Promise<SealingKey> {
    return this.transactions.read(async (db) => {
      const row = await this.find(db, token);
      const key = row && (await this.vault.openKeys(db, [row.id])).get(row.id);
      if (!key) throw notOpen();
      return key;
    });
  }

  /** Its key and its files, to be lodged. Refuses with `gone` where it is not open any more. */
  async toLodge(draft: OpenDraft): Promise<{ key: SealingKey; files: ComplaintFile[] }> {
    return this.transactions.read(async (db) => {
      const key = (await this.vault.openKeys(db, [draft.id])).get(draft.id);
      if (!key) throw notOpen();
      const rows = await db.find(DraftFile, { where: { draftId: draft.id }, order: { n: 'ASC' } });
      return { key, files: rows.map((row) => complaintFile(row, draftFileView(this.vault, key, row))) };
    });
  }

  /** Ends a draft in the change that lodges it: its key and files go over to the case. Refuses with `stale` when it was changed since `revision`. */
  async takeOver(db: EntityManager, { id, revision }: Pick<OpenDraft, 'id' | 'revision'>): Promise<void> {
    if ((await update(db, Draft, { id, revision }, { revision: revision + 1 })) === 0)
      throw new Refusal('stale', 'The complaint was changed in another window. Look at it again.');
    await db.delete(DraftFile, { draftId: id });
    await db.delete(Draft, { id });
    await this.vault.destroyKeys(db, [id]);
  }

  /** Whether a form brings what forms of the draft of this token bring. */
  isFormOf(token: string, brought: string): boolean {
    const [a, b] = [Buffer.from(brought), Buffer.from(this.csrfTokenOf(token))];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  private csrfTokenOf(token: string): string {
    return this.vault.hash('form of a draft', token);
  }

  private hashOf(token: string): string {
    return this.vault.hash('draft', token);
  }

  private hashOfCode(letters: string): string {
    return this.vault.hash('code of a draft', letters);
  }

  /** The first day that is not too long ago. */
  private get oldestDay(): Day {
    return addDays(this.time.today(), -DRAFT_DAYS);
  }

  private async find(db: EntityManager, token: string): Promise<Draft | null> {
    const row = await db.findOneBy(Draft, { tokenHash: this.hashOf(token) });
    return row && row.changedOn >= this.oldestDay ? row : null;
  }

  /** One change of a draft after the other: the first write takes the lock of its row. Null changes nothing. Throws `gone` where it is not open any more. */
  private async change(
    token: string,
    work: (row: Draft, key: SealingKey, db: EntityManager) => Promise<Partial<Draft> | null>,
  ): Promise<void> {
    const tokenHash = this.hashOf(token);
    await this.transactions.change(async (db) => {
      if (!(await this.find(db, token))) throw notOpen();
      await update(db, Draft, { tokenHash }, { changedOn: this.time.today() });
      const row = await db.findOneBy(Draft, { tokenHash });
      if (!row) throw notOpen();
      const key = await this.vault.openKey(db, row.id);
      const patch = await work(row, key, db);
      if (patch) await update(db, Draft, { id: row.id }, { ...patch, revision: row.revision + 1 });
    });
  }

  private async deleteRows(db: EntityManager, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const files = await db.find(DraftFile, { where: { draftId: In(ids) }, select: { id: true } });
    await this.doom(
      db,
      files.map(({ id }) => id),
    );
    await db.delete(DraftFile, { draftId: In(ids) });
    await db.delete(Draft, { id: In(ids) });
    await this.vault.destroyKeys(db, ids);
  }

  private async doom(db: EntityManager, fileIds: string[]): Promise<void> {
    const since = this.time.today();
    const names = fileIds.flatMap((id) => [id, workingId(id)]);
    await insert(
      db,
      DoomedFile,
      names.map((id) => ({ id, since })),
    );
  }

  private sealed(key: SealingKey, content: DraftContent): string {
    return this.vault.seal(key, placeOf(key), JSON.stringify(content)).sealed;
  }

  private contentOf(key: SealingKey, { answersSealed }: Draft): DraftContent {
    return JSON.parse(this.vault.unseal(key, placeOf(key), answersSealed)) as DraftContent;
  }
}

function placeOf({ ownerId }: SealingKey) {
  return { table: 'drafts', column: 'answersSealed', id: ownerId };
}

function draftFileRow(vault: Vault, key: SealingKey, file: ComplaintFile, n: number): DraftFile {
  const { id, fileName, describes, sizeInBytes, sha256, examined } = file;
  const seal = (column: string, text: string) =>
    vault.seal(key, { table: 'draft_files', column, id }, text).sealed;
  return {
    id,
    draftId: key.ownerId,
    n,
    fileNameSealed: seal('fileNameSealed', fileName),
    describesSealed: describes && seal('describesSealed', describes),
    sizeInBytes,
    sha256,
    scan: examined.scan,
    ...examined.row,
    handling: examined.row.handling!,
  };
}

function complaintFile(row: DraftFile, { fileName, describes }: DraftFileView): ComplaintFile {
  const { id, sizeInBytes, sha256, scan, mediaType, handling, heldReason } = row;
  const { removed, turnedBy, workingSizeInBytes, workingSha256 } = row;
  const looks = { mediaType, handling, heldReason, removed, turnedBy, workingSizeInBytes, workingSha256 };
  return {
    id,
    fileName,
    describes,
    sizeInBytes,
    sha256,
    examined: { scan: scan as ScanVerdict, row: looks },
  };
}

function draftFileView(vault: Vault, key: SealingKey, row: DraftFile): DraftFileView {
  const { id, n, sizeInBytes } = row;
  const opened = (column: 'fileNameSealed' | 'describesSealed') => {
    const sealed = row[column];
    return sealed && vault.unseal(key, { table: 'draft_files', column, id }, sealed);
  };
  return { id, n, fileName: opened('fileNameSealed')!, describes: opened('describesSealed'), sizeInBytes };
}

function notOpen(): Refusal {
  return new Refusal('gone', 'What you were writing is not open here any more.');
}
