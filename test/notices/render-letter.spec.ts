import { renderLetter } from '../../src/notices/render-letter';
import { CLOCKS } from '../../src/rules/clocks';
import { LETTERS } from '../../src/rules/letters';
import { LANGUAGES, say } from '../../src/words/words';

const facts = { reference: 'RD-7K3F-9QXM', url: 'https://redress.example.org/my-case' };

describe('a letter', () => {
  it.each(LANGUAGES.flatMap((language) => LETTERS.map((letter) => [letter, language] as const)))(
    '“%s” can be read in %s from the reference and the address alone',
    (letter, language) => {
      const { subject, paragraphs } = renderLetter(CLOCKS, language, letter, facts);
      const text = [subject, ...paragraphs].join('\n');
      // The letter of a check-in says neither that there is a case nor what it is about: somebody else may read it.
      expect(text.includes(facts.reference)).toBe(letter !== 'check-in');
      expect(text).not.toMatch(/[{}]|letter\.|undefined/);
      expect(paragraphs.every((paragraph) => paragraph.trim().length > 0)).toBe(true);
    },
  );

  it.each(LANGUAGES)(
    'of acknowledgement in %s gives number, address, steps with times and the no-waiver sentence',
    (language) => {
      const text = renderLetter(CLOCKS, language, 'acknowledgement', facts).paragraphs.join('\n');
      expect(text).toContain(facts.reference);
      expect(text).toContain(facts.url);
      expect(text).toContain(say(language, 'start.rights'));
      expect(text.match(/^\p{Nd}\. /gmu)).toHaveLength(6);
      for (const code of ['TARGET-ELIGIBILITY', 'TARGET-TRIAGE', 'TARGET-INVESTIGATION'] as const) {
        const { length, unit } = CLOCKS[code].period!;
        expect(text).toContain(say(language, `how.length.${unit}`, { n: length }));
      }
    },
  );

  it.each(['declined', 'referred', 'closed'] as const)(
    '“%s” says how long a review can be asked for, as the rules count it',
    (letter) => {
      const { length } = CLOCKS['APPEAL-WINDOW'].period!;
      expect(renderLetter(CLOCKS, 'en', letter, facts).paragraphs.join('\n')).toContain(`${length} days`);
    },
  );

  it('quotes staff as they wrote, on lines of their own, in the order of reading', () => {
    const reasons = "The model {x} said 'no' <b>";
    const { paragraphs } = renderLetter(CLOCKS, 'ar', 'declined', {
      ...facts,
      signposting: 'The ombudsman',
      reasons,
    });
    expect(paragraphs.slice(-2)).toEqual([
      `${say('ar', 'letter.quoted.reasons')}\n${reasons}`,
      `${say('ar', 'letter.quoted.signposting')}\nThe ombudsman`,
    ]);
  });

  it('writes days as the language does', () => {
    const { paragraphs } = renderLetter(CLOCKS, 'fr', 'question', {
      ...facts,
      questionText: 'When?',
      dueOn: '2026-12-01',
    });
    expect(paragraphs.at(-1)).toMatch(/\n1 décembre 2026$/);
  });

  it('reads in English for a language that is not offered', () => {
    expect(renderLetter(CLOCKS, 'am', 'resumed', facts)).toEqual(
      renderLetter(CLOCKS, 'en', 'resumed', facts),
    );
  });
});
