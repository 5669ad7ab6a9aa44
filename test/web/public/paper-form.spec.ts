import 'reflect-metadata';
import { CONSENT_CODES, consentRule } from '../../../src/rules/consents';
import { questions, choiceKey } from '../../../src/web/portal/papers/questions';
import { paperForm } from '../../../src/web/public/paper-form';
import { LANGUAGES, say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { readPdf, textOf } from '../paper/read-pdf';

const ADDRESS = 'Redress\nExample Street 1\n10115 Berlin';
/** Letters that stand in a PDF as they stand in a text, wherever lines are broken. */
const plain = (text: string) => text.replaceAll(/[^\p{Script=Latin}\d]/gu, '');

describe('the form to print', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start('sqlite', { postalAddress: ADDRESS });
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)(
    'asks in %s what the page asks, with a place or boxes for each answer',
    async (language) => {
      const { status, headers, bytes } = await app.ask('GET', `/paper-form/${language}`);
      expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(headers['content-disposition']).toBe(`attachment; filename*=UTF-8''form-${language}.pdf`);
      const shown = plain(await textOf(bytes));
      const asked = questions();
      for (const key of [
        ...asked.map(({ label }) => label),
        ...asked.flatMap((question) => (question.choices ?? []).map((choice) => choiceKey(question, choice))),
        ...CONSENT_CODES.filter((code) => consentRule(code).atLodging).map((code) => `consent.${code}`),
        'start.rights',
        'paper-form.how',
      ])
        expect([key, shown.includes(plain(say(language, key)))]).toEqual([key, true]);
      for (const line of [...ADDRESS.split('\n'), 'http://localhost:3000'])
        expect(shown).toContain(plain(line));
      const { pages } = await readPdf(bytes);
      expect(pages).toBeLessThanOrEqual(8);
    },
  );

  it('has a box to say that one does not know which system it was, and no yes or no to that', () => {
    const { blocks } = paperForm('en', { organisation: '', publicUrl: '', postalAddress: '' });
    const label = say('en', 'lodge.systemUnknown.label');
    expect(blocks).toContainEqual({ kind: 'choices', answers: [label] });
    expect(JSON.stringify(blocks).split(label)).toHaveLength(2);
  });

  it('is set once for everybody, and again after it could not be', async () => {
    const first = (await app.ask('GET', '/paper-form/fr')).bytes;
    expect((await app.ask('GET', '/paper-form/fr')).bytes.equals(first)).toBe(true);
  });

  it('is offered in every language, in its own words and with the address', async () => {
    const page = await app.ask('GET', '/paper-form?lang=ar');
    for (const language of LANGUAGES) expect(page.text).toContain(`href="/paper-form/${language}"`);
    expect(page.text).toContain(say('ar', 'start.rights'));
    expect(page.text).toContain('Example Street 1');
    expect((await app.ask('GET', '/?lang=ar')).text).toContain('href="/paper-form?lang=ar"');
  });

  it('is not there in a language that we do not have', async () => {
    for (const language of ['xx', 'constructor', 'en.pdf'])
      expect([language, (await app.ask('GET', `/paper-form/${language}`)).status]).toEqual([language, 404]);
  });

  it('says to whom to give it where there is no address', async () => {
    const other = await TestApp.start('sqlite');
    try {
      const page = await other.ask('GET', '/paper-form');
      expect(page.text).toContain('Give it to somebody of');
      expect(plain(await textOf((await other.ask('GET', '/paper-form/en')).bytes))).toContain(
        'GiveittosomebodyofTestorganisation',
      );
    } finally {
      await other.close();
    }
  });
});
