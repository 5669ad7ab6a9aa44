import { Writable } from 'node:stream';
import { Invitations } from '../../src/people/invitations';
import { OFFICER_COOKIE } from '../../src/people/cookies';
import { SingleSignOnSettings } from '../../src/people/single-sign-on/provider-settings';
import { Log } from '../../src/platform/log';
import { TestApp, type Answer } from '../harness/app';
import { engines } from '../harness/database';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';
import { type Lie, LyingProvider, newKeys, signedPart } from './lying-provider';

const HOUR = 3600;
const stranger = newKeys();
const told = (patch: Record<string, unknown>): Lie => ({ claims: (honest) => ({ ...honest, ...patch }) });
const shifted = (patch: Record<string, number>): Lie => ({
  claims: (honest) => ({
    ...honest,
    ...Object.fromEntries(
      Object.entries(patch).map(([claim, seconds]) => [claim, (honest.iat as number) + seconds]),
    ),
  }),
});
const listing = (...algorithms: string[]) => ({ id_token_signing_alg_values_supported: algorithms });

const UNPROVED = [403, /could not be verified/] as const;
const AWAY = [503, /does not answer as it should/] as const;
const STRANGE = [400, /not begun in this browser/] as const;
const DECLINED = [403, /did not sign you in/] as const;

/** Everything that a provider, or somebody between it and us, may tell that is not so. */
const LIES: [what: string, lie: Lie, expected: readonly [number, RegExp]][] = [
  ['a token of another issuer', told({ iss: 'https://login.example.com' }), UNPROVED],
  ['an issuer with a slash more', { claims: (c) => ({ ...c, iss: `${String(c.iss)}/` }) }, UNPROVED],
  ['a token without an issuer', told({ iss: undefined }), UNPROVED],
  ['a token for another program', told({ aud: 'another' }), UNPROVED],
  ['a token for nobody', told({ aud: [] }), UNPROVED],
  ['a token without an audience', told({ aud: undefined }), UNPROVED],
  ['a token for several, without an authorized party', told({ aud: ['redress', 'another'] }), UNPROVED],
  [
    'a token for several, which another asked for',
    told({ aud: ['redress', 'another'], azp: 'another' }),
    UNPROVED,
  ],
  ['a token for us, which another asked for', told({ azp: 'another' }), UNPROVED],
  ['another nonce', told({ nonce: 'x'.repeat(43) }), UNPROVED],
  ['no nonce', told({ nonce: undefined }), UNPROVED],
  ['a token that is over', shifted({ iat: -HOUR, exp: -31 }), UNPROVED],
  ['a token without an end', told({ exp: undefined }), UNPROVED],
  ['an end that is no number', told({ exp: '9999999999' }), UNPROVED],
  ['a token that holds only later', shifted({ nbf: 31 }), UNPROVED],
  ['a token made tomorrow', shifted({ iat: 24 * HOUR, exp: 25 * HOUR }), UNPROVED],
  ['a token without the time it was made', told({ iat: undefined }), UNPROVED],
  ['a token of nobody', told({ sub: undefined }), UNPROVED],
  ['a subject without a letter', told({ sub: '' }), UNPROVED],
  ['a subject that is a number', told({ sub: 7 }), UNPROVED],
  ['a subject that is a list', told({ sub: ['the subject of Ines'] }), UNPROVED],
  ['no signature', { token: (claims) => `${signedPart({ alg: 'none' }, claims)}.` }, UNPROVED],
  [
    'no signature, as announced',
    { metadata: listing('RS256', 'none'), token: (claims) => `${signedPart({ alg: 'none' }, claims)}.` },
    UNPROVED,
  ],
  ['an empty signature', { token: (claims, p) => p.sign(claims).replace(/[^.]*$/, '') }, UNPROVED],
  [
    'the public key as a secret',
    {
      metadata: listing('RS256', 'HS256'),
      token: (claims, p) =>
        p.signSymmetrically(claims, p.keys.publicKey.export({ format: 'pem', type: 'spki' }) as string),
    },
    UNPROVED,
  ],
  [
    'the name of the program as a secret',
    { metadata: listing('HS256'), token: (claims, p) => p.signSymmetrically(claims, 'redress') },
    UNPROVED,
  ],
  [
    'an unknown key under a known name',
    { token: (claims, p) => p.sign(claims, stranger.privateKey) },
    UNPROVED,
  ],
  [
    'an unknown key under another name',
    { token: (claims, p) => p.sign(claims, stranger.privateKey, { kid: 'two' }) },
    UNPROVED,
  ],
  [
    'an unknown key that the token brings along',
    {
      token: (claims, p) =>
        p.sign(claims, stranger.privateKey, {
          jwk: stranger.publicKey.export({ format: 'jwk' }),
          kid: undefined,
        }),
    },
    UNPROVED,
  ],
  [
    'an extension that we must understand',
    { token: (claims, p) => p.sign(claims, undefined, { crit: ['x'], x: 1 }) },
    UNPROVED,
  ],
  [
    'a token changed after it was signed',
    {
      token: (claims, p) => {
        const [header, , signature] = p.sign({ ...claims, sub: 'somebody else' }).split('.');
        return `${header}.${signedPart({}, claims).split('.')[1]}.${signature}`;
      },
    },
    UNPROVED,
  ],
  ['no token', { token: () => undefined }, UNPROVED],
  ['something that is no token', { token: () => 'the subject of Ines' }, UNPROVED],
  ['an encrypted token', { token: () => 'a.b.c.d.e' }, UNPROVED],
  ['details of another person', { userinfo: { sub: 'somebody else' } }, UNPROVED],
  ['a document about another issuer', { metadata: { issuer: 'https://login.example.com' } }, AWAY],
  ['a document without an issuer', { metadata: { issuer: undefined } }, AWAY],
  ['the answer of another issuer', { answer: { iss: 'https://login.example.com' } }, UNPROVED],
  ['an answer that does not say of which issuer', { answer: { iss: undefined } }, UNPROVED],
  ['an answer to something else', { answer: { state: 'y'.repeat(43) } }, STRANGE],
  ['an answer to nothing', { answer: { state: undefined } }, STRANGE],
  ['an answer without a code', { answer: { code: undefined } }, UNPROVED],
  ['a code that is none', { answer: { code: 'none' } }, UNPROVED],
  [
    'a refusal',
    { answer: { code: undefined, error: 'access_denied', error_description: 'the subject of Ines' } },
    DECLINED,
  ],
  ['a refusal in words of its own', { answer: { code: undefined, error: 'ines_was_here' } }, DECLINED],
  ['a refusal beside a code', { answer: { error: 'server_error' } }, DECLINED],
  ['a token in the address', { answer: { id_token: 'a.b.c' } }, UNPROVED],
  ['no document', { instead: { at: '/.well-known/openid-configuration', status: 404, body: '' } }, AWAY],
  [
    'a page in place of its document',
    { instead: { at: '/.well-known/openid-configuration', status: 200, body: '<html>' } },
    AWAY,
  ],
  [
    'an error in place of a token',
    { instead: { at: '/token', status: 500, body: 'the subject of Ines' } },
    AWAY,
  ],
  [
    'an error of an invented kind in place of a token',
    {
      instead: {
        at: '/token',
        status: 400,
        body: '{"error":"ines_was_here","code":"INES","claim":"INES","cause":{"error":"ines_was_here"}}',
      },
    },
    UNPROVED,
  ],
  ['an error in place of its keys', { instead: { at: '/jwks', status: 502, body: '' } }, AWAY],
  ['an error in place of details', { instead: { at: '/userinfo', status: 500, body: '' } }, AWAY],
];

const SAYS = {
  sub: 'the subject of Ines',
  name: 'Ines Intake',
  email: 'ines@example.org',
  error: 'ines_was_here',
};

describe.each(engines())('a provider that lies, on %s', (engine) => {
  let app: TestApp;
  let provider: LyingProvider;
  let logged = '';

  beforeAll(async () => {
    provider = await LyingProvider.start(() => Math.floor(app.time.now().getTime() / 1000));
    const settings = new SingleSignOnSettings({
      issuer: new URL(provider.issuer),
      clientId: 'redress',
      secretFile: null,
      label: 'Our login',
      scopes: 'openid',
      groupsClaim: 'groups',
      rolesOfGroups: new Map(),
      createsAccounts: false,
      secondFactorAcr: [],
      secondFactorAmr: [],
    });
    const lines = new Writable({
      write: (chunk, _, done) => {
        logged += String(chunk);
        done();
      },
    });
    app = await TestApp.start(engine, {
      replace: () => [
        [SingleSignOnSettings, settings],
        [Log, new Log('debug', lines)],
      ],
    });
    provider.identity = { sub: SAYS.sub };
    const { personId: invitedBy } = await app.officer('ADM');
    const secret = await app.get(Invitations).invite({ roles: ['INT'], unit: null, invitedBy });
    expect((await walk(`/join/${secret}/sso`)).status).toBe(200);
  });

  afterAll(async () => {
    await app?.close();
    await provider?.stop();
  });

  beforeEach(() => {
    provider.lie = {};
    logged = '';
    // Over the minutes for which the provider's document about itself is taken to hold.
    app.time.goTo(new Date(app.time.now().getTime() + 11 * 60_000).toISOString());
  });

  async function walk(from = '/sign-in/sso', browser = new DeskBrowser(app)): Promise<Answer> {
    const leaving = await browser.get(from);
    if (leaving.status !== 303) return leaving;
    return browser.get(`/sign-in/sso/callback?${provider.backFrom(String(leaving.headers.location))}`);
  }

  it('lets in whom it vouches for as long as it does not', async () => {
    const before = provider.exchanged;
    const browser = new DeskBrowser(app);
    expect((await walk('/sign-in/sso', browser)).status).toBe(200);
    expect((await browser.get('/desk')).status).toBe(200);
    expect(provider.exchanged).toBe(before + 1);
    expect(logged).toBe('');
  });

  it.each([
    ['for us alone, as a list', told({ aud: ['redress'] })],
    ['for several, which we asked for', told({ aud: ['redress', 'another'], azp: 'redress' })],
    ['with clocks half a minute apart', shifted({ iat: 29, nbf: 29, exp: -29 })],
  ])('takes a token %s', async (_, lie) => {
    provider.lie = lie;
    expect((await walk()).status).toBe(200);
  });

  it.each(LIES)('is not believed: %s', async (_, lie, [status, sentence]) => {
    const before = await app.rowCounts();
    provider.lie = lie;
    const answer = await walk();
    expect([answer.status, wordsOf(answer.text)]).toEqual([status, expect.stringMatching(sentence)]);
    expect(String(answer.headers['set-cookie'])).not.toContain(OFFICER_COOKIE);
    expect(await app.rowCounts()).toEqual(before);
    for (const said of [...Object.values(SAYS), 'INES']) expect(logged + answer.text).not.toContain(said);
    expect(logged === '').toBe(sentence === STRANGE[1]);
    provider.lie = {};
    app.time.goTo(new Date(app.time.now().getTime() + 11 * 60_000).toISOString());
    expect((await walk()).status).toBe(200);
  });

  it('opens once, even where the provider takes a code twice', async () => {
    const browser = new DeskBrowser(app);
    const leaving = await browser.get('/sign-in/sso');
    const kept = new Map(browser.cookies);
    const back = `/sign-in/sso/callback?${provider.backFrom(String(leaving.headers.location))}`;
    const attempts = await Promise.all(
      [1, 2, 3].map(() => {
        const other = new DeskBrowser(app);
        for (const [name, value] of kept) other.cookies.set(name, value);
        return other.get(back);
      }),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it('keeps nobody from signing in with a password while it is away', async () => {
    const { port } = new URL(provider.issuer);
    const officer = await app.officer('INT');
    await provider.stop();
    expect((await walk()).status).toBe(503);
    expect((await new DeskBrowser(app).get('/sign-in')).status).toBe(200);
    await DeskBrowser.of(app, officer);
    provider = await LyingProvider.start(() => Math.floor(app.time.now().getTime() / 1000), Number(port));
    provider.identity = { sub: SAYS.sub };
    expect((await walk()).status).toBe(200);
  });
});
