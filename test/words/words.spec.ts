import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { colonOf, direction, has, LANGUAGES, languageOf, say, sayDay, sayList } from '../../src/words/words';
import { ASKS, type Ask, type AskName } from '../../src/rules/asks';
import { JOIN_CODE_STATUSES, MEMBER_ACTS } from '../../src/rules/collective';
import { CONSENT_CODES, consentRule, STEPS_UNDER_CONSENT } from '../../src/rules/consents';
import {
  FACILITATOR_ANSWER_CODES,
  MEETING_KIND_CODES,
  MEETING_STATUS_CODES,
} from '../../src/rules/facilitation';
import { ASKED_OF_CODES, EVIDENCE_REQUEST_STATUSES, STANDARD_OF_PROOF_CODES } from '../../src/rules/inquiry';
import { IDENTITY_MODE_CODES } from '../../src/rules/identity-modes';
import { SENSITIVE_LAW_CODES } from '../../src/rules/groups';
import { DICTATION_REFUSAL_CODES, SAID_THROUGH_CODES } from '../../src/rules/dictations';
import { LETTERS } from '../../src/rules/letters';
import { MANDATE_BASIS_CODES, MANDATE_COVER_CODES, MANDATE_STATUSES } from '../../src/rules/mandates';
import {
  APPEAL_OUTCOME_LIST,
  CLOSURE_CODE_LIST,
  DECLINE_CODE_LIST,
  FINDING_CODE_LIST,
} from '../../src/rules/outcomes';
import { CLOCK_CODES, clockRule } from '../../src/rules/clocks';
import { FURTHER_NEEDS } from '../../src/rules/policy-amendments';
import { REMEDY_ACTION_CODES, remedyAction } from '../../src/rules/remedies';
import { ROLE_CODES } from '../../src/rules/roles';
import { SHARED_KINDS } from '../../src/rules/sharing';
import { STAGES, STATE_CODES } from '../../src/rules/states';
import {
  AMEND_KINDS,
  OCCASIONS,
  SUPPORT_STATUSES,
  TRANSCRIPT_STATUSES,
  TRANSLATION_AUTHORS,
  TRANSLATION_STATUSES,
} from '../../src/rules/taking-part';
import { SURVEY_QUESTIONS, SURVEY_SCORES } from '../../src/rules/survey';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { INTERNAL_ACTS } from '../../src/casework/read-my-case';
import { SIGNPOST_KINDS } from '../../src/web/signposts';

const SRC = join(__dirname, '../../src');
const fileOf = (language: string) =>
  JSON.parse(readFileSync(join(SRC, 'words', `${language}.json`), 'utf8')) as Record<string, string>;
const FILES = Object.fromEntries(LANGUAGES.map((language) => [language, fileOf(language)]));
const en = FILES.en!;
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const ROWS: readonly StepRow[] = STEPS;
const OWN_ROWS = ROWS.filter(({ by }) => by.includes('RH') || by.includes('REP'));
/** Steps that she is told once they were done: in her timeline, or where she sees what rested on what she agreed to. */
const TOLD = [
  ...new Set<string>([
    ...ROWS.map(({ step }) => step).filter((step) => !INTERNAL_ACTS.has(step)),
    ...STEPS_UNDER_CONSENT,
  ]),
];
const keys = Object.keys(en).filter((key) => key !== '_status');
/** What was done in a case: she reads it, whoever acts for her, and who stands beside her. */
const DEEDS =
  /^(act\..+|step\..+\.done|mycase\.(late\.[A-Z_]+|offer\.by-.+|action\.(wish|checked|standing\..+)|amended\..+|agreed(\.none)?|complaint|support(\.[A-Z_]+)?|transcript\.([A-Z_]+|dispute)|dictations|dictation\.(by|objected|void|denied)|erased\.by-request))$/;

/** Everything the source asks words for under a full name. */
const source = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|njk)$/.test(path))
  .map((path) => readFileSync(join(SRC, path), 'utf8'))
  .join('\n');

/** Deeds that are no step and stand in the history of a case. */
const otherDeeds = [...source.matchAll(/\bact: ([^,;]+),(?=[^;]*?\bresult\b)/g)].flatMap(([, named]) =>
  [...named!.matchAll(/'([\w-]+)'/g)].map(([, act]) => act!),
);

/** Keys that are put together from codes. */
const fromCodes = [
  ...STATE_CODES.flatMap((state) => [`state.${state}`, `state.${state}.plain`]),
  ...STAGES.map((stage) => `stage.${stage}`),
  ...[...SHARED_KINDS.filter((kind) => kind !== 'COMPLAINT'), 'groupDefinition', 'groupByStaff'].map(
    (kind) => `code.sharedKind.${kind}`,
  ),
  ...STANDARD_OF_PROOF_CODES.map((each) => `code.standardOfProof.${each}`),
  ...ASKED_OF_CODES.map((each) => `code.askedOf.${each}`),
  ...[...Object.keys(EVIDENCE_REQUEST_STATUSES), 'LOST', 'WITHHELD'].map((each) => `mycase.asked.${each}`),
  ...FACILITATOR_ANSWER_CODES.flatMap((each) => [
    `mycase.facilitator.${each}`,
    `mycase.facilitator.unit.${each}`,
  ]),
  ...[...MEETING_KIND_CODES, ...MEETING_STATUS_CODES].map((each) => `mycase.meeting.${each}`),
  ...ROLE_CODES.map((role) => `role.${role}`),
  ...['RH', 'REP', 'SUP'].map((role) => `role-beside.${role}`),
  ...ROWS.map(({ step }) => `step.${step}.name`),
  ...TOLD.map((step) => `step.${step}.done`),
  ...LETTERS.flatMap((letter) => [`letter.${letter}.subject`, `letter.${letter}.body`]),
  ...CONSENT_CODES.map((code) => `consent.${code}`),
  ...SENSITIVE_LAW_CODES.map((code) => `sensitive-law.${code}`),
  ...CONSENT_CODES.filter((code) => consentRule(code).lawInstead).map((code) => `consents.law.${code}`),
  ...['given', 'refused', 'withdrawn'].map((kind) => `consents.status.${kind}`),
  ...IDENTITY_MODE_CODES.map((mode) => `identity.mode.${mode}`),
  ...['AGREED', 'STARTED', 'DONE', 'REFUSED', 'WITHOUT_AGREEMENT'].map(
    (standing) => `mycase.action.standing.${standing}`,
  ),
  ...SURVEY_QUESTIONS.map((question) => `survey.${question}`),
  ...SURVEY_SCORES.map((score) => `survey.score.${score}`),
  ...FINDING_CODE_LIST.map((code) => `code.finding.${code}`),
  // That a complaint was not taken up is said by its ground.
  ...[...CLOSURE_CODE_LIST, ...DECLINE_CODE_LIST, ...APPEAL_OUTCOME_LIST]
    .filter((code) => code !== 'CR-DECLINED')
    .map((code) => `outcome.${code}`),
  ...['findings', 'done', 'remedy'].map((part) => `reasons.${part}`),
  ...REMEDY_ACTION_CODES.filter((code) => remedyAction(code).question).map((code) => `remedy.${code}.check`),
  ...SIGNPOST_KINDS.map((kind) => `signpost.kind.${kind}`),
  ...['workingDays', 'calendarDays', 'months', 'hours'].map((unit) => `how.length.${unit}`),
  ...FURTHER_NEEDS.map((name) => `how.need.${name}`),
  ...CLOCK_CODES.filter((code) => clockRule(code).owedBy === 'organisation').map((code) => `promise.${code}`),
  ...OWN_ROWS.filter(({ step }) => step !== 'lodge').map(({ step }) => `step.${step}.follows`),
  ...MANDATE_BASIS_CODES.map((code) => `code.mandateBasis.${code}`),
  ...MANDATE_COVER_CODES.map((code) => `code.mandateCovers.${code}`),
  ...[...MANDATE_STATUSES, 'EXPIRED'].map((status) => `mycase.mandate.${status}`),
  ...SUPPORT_STATUSES.map((status) => `mycase.support.${status}`),
  ...AMEND_KINDS.map((kind) => `mycase.amended.${kind}`),
  ...[...OCCASIONS, ...TRANSCRIPT_STATUSES].map((code) => `mycase.transcript.${code}`),
  ...TRANSLATION_AUTHORS.flatMap((author) =>
    TRANSLATION_STATUSES.map((status) => `mycase.translation.${author}.${status}`),
  ),
  ...SAID_THROUGH_CODES.map((code) => `code.saidThrough.${code}`),
  ...DICTATION_REFUSAL_CODES.map((code) => `code.dictationRefusedFor.${code}`),
  ...JOIN_CODE_STATUSES.map((status) => `mycase.group.code.${status}`),
  ...['WAITING', 'ANSWERED', 'PASSED_UP'].map((status) => `mycase.late.${status}`),
  ...OWN_ROWS.flatMap(({ needs }) => needs.filter((name) => name !== 'appealIsLate')).map(
    (name) => `need.${name}`,
  ),
  ...[...new Set(OWN_ROWS.flatMap(({ asks, mayAsk }) => [...asks, ...(mayAsk ?? [])]))].flatMap(askKeys),
];

function askKeys(name: AskName): string[] {
  const ask: Ask = ASKS[name];
  const codes = 'codes' in ask ? ask.codes : [];
  return [`ask.${name}`, ...codes.map((code) => `code.${name}.${code}`)];
}

function parametersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*([A-Za-z]\w*)\s*[,}]/g)].map(([, name]) => name!))].sort();
}

describe('the words of every language', () => {
  it.each(OTHERS)('are complete and use the same parameters in %s', (language) => {
    const texts = FILES[language]!;
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    const wrong = keys.filter(
      (key) => String(parametersOf(texts[key]!)) !== String(parametersOf(FILES.en![key]!)),
    );
    expect(wrong).toEqual([]);
  });

  it.each(LANGUAGES)(
    'are never empty and hold no apostrophe that ICU would read as a quote in %s',
    (language) => {
      const wrong = keys.filter(
        (key) => !FILES[language]![key]!.trim() || FILES[language]![key]!.includes("'"),
      );
      expect(wrong).toEqual([]);
    },
  );

  it.each(LANGUAGES)('can all be said in %s, in every plural', (language) => {
    for (const key of keys)
      for (const n of [0, 1, 2, 3, 11, 100, 1_000_000]) {
        const names = parametersOf(FILES[language]![key]!).filter((name) => name !== 'n');
        const params = { n, ...Object.fromEntries(names.map((name) => [name, `<${name}>`])) };
        expect(say(language, key, params)).not.toMatch(/[{}#]/);
      }
  });

  it.each(OTHERS)('say in %s that no native speaker has checked them', (language) => {
    expect(FILES[language]!._status).toBe('not checked by a native speaker');
    expect(say(language, 'page.unchecked-translation')).not.toBe(say('en', 'page.unchecked-translation'));
  });

  it.each(LANGUAGES)('promise in %s that no right is given up, wherever it has to be said', (language) => {
    const sentence = say(language, 'start.rights');
    for (const letter of ['acknowledgement', 'offer', 'agreement', 'closed'])
      expect(FILES[language]![`letter.${letter}.body`]).toContain(sentence);
  });

  it.each(LANGUAGES)('name in %s what was done in other words than the button that does it', (language) => {
    const texts = FILES[language]!;
    // Arabic tells “was refused” from “refuse” by a mark that many leave out.
    const bare = (key: string) => texts[key]!.normalize('NFD').replace(/\p{M}/gu, '');
    const same = (a: string, b: string) => bare(`step.${a}.done`) === bare(`step.${b}.name`);
    expect(TOLD.length).toBeGreaterThan(140);
    expect(TOLD.filter((done) => ROWS.some(({ step }) => same(done, step)))).toEqual([]);
  });

  it('name what was done without saying who did it, which stands behind', () => {
    const deeds = keys.filter((key) => DEEDS.test(key));
    expect(deeds.length).toBeGreaterThan(170);
    expect(deeds.filter((key) => /\byour?s?\b/i.test(en[key]!))).toEqual([]);
  });

  it('are written in short sentences', () => {
    const sentences = keys.flatMap((key) => FILES.en![key]!.split(/[.?!:;\n]+\s*/));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 32)).toEqual([]);
  });
});

describe('the keys', () => {
  it('name every state, step, role, letter, question, choice and need that a rightsholder meets', () => {
    expect([...new Set(fromCodes)].filter((key) => !has(key))).toEqual([]);
  });

  it('name every deed that is no step, where the person is told it', () => {
    expect(otherDeeds.length).toBeGreaterThan(20);
    const told = otherDeeds.filter((act) => !MEMBER_ACTS.has(act) && !INTERNAL_ACTS.has(act));
    expect(told.filter((act) => !has(`act.${act}`))).toEqual([]);
  });

  it('are there for every word that a page or an error asks for', () => {
    const asked = [
      ...source.matchAll(/\bsay\((?:language|reader)?,?\s*'([a-z][\w-]*\.[\w.-]+)'[,)]/g),
      ...source.matchAll(/'(error\.[a-z][\w.-]+)'/g),
      ...source.matchAll(/'((?:need|ask|letter|mycase|lodge)\.[a-z][\w.-]*\w)'/g),
    ].map(([, key]) => key!);
    expect(asked.length).toBeGreaterThan(80);
    expect([...new Set(asked)].filter((key) => !has(key))).toEqual([]);
  });

  it('are all used', () => {
    const families =
      /^(letter\.quoted|error-page|tab|lodge|act|clock|need|code\.(complainantRole|identityMode|fearOfReprisal|contact\.kind)|step\.[a-z-]+(?=\.notice$))\./;
    const used = new Set(fromCodes);
    expect(
      keys.filter((key) => !used.has(key) && !families.test(key) && !source.includes(`'${key}'`)),
    ).toEqual([]);
  });
});

describe('the language of a reader', () => {
  it.each([
    ['ar-EG', 'ar'],
    ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    ['it-IT, it;q=0.9, es;q=0.7, en;q=0.8', 'en'],
    ['de-AT, en;q=0.8', 'de'],
    ['zh-Hant-TW, en;q=0.5', 'zh'],
    ['en;q=0.2, ar;q=0.9', 'ar'],
    ['fr;q=0, es', 'es'],
    ['am', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;q=,,', 'en'],
    [undefined, 'en'],
    [null, 'en'],
  ])('is the best of ours for %p', (wanted, expected) => {
    expect(languageOf(wanted)).toBe(expected);
  });

  it('decides the direction', () => {
    expect(LANGUAGES.filter((language) => direction(language) === 'rtl')).toEqual(['ar', 'fa']);
  });

  it('decides how a day is written', () => {
    expect(
      Object.fromEntries(LANGUAGES.map((language) => [language, sayDay(language, '2026-11-24')])),
    ).toEqual({
      en: 'November 24, 2026',
      ar: '24 نوفمبر 2026',
      zh: '2026年11月24日',
      fr: '24 novembre 2026',
      ru: '24 ноября 2026 года',
      es: '24 de noviembre de 2026',
      pt: '24 de novembro de 2026',
      de: '24. November 2026',
      hi: '24 नवंबर 2026',
      sw: '24 Novemba 2026',
      fa: '۳ آذر ۱۴۰۵',
      tr: '24 Kasım 2026',
    });
  });
});

describe('saying', () => {
  it('picks the plural of the language', () => {
    const days = (language: string, n: number) => say(language, 'how.length.calendarDays', { n });
    expect([days('en', 1), days('en', 60)]).toEqual(['1 day', '60 days']);
    expect([1, 2, 3, 60, 100].map((n) => days('ar', n))).toEqual([
      'يوم واحد',
      'يومان',
      '3 أيام',
      '60 يومًا',
      '100 يوم',
    ]);
  });

  it('puts the comma of the language between the things of a list', () => {
    const list = (language: string) => sayList(language, ['1', '2']);
    expect(['en', 'ar', 'fa', 'zh'].map(list)).toEqual(['1, 2', '1، 2', '1، 2', '1、2']);
  });

  it('writes the colon of each language', () => {
    expect(['en', 'ar', 'fr', 'zh'].map(colonOf)).toEqual([': ', ': ', '\u00a0: ', '：']);
  });

  it('tells of a report of revenge that it came, as the letter goes out before anybody has read it', () => {
    expect(say('en', 'letter.retaliation-received.subject', { reference: '' })).not.toMatch(/\bread\b/);
  });

  it('never ends a sentence twice behind a day', () => {
    for (const language of LANGUAGES) {
      const sentence = say(language, 'mycase.next.by-us', { what: '', day: sayDay(language, '2026-11-24') });
      expect(sentence).not.toContain('..');
    }
  });

  it('gives back what a person wrote, whatever signs are in it', () => {
    const what = "{n} '<b>' #{ \u202e";
    expect(say('fr', 'mycase.due.day', { what, day: '' })).toContain(what);
  });

  it('gives back a key that has no words, also one that every object has', () => {
    for (const key of ['no.such-key', 'toString', '_status']) {
      expect(has(key)).toBe(false);
      expect(say('ar', key)).toBe(key);
    }
  });
});
