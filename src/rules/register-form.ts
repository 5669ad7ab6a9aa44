// Source: our list. What the forms of the registers beside the cases have in common.
import type { Ask, NumberedRegister } from './asks';

/** What is asked, and which of it has to be answered. */
export interface RegisterForm {
  asks: Readonly<Record<string, Ask>>;
  must: readonly string[];
}

/** Registers hold no personal data of whoever complains: they are read by all who work on cases. */
const NAMELESS = '. Nothing of a case, and no names of people';
export const PLAIN_TEXT = 2000;

export const line = (label: string, maxLength: number): Ask => ({ kind: 'text', label, maxLength });
export const free = (label: string, maxLength: number): Ask => line(label + NAMELESS, maxLength);
export const day = (label: string): Ask => ({ kind: 'day', label });
export const yesNo = (label: string): Ask => ({ kind: 'yesNo', label });
export const one = (label: string, codes: readonly string[]): Ask => ({ kind: 'code', label, codes });
export const many = (label: string, codes: readonly string[]): Ask => ({ kind: 'codes', label, codes });
/** One entry of another register. */
export const entryOf = (of: NumberedRegister, label: string): Ask => ({
  kind: 'number',
  label,
  min: 1,
  max: 1_000_000,
  of,
});
/** Any number of entries of another register. */
export const entriesOf = (of: NumberedRegister, label: string): Ask => ({ kind: 'entries', label, of });

/** What an ask is called where its answer is read, without what only its writer needs. */
export function readLabel({ label }: Ask): string {
  return label.endsWith(NAMELESS) ? label.slice(0, -NAMELESS.length) : label;
}

/** What an answer of a form must not be together with another: the field, and what to do about it. */
export type RegisterCheck = (
  said: Readonly<Record<string, unknown>>,
  today: string,
) => { field: string; sentence: string }[];

export const STRIKE_FORM = {
  asks: { strikeReason: free('Why this record is wrong', 500) },
  must: ['strikeReason'],
} as const satisfies RegisterForm;

/** What was written into an official source is checked against it, so the source has to be named. */
export const VERIFY_FORM = {
  asks: {
    verifiedSource: line(
      'Where you read it: the address of the official text or of the register of the court',
      500,
    ),
  },
  must: ['verifiedSource'],
} as const satisfies RegisterForm;

export const LINK_FORM = {
  asks: { reference: { kind: 'case', label: 'Reference of the case' } },
  must: ['reference'],
} as const satisfies RegisterForm;

const emptyingReason = {
  kind: 'text',
  label: 'Why it has to go, without repeating it. This reason stays',
  minLength: 10,
  maxLength: 500,
} as const satisfies Ask;

/** The text is destroyed: whoever does so says why, without repeating it. */
export const EMPTYING_FORM = {
  asks: { part: line('Which text', 64), emptyingReason },
  must: ['part', 'emptyingReason'],
} as const satisfies RegisterForm;

/** The same of a version of a letter or text block, which has no other text. */
export const WORDING_EMPTYING_FORM = {
  asks: { emptyingReason },
  must: ['emptyingReason'],
} as const satisfies RegisterForm;
