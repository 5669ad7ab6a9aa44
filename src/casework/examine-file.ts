import { createHash } from 'node:crypto';
import { pipeline, Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/refusal';
import type { Evidence } from '../records/entities/evidence';
import { EndsOfFile } from '../vault/cleaning/ends-of-file';
import { inspect } from '../vault/cleaning/inspect';
import type { ScanVerdict } from '../rules/evidence-handling';
import { VirusScanner } from '../vault/scan/clamav';
import { EvidenceStore } from '../vault/store/evidence-store';
import { Vault, type CaseKey } from '../vault/vault';

/** Files that are unfolded in memory at once; others wait, sealed in the store. */
const AT_ONCE = 2;
/** Larger files are never held in memory: they stay sealed and are held back. */
export const CLEANED_UP_TO_BYTES = 32 * 1024 * 1024;

export interface Examined {
  /** What its row says of it. */
  row: Pick<
    Evidence,
    'mediaType' | 'handling' | 'heldReason' | 'removed' | 'turnedBy' | 'workingSizeInBytes' | 'workingSha256'
  >;
  scan: ScanVerdict;
}

const NO_COPY = {
  heldReason: null,
  removed: null,
  turnedBy: null,
  workingSizeInBytes: null,
  workingSha256: null,
};

/** Under which id the working copy of a file lies in the store. */
export function workingId(id: string): string {
  return `${id}.working`;
}

/** A file on its way through a stream: where either end breaks off, both end, so that nobody waits and nothing stays open. */
export function unsealed(sealed: Readable, opening: Transform): Transform {
  // The error comes out of the stream that is handed back.
  pipeline(sealed, opening, () => undefined);
  return opening;
}

/** Looks into a file that was just stored: what it is by its bytes, whether a scanner finds harm, and a working copy without metadata. */
@Injectable()
export class ExamineFile {
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
    private readonly scanner: VirusScanner,
  ) {}

  /**
   * The working copy is stored where there is one. Throws a `Refusal` for a kind of file that is not taken, and where a scanner is set
   * and gives no clear answer.
   */
  async run(key: CaseKey, id: string, sizeInBytes: number): Promise<Examined> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await (sizeInBytes > CLEANED_UP_TO_BYTES ? this.skim(key, id) : this.examine(key, id));
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private async examine(key: CaseKey, id: string): Promise<Examined> {
    const content = await buffer(await this.read(key, id));
    const { verdict: scan } = await this.scanner.scan(Readable.from([content]));
    const { mediaType, cleaned } = await inspect({ content, toClean: scan !== 'INFECTED' });
    if (!mediaType) throw notTaken();
    if (!cleaned) return { scan, row: { ...NO_COPY, mediaType, handling: 'QUARANTINED' } };
    if (cleaned.kind === 'held')
      return { scan, row: { ...NO_COPY, mediaType, handling: 'HELD', heldReason: cleaned.why } };
    const copy = workingId(id);
    await this.store.write(copy, Readable.from([cleaned.content]).pipe(this.vault.sealStream(key, copy)));
    return {
      scan,
      row: {
        mediaType,
        handling: 'CLEANED',
        heldReason: null,
        removed: cleaned.removed,
        turnedBy: cleaned.turnedBy,
        workingSizeInBytes: cleaned.content.length,
        workingSha256: createHash('sha256').update(cleaned.content).digest('hex'),
      },
    };
  }

  /** A file that is too large to be cleaned passes by the scanner once, in constant memory. */
  private async skim(key: CaseKey, id: string): Promise<Examined> {
    const ends = new EndsOfFile();
    const { verdict: scan } = await this.scanner.scan(unsealed(await this.read(key, id), ends));
    const { mediaType } = await inspect({ head: ends.head(), tail: ends.tail() });
    if (!mediaType) throw notTaken();
    if (scan === 'INFECTED') return { scan, row: { ...NO_COPY, mediaType, handling: 'QUARANTINED' } };
    return { scan, row: { ...NO_COPY, mediaType, handling: 'HELD', heldReason: 'TOO-LARGE' } };
  }

  private async read(key: CaseKey, id: string): Promise<Readable> {
    return unsealed(await this.store.read(id), this.vault.unsealStream(key, id));
  }
}

function notTaken(): Refusal {
  return new Refusal('invalid', 'We cannot take this kind of file.', [
    { name: 'evidence', field: 'file', sentence: 'error.evidence.kind' },
  ]);
}
