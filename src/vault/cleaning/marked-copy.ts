import type { Marking } from './inspection';
import { markPdf } from './mark-pdf';
import { picturePage } from './picture-page';

/** A working copy as a PDF with the mark across each page; a picture lies on a page of its own. Throws where it cannot be read. */
export function markedCopy({ content, mediaType, mark, turnedBy }: Marking & { content: Buffer }): Buffer {
  return markPdf(mediaType === 'application/pdf' ? content : picturePage(content, mediaType, turnedBy), mark);
}
