import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { GuestMarks } from '../people/guest-marks';
import type { Visitor } from '../people/visitor';
import { mark } from '../vault/cleaning/mark';
import type { TurnedBy } from '../vault/cleaning/cleaned';
import type { EvidenceView } from './record-views';

/** A file on its way out. */
export interface OpenedEvidence {
  view: EvidenceView;
  /** Of what is sent: the working copy or the original. */
  sizeInBytes: number;
  content: Readable;
}

/** Copies for guests, one after the other, so that many at once cost no more memory than one. */
@Injectable()
export class GuestCopies {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly marks: GuestMarks) {}

  /**
   * A working copy with the mark of the guest in its bytes, as a PDF, where it can bear one; as it is for everybody else, and where it
   * cannot. What is stored stays as it was.
   */
  async of(visitor: Visitor, reference: string | undefined, opened: OpenedEvidence): Promise<OpenedEvidence> {
    const text = reference === undefined ? null : await this.marks.ofFile(visitor, reference);
    if (text === null) return opened;
    const copied = this.last.then(async () => {
      const content = await buffer(opened.content);
      const { mediaType, turnedBy } = opened.view;
      // The thread takes its bytes away.
      const marked = await mark({
        content: Uint8Array.from(content),
        mediaType,
        mark: text,
        turnedBy: (turnedBy ?? 0) as TurnedBy,
      });
      if (!marked) return { ...opened, content: Readable.from([content]) };
      const view = { ...opened.view, mediaType: 'application/pdf' };
      return { view, sizeInBytes: marked.length, content: Readable.from([marked]) };
    });
    this.last = copied.catch(() => undefined);
    return copied;
  }
}
