import { request } from 'node:http';
import { connect } from 'node:net';
import { SAFE_HEADERS } from '../../src/platform/safe-headers';
import { TestApp, type Answer } from '../harness/app';
import { engines } from '../harness/database';
import { addressOf, routesOf, type Route } from '../harness/routes';
import { FORM, Visitors } from '../harness/visitors';

type Kind = 'page' | 'problem' | 'json' | 'file' | 'asset' | 'redirect' | 'other';

/** What every policy says, whatever else it says. */
const ALWAYS = ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];
const TWO_YEARS = 'max-age=63072000; includeSubDomains';

function kindOf(route: Route, { status, headers }: Answer): Kind {
  const type = String(headers['content-type'] ?? '');
  if (status >= 300 && status < 400) return 'redirect';
  if (type.startsWith('application/problem+json')) return 'problem';
  if (type.startsWith('application/json')) return 'json';
  if (route.act === 'read-asset' && status === 200) return 'asset';
  if (headers['content-disposition'] !== undefined) return 'file';
  return type.startsWith('text/html') ? 'page' : 'other';
}

/** Every fault of the headers of an answer, one line each. */
function faultsOf(kind: Kind, headers: Answer['headers'], transport: string | undefined): string[] {
  const policy = String(headers['content-security-policy']).split('; ');
  const expected = {
    ...SAFE_HEADERS,
    'content-security-policy': headers['content-security-policy'],
    ...(kind === 'asset' ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
    'strict-transport-security': transport,
  };
  return [
    ...Object.entries(expected).filter(([name, value]) => headers[name] !== value),
    ...ALWAYS.filter((each) => !policy.includes(each)),
    ...(kind === 'file' ? [] : ["require-trusted-types-for 'script'", "trusted-types 'none'"]).filter(
      (each) => !policy.includes(each),
    ),
    ...policy.filter((each) => /unsafe|\*|https?:|script-src(?! 'nonce-)/.test(each)),
    ...(policy.includes(`form-action '${kind === 'file' ? 'none' : 'self'}'`) ? [] : ['form-action']),
    ...(kind === 'file' && !policy.includes('sandbox') ? ['sandbox'] : []),
    ...['server', 'x-powered-by'].filter((name) => name in headers),
  ].map(String);
}

describe.each([
  ['http://localhost:3000', undefined],
  ['https://redress.example.org', TWO_YEARS],
])('the headers of a house at %s', (publicUrl, transport) => {
  let app: TestApp;
  let visitors: Visitors;
  let known: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!, { publicUrl });
    visitors = await Visitors.of(app);
    const { reference, token } = visitors.mine;
    const file =
      '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nDear applicant\r\n--xx--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=xx' };
    await app.ask('POST', '/api/v1/my-case/evidence', { token, headers, body: file });
    await app.integrate();
    const sheet = /href="\/assets\/([^"]+)"/.exec((await app.ask('GET', '/')).text)![1]!;
    known = { reference, name: sheet, step: 'link-case', index: '0', level: '0', n: '1' };
  });
  afterAll(() => app.close());

  async function answerTo(route: Route, url: string, isKnown: boolean): Promise<Answer> {
    const isApi = route.path.startsWith('/api/');
    const isRead = route.method === 'GET';
    const doer = isRead || route.who !== 'rightsholder' ? visitors : await visitors.withNewCase();
    const session = isKnown && !isApi ? await doer.enter(route.who) : null;
    return app.ask(route.method, url, {
      token: isKnown && isApi ? doer.tokenFor(route.who) : undefined,
      headers: {
        ...(session ? { cookie: session.cookie } : {}),
        ...(isApi || isRead ? {} : FORM),
      },
      ...(isRead || route.method === 'DELETE'
        ? {}
        : { body: isApi ? {} : `_csrf=${encodeURIComponent(session?.csrf ?? '')}` }),
    });
  }

  it('are safe on every answer of every route: to whom it is for, to nobody, at an address that is none', async () => {
    const met = new Set<Kind>();
    for (const route of routesOf(app))
      for (const [url, isKnown] of [
        [addressOf(route, known), true],
        [addressOf(route, known), false],
        [addressOf(route, {}, 'none'), true],
        [`${addressOf(route, known)}/none`, true],
      ] as const) {
        const answer = await answerTo(route, url, isKnown);
        const kind = kindOf(route, answer);
        met.add(kind);
        const at = `${route.method} ${url}: ${answer.status}`;
        expect([at, faultsOf(kind, answer.headers, transport)]).toEqual([at, []]);
      }
    expect([...met]).toEqual(
      expect.arrayContaining(['asset', 'file', 'json', 'page', 'problem', 'redirect']),
    );
  });

  it('are safe where a request reaches no route', async () => {
    for (const [method, url] of [
      ['GET', '/nothing'],
      ['GET', '/%ff'],
      ['GET', '/%00'],
      ['GET', `/${'a'.repeat(3000)}`],
      ['TRACE', '/'],
      ['PUT', '/desk'],
      ['OPTIONS', '/api/v1/cases'],
      ['HEAD', '/'],
      ['POST', '/sign-in'],
    ] as const) {
      const answer = await app.ask(method, url, { headers: { 'content-type': 'text/x-none' }, body: 'x' });
      const { 'strict-transport-security': told, ...headers } = answer.headers;
      const at = `${method} ${url}: ${answer.status}`;
      expect([at, faultsOf('page', headers, undefined)]).toEqual([at, []]);
      // An address that cannot be decoded is refused before the settings of the house are looked at.
      if (url !== '/%ff') expect([at, told]).toEqual([at, transport]);
    }
  });

  it('are safe on what is no HTTP, or too large to be read', async () => {
    await app.nest.listen(0, '127.0.0.1');
    const { port } = app.nest.getHttpServer().address() as { port: number };
    const spoken = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => (text += String(data)));
      socket.on('close', () => resolve(text)).on('error', reject);
    });
    expect(spoken).toMatch(/^HTTP\/1\.1 400 /);
    const large = await new Promise<Answer['headers']>((resolve, reject) => {
      request({ port, host: '127.0.0.1', headers: { 'x-large': 'a'.repeat(20_000) } }, (answer) => {
        answer.resume();
        resolve(answer.headers);
      })
        .on('error', reject)
        .end();
    });
    expect(faultsOf('page', large, undefined)).toEqual([]);
    for (const [name, value] of Object.entries(SAFE_HEADERS)) expect(spoken).toContain(`${name}: ${value}`);
  });

  it('set cookies for the server and this site alone, and over https for this very host', async () => {
    const body = `receipt=${encodeURIComponent((await app.lodge()).receipt)}`;
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    expect(String(opened.headers['set-cookie'])).toMatch(
      transport
        ? /^__Host-redress_case=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/
        : /^redress_case=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });
});
