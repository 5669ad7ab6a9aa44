import { CLOCKS } from '../../src/rules/clocks';
import { addDays } from '../../src/rules/counting';
import { DAYS_TO_ANSWER, dialogueEnd, dialogueIsOpen, type DialogueFacts } from '../../src/rules/dialogue';
import { languageName, writtenLanguageOf, WRITTEN_LANGUAGES } from '../../src/rules/languages';
import { PAUSE_LENGTHS, pauseEnd } from '../../src/rules/pauses';
import { STATE_CODES, STATES } from '../../src/rules/states';

const CLOSED_ON = '2026-11-24';
const facts = (patch: Partial<DialogueFacts>): DialogueFacts => ({
  state: 'closed',
  closedOn: CLOSED_ON,
  reviewUntil: null,
  isOwed: false,
  lastFromUs: null,
  ...patch,
});

describe('the dialogue', () => {
  it.each(STATE_CODES)('in state %s has an end only where the case has ended', (state) => {
    expect(dialogueEnd(facts({ state })) === null).toBe(!STATES[state].ended);
  });

  it('is open as long as a review can be asked for, on the last day too', () => {
    const open = facts({ reviewUntil: '2027-01-25' });
    expect(dialogueIsOpen(open, '2027-01-25')).toBe(true);
    expect(dialogueIsOpen(open, '2027-01-26')).toBe(false);
  });

  it('is as long where no review can be asked for, as after a withdrawal', () => {
    const days = CLOCKS['APPEAL-WINDOW'].period!.length;
    expect(dialogueEnd(facts({ state: 'withdrawn' }))).toBe(addDays(CLOSED_ON, days));
  });

  it('has no end while we owe an answer', () => {
    expect(dialogueIsOpen(facts({ isOwed: true }), '2040-01-01')).toBe(true);
  });

  it('is open for an answer to whatever we write later', () => {
    const written = facts({ reviewUntil: '2027-01-25', lastFromUs: '2027-06-01' });
    expect(dialogueEnd(written)).toBe(addDays('2027-06-01', DAYS_TO_ANSWER));
    expect(dialogueEnd({ ...written, lastFromUs: '2026-12-01' })).toBe('2027-01-25');
  });
});

describe('a pause', () => {
  it.each(PAUSE_LENGTHS)('of %s ends within 30 days', (length) => {
    expect(pauseEnd(length, CLOSED_ON) > CLOSED_ON).toBe(true);
    expect(pauseEnd(length, CLOSED_ON) <= addDays(CLOSED_ON, 30)).toBe(true);
  });
});

describe('languages', () => {
  it('are named by a code of two letters, each once, in their own words where they are known', () => {
    expect(new Set(WRITTEN_LANGUAGES).size).toBe(WRITTEN_LANGUAGES.length);
    expect(WRITTEN_LANGUAGES.filter((code) => !/^[a-z]{2}$/.test(code))).toEqual([]);
    expect([languageName('ar'), languageName('fr')]).toEqual(['العربية', 'français']);
  });

  it.each([
    ['ar-EG', 'ar'],
    ['EN', 'en'],
    ['tlh', 'en'],
  ])('of the tag %s is %s', (tag, code) => expect(writtenLanguageOf(tag)).toBe(code));
});
