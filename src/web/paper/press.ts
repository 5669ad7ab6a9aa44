import { Injectable } from '@nestjs/common';
import { Turns } from '../../platform/turns';
import type { Block, Paper } from './paper';
import { paragraphsOf } from './paragraphs';
import { startSetting } from './start-setting';

/** A document of a hundred thousand signs takes about a second. */
const LONGEST_IN_MS = 30_000;
const MOST_WAITING = 20;

/** Sets documents as PDF, one after the other, so that many at once cost no more memory than one. */
@Injectable()
export class Press {
  private readonly turns = new Turns(
    MOST_WAITING,
    'The PDF cannot be made at the moment. Take the text, or try again in a few minutes.',
  );

  /** The bytes of the PDF. Refuses with `unavailable` where too many wait, or this one takes too long. */
  pdf(paper: Paper): Promise<Buffer> {
    return this.turns.take(() => setInThread(JSON.stringify(forSheet(paper)), () => this.turns.busy()));
  }
}

/** The same document with its texts cut into paragraphs, as the sheet reads it. */
function forSheet({ blocks, ...paper }: Paper): object {
  const cut = (text: string) => paragraphsOf(text, paper.isRightToLeft);
  const cutSigns = (text: string) => cut(text).map((line) => ({ ...line, isRightToLeft: false }));
  const read = (block: Block): object => {
    if (block.kind === 'frame') return { kind: block.kind, blocks: block.blocks.map(read) };
    if (block.kind === 'choices') return { kind: block.kind, answers: block.answers.map(cut) };
    if (!('text' in block)) return block;
    const isSigns = block.kind === 'signs' || block.kind === 'digits';
    return { kind: block.kind, paragraphs: (isSigns ? cutSigns : cut)(block.text) };
  };
  return { ...paper, title: cut(paper.title)[0]!.text, blocks: blocks.map(read) };
}

async function setInThread(paper: string, late: () => Error): Promise<Buffer> {
  const thread = startSetting(paper);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    void thread.terminate();
  }, LONGEST_IN_MS);
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      thread.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
      thread.once('error', reject);
      thread.once('exit', () =>
        reject(isLate ? late() : new Error('The thread that sets documents ended early.')),
      );
    });
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}
