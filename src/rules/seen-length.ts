// Source: Unicode Character Database, Default_Ignorable_Code_Point. A reason that nobody can see is none, however many signs it has.

/** Signs that nobody sees, and the blank of Braille, which counts as a letter. */
const NOT_SEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** How long a text is for whoever reads it: without blanks around it and without what nobody sees. */
export function seenLength(text: string): number {
  return text.replace(NOT_SEEN, '').trim().length;
}
