import { plainToInstance } from 'class-transformer';
import {
  COMPLAINANT_ROLES,
  ComplaintForm,
  CONTACT_KINDS,
  FEARS_OF_REPRISAL,
} from '../../casework/intake/complaint-form';
import type { TypedAnswers } from '../../casework/intake/drafts';
import { typedComplaint } from '../../casework/intake/typed-complaint';
import type { UnmetNeed } from '../../platform/refusal';
import { IDENTITY_MODE_CODES } from '../../rules/identity-modes';
import { isForAnother, TOLD_BASES } from '../../rules/mandates';
import { ASKED_AT_LODGING, LODGING_QUESTIONS, type LodgingQuestion } from '../../rules/lodging-questions';
import { seenLength } from '../../rules/seen-length';
import { has, say } from '../../words/words';
import { formNeeds } from '../form-needs';

/** How a field is drawn: several lines, one line, a choice among codes, or one box to tick. */
type Drawn =
  | { kind: 'area'; rows: number }
  | { kind: 'line' }
  | { kind: 'choice'; codes: readonly string[] }
  | { kind: 'tick' }
  | { kind: 'country' };

const YES_OR_NO = ['yes', 'no'];
const YES_OR_NO_WORDS: Record<string, string> = { yes: 'page.yes', no: 'page.no' };
/** Not to be contacted is said by its own choice: nothing can be chosen back to nothing without script. */
const NO_CONTACT = 'none';

const DRAWN: Record<string, Drawn> = {
  narrative: { kind: 'area', rows: 10 },
  country: { kind: 'country' },
  systemKnown: { kind: 'line' },
  systemUnknown: { kind: 'tick' },
  awareOfAiUse: { kind: 'choice', codes: YES_OR_NO },
  complainantRole: { kind: 'choice', codes: COMPLAINANT_ROLES },
  mandateBasis: { kind: 'choice', codes: TOLD_BASES },
  groupDefinition: { kind: 'area', rows: 3 },
  whenHappened: { kind: 'line' },
  desiredOutcome: { kind: 'area', rows: 5 },
  fearOfReprisal: { kind: 'choice', codes: FEARS_OF_REPRISAL },
  reprisalText: { kind: 'area', rows: 4 },
  identityMode: { kind: 'choice', codes: IDENTITY_MODE_CODES },
  name: { kind: 'line' },
  'contact.kind': { kind: 'choice', codes: [...CONTACT_KINDS, NO_CONTACT] },
  'contact.value': { kind: 'line' },
  'contact.safeContact': { kind: 'line' },
  accommodation: { kind: 'area', rows: 4 },
  keepOut: { kind: 'area', rows: 4 },
  ...Object.fromEntries(
    ASKED_AT_LODGING.map((code) => [`consent.${code}`, { kind: 'choice', codes: YES_OR_NO }]),
  ),
};

/** A field as its template draws it. */
export interface DrawnField {
  name: string;
  kind: Drawn['kind'];
  rows?: number;
  label: string;
  hint: string | null;
  value: string;
  options: { value: string; label: string }[];
}

/** The key of the words that ask a question: those of its only field, or of its own. */
export function titleKeyOf({ name, fields }: LodgingQuestion): string {
  const own = OWN_TITLES[name];
  return own ?? `lodge.${fields[0]}.label`;
}

const OWN_TITLES: Record<string, string | undefined> = {
  system: 'lodge.page.system',
  who: 'lodge.page.who',
  fear: 'lodge.page.fear',
  known: 'lodge.page.known',
  contact: 'lodge.contact.label',
  files: 'lodge.page.files',
  consents: 'lodge.consents.label',
};

/** Why it is asked and who sees it. */
export function whyOf({ name }: LodgingQuestion, language: string): string {
  const key = { contact: 'lodge.contact.hint', consents: 'lodge.consents.hint' }[name] ?? `lodge.why.${name}`;
  return say(language, key);
}

/** Whether the words of the question are those of its one field. */
export function isOneField(question: LodgingQuestion): boolean {
  return question.fields.length === 1 && !OWN_TITLES[question.name];
}

export function drawnFields(
  { fields }: LodgingQuestion,
  answers: TypedAnswers,
  language: string,
  countries: readonly string[],
): DrawnField[] {
  return fields.map((name) => {
    const drawn = DRAWN[name]!;
    const hint = `lodge.${name}.hint`;
    return {
      name,
      kind: drawn.kind,
      rows: drawn.kind === 'area' ? drawn.rows : undefined,
      label: labelOf(name, language),
      hint: has(hint) ? say(language, hint) : null,
      value: answers[name] ?? '',
      options:
        drawn.kind === 'country'
          ? countryOptions(countries, language)
          : codesOf(drawn).map((value) => ({ value, label: codeLabel(name, value, language) })),
    };
  });
}

/** What was answered to a question, a line each: as written, or the words of a choice. */
export interface AnsweredLine {
  /** Null where the question itself says it. */
  label: string | null;
  text: string;
}

export function answeredLines(
  question: LodgingQuestion,
  answers: TypedAnswers,
  language: string,
): AnsweredLine[] {
  return question.fields
    .filter((name) => (answers[name] ?? '') !== '')
    .map((name) => {
      const text = answers[name]!;
      const label = isOneField(question) ? null : labelOf(name, language);
      const drawn = DRAWN[name]!;
      if (drawn.kind === 'tick') return { label: null, text: labelOf(name, language) };
      const isCode = codesOf(drawn, [text]).includes(text);
      return { label, text: isCode ? codeLabel(name, text, language) : text };
    });
}

function labelOf(name: string, language: string): string {
  return say(language, name.startsWith('consent.') ? name : `lodge.${name}.label`);
}

function codesOf(drawn: Drawn, countries: readonly string[] = []): readonly string[] {
  if (drawn.kind === 'country') return countries.filter((code) => /^[A-Z]{2}$/.test(code));
  return drawn.kind === 'choice' ? drawn.codes : [];
}

/** Countries to choose from, by their names in the language of the reader. */
export function countryOptions(countries: readonly string[], language: string) {
  return codesOf({ kind: 'country' }, countries)
    .map((value) => ({ value, label: codeLabel('country', value, language) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
}

/** Countries in the language of the reader, as the engine names them. */
function codeLabel(name: string, code: string, language: string): string {
  if (name === 'country') return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  return say(language, YES_OR_NO_WORDS[code] ?? `code.${name}.${code}`);
}

/** The fields of a question out of a posted form, with line breaks as typed. */
export function typedFor({ fields }: LodgingQuestion, body: unknown): TypedAnswers {
  const form = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    fields.map((field) => {
      const value = form[field];
      return [field, typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''];
    }),
  );
}

/** What a draft keeps beside the answers to questions: the code of a collective complaint, and the reference of that. */
export const JOINS = { question: 'join', code: 'joinCode', reference: 'joinReference' } as const;

/** A draft as the complaint that it says. Who joins a collective complaint need not write anything: then a fixed sentence says that. */
export function complaintIn(answers: TypedAnswers, language: string): ComplaintForm {
  const {
    'contact.kind': kind = '',
    country: _notLodged,
    joinCode: _notSaid,
    joinReference,
    mandateBasis = '',
    ...rest
  } = answers;
  // Whoever changed their mind and speaks for nobody rests on nothing, and who now speaks for somebody agreed to nothing for them.
  const told = isForAnother(rest) ? { ...withoutConsents(rest), mandateBasis } : rest;
  const isSilent = joinReference && seenLength(told.narrative ?? '') === 0;
  const others = isSilent ? { ...told, narrative: joiningSentence(joinReference, language) } : told;
  const said = kind === '' || kind === NO_CONTACT ? others : { ...others, 'contact.kind': kind };
  const { contact, ...complaint } = typedComplaint(said);
  // A way or a safe hour without an address lacks the address; it is not an address of the wrong kind.
  const whole = contact ? { contact: { value: '', ...contact } } : {};
  return plainToInstance(ComplaintForm, { ...complaint, ...whole, language, channel: 'web' });
}

function withoutConsents(answers: TypedAnswers): TypedAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([field]) => !field.startsWith('consent.')));
}

export function joiningSentence(reference: string, language: string): string {
  return say(language, 'join.narrative', { reference });
}

/** What is wrong with the answers, field by field; empty when they can be lodged. */
export async function answerNeeds(answers: TypedAnswers, language: string): Promise<UnmetNeed[]> {
  const form = complaintIn(answers, language);
  const needs = (await formNeeds(form)).map((need) => ({ ...need, field: typedField(form, need) }));
  const isAlone = answers['contact.kind'] === NO_CONTACT && hasContact(answers);
  return [
    ...needs.filter(({ field }) => !isAlone || !field?.startsWith('contact.')).map(withNoContact),
    ...(isAlone ? [{ name: 'form', field: 'contact.kind', sentence: 'error.contact.none' }] : []),
    ...(/^([A-Z]{2})?$/.test(answers.country ?? '')
      ? []
      : [{ name: 'form', field: 'country', sentence: 'error.choice' }]),
    // Bytes that are no UTF-8 have become this sign: the text would not be as it was written.
    ...Object.entries(answers)
      .filter(([, text]) => text.includes('\ufffd'))
      .map(([field]) => ({ name: 'form', field, sentence: 'error.text.unreadable' })),
  ];
}

/** The field of the page that a need is about: of a consent it names the place in a list. */
function typedField({ consents }: ComplaintForm, { field }: UnmetNeed): string | undefined {
  const place = /^consents\.(\d+)\./.exec(field ?? '')?.[1];
  return place === undefined ? field : `consent.${consents?.[Number(place)]?.code}`;
}

/** A way that was chosen cannot be unchosen without script: whoever wants to leave the contact out chooses that none is made. */
function withNoContact(need: UnmetNeed): UnmetNeed {
  return need.sentence === 'error.contact.value'
    ? { ...need, sentence: 'error.contact.value-or-none' }
    : need;
}

function hasContact(answers: TypedAnswers): boolean {
  return ['contact.value', 'contact.safeContact'].some((name) => (answers[name] ?? '') !== '');
}

/** The question that a need is about; undefined for one about none of them. */
export function questionOf({ field }: UnmetNeed): LodgingQuestion | undefined {
  const questions: readonly LodgingQuestion[] = LODGING_QUESTIONS;
  const isFile = field === 'files' || /^(file|describes)-\d$/.test(field ?? '');
  if (isFile) return questions.find(({ name }) => name === 'files');
  return questions.find(({ fields }) => fields.includes(field ?? ''));
}
