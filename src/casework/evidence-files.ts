import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { AccountRows } from '../people/account-rows';
import { GuestMarks } from '../people/guest-marks';
import type { Officer, Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal, type TextMeasure } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { Time } from '../platform/time';
import { lockCase } from '../records/dialect';
import { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import { HELD_REASONS, type HeldReason } from '../rules/evidence-handling';
import { STAFF_ROLES } from '../rules/roles';
import { withoutTurns } from '../rules/saved-name';
import { EvidenceStore } from '../vault/store/evidence-store';
import { Vault, type CaseKey } from '../vault/vault';
import { actorOf, keyOf } from './case-visitor';
import { findCase, type CaseKey as CaseName } from './case-file';
import { ChangeCase } from './change-case';
import { evidenceView, evidenceViews, openedViews } from './correspondence';
import { ExamineFile, workingId, type Examined } from './examine-file';
import { refuseAfterDialogue } from './dialogue';
import { isStorableText } from './intake/complaint-form';
import { GuestCopies, type OpenedEvidence } from './guest-copies';
import { Openings } from './openings';
import { earlierThan, type Page } from '../platform/pages';
import { pageOf } from '../records/page-of';
import { OpenWords } from './open-words';
import { receiveFile } from './receive-file';
import { checkedReason, keepReason, refuseWithoutPerson } from './reason';
import { originalOf, StoredFiles, workingCopyOf, type StoredFile } from './stored-files';
import type { EvidenceView } from './record-views';
import { Sight } from '../people/sight';

/** Most files that the side of the complainant has in one case. */
export const EVIDENCE_MAX_FILES = 100;
/** Most files that staff have in it: a vendor who answers with hundreds uses up none of hers. */
export const STAFF_MAX_FILES = 500;
const MOST_FILES = EVIDENCE_MAX_FILES + STAFF_MAX_FILES;
const FILES_READ_AT_ONCE = 100;

export interface NewEvidence {
  fileName: string;
  /** Said before the file or, in a form that may send it later, known only when the file has passed. */
  describes?: string | (() => Promise<string>);
  content: Readable;
}

/**
 * Files of a case. The original is sealed on its way to the store, then examined there; its row and entry are written last, and what
 * has no row is removed. Its SHA-256 stands in the history. Staff open the working copy; the original only with a reason.
 */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly accounts: AccountRows,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
    private readonly examineFile: ExamineFile,
    private readonly storedFiles: StoredFiles,
    private readonly marks: GuestMarks,
    private readonly guestCopies: GuestCopies,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /**
   * Stores a file. Refuses what is empty, larger than is set, of a kind that is not taken, or one too many. Sent again by the same side on
   * the same day, under the same name and with the same words, it is the file that is there already: an answer was lost on its way.
   */
  add(visitor: Visitor, file: NewEvidence, reference?: string): Promise<EvidenceView> {
    return this.keep(visitor, file, reference, null);
  }

  /**
   * Stores a copy of file `original` in which something is masked, as `add` does. Refuses one of which no clean copy can be made, and one
   * that is the original itself, or what is left of it once it is cleaned.
   */
  addMasked(visitor: Officer, reference: string, original: number, file: NewEvidence): Promise<EvidenceView> {
    return this.keep(visitor, file, reference, original);
  }

  private async keep(
    visitor: Visitor,
    file: NewEvidence,
    reference: string | undefined,
    maskedFrom: number | null,
  ): Promise<EvidenceView> {
    const key = keyOf(this.sight, visitor, reference);
    const fileName = checkedLine(file.fileName, 'file', 255) || 'file';
    const id = newId();
    const isOfStaff = visitor.kind === 'officer';
    const sealingKey = await this.transactions.read(async (db) => {
      const found = await findCase(db, key);
      await refuseAfterDialogue(db, found, isOfStaff, this.time.today(), 'file');
      await originalIn(db, found.id, maskedFrom);
      return this.vault.openKey(db, found.id);
    });
    let mayHaveRow = false;
    try {
      const { sizeInBytes, sha256 } = await receiveFile(
        { vault: this.vault, store: this.store, maxBytes: this.settings.evidenceMaxBytes },
        sealingKey,
        id,
        file.content,
      );
      const said = typeof file.describes === 'function' ? await file.describes() : file.describes;
      const describes = checkedLine(said ?? '', 'describes', 2000);
      if (sizeInBytes === 0) throw refused('error.evidence.empty', 'This file is empty. Choose another one.');
      const examined = await this.examineFile.run(sealingKey, id, sizeInBytes);
      mayHaveRow = true;
      const changed = await this.changeCase.run(
        key,
        undefined,
        () => actorOf(visitor),
        async (context) => {
          const { caseId, actor, today } = context;
          if (isOfStaff) await this.accounts.refuseChanged(context.db, visitor);
          await refuseAfterDialogue(context.db, context.file.case, isOfStaff, today, 'file');
          const original = await originalIn(context.db, caseId, maskedFrom);
          if (original) {
            refuseWithoutPerson(context);
            refuseUnmasked(original, sha256, examined.row);
          }
          const sameFile = {
            caseId,
            sha256,
            sizeInBytes,
            fromRole: actor.role,
            addedOn: today,
            maskedFrom: maskedFrom ?? IsNull(),
          };
          const same = await evidenceViews(
            context.db,
            context.file.case.ledgerId,
            await context.db.find(Evidence, { where: sameFile, order: { n: 'ASC' } }),
            await OpenWords.of(this.vault, context.db, caseId),
          );
          const again = same.find(
            (each) =>
              !each.fault && each.fileName === withoutTurns(fileName) && (each.describes ?? '') === describes,
          );
          if (again) throw new SentBefore(again);
          const count = await context.db.countBy(Evidence, { caseId });
          const ofSide = await filesOfSide(context.db, caseId, isOfStaff);
          const most = isOfStaff ? STAFF_MAX_FILES : EVIDENCE_MAX_FILES;
          if (ofSide >= most)
            throw refused(
              'error.evidence.full',
              isOfStaff
                ? `Staff have ${most} files in this case already. Put what belongs together into one document.`
                : `This case has ${most} files already. Write to us how to send more.`,
            );
          const row: Evidence = {
            id,
            caseId,
            n: count + 1,
            fromRole: actor.role,
            addedOn: today,
            fileNameSealed: context.seal('evidence', 'fileNameSealed', id, fileName),
            describesSealed: context.sealMaybe('evidence', 'describesSealed', id, describes),
            sizeInBytes,
            sha256,
            ...examined.row,
            maskedFrom,
          };
          await context.insert(Evidence, row);
          const { handling, workingSha256 } = row;
          return {
            act: original ? 'mask-file' : 'add-evidence',
            facts: {
              ...(original ? { maskedFrom: original.n, maskedFromSha256: original.sha256 } : {}),
              evidence: row.n,
              sha256,
              sizeInBytes,
              scan: examined.scan,
              handling,
              ...(workingSha256 ? { workingSha256 } : {}),
            },
            result: evidenceView(row, fileName, describes || null),
          };
        },
      );
      return changed.result;
    } catch (error) {
      // What stays behind where store or database fail is sealed.
      if (!mayHaveRow || !(await this.hasRow(key, id)))
        for (const each of [id, workingId(id)]) await this.store.remove(each).catch(() => undefined);
      if (error instanceof SentBefore) return error.view;
      throw error;
    }
  }

  /**
   * Whether the row was stored although its change failed: the answer to a commit can be lost. The lock of the case waits for a commit
   * that is still under way. True when nobody can say.
   */
  private hasRow(key: CaseName, id: string): Promise<boolean> {
    return this.transactions
      .change(async (db) => {
        await lockCase(db, (await findCase(db, key)).id);
        return db.existsBy(Evidence, { id });
      })
      .catch(() => true);
  }

  /** Every file of the case, oldest first. */
  async list(visitor: Visitor, reference?: string): Promise<EvidenceView[]> {
    const files: EvidenceView[] = [];
    for (let before: number | null = MOST_FILES + 1; before !== null;) {
      const page = await this.page(visitor, { before, limit: FILES_READ_AT_ONCE }, reference);
      files.unshift(...page);
      before = earlierThan(page);
    }
    return files;
  }

  /** Files of the case, oldest first: the newest, or those before one. */
  page(visitor: Visitor, page: Page, reference?: string): Promise<EvidenceView[]> {
    return this.read(visitor, reference, (db, caseId) => pageOf(db, Evidence, { caseId }, page));
  }

  /** Those of these numbers alone, such as the ones that have a translation. */
  numbered(visitor: Visitor, numbers: readonly number[], reference?: string): Promise<EvidenceView[]> {
    return this.read(visitor, reference, (db, caseId) =>
      db.find(Evidence, { where: { caseId, n: In(numbers) }, order: { n: 'ASC' } }),
    );
  }

  private async read(
    visitor: Visitor,
    reference: string | undefined,
    find: (db: EntityManager, caseId: string) => Promise<Evidence[]>,
  ): Promise<EvidenceView[]> {
    const key = keyOf(this.sight, visitor, reference);
    if (reference !== undefined) await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const { id, ledgerId } = await findCase(db, key);
      const rows = await find(db, id);
      return evidenceViews(db, ledgerId, rows, await OpenWords.of(this.vault, db, id));
    });
  }

  /**
   * Opens a file: for whoever sent it, of the complainant's side, as it was sent; for everybody else the working copy under a name that
   * tells nothing but for which guest it is, whose mark it bears where it can, and for staff an entry of the history before the first byte
   * leaves. Refuses what is held back or quarantined.
   */
  async open(visitor: Visitor, n: number, reference?: string): Promise<OpenedEvidence> {
    const found = await this.find(visitor, n, reference);
    const { row, key } = found;
    const isOfStaff = STAFF_ROLES.some((role) => role === row.fromRole);
    if (visitor.kind !== 'officer' && !isOfStaff) return this.handOut(found, originalOf(row));
    const mark = await this.marks.of(visitor);
    const view = { ...found.view, fileName: `evidence-${row.n}${mark ? ` for ${mark}` : ''}` };
    if (view.handling === 'HELD') throw withoutCopy(visitor, HELD_REASONS[view.heldReason as HeldReason]);
    const opened = await this.handOut({ ...found, view }, workingCopyOf(row), async () => {
      if (visitor.kind === 'officer')
        await this.changeCase.run(
          key,
          undefined,
          () => actorOf(visitor),
          async () => ({ act: 'open-evidence', facts: { evidence: row.n }, result: undefined }),
        );
    });
    return this.guestCopies.of(visitor, reference, opened);
  }

  /** Opens the original for staff: the reason is kept sealed, the entry is written first, the complainant sees that it was opened. */
  async openOriginal(
    visitor: Visitor,
    n: number,
    reference: string,
    reason: unknown,
  ): Promise<OpenedEvidence> {
    const reasons = checkedReason(reason, 'Say why you need the original.');
    const found = await this.find(visitor, n, reference);
    return this.handOut(found, originalOf(found.row), () =>
      this.changeCase.run(
        found.key,
        undefined,
        () => actorOf(visitor),
        async (context) => {
          refuseWithoutPerson(context);
          await keepReason(context, 'open-original', reasons);
          return { act: 'open-original', facts: { evidence: found.row.n }, result: undefined };
        },
      ),
    );
  }

  private async find(visitor: Visitor, n: number, reference?: string) {
    const key = keyOf(this.sight, visitor, reference);
    const found = await this.transactions.read(async (db) => {
      const { id } = await findCase(db, key);
      const mayBe = Number.isInteger(n) && n <= MOST_FILES;
      const isOpen = visitor.kind !== 'officer' || !visitor.guest || visitor.guest.seesFiles;
      const row = mayBe && isOpen ? await db.findOneBy(Evidence, { caseId: id, n }) : null;
      if (!row) throw noSuchFile();
      return {
        row,
        view: openedViews([row], await OpenWords.of(this.vault, db, id))[0]!,
        sealingKey: await this.vault.openKey(db, id),
      };
    });
    if (found.view.handling === 'QUARANTINED')
      throw new Refusal(
        'conflict',
        'A virus scanner found something harmful in this file. Nobody can open it here; it stays sealed as evidence.',
        [{ name: 'evidence', field: 'file', sentence: 'mycase.evidence.quarantined' }],
      );
    return { ...found, key };
  }

  /** Proves the file whole, writes that it is opened, and only then lets it go. */
  private async handOut(
    { view, row, sealingKey }: FoundEvidence,
    file: StoredFile,
    record: () => Promise<unknown> = async () => undefined,
  ): Promise<OpenedEvidence> {
    await this.storedFiles.prove(file, sealingKey);
    await record();
    return {
      view,
      sizeInBytes: file.kind === 'ORIGINAL' ? row.sizeInBytes : row.workingSizeInBytes!,
      content: await this.storedFiles.read(file, sealingKey),
    };
  }
}

/** How many files of a case staff added, or everybody else. */
export function filesOfSide(db: EntityManager, caseId: string, isOfStaff: boolean): Promise<number> {
  const staff = In([...STAFF_ROLES]);
  return db.countBy(Evidence, { caseId, fromRole: isOfStaff ? staff : Not(staff) });
}

type FoundEvidence = Pick<OpenedEvidence, 'view'> & { row: Evidence; sealingKey: CaseKey };

/** The file of which one is a masked copy; null where it is none. */
async function originalIn(db: EntityManager, caseId: string, n: number | null): Promise<Evidence | null> {
  if (n === null) return null;
  const row = Number.isInteger(n) && n <= MOST_FILES ? await db.findOneBy(Evidence, { caseId, n }) : null;
  if (!row) throw noSuchFile();
  return row;
}

/** Nothing is masked in a copy that is the file itself; of one without a clean copy nothing can be passed on. */
function refuseUnmasked(original: Evidence, sha256: string, row: Examined['row']): void {
  const same = [original.sha256, original.workingSha256];
  if (same.includes(sha256) || (row.workingSha256 !== null && same.includes(row.workingSha256)))
    throw refused('evidence', 'This is the file itself: nothing in it is masked.');
  if (row.handling !== 'CLEANED')
    throw refused(
      'evidence',
      'No clean copy can be made of this, so it could not be passed on. Save it as another kind, such as PDF or PNG.',
    );
}

function noSuchFile(): Refusal {
  return new Refusal('not-found', 'This case has no such file.');
}

/** Ends the change without a deed: the same file is in the case already. */
class SentBefore extends Error {
  constructor(readonly view: EvidenceView) {
    super('This file is in the case already.');
  }
}

function withoutCopy(visitor: Visitor, why: string): Refusal {
  return visitor.kind === 'officer'
    ? new Refusal(
        'conflict',
        `This file has no working copy. ${why} Open the original if you need it, with a reason.`,
      )
    : new Refusal('conflict', `This file has no working copy. ${why} Ask for it in another form.`, [
        { name: 'evidence', field: 'file', sentence: 'mycase.evidence.held-ours' },
      ]);
}

/** `name`: the key of what a rightsholder reads instead of the sentence. */
function refused(name: string, sentence: string, field = 'file', measure?: TextMeasure): Refusal {
  return new Refusal('invalid', sentence, [{ name, field, sentence, ...(measure && { measure }) }]);
}

function checkedLine(text: string, field: string, maxLength: number): string {
  if (text.length <= maxLength && isStorableText(text)) return text.trim();
  const isTooLong = text.length > maxLength;
  const ofText = isTooLong ? 'error.text.too-long' : 'error.text.unreadable';
  throw refused(
    field === 'file' ? 'error.evidence.name' : ofText,
    `Shorten this to ${maxLength} readable characters.`,
    field,
    isTooLong && field !== 'file' ? { length: text.length, most: maxLength } : undefined,
  );
}
