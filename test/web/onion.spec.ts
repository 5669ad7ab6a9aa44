import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { FORM, Visitors } from '../harness/visitors';
import { textOf } from './paper/read-pdf';

const ORDINARY = 'https://redress.example.org';
const HOST = `${'a2'.repeat(27)}ad.onion`;
const ONION = `http://${HOST}`;

describe.each(engines())('a house with an onion service on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine, { publicUrl: ORDINARY, onionUrl: ONION });
  });
  afterAll(() => app.close());

  const at = (host: string, method: string, path: string, body?: Record<string, string>, cookie?: string) =>
    app.ask(method, path, {
      headers: { host, ...(body ? FORM : {}), ...(cookie ? { cookie } : {}) },
      ...(body ? { body: new URLSearchParams(body).toString() } : {}),
    });

  it('tells of it on pages open to anybody under the ordinary address, with the page and the language', async () => {
    for (const [path, there] of [
      ['/', '/'],
      ['/lodge?lang=ar', '/lodge?lang=ar'],
      ['/safety', '/safety'],
      ['/how-it-works?lang=fr&x=%0d%0ay', '/how-it-works?lang=fr'],
    ] as const)
      expect([path, (await at('redress.example.org', 'GET', path)).headers['onion-location']]).toEqual([
        path,
        ONION + there,
      ]);
    expect((await at(HOST, 'GET', '/')).headers['onion-location']).toBeUndefined();
    const { receipt } = await app.lodge();
    const opened = await at('redress.example.org', 'POST', '/my-case/open', { receipt });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const mine = await at('redress.example.org', 'GET', '/my-case', undefined, cookie);
    expect([mine.status, mine.headers['onion-location']]).toEqual([200, undefined]);
    expect((await at('redress.example.org', 'GET', '/safety')).text).toContain(ONION);
  });

  it.each([
    [
      'the ordinary address',
      'redress.example.org',
      /^__Host-redress_case=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    ],
    ['the onion service', HOST, /^redress_case=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/],
  ])('opens, writes in and closes a case by %s', async (_, host, cookieLine) => {
    const { receipt } = await app.lodge();
    const opened = await at(host, 'POST', '/my-case/open', { receipt });
    expect(String(opened.headers['set-cookie'])).toMatch(cookieLine);
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const mine = await at(host, 'GET', '/my-case', undefined, cookie);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(mine.text)![1]!;
    const written = await at(host, 'POST', '/my-case/messages', { _csrf, text: 'Hello.' }, cookie);
    expect([written.status, written.headers.location]).toEqual([303, '/my-case']);
    const left = await at(host, 'GET', '/leave', undefined, cookie);
    expect(String(left.headers['set-cookie'])).toContain(`${cookie.split('=')[0]}=;`);
    expect((await at(host, 'GET', '/my-case', undefined, cookie)).headers.location).toBe('/my-case/open');
  });

  it('takes a session of one address at the other for none', async () => {
    const { receipt } = await app.lodge();
    for (const [host, other] of [
      ['redress.example.org', HOST],
      [HOST, 'redress.example.org'],
    ] as const) {
      const opened = await at(host, 'POST', '/my-case/open', { receipt });
      const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
      expect((await at(other, 'GET', '/my-case', undefined, cookie)).status).toBe(303);
    }
  });

  it('writes the address that is in use where a person is to come back, and never one that only a request names', async () => {
    const { receipt } = await app.lodge();
    for (const [host, address] of [
      ['redress.example.org', ORDINARY],
      [HOST, ONION],
      [HOST.toUpperCase(), ONION],
      ['evil.example', ORDINARY],
      [`${HOST}.evil.example`, ORDINARY],
      [`${HOST}:81`, ORDINARY],
      [`x@${HOST}`, ORDINARY],
      ['', ORDINARY],
    ] as const) {
      const lodged = await at(host, 'POST', '/lodge/saved', { receipt, reference: 'RD-AAAA-AAAA' });
      expect([host, lodged.text.includes(`>${address}/my-case/open<`)]).toEqual([host, true]);
      expect(lodged.text).not.toContain('evil.example');
      const card = await at(host, 'POST', '/card', { receipt, look: 'full' });
      expect(card.text).toContain(`${address}/my-case/open`);
    }
    const card = await at(HOST, 'POST', '/card/pdf', { receipt, look: 'full' });
    expect((await textOf(card.bytes)).replaceAll('\u200b', '')).toContain(`${HOST}/my-case/open`);
  });

  it('tells browsers to come by https where they did, and nothing of the kind in the onion service', async () => {
    expect((await at('redress.example.org', 'GET', '/')).headers['strict-transport-security']).toMatch(
      /^max-age=63072000/,
    );
    expect((await at(HOST, 'GET', '/')).headers['strict-transport-security']).toBeUndefined();
    expect((await at('evil.example', 'GET', '/')).headers['strict-transport-security']).toMatch(
      /^max-age=63072000/,
    );
  });

  it('sends whoever is not signed in to a place of the same address', async () => {
    const { mine } = await Visitors.of(app);
    expect(mine.receipt).toMatch(/^\d{5}/);
    for (const host of ['redress.example.org', HOST]) {
      const sent = await at(host, 'GET', '/my-case');
      expect(sent.headers.location).toBe('/my-case/open');
    }
  });
});

describe('a house without an onion service', () => {
  it('takes a request for one for any other', async () => {
    const app = await TestApp.start('sqlite', { publicUrl: ORDINARY });
    try {
      const start = await app.ask('GET', '/', { headers: { host: HOST } });
      expect(start.headers['onion-location']).toBeUndefined();
      expect(start.headers['strict-transport-security']).toMatch(/^max-age/);
    } finally {
      await app.close();
    }
  });
});
