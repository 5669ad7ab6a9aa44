import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { Evidence } from '../records/entities/evidence';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { actorOf, keyOf } from './case-visitor';
import { findCase } from './case-file';
import { ChangeCase } from './change-case';
import { evidenceViews } from './correspondence';
import { isStorableText } from './intake/complaint-form';
import { OpenWords } from './open-words';
import type { EvidenceView } from './views';

/** Largest file, in bytes, and most files of one case. */
export const EVIDENCE_MAX_BYTES = 20 * 1024 * 1024;
export const EVIDENCE_MAX_FILES = 100;

export interface NewEvidence {
  fileName: string;
  mediaType: string;
  /** Said before the file or, in a form that sends it later, known only when the file has passed. */
  describes?: string | (() => string | undefined);
  content: Readable;
}

/**
 * Files of a case. The content is sealed on its way to the evidence folder, then its row and entry are written; a file whose row was
 * not written is removed. Its SHA-256 stands in the history.
 */
@Injectable()
export class EvidenceFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  /** Stores a file, original and untouched. Refuses what is empty, larger than 20 MB, or one too many. */
  async add(visitor: Visitor, file: NewEvidence, reference?: string): Promise<EvidenceView> {
    const key = keyOf(visitor, reference);
    const fileName = checkedLine(file.fileName, 'file', 255) || 'file';
    const id = newId();
    const path = this.pathOf(id);
    const sealingKey = await this.transactions.read(async (db) =>
      this.vault.openKey(db, (await findCase(db, key)).id),
    );
    await mkdir(join(this.settings.dataDir, 'evidence'), { recursive: true, mode: 0o700 });
    const meter = new Meter();
    try {
      await pipeline(
        file.content,
        meter,
        this.vault.sealStream(sealingKey, id),
        createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }),
      );
      const said = typeof file.describes === 'function' ? file.describes() : file.describes;
      const describes = checkedLine(said ?? '', 'describes', 2000);
      if (meter.sizeInBytes === 0) throw refused('This file is empty. Choose another one.');
      const changed = await this.changeCase.run(
        key,
        undefined,
        () => actorOf(visitor),
        async (context) => {
          const { caseId, actor, today } = context;
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
            mediaType: /^[\w.+-]{1,30}\/[\w.+-]{1,30}$/.test(file.mediaType)
              ? file.mediaType
              : 'application/octet-stream',
            sizeInBytes: meter.sizeInBytes,
            sha256: meter.sha256(),
          };
          await context.insert(Evidence, row);
          const { n, mediaType, sizeInBytes, sha256, fromRole, addedOn } = row;
          return {
            act: 'add-evidence',
            facts: { evidence: n, sha256, sizeInBytes },
            result: {
              n,
              fileName,
              describes: describes || null,
              mediaType,
              sizeInBytes,
              sha256,
              fromRole,
              addedOn,
            },
          };
        },
      );
      return changed.result;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
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

  /** Opens a file. Staff's opening is an entry of the history before the first byte leaves; the complainant's own is not. */
  async open(
    visitor: Visitor,
    n: number,
    reference?: string,
  ): Promise<{ view: EvidenceView; content: Readable }> {
    const key = keyOf(visitor, reference);
    const { row, view, sealingKey } = await this.transactions.read(async (db) => {
      const { id } = await findCase(db, key);
      const found = Number.isInteger(n) ? await db.findOneBy(Evidence, { caseId: id, n }) : null;
      if (!found) throw new Refusal('not-found', 'This case has no such file.');
      return {
        row: found,
        view: evidenceViews([found], await OpenWords.of(this.vault, db, id))[0]!,
        sealingKey: await this.vault.openKey(db, id),
      };
    });
    if (visitor.kind === 'officer')
      await this.changeCase.run(
        key,
        undefined,
        () => actorOf(visitor),
        async () => ({
          act: 'open-evidence',
          facts: { evidence: row.n },
          result: undefined,
        }),
      );
    return {
      view,
      content: createReadStream(this.pathOf(row.id)).pipe(this.vault.unsealStream(sealingKey, row.id)),
    };
  }

  private pathOf(id: string): string {
    return join(this.settings.dataDir, 'evidence', id);
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
