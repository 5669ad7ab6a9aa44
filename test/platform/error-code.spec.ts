import { errorCode } from '../../src/platform/error-code';
import { Refusal } from '../../src/platform/refusal';
import { translated } from '../../src/records/dialect';

describe('the word for an error in the log', () => {
  it.each([
    ['its code', Object.assign(new Error('to anna@example.org'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['its name, where it has no code', new TypeError('of Anna'), 'TypeError'],
    ['its name, where its code is a sentence', Object.assign(new Error('x'), { code: 'to Anna' }), 'Error'],
    ['that of a refusal', new Refusal('unavailable', 'Later.'), 'Refusal'],
    ['none, where nothing is known', null, 'unknown'],
  ])('is %s', (_what, error, word) => {
    expect(errorCode(error)).toBe(word);
  });

  it('tells of a database that could not store something why it could not', () => {
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    expect(errorCode(translated(full))).toBe('SQLITE_FULL');
  });
});
