import fc from 'fast-check';
import { paragraphsOf } from '../../../src/web/paper/paragraphs';

const directionOf = (text: string, page = false) => paragraphsOf(text, page)[0]!.isRightToLeft;

describe('the paragraphs of a text', () => {
  it.each([
    ['The machine said no', false],
    ['أوقف النظام إعانتي', true],
    ['سیستم درخواست مرا رد کرد', true],
    ['המערכת סירבה', true],
    ['सिस्टम ने अस्वीकार किया', false],
    ['自动系统拒绝了', false],
    ['Система отказала', false],
    ['(2026) – “أوقف” the machine', true],
    ['1. The machine: أوقف', false],
    ['\u200fABC', true],
    ['𞤀𞤣𞤤𞤢𞤥', true],
  ])('run in the direction of the first letter: %s', (text, isRightToLeft) => {
    expect([directionOf(text), directionOf(text, true)]).toEqual([isRightToLeft, isRightToLeft]);
  });

  it('run in that of the page where there is no letter', () => {
    for (const text of ['', '…', '😀'])
      expect([text, directionOf(text), directionOf(text, true)]).toEqual([text, false, true]);
    for (const number of ['2026-11-28', '0123 456', '٠١٢ ٣٤'])
      expect([number, directionOf(number, true)]).toEqual([number, false]);
  });

  it('are the lines of the text, each with its own direction, empty ones too', () => {
    expect(paragraphsOf('One\r\n\r\nاثنان\rThree\u2028Four', false)).toEqual([
      { text: 'One', isRightToLeft: false },
      { text: '', isRightToLeft: false },
      { text: 'اثنان', isRightToLeft: true },
      { text: 'Three', isRightToLeft: false },
      { text: 'Four', isRightToLeft: false },
    ]);
  });

  it('show a sign in the place of what no paper can show', () => {
    expect(paragraphsOf('a\u0000b\u0007c\u001bd\u007fe\u0090f\ud800g\ufffeh', false)[0]!.text).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffdh',
    );
    expect(paragraphsOf('a\tb', false)[0]!.text).toBe('a    b');
  });

  it('can be broken wherever a run has forty signs without a place for it, and nowhere inside of a sign', () => {
    const family = '👩‍👩‍👧';
    expect(paragraphsOf('x'.repeat(39), false)[0]!.text).not.toContain('\u200b');
    expect(
      paragraphsOf('x'.repeat(45), false)[0]!
        .text.split('\u200b')
        .map((part) => part.length),
    ).toEqual([20, 20, 5]);
    expect(paragraphsOf(family.repeat(45), false)[0]!.text.split('\u200b')).toEqual([
      family.repeat(20),
      family.repeat(20),
      family.repeat(5),
    ]);
    expect(paragraphsOf('自'.repeat(500), false)[0]!.text).toBe('自'.repeat(500));
  });

  it('lose nothing of any text that can be stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const set = paragraphsOf(text, false)
          .map((each) => each.text)
          .join('\n')
          .replaceAll('\u200b', '');
        // eslint-disable-next-line no-control-regex -- what cannot be shown has another sign in its place
        const shown = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\p{Noncharacter_Code_Point}]/gu;
        const lines = text.replaceAll(/\r\n|[\r\u2028\u2029\u0085]/g, '\n').replaceAll('\t', '    ');
        expect(set).toBe(lines.replaceAll(shown, '\ufffd').replaceAll('\u200b', ''));
      }),
    );
  });
});
