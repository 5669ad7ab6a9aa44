import { seenLength } from '../../src/rules/seen-length';

describe('how long a text is for whoever reads it', () => {
  it.each<[string, number]>([
    ['', 0],
    [' a reason ', 8],
    ['\u200b\u2060\u00ad\ufeff\u3164\u115f\u2800\ufe0f\u{e0041}', 0],
    ['\u202eabc\u202c', 3],
    ['نمی\u200cدانم', 7],
    ['…', 1],
  ])('of “%s” is %i', (text, length) => {
    expect(seenLength(text)).toBe(length);
  });
});
