import { builtInLetter, placesOf } from '../../src/notices/letter-words';
import { renderLetter } from '../../src/notices/render-letter';
import { NO_WAIVER_LETTERS } from '../../src/rules/letters';
import { WORDED_LETTERS, wordingFaults } from '../../src/rules/wordings';
import { LANGUAGES, say } from '../../src/words/words';
import { CLOCKS } from '../../src/rules/clocks';

const facts = {
  reference: 'RD-7K3F-9QXM',
  organisation: 'Acme',
  url: 'https://redress.example.org/my-case',
};
const EVERY = LANGUAGES.flatMap((language) => WORDED_LETTERS.map((letter) => [letter, language] as const));

describe('the built-in words of a letter', () => {
  it.each(EVERY)('“%s” in %s could be drafted as they are, and read the same then', (letter, language) => {
    const words = builtInLetter(language, letter);
    expect(wordingFaults(words, placesOf(letter))).toEqual(
      // A letter that has the sentence appended today asks for its place once somebody words it.
      NO_WAIVER_LETTERS.includes(letter) && !words.body.includes('{noWaiver}')
        ? [{ field: 'body', sentence: expect.stringContaining('{noWaiver}') as string }]
        : [],
    );
    expect(renderLetter(CLOCKS, language, letter, facts, words)).toEqual(
      renderLetter(CLOCKS, language, letter, facts),
    );
  });
});

describe('own words of a letter', () => {
  it.each(EVERY)('“%s” in %s fill in every place, and leave no brace', (letter, language) => {
    const { must, may } = placesOf(letter);
    const body = [...must, ...may].map((name) => `${name}: {${name}}`).join('\n\n');
    const { subject, paragraphs } = renderLetter(CLOCKS, language, letter, facts, { subject: 'Hello', body });
    expect(subject).toBe('Hello');
    expect(paragraphs.join('\n')).not.toMatch(/[{}]/);
    expect(paragraphs.length).toBe(must.length + may.length || paragraphs.length);
    const text = paragraphs.join('\n');
    expect(text.split(say(language, 'start.rights')).length - 1).toBe(
      NO_WAIVER_LETTERS.includes(letter) ? 1 : 0,
    );
  });

  it('of a check-in name neither the case nor the organisation', () => {
    expect(placesOf('check-in')).toEqual({ must: ['url'], may: [] });
  });

  it('say that no right is given up even where they were kept from a time that did not ask for it', () => {
    const { paragraphs } = renderLetter(CLOCKS, 'ar', 'declined', facts, { subject: 'x', body: 'y' });
    expect(paragraphs).toEqual(['y', say('ar', 'start.rights')]);
  });

  it('are text: what is filled in is not filled in again, and nothing is a tag', () => {
    const { paragraphs } = renderLetter(
      CLOCKS,
      'en',
      'message',
      { ...facts, organisation: '{url} <i>' },
      { subject: 'x', body: '<b>{organisation}</b> {url}' },
    );
    expect(paragraphs[0]).toBe(`<b>{url} <i></b> ${facts.url}`);
  });
});
