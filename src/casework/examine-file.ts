import { createHash } from 'node:crypto';
import { pipeline, Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/refusal';
import type { Evidence } from '../records/entities/evidence';
import { clean } from '../vault/cleaning/clean';
import { mediaTypeOf } from '../vault/cleaning/media-type';
import { VirusScanner } from '../vault/scan/clamav';
import { EvidenceStore } from '../vault/store/evidence-store';
import { Vault, type CaseKey } from '../vault/vault';

/** Files that are unfolded in memory at once; others wait, sealed in the store. */
const AT_ONCE = 3;

export type Examined = Pick<
  Evidence,
  'mediaType' | 'handling' | 'heldReason' | 'removed' | 'turnedBy' | 'workingSizeInBytes' | 'workingSha256'
>;

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

/** A sealed file on its way out: where either end breaks off, both end, so that nobody waits and nothing stays open. */
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
  async run(key: CaseKey, id: string): Promise<Examined> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await this.examine(key, id);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private async examine(key: CaseKey, id: string): Promise<Examined> {
    const content = await buffer(unsealed(await this.store.read(id), this.vault.unsealStream(key, id)));
    const mediaType = await mediaTypeOf(content);
    if (!mediaType) throw notTaken();
    const { verdict } = await this.scanner.scan(Readable.from([content]));
    if (verdict === 'INFECTED') return { ...NO_COPY, mediaType, handling: 'QUARANTINED' };
    const cleaned = await clean(content, mediaType);
    if (cleaned.kind === 'held') return { ...NO_COPY, mediaType, handling: 'HELD', heldReason: cleaned.why };
    const copy = workingId(id);
    await this.store.write(copy, Readable.from([cleaned.content]).pipe(this.vault.sealStream(key, copy)));
    return {
      mediaType,
      handling: 'CLEANED',
      heldReason: null,
      removed: cleaned.removed,
      turnedBy: cleaned.turnedBy,
      workingSizeInBytes: cleaned.content.length,
      workingSha256: createHash('sha256').update(cleaned.content).digest('hex'),
    };
  }
}

function notTaken(): Refusal {
  return new Refusal('invalid', 'We cannot take this kind of file.', [
    { name: 'evidence', field: 'file', sentence: 'error.evidence.kind' },
  ]);
}
