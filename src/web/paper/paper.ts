/** A document to take away: what stands in it, one block below the other, in one language. */
export interface Paper {
  /** Stands in the properties of the file, which file lists show: a word that tells nothing. */
  title: string;
  language: string;
  isRightToLeft: boolean;
  blocks: readonly Block[];
}

export type Block =
  /** Words of ours. */
  | { kind: 'title' | 'heading' | 'words' | 'small'; text: string }
  /** What a person wrote, each paragraph in its own direction. */
  | { kind: 'own'; text: string }
  /** Signs that are compared one by one, from left to right. */
  | { kind: 'signs'; text: string }
  /** Large digits to copy by hand. */
  | { kind: 'digits'; text: string }
  | { kind: 'drawing'; svg: string }
  /** An empty place to write in by hand, so many lines high. */
  | { kind: 'place'; lines: number }
  /** Answers with a box to tick each. */
  | { kind: 'choices'; answers: readonly string[] }
  /** A frame around other blocks that stays on one page. */
  | { kind: 'frame'; blocks: readonly Block[] };

/** The same as text, every sign as it was written. Drawings have no text. */
export function plainText({ blocks }: Pick<Paper, 'blocks'>): string {
  return `${blocks
    .map(textOf)
    .filter((text) => text !== '')
    .join('\n\n')}\n`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min(70, [...block.text].length))}`;
    case 'drawing':
      return '';
    case 'place':
      return '\n'.repeat(block.lines);
    case 'choices':
      return block.answers.map((answer) => `[ ] ${answer}`).join('\n');
    case 'frame':
      return block.blocks
        .map(textOf)
        .filter((text) => text !== '')
        .join('\n\n');
    default:
      return block.text;
  }
}
