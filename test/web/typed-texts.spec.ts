import { ASKS, type Ask } from '../../src/rules/asks';
import { typedTexts } from '../../src/web/typed-texts';
import { LANGUAGES, say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { LodgingPages, multipart } from '../harness/lodging-pages';
import { FORM, Visitors } from '../harness/visitors';

const WRITTEN = 'They moved me to nights.\n<b>Since May</b> & before';
const SHOWN = 'They moved me to nights.\n&lt;b&gt;Since May&lt;/b&gt; &amp; before';

describe('what somebody wrote', () => {
  it('is handed back where it is a text, and nothing else is', () => {
    const asks = Object.entries(ASKS) as [string, Ask][];
    const body = Object.fromEntries(
      asks.map(([name, { kind }]) => [kind.endsWith('ByAction') ? `${name}.1` : name, `typed in ${name}`]),
    );
    expect(typedTexts(body).sort()).toEqual(
      asks
        .filter(([, { kind }]) => kind === 'text' || kind === 'textByAction')
        .map(([name]) => `typed in ${name}`)
        .sort(),
    );
    const secrets = {
      password: 'a b c',
      passwordAgain: 'a b c',
      receipt: '1 2',
      _csrf: 'x',
      joinCode: 'y',
      toString: 'z',
    };
    expect(typedTexts({ ...secrets, text: 'A\r\nB', narrative: ' ', reason: ['a'] })).toEqual(['A\nB']);
    for (const none of [undefined, null, 'text=x', 3]) expect(typedTexts(none)).toEqual([]);
  });
});

describe('a form that was sent when the session had ended', () => {
  let app: TestApp;
  let visitors: Visitors;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    visitors = await Visitors.of(app);
  });
  afterAll(() => app.close());

  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    app.ask('POST', path, { headers: { ...FORM, cookie }, body: new URLSearchParams(fields).toString() });

  it.each(LANGUAGES)(
    'comes back in %s with its text, to be copied, and the way in again',
    async (language) => {
      const { text, status, headers } = await post(`/my-case/messages?lang=${language}`, {
        _csrf: 'old',
        text: WRITTEN,
      });
      expect([status, headers['cache-control']]).toEqual([401, 'no-store']);
      expect(text).toContain(SHOWN);
      for (const key of [
        'error-page.case-closed.title',
        'error-page.case-closed.sentence',
        'error-page.open-again',
      ])
        expect(text).toContain(say(language, key));
      expect(text).toContain(`href="/my-case/open?lang=${language}" target="_blank"`);
    },
  );

  it('keeps the language on the way to the page that asks for the receipt', async () => {
    const { headers } = await app.ask('GET', '/my-case?lang=sw');
    expect(headers.location).toBe('/my-case/open?lang=sw');
  });

  it('says that a receipt is right where the browser keeps no cookie, instead of asking for it again and again', async () => {
    const { receipt } = await app.lodge();
    const open = () =>
      app.ask('POST', '/my-case/open?lang=sw', {
        headers: FORM,
        body: new URLSearchParams({ receipt }).toString(),
      });
    const { headers } = await open();
    const address = String(headers.location);
    const without = await app.ask('GET', address);
    expect([without.status, without.text]).toEqual([
      409,
      expect.stringContaining(say('sw', 'error.receipt.cookie')),
    ]);
    const cookie = String(headers['set-cookie']).split(';')[0]!;
    const kept = await app.ask('GET', address, { headers: { cookie } });
    expect([kept.status, kept.headers.location]).toEqual([303, '/my-case?lang=sw']);
  });

  it('comes back to staff, too', async () => {
    const { text, status } = await post('/desk/cases/RED-ABCD-EFGH-JK/steps/decline', { reasons: WRITTEN });
    expect(status).toBe(401);
    expect(text).toContain(SHOWN);
    expect(text).toContain('href="/sign-in" target="_blank"');
  });

  it('comes back where it is out of date, since the case was opened anew elsewhere', async () => {
    const { text, status } = await post(
      '/my-case/messages',
      { _csrf: 'old', text: WRITTEN },
      (await visitors.enter('rightsholder')).cookie,
    );
    expect(status).toBe(403);
    expect(text).toContain(SHOWN);
    expect(text).not.toContain('_blank');
  });

  const LETTER: [string, string, string] = ['file', 'Dear applicant', 'letter.txt'];
  const sendFile = (path: string, fields: [string, string, string?][], cookie = '') => {
    const { headers, body } = multipart(fields);
    return app.ask('POST', path, { headers: { ...headers, cookie }, body });
  };

  it.each([
    ['before the file', [['describes', WRITTEN], LETTER]],
    ['behind the file', [LETTER, ['describes', WRITTEN]]],
    ['without a file', [['describes', WRITTEN]]],
  ] as [string, [string, string, string?][]][])(
    'comes back with what a file shows, told %s',
    async (_where, fields) => {
      const page = await sendFile('/my-case/evidence?_csrf=old&lang=sw', fields);
      expect([page.status, page.text.includes(SHOWN)]).toEqual([401, true]);
      expect(page.text).toContain(say('sw', 'error-page.open-again'));
      expect(page.text).not.toContain('Dear applicant');
    },
  );

  it('comes back with what a file shows where it is out of date', async () => {
    const { cookie } = await visitors.enter('rightsholder');
    const page = await sendFile('/my-case/evidence?_csrf=old', [['describes', WRITTEN], LETTER], cookie);
    expect([page.status, page.text.includes(SHOWN)]).toEqual([403, true]);
  });

  it('comes back with what had come of a form that breaks off', async () => {
    const { headers, body } = multipart([['describes', WRITTEN], LETTER]);
    const broken = body.subarray(0, body.indexOf('applicant'));
    const page = await app.ask('POST', '/my-case/evidence?_csrf=old', { headers, body: broken });
    expect([page.status, page.text.includes(SHOWN)]).toEqual([401, true]);
  });

  it('comes back no longer than a form without files can be, whoever sends it', async () => {
    const long = 'x'.repeat(250_000);
    const fields = Array.from({ length: 40 }, (): [string, string] => ['text', long]);
    for (const path of ['/my-case/evidence', '/nowhere']) {
      const page = await sendFile(path, fields);
      expect([page.status, page.text.length < 1_100_000]).toEqual([path === '/nowhere' ? 404 : 401, true]);
    }
  });

  it('comes back to staff with all that was said in a form with files', async () => {
    const fields: [string, string, string?][] = [
      ['narrative', WRITTEN],
      LETTER,
      ['describes', 'The refusal'],
    ];
    const { status, text } = await sendFile('/desk/lodge-for-somebody?_csrf=old', fields);
    expect([status, text.includes(SHOWN), text.includes('The refusal')]).toEqual([401, true, true]);
  });

  it('comes back with what a file of a complaint shows, whose draft is not open any more', async () => {
    const mine = new LodgingPages(app, 'en');
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const before = await mine.get('/lodge/files');
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
    const page = await mine.addFile(
      { name: 'letter.txt', content: 'Dear applicant', describes: WRITTEN },
      'add',
      before,
    );
    expect([page.status, page.text.includes(SHOWN)]).toEqual([409, true]);
  });
});
