// Source: accessible intake 5.2 (one question a screen, no answer forced), trauma-informed rules 5.3 (what happened comes first, is told
// once and never asked again; every question can be skipped), identity modes 5.4, consents 5.5.
import { CONSENT_CODES, consentRule } from './consents';
import { isForAnother } from './mandates';

/** Consents that are asked when somebody lodges; all others wait for the page of the case. */
export const ASKED_AT_LODGING = CONSENT_CODES.filter((code) => consentRule(code).atLodging);

/** A page of the form of a complaint: one question, and the fields that answer it. */
export interface LodgingQuestion {
  /** Its part of the address. */
  name: string;
  fields: readonly string[];
  /** The answer without which it is not asked. */
  onlyIf?: { field: string; is: string };
  /** Not asked of who lodges for somebody else: it is for that person to answer. */
  unlessForAnother?: true;
}

/** In the order in which they are asked. The files come by a form of their own; the country only names other places and is not lodged. */
export const LODGING_QUESTIONS = [
  { name: 'what-happened', fields: ['narrative'] },
  { name: 'country', fields: ['country'] },
  { name: 'system', fields: ['systemKnown', 'systemUnknown'] },
  { name: 'computer', fields: ['awareOfAiUse'] },
  { name: 'who', fields: ['complainantRole', 'groupDefinition'] },
  {
    name: 'mandate',
    fields: ['mandateBasis'],
    onlyIf: { field: 'complainantRole', is: 'representative' },
  },
  { name: 'when', fields: ['whenHappened'] },
  { name: 'outcome', fields: ['desiredOutcome'] },
  { name: 'fear', fields: ['fearOfReprisal', 'reprisalText'] },
  { name: 'known', fields: ['identityMode', 'name'] },
  { name: 'contact', fields: ['contact.kind', 'contact.value', 'contact.safeContact'] },
  { name: 'needs', fields: ['accommodation'] },
  { name: 'keep-out', fields: ['keepOut'] },
  { name: 'files', fields: [] },
  { name: 'consents', fields: ASKED_AT_LODGING.map((code) => `consent.${code}`), unlessForAnother: true },
] as const satisfies readonly LodgingQuestion[];

export type LodgingQuestionName = (typeof LODGING_QUESTIONS)[number]['name'];

export function lodgingQuestion(name: string): LodgingQuestion | undefined {
  return LODGING_QUESTIONS.find((question) => question.name === name);
}

/** What is asked of whoever gave these answers; the question named last is there in any case. */
export function questionsFor(
  answers: Readonly<Record<string, string>>,
  { name: now }: { name?: string } = {},
): readonly LodgingQuestion[] {
  const all: readonly LodgingQuestion[] = LODGING_QUESTIONS;
  const isAsked = ({ onlyIf, unlessForAnother }: LodgingQuestion) =>
    (!onlyIf || answers[onlyIf.field] === onlyIf.is) && !(unlessForAnother && isForAnother(answers));
  return all.filter((question) => question.name === now || isAsked(question));
}

/** From 1, among the questions that are asked. */
export function placeOf(
  { name }: LodgingQuestion,
  among: readonly LodgingQuestion[] = LODGING_QUESTIONS,
): number {
  return among.findIndex((question) => question.name === name) + 1;
}

/** How long a draft is kept after its last change, in days. */
export const DRAFT_DAYS = 30;
