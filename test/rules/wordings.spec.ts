import {
  BLOCK_NAME,
  BODY_MAX_LENGTH,
  keptWording,
  NO_PLACES,
  SUBJECT_MAX_LENGTH,
  wordingFaults,
} from '../../src/rules/wordings';

const PLACES = { must: ['url', 'noWaiver'], may: ['reference'] };
const RIGHT = { subject: 'About {reference}', body: 'Go to {url}.\n\n{noWaiver}' };

describe('the words of a letter', () => {
  it('can be drafted when they say what they have to', () => {
    expect(wordingFaults(RIGHT, PLACES)).toEqual([]);
    expect(wordingFaults({ subject: 'Hello', body: 'نرحب بكم.\nمی‌خواهیم <b>' }, NO_PLACES)).toEqual([]);
  });

  it.each([
    ['leave out what they have to say', { body: 'Go to {url}.' }, 'body', 'Say {noWaiver} in the text'],
    [
      'say it in the first line alone',
      { subject: '{url}', body: '{noWaiver}' },
      'body',
      'Say {url} in the text',
    ],
    [
      'fill in what nobody knows',
      { body: `${RIGHT.body} {name}` },
      'body',
      'Nothing is filled in for {name}',
    ],
    ['fill in what every object has', { body: `${RIGHT.body} {constructor}` }, 'body', '{constructor}'],
    [
      'hold a choice of a format',
      { body: `${RIGHT.body} {n, plural, other{#}}` },
      'body',
      'Nothing is filled in',
    ],
    ['hold a brace alone', { body: `${RIGHT.body} {` }, 'body', 'A brace stands alone'],
    ['are empty', { subject: '' }, 'subject', 'Write this.'],
    ['are too long', { body: RIGHT.body + 'x'.repeat(100_000) }, 'body', `${BODY_MAX_LENGTH} characters`],
    ['have a long first line', { subject: 'x'.repeat(151) }, 'subject', `${SUBJECT_MAX_LENGTH} characters`],
    ['have two first lines', { subject: 'one\ntwo' }, 'subject', 'one line'],
    ['hold a control character', { body: `${RIGHT.body}\u0007` }, 'body', 'cannot be stored'],
    ['hold half a character', { body: `${RIGHT.body}\ud83d` }, 'body', 'cannot be stored'],
    ['turn text around', { body: `${RIGHT.body}\u202egpj.exe` }, 'body', 'turn text around'],
    ['isolate text', { subject: `\u2067abc` }, 'subject', 'turn text around'],
  ])('are refused where they %s', (_, more, field, sentence) => {
    const faults = wordingFaults({ ...RIGHT, ...more }, PLACES);
    expect(faults).toContainEqual({ field, sentence: expect.stringContaining(sentence) as string });
  });

  it('are kept with the ends of lines of every system as one', () => {
    expect(keptWording({ subject: ' a ', body: 'b\r\n\r\nc\r\n' })).toEqual({ subject: 'a', body: 'b\n\nc' });
  });

  it('of a block are called by what fits into an address', () => {
    const names = ['thanks', 'thanks-2', 'a', 'Thanks', '2nd', '../x', 'a b', 'x'.repeat(41), 'ab\n'];
    expect(names.filter((name) => BLOCK_NAME.test(name))).toEqual(['thanks', 'thanks-2']);
  });
});
