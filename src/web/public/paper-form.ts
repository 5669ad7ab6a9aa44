import { CONSENT_CODES, consentRule } from '../../rules/consents';
import { direction, type Language, say } from '../../words/words';
import type { Block, Paper } from '../paper/paper';
import { beginsContact, choiceKey, type Question, questions } from '../portal/papers/questions';

export interface PaperFormPlaces {
  organisation: string;
  /** Where the same can be done on the web. */
  publicUrl: string;
  /** Where to send it, lines as on an envelope; empty where letters are not taken. */
  postalAddress: string;
}

/** Up to so many UTF-16 code units on the web: so many lines by hand. */
const LINES: readonly [atMost: number, lines: number][] = [
  [500, 1],
  [2_000, 3],
  [10_000, 5],
];
/** Said by a tick, as on the web: a yes or no to “I do not know” is hard to answer. */
const TICKED = 'systemUnknown';

/** What the first page and the last have room for, where the words are as long as in English. */
const MOST_LINES = 15;
const MORE_LINES = 10;

/** The form of a complaint to fill in by hand: the questions of the web, in their words. */
export function paperForm(
  language: Language,
  { organisation, publicUrl, postalAddress }: PaperFormPlaces,
): Paper {
  const words = (key: string, params?: Record<string, string>) => say(language, key, params);
  const said = (key: string, params?: Record<string, string>): Block => ({
    kind: 'words',
    text: words(key, params),
  });
  const heading = (text: string): Block => ({ kind: 'heading', text });
  const small = (text: string): Block => ({ kind: 'small', text });
  const optional = (label: string) => `${label} ${words('page.optional')}`;
  const yesOrNo: Block = { kind: 'choices', answers: [words('page.yes'), words('page.no')] };
  const ticked = ({ label }: Question): Block[] => [{ kind: 'choices', answers: [words(label)] }];
  const asked = (question: Question): Block[] => [
    ...(beginsContact(question.field)
      ? [heading(optional(words('lodge.contact.label'))), small(words('paper-form.contact'))]
      : []),
    heading(question.isOptional ? optional(words(question.label)) : words(question.label)),
    ...(question.hint ? [small(words(question.hint))] : []),
    question.choices
      ? { kind: 'choices', answers: question.choices.map((choice) => words(choiceKey(question, choice))) }
      : { kind: 'place', lines: linesFor(question) },
  ];
  return {
    title: words('tab.lodge'),
    language,
    isRightToLeft: direction(language) === 'rtl',
    blocks: [
      { kind: 'title', text: words('lodge.title') },
      said('paper-form.how'),
      said('paper-form.free'),
      said('start.rights'),
      {
        kind: 'frame',
        blocks: [
          said(postalAddress ? 'paper-form.send' : 'paper-form.hand', { organisation }),
          ...(postalAddress ? [{ kind: 'own', text: postalAddress } as const] : []),
          said('paper-form.copy'),
          said('paper-form.web'),
          { kind: 'signs', text: publicUrl },
        ],
      },
      ...questions().flatMap((question) => (question.field === TICKED ? ticked(question) : asked(question))),
      heading(words('lodge.consents.label')),
      small(words('paper-form.consents')),
      ...CONSENT_CODES.filter((code) => consentRule(code).atLodging).flatMap((code) => [
        heading(optional(words(`consent.${code}`))),
        yesOrNo,
      ]),
      heading(words('paper-form.more')),
      { kind: 'place', lines: MORE_LINES },
    ],
  };
}

function linesFor({ maxLength }: Question): number {
  return LINES.find(([atMost]) => (maxLength ?? 0) <= atMost)?.[1] ?? MOST_LINES;
}
