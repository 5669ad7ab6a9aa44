import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
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
import { evidenceView, evidenceViews } from './correspondence';
import { ExamineFile, unsealed, workingId } from './examine-file';
import { isStorableText } from './intake/complaint-form';
import { OpenWords } from './open-words';
import { checkedReason, keepReason, refuseWithoutPerson } from './reason';
import type { EvidenceView } from './views';

/** Largest file, in bytes, and most files of one case. */
export const EVIDENCE_MAX_BYTES = 20 * 1024 * 1024;
export const EVIDENCE_MAX_FILES = 100;

/** A file on its way out. */
export interface OpenedEvidence {
  view: EvidenceView;
  /** Of what is sent: the working copy or the original. */
  sizeInBytes: number;
  content: Readable;
}

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
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
    private readonly examineFile: ExamineFile,
  ) {}

  /**
   * Stores a file. Refuses what is empty, larger than 20 MB, of a kind that is not taken, or one too many. Sent again by the same side on
   * the same day, under the same name and with the same words, it is the file that is there already: an answer was lost on its way.
   */
  async add(visitor: Visitor, file: NewEvidence, reference?: string): Promise<EvidenceView> {
    const key = keyOf(visitor, reference);
    const fileName = checkedLine(file.fileName, 'file', 255) || 'file';
    const id = newId();
    const sealingKey = await this.transactions.read(async (db) =>
      this.vault.openKey(db, (await findCase(db, key)).id),
    );
    let mayHaveRow = false;
    try {
      const { sizeInBytes, sha256 } = await this.receive(file.content, sealingKey, id);
      const said = typeof file.describes === 'function' ? await file.describes() : file.describes;
      const describes = checkedLine(said ?? '', 'describes', 2000);
      if (sizeInBytes === 0) throw refused('This file is empty. Choose another one.');
      const examined = await this.examineFile.run(sealingKey, id);
      mayHaveRow = true;
      const changed = await this.changeCase.run(
        key,
        undefined,
        () => actorOf(visitor),
        async (context) => {
          const { caseId, actor, today } = context;
          const sameFile = { caseId, sha256, sizeInBytes, fromRole: actor.role, addedOn: today };
          const again = evidenceViews(
            await context.db.find(Evidence, { where: sameFile, order: { n: 'ASC' } }),
            await OpenWords.of(this.vault, context.db, caseId),
          ).find((each) => each.fileName === withoutTurns(fileName) && (each.describes ?? '') === describes);
          if (again) throw new SentBefore(again);
          const count = await context.db.countBy(Evidence, { caseId });
          if (count >= EVIDENCE_MAX_FILES)
            throw refused(`This case has ${EVIDENCE_MAX_FILES} files already. Write to us how to send more.`);
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
            ...examined,
          };
          await context.insert(Evidence, row);
          const { handling, workingSha256 } = examined;
          return {
            act: 'add-evidence',
            facts: {
              evidence: row.n,
              sha256,
              sizeInBytes,
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

  /** Seals the original on its way to the store, in constant memory. */
  private async receive(
    content: Readable,
    key: CaseKey,
    id: string,
  ): Promise<{ sizeInBytes: number; sha256: string }> {
    const meter = new Meter();
    const sealed = this.vault.sealStream(key, id);
    const ends = await Promise.allSettled([pipeline(content, meter, sealed), this.store.write(id, sealed)]);
    const failures = ends.filter((end) => end.status === 'rejected').map(({ reason }): unknown => reason);
    // When one end fails the other is cut off; what a person can mend is a refusal.
    if (failures.length > 0) throw failures.find((failure) => failure instanceof Refusal) ?? failures[0];
    return { sizeInBytes: meter.sizeInBytes, sha256: meter.sha256() };
  }

  /** All files of the case, oldest first. */
  async list(visitor: Visitor, reference?: string): Promise<EvidenceView[]> {
    const key = keyOf(visitor, reference);
    return this.transactions.read(async (db) => {
      const { id } = await findCase(db, key);
      const rows = await db.find(Evidence, { where: { caseId: id }, order: { n: 'ASC' } });
      return evidenceViews(rows, await OpenWords.of(this.vault, db, id));
    });
  }

  /**
   * Opens a file: for whoever sent it, of the complainant's side, as it was sent; for everybody else the working copy under a name that
   * tells nothing, and for staff an entry of the history before the first byte leaves. Refuses what is held back or quarantined.
   */
  async open(visitor: Visitor, n: number, reference?: string): Promise<OpenedEvidence> {
    const found = await this.find(visitor, n, reference);
    const { row, key, sealingKey } = found;
    const isOfStaff = STAFF_ROLES.some((role) => role === row.fromRole);
    if (visitor.kind !== 'officer' && !isOfStaff) return this.original(found);
    const view = { ...found.view, fileName: `evidence-${row.n}` };
    if (view.handling === 'HELD') throw withoutCopy(visitor, HELD_REASONS[view.heldReason as HeldReason]);
    if (visitor.kind === 'officer')
      await this.changeCase.run(
        key,
        undefined,
        () => actorOf(visitor),
        async () => ({ act: 'open-evidence', facts: { evidence: row.n }, result: undefined }),
      );
    return {
      view,
      sizeInBytes: row.workingSizeInBytes!,
      content: await this.read(sealingKey, workingId(row.id)),
    };
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
    await this.changeCase.run(
      found.key,
      undefined,
      () => actorOf(visitor),
      async (context) => {
        refuseWithoutPerson(context);
        await keepReason(context, 'open-original', reasons);
        return { act: 'open-original', facts: { evidence: found.row.n }, result: undefined };
      },
    );
    return this.original(found);
  }

  private async find(visitor: Visitor, n: number, reference?: string) {
    const key = keyOf(visitor, reference);
    const found = await this.transactions.read(async (db) => {
      const { id } = await findCase(db, key);
      const mayBe = Number.isInteger(n) && n <= EVIDENCE_MAX_FILES;
      const row = mayBe ? await db.findOneBy(Evidence, { caseId: id, n }) : null;
      if (!row) throw new Refusal('not-found', 'This case has no such file.');
      return {
        row,
        view: evidenceViews([row], await OpenWords.of(this.vault, db, id))[0]!,
        sealingKey: await this.vault.openKey(db, id),
      };
    });
    if (found.view.handling === 'QUARANTINED')
      throw new Refusal(
        'conflict',
        'A virus scanner found something harmful in this file. Nobody can open it here; it stays sealed as evidence.',
      );
    return { ...found, key };
  }

  private async original({ row, view, sealingKey }: FoundEvidence): Promise<OpenedEvidence> {
    return { view, sizeInBytes: row.sizeInBytes, content: await this.read(sealingKey, row.id) };
  }

  private async read(key: CaseKey, id: string): Promise<Readable> {
    return unsealed(await this.store.read(id), this.vault.unsealStream(key, id));
  }
}

type FoundEvidence = Pick<OpenedEvidence, 'view'> & { row: Evidence; sealingKey: CaseKey };

/** Ends the change without a deed: the same file is in the case already. */
class SentBefore extends Error {
  constructor(readonly view: EvidenceView) {
    super('This file is in the case already.');
  }
}

/** Counts and hashes what passes, and stops what is too large. */
class Meter extends Transform {
  sizeInBytes = 0;
  private readonly hash = createHash('sha256');

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.sizeInBytes += chunk.length;
    if (this.sizeInBytes > EVIDENCE_MAX_BYTES)
      return done(
        new Refusal('too-large', 'This file is larger than 20 MB. Send it in parts, or a smaller copy.'),
      );
    this.hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.hash.digest('hex');
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

function refused(sentence: string): Refusal {
  return new Refusal('invalid', sentence, [{ name: 'evidence', field: 'file', sentence }]);
}

function checkedLine(text: string, field: string, maxLength: number): string {
  if (text.length > maxLength || !isStorableText(text)) {
    const sentence = `Shorten this to ${maxLength} readable characters.`;
    throw new Refusal('invalid', sentence, [{ name: 'evidence', field, sentence }]);
  }
  return text.trim();
}
