import { LANGUAGES, say } from '../../../src/words/words';
import { TestApp, type Answer } from '../../harness/app';
import { engines } from '../../harness/database';
import { LodgingPages } from '../../harness/lodging-pages';
import { FORM } from '../../harness/visitors';

describe.each(engines())('a text that is too long on %s', (engine) => {
  let app: TestApp;
  let cookie: string;
  let _csrf: string;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const { receipt } = await app.lodge();
    const body = new URLSearchParams({ receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const page = await app.ask('GET', '/my-case', { headers: { cookie } });
    _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
  });
  afterAll(() => app.close());

  const send = (url: string, fields: Record<string, string>): Promise<Answer> =>
    app.ask('POST', url, {
      headers: { ...FORM, cookie },
      body: new URLSearchParams({ _csrf, ...fields }).toString(),
    });

  /** What is wrong, in the error at the field and in the list of errors, with both numbers as the language writes them. */
  function expectMeasured({ status, text }: Answer, language: string, length: number, most: number): void {
    const said = `${say(language, 'error.text.too-long')} ${say(language, 'error.text.measure', { length, most })}`;
    expect([language, status]).toEqual([language, 400]);
    expect([language, text.split(said).length - 1]).toEqual([language, 2]);
    for (const number of [length, most])
      expect(said).toContain(new Intl.NumberFormat(language).format(number));
  }

  it.each(LANGUAGES)(
    'is refused with how long it is and how long it may be, and stays, in %s',
    async (language) => {
      const message = 'm'.repeat(20_123);
      const written = await send(`/my-case/messages?lang=${language}`, { text: message });
      expectMeasured(written, language, 20_123, 20_000);
      expect(written.text).toContain(message);

      const wish = 'w'.repeat(2_345);
      const asked = await send(`/my-case/steps/request-support?lang=${language}`, {
        supportKind: 'INTERPRETER',
        wish,
      });
      expectMeasured(asked, language, 2_345, 2_000);
      expect(asked.text).toContain(wish);

      const when = 'd'.repeat(2_056);
      const draft = new LodgingPages(app, language);
      const answered = await draft.answer('when', { whenHappened: when });
      expectMeasured(answered, language, 2_056, 2_000);
      expect(answered.text).toContain(when);
    },
  );
});
