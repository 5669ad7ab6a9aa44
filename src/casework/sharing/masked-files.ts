import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Officer } from '../../people/visitor';
import { Refusal } from '../../platform/refusal';
import { Turns } from '../../platform/turns';
import { MOST_RECTANGLES, type Rectangle } from '../../rules/rectangles';
import { canBePainted, paint, preview } from '../../vault/paint-picture';
import { EvidenceFiles, type NewEvidence } from '../evidence-files';
import type { EvidenceView } from '../record-views';

/** A small copy of a picture, for the page on which somebody says what to mask. */
export interface PictureView {
  file: EvidenceView;
  /** WebP; null of a file that cannot be painted here. */
  picture: Buffer | null;
}

const MOST_PICTURES = 20;

/** Masked copies of files: a picture is painted here, of anything else a copy that was masked outside is uploaded. Each is a file of the case, linked to its original. */
@Injectable()
export class MaskedFiles {
  /** Each needs its picture in memory. */
  private readonly turns = new Turns(
    MOST_PICTURES,
    'Too many pictures are being painted at the moment. Try again in a few minutes.',
  );

  constructor(private readonly evidence: EvidenceFiles) {}

  /** The file, and where it is a picture, what these rectangles would leave of it; opening it is an entry. */
  async look(
    visitor: Officer,
    reference: string,
    n: number,
    rectangles: readonly Rectangle[] = [],
  ): Promise<PictureView> {
    const [file] = Number.isInteger(n) ? await this.evidence.numbered(visitor, [n], reference) : [];
    if (!file) throw new Refusal('not-found', 'This case has no such file.');
    if (file.handling !== 'CLEANED' || !canBePainted(file.mediaType)) return { file, picture: null };
    const picture = await this.turns.take(async () => {
      const { content } = await this.evidence.open(visitor, n, reference);
      const whole = await buffer(content);
      return preview(whole, file.turnedBy ?? 0, rectangles).catch(noneIfRefused);
    });
    return { file, picture };
  }

  /** Paints a picture and keeps the copy, as a PNG. */
  async paint(
    visitor: Officer,
    reference: string,
    n: number,
    rectangles: readonly Rectangle[],
  ): Promise<EvidenceView> {
    if (rectangles.length === 0 || rectangles.length > MOST_RECTANGLES)
      throw refused(`Give one to ${MOST_RECTANGLES} rectangles.`);
    const painted = await this.turns.take(async () => {
      const { view, content } = await this.evidence.open(visitor, n, reference);
      if (!canBePainted(view.mediaType)) {
        content.destroy();
        throw refused('Only JPEG, PNG, WebP and AVIF are painted here. Mask a copy elsewhere and upload it.');
      }
      return paint(await buffer(content), view.turnedBy ?? 0, rectangles);
    });
    return this.upload(visitor, reference, n, {
      fileName: `masked copy of file ${n}.png`,
      content: Readable.from([painted]),
    });
  }

  /** Keeps a copy that was masked outside: cleaned, scanned and looked at like any other file. */
  upload(visitor: Officer, reference: string, n: number, file: NewEvidence): Promise<EvidenceView> {
    return this.evidence.addMasked(visitor, reference, n, file);
  }
}

function noneIfRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', 'This picture cannot be painted so.', [
    { name: 'rectangles', field: 'rectangles', sentence },
  ]);
}
