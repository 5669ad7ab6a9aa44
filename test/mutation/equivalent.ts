/** A mutant that no test can notice, because the code means the same with it. */
export interface Equivalent {
  file: string;
  from: string;
  to: string;
  /** Why it is the same. */
  why: string;
}

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'src/rules/acts.ts',
    from: 'Array.isArray(by) && roles.some((role) => by.includes(role))',
    to: '(roles.some((role) => by.includes(role)))',
    why: 'Who is not named by roles is named by a word in small letters, in which no code of a role stands; the first half is there for the types.',
  },
  {
    file: 'src/people/permit.guard.ts',
    from: "request.headers['content-type'] ?? ''",
    to: "(request.headers['content-type'])",
    why: 'A header that is missing becomes the text “undefined”, which begins no form either.',
  },
  {
    file: 'src/people/sight.ts',
    from: "'1'",
    to: "''",
    why: 'EXISTS asks whether there is a row, whatever is selected of it.',
  },
  {
    file: 'src/people/sight.ts',
    from: "['c.id', 'c.reference']",
    to: "['c.reference']",
    why: 'TypeORM reads the primary key of an entity whether it is named or not.',
  },
];
