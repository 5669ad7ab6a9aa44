import fc from 'fast-check';
import { nextPath, withNext } from '../../../src/web/desk/next-path';
import { engines } from '../../harness/database';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { DeskBrowser } from './desk-browser';

const OWN = [
  '/desk',
  '/audit',
  '/desk?page=2',
  '/desk/account',
  '/desk/cases/RD-7K3F-9QXM',
  '/desk/cases/RD-7K3F-9QXM/evidence/1/original',
  '/desk?state=triage&sort=due',
];

/** How people have tried to lead a browser elsewhere. */
const FOREIGN = [
  ...['//evil.example', '/\\evil.example', '\\\\evil.example', '/\\/evil.example', '///evil.example'],
  ...['https://evil.example', 'https:evil.example', 'HTTPS://evil.example/desk', 'javascript:alert(1)'],
  ...['data:text/html,x', '/%2fevil.example', '/%5cevil.example', '%2f%2fevil.example', '/%09/evil.example'],
  ...['/desk//evil.example', '/desk/..//evil.example', '/desk/../../evil.example', '/desk/%2e%2e//evil'],
  ...['/desk/..', '/desk/./x', '/desk\\evil', '/desk/%2f%2fevil', '/desk/%5cevil', '/desk/%252fevil'],
  ...['/desk@evil.example', '/desk:evil', '/desks', '/deskevil.example', '/auditor', '/desk/#x', '/desk\n/x'],
  ...['/\t/evil.example', ' /desk', '/desk ', '\u2028/desk', '/desk/\u0000', '/desk/é', '.evil.example', ''],
  ...[
    '/',
    '/sign-in',
    '/sign-out',
    '/my-case',
    '/api/v1/cases',
    '/join/x',
    '@evil.example',
    '/desk"><script>',
  ],
  `/desk/${'a'.repeat(300)}`,
];

describe('where to go on after signing in', () => {
  it.each(OWN)('may be %j', (path) => {
    expect(nextPath(path)).toBe(path);
    expect(withNext('/sign-in', path)).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  });

  it.each(FOREIGN)('is never %j', (path) => {
    expect(nextPath(path)).toBeNull();
  });

  it.each([undefined, null, 1, ['/desk'], { path: '/desk' }])('is never %j, which is no text', (value) => {
    expect(nextPath(value)).toBeNull();
    expect(withNext('/sign-in', nextPath(value))).toBe('/sign-in');
  });

  it('is on this site, and where it says, whatever was sent', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%2E',
      '//',
      'desk',
      'audit',
      '@',
      ':',
      '?',
      'x',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const sent = `/desk${pieces.join('')}`;
        const taken = nextPath(sent);
        if (taken === null) return;
        expect(new URL(taken, 'https://redress.example.org').href).toBe(`https://redress.example.org${sent}`);
      }),
      { numRuns: 2000 },
    );
  });

  describe('over the pages', () => {
    let app: TestApp;

    beforeAll(async () => {
      app = await TestApp.start(engines()[0]!);
    });
    afterAll(() => app.close());

    it('is the page that was asked for, once signed in', async () => {
      const officer = await app.officer('INT');
      const browser = new DeskBrowser(app);
      const turnedAway = await browser.get('/desk/search');
      expect(turnedAway.headers.location).toBe('/sign-in?next=%2Fdesk%2Fsearch');
      await browser.follow(turnedAway);
      const wrong = await browser.post('/sign-in', {
        email: officer.email,
        password: 'not the one that it is',
      });
      expect(wrong.text).toContain('name="next" value="/desk/search"');
      const entered = await browser.post('/sign-in', { email: officer.email, password: TEST_PASSWORD });
      expect([entered.status, entered.headers.location]).toEqual([303, '/desk/search']);
    });

    it.each(FOREIGN)('is the first page when %j is asked for', async (path) => {
      const officer = await app.officer('INT');
      const browser = new DeskBrowser(app);
      const page = await browser.get(`/sign-in?next=${encodeURIComponent(path)}`);
      expect(page.text).not.toContain('name="next"');
      const entered = await browser.post('/sign-in', {
        email: officer.email,
        password: TEST_PASSWORD,
        next: path,
      });
      expect([entered.status, entered.headers.location]).toEqual([303, '/desk']);
    });
  });
});
