import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ApiTokens } from '../../src/people/api-tokens';
import { CASE_COOKIE, OFFICER_COOKIE } from '../../src/people/cookies';
import { PermitGuard, type VisitedRequest } from '../../src/people/permit.guard';
import { Permits } from '../../src/people/permits';
import type { Sessions } from '../../src/people/sessions';
import type { Officer, Visitor } from '../../src/people/visitor';
import { Refusal } from '../../src/platform/refusal';
import { ACTS, mayDo, type Act } from '../../src/rules/acts';
import { STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import type { Settings } from '../../src/platform/settings';
import { SCOPE_CODES, scopeOf, type ScopeCode } from '../../src/rules/scopes';

const tokenOf = (name: string) => `${name}-${'t'.repeat(20)}`;
const CSRF = 'csrf-of-this-session';

const officer = (...roles: RoleCode[]): Visitor => ({
  kind: 'officer',
  personId: roles.join(),
  roles,
  unitHash: null,
  sessionHash: '',
});
const GUEST_ROLES = ['INV', 'DIA', 'LEG'] as const;
const guest = (role: RoleCode): Visitor => ({
  ...(officer(role) as Officer),
  guest: { caseId: 'case', until: '2026-12-31', seesFiles: false },
});
/** Whoever holds every role, with a token of one scope. */
const narrow = (scope: ScopeCode) => `narrow-${SCOPE_CODES.indexOf(scope)}`;
const VISITORS: Record<string, Visitor> = {
  ...Object.fromEntries(STAFF_ROLES.map((role) => [role, officer(role)])),
  holder: { kind: 'rightsholder', caseId: 'case', partyId: 'party', role: 'RH', sessionHash: '' },
  several: officer('TRI', 'AUD', 'DPO'),
  ...Object.fromEntries(GUEST_ROLES.map((role) => [`guest-${role}`, guest(role)])),
  ...Object.fromEntries(SCOPE_CODES.map((scope) => [narrow(scope), officer(...STAFF_ROLES)])),
  half: { kind: 'half-signed-in', personId: 'half', stage: 'CODE', sessionHash: '' },
};
const byToken = (token: string) => Object.entries(VISITORS).find(([name]) => token === tokenOf(name))?.[1];

/** Sessions and tokens as a house would know them; a program's token begins as ours do. */
const sessions = {
  resolve: async (token: string) => {
    if (typeof token !== 'string') throw new Error('A token is text.');
    const visitor = byToken(token);
    return visitor ? { visitor, csrfToken: CSRF } : null;
  },
} as Sessions;
const apiTokens = {
  resolve: async (token: string) => {
    const visitor = byToken(token.replace('redress_', ''));
    const one = SCOPE_CODES.find((scope) => token === `redress_${tokenOf(narrow(scope))}`);
    return visitor ? { visitor, scopes: one ? [one] : SCOPE_CODES } : null;
  },
} as ApiTokens;
const settings = { publicUrl: 'http://localhost:3000' } as Settings;
const guard = new PermitGuard(new Reflector(), sessions, apiTokens, settings);

type Sent = Partial<VisitedRequest>;

/** What the guard leaves on a request for this act, or the refusal. */
async function enter(
  act: Act | null,
  sent: Sent,
): Promise<{ request: VisitedRequest; refused?: Refusal; error?: Error }> {
  const handler = () => undefined;
  if (act) Permits(act)(handler, 'handler', { value: handler });
  const request = { method: 'GET', url: '/somewhere', headers: {}, cookies: {}, ...sent } as VisitedRequest;
  const context = {
    getHandler: () => handler,
    getClass: () => class Rooms {},
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  let isIn: boolean;
  try {
    isIn = await guard.canActivate(context);
  } catch (error) {
    if (error instanceof Refusal) return { request, refused: error };
    return { request, error: error as Error };
  }
  expect(isIn).toBe(true);
  return { request };
}

const asOfficer = (name: string): Sent => ({ cookies: { [OFFICER_COOKIE]: tokenOf(name) } });
const asHolder = (name = 'holder'): Sent => ({ cookies: { [CASE_COOKIE]: tokenOf(name) } });
const asProgram = (bearer: string, url = '/api/v1/cases'): Sent => ({
  url,
  headers: { authorization: bearer },
});
const token = (name: string) => `Bearer redress_${tokenOf(name)}`;
const session = (name: string) => `Bearer ${tokenOf(name)}`;
const form = (sent: Sent, more: Sent): Sent => ({ ...sent, method: 'POST', ...more });

const FOR_STAFF: Act = 'read-case';
const FOR_HOLDERS: Act = 'read-my-case';
const FOR_HALF: Act = 'read-code-form';
const FOR_ANYONE: Act = 'lodge';

/** Who came in, or why nobody did. */
async function whoEntered(act: Act, sent: Sent): Promise<string> {
  const { request, refused } = await enter(act, sent);
  if (refused) return refused.kind;
  return request.visitor.kind === 'officer' ? request.visitor.roles.join() : request.visitor.kind;
}

describe('the door to an act of staff', () => {
  it.each(STAFF_ROLES)('opens to %s where the table names the role, by page and by program', async (role) => {
    for (const act of Object.keys(ACTS) as Act[]) {
      const { by } = ACTS[act];
      if (!Array.isArray(by)) continue;
      const expected = mayDo([role], act) ? role : 'forbidden';
      expect([act, await whoEntered(act, asOfficer(role))]).toEqual([act, expected]);
      expect([act, await whoEntered(act, asProgram(token(role)))]).toEqual([act, expected]);
    }
  });

  it('opens to whoever holds one of its roles among others', async () => {
    expect(await whoEntered(FOR_STAFF, asOfficer('several'))).toBe('TRI,AUD,DPO');
    expect(await whoEntered('erase-on-request', asOfficer('several'))).toBe('TRI,AUD,DPO');
    expect(await whoEntered('read-people', asOfficer('several'))).toBe('forbidden');
  });

  it('names the roles to whom it shuts, and says to others how to come in', async () => {
    const { refused } = await enter('erase-on-request', asOfficer('INV'));
    expect(refused!.message).toBe('This is open to these roles only: DPO. Ask one of them.');
    const several = await enter('read-recoveries', asOfficer('INV'));
    expect(several.refused!.message).toContain('ADM, PRT, DPO');
    expect((await enter(FOR_STAFF, {})).refused!.message).toMatch(/^You are not signed in/);
  });

  it('is shut to holders, to who gave no second factor, and to nobody in particular', async () => {
    expect(await whoEntered(FOR_STAFF, asHolder())).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, asHolder('TRI'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, asOfficer('half'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, asOfficer('unknown'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, { cookies: undefined })).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, { headers: { authorization: token('TRI') } })).toBe('not-signed-in');
  });
});

describe('a guest of one case', () => {
  it.each(GUEST_ROLES)(
    'comes as %s to what the table opens to guests, and to nothing else of the house',
    async (role) => {
      const isFor = (act: Act) => mayDo([role], act) && 'guests' in ACTS[act];
      for (const act of Object.keys(ACTS) as Act[]) {
        if (!Array.isArray(ACTS[act].by)) continue;
        const { request, refused } = await enter(act, asOfficer(`guest-${role}`));
        expect([act, refused?.kind]).toEqual([act, isFor(act) ? undefined : 'forbidden']);
        expect(request.visitor.kind).toBe(isFor(act) ? 'officer' : 'anyone');
        if (refused && mayDo([role], act))
          expect(refused.message).toMatch(/^This is for those who work here/);
      }
      expect(await whoEntered(FOR_ANYONE, asOfficer(`guest-${role}`))).toBe(role);
    },
  );
});

describe('a token of one scope', () => {
  it.each(SCOPE_CODES)('opens what %s names and what no scope names, and nothing else', async (scope) => {
    for (const act of Object.keys(ACTS) as Act[]) {
      const { by } = ACTS[act];
      if (!Array.isArray(by) && by !== 'anyone') continue;
      const { refused } = await enter(act, asProgram(token(narrow(scope))));
      const isOpen = [null, scope].includes(scopeOf(act));
      expect([act, refused?.kind]).toEqual([act, isOpen ? undefined : 'forbidden']);
      if (refused) expect(refused.message).toContain(`does not have the scope ${scopeOf(act)}.`);
    }
  });

  it('is asked of no one who opened the own case with a receipt', async () => {
    expect(await whoEntered(FOR_ANYONE, asProgram(session('holder')))).toBe('rightsholder');
  });
});

describe('the door to the own case', () => {
  it('opens to a receipt alone', async () => {
    expect(await whoEntered(FOR_HOLDERS, asHolder())).toBe('rightsholder');
    expect(await whoEntered(FOR_HOLDERS, asOfficer('TRI'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_HOLDERS, asHolder('TRI'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_HOLDERS, asHolder('half'))).toBe('not-signed-in');
    expect(await whoEntered(FOR_HOLDERS, asProgram(session('holder')))).toBe('rightsholder');
    expect((await enter(FOR_HOLDERS, {})).refused!.message).toMatch(/^Your case is closed on this device/);
    const officers = await enter(FOR_HOLDERS, asProgram(token('TRI')));
    expect(officers.refused!.kind).toBe('forbidden');
    expect(officers.refused!.message).toMatch(/^Only the person whose case this is/);
  });
});

describe('the door to the second factor', () => {
  it('opens to who gave a password and no code', async () => {
    expect(await whoEntered(FOR_HALF, asOfficer('half'))).toBe('half-signed-in');
    expect(await whoEntered(FOR_HALF, asHolder())).toBe('not-signed-in');
    expect(await whoEntered(FOR_HALF, {})).toBe('not-signed-in');
    const { refused } = await enter(FOR_HALF, asOfficer('TRI'));
    expect([refused!.kind, refused!.message]).toEqual([
      'forbidden',
      'You are signed in already. Go on with your work.',
    ]);
  });
});

describe('a door open to anyone', () => {
  it('knows who comes, and lets in who does not say', async () => {
    expect(await whoEntered(FOR_ANYONE, {})).toBe('anyone');
    expect(await whoEntered(FOR_ANYONE, asOfficer('INT'))).toBe('INT');
    expect(await whoEntered(FOR_ANYONE, asHolder())).toBe('rightsholder');
    expect(await whoEntered(FOR_ANYONE, asOfficer('half'))).toBe('anyone');
    expect(await whoEntered(FOR_ANYONE, asHolder('half'))).toBe('anyone');
    expect(await whoEntered(FOR_ANYONE, asHolder('TRI'))).toBe('anyone');
    const both = { cookies: { ...asOfficer('INT').cookies, ...asHolder().cookies } };
    expect(await whoEntered(FOR_ANYONE, both)).toBe('INT');
    const halfAndHolder = { cookies: { ...asOfficer('half').cookies, ...asHolder().cookies } };
    expect(await whoEntered(FOR_ANYONE, halfAndHolder)).toBe('rightsholder');
    expect(await whoEntered(FOR_ANYONE, asProgram(token('INT')))).toBe('INT');
    expect(await whoEntered(FOR_ANYONE, { url: '/api/v1/complaints' })).toBe('anyone');
  });

  it('does in the name of nobody what a form without its token asks', async () => {
    const { request, refused } = await enter(FOR_ANYONE, form(asOfficer('INT'), { body: {} }));
    expect([refused, request.visitor.kind, request.csrfToken]).toEqual([undefined, 'anyone', null]);
  });
});

describe('a program', () => {
  it.each([['/api'], ['/api/'], ['/api/v1/cases'], ['/api?x=1']])('is what asks %s', async (url) => {
    expect(await whoEntered(FOR_STAFF, asProgram(token('TRI'), url))).toBe('TRI');
    expect(await whoEntered(FOR_STAFF, { ...asOfficer('TRI'), url })).toBe('not-signed-in');
  });

  it.each([['/apis/v1'], ['/x/api/v1'], ['/apiary?/api/']])('is not what asks %s', async (url) => {
    expect(await whoEntered(FOR_STAFF, asProgram(token('TRI'), url))).toBe('not-signed-in');
    expect(await whoEntered(FOR_STAFF, { ...asOfficer('TRI'), url })).toBe('TRI');
  });

  it.each([
    ['an unknown token', `Bearer redress_${'u'.repeat(30)}`],
    ['an unknown session', `Bearer ${'u'.repeat(30)}`],
    ['another kind of key', `Basic ${tokenOf('TRI')}`],
    ['a token too short', 'Bearer redress_short'],
    ['a token too long', `Bearer ${'u'.repeat(101)}`],
    ['a token and more', `${token('TRI')} more`],
    ['a word before the token', `x${token('TRI')}`],
    ['nothing', ''],
    ['the browser session of staff', session('TRI')],
    ['half a session', session('half')],
  ])('is turned away with %s, even where anyone may enter', async (_name, bearer) => {
    for (const act of [FOR_STAFF, FOR_ANYONE]) {
      const { refused, request } = await enter(act, asProgram(bearer));
      expect([refused?.kind, request.visitor.kind]).toEqual(['not-signed-in', 'anyone']);
      expect(refused!.message).toMatch(/^This token is not known/);
    }
  });

  it('brings one token in one header, in letters of any case', async () => {
    expect(await whoEntered(FOR_STAFF, asProgram(token('TRI').replace('Bearer', 'bEARER')))).toBe('TRI');
    const twice = { url: '/api/v1', headers: { authorization: [token('TRI')] } };
    expect(await whoEntered(FOR_STAFF, twice)).toBe('not-signed-in');
    expect((await enter(FOR_STAFF, { url: '/api/v1' })).refused!.message).toMatch(
      /^This address needs a token/,
    );
    expect(await whoEntered(FOR_STAFF, asProgram(session('holder')))).toBe('forbidden');
  });

  it('needs no token of a form', async () => {
    const { request, refused } = await enter('take-step', {
      ...asProgram(token('TRI')),
      method: 'POST',
      body: {},
    });
    expect([refused, request.csrfToken]).toEqual([undefined, null]);
  });
});

describe('a form', () => {
  const multipart = { headers: { 'content-type': 'multipart/form-data; boundary=x' } };
  const RIGHT: [string, Sent][] = [
    ['in a field', { body: { _csrf: CSRF } }],
    ['in the address of a form with a file', { ...multipart, query: { _csrf: CSRF } }],
  ];
  const WRONG: [string, Sent][] = [
    ['nowhere', { body: {} }],
    ['in no body', {}],
    ['in a body of nothing', { body: null }],
    ['wrong, of the same length', { body: { _csrf: CSRF.toUpperCase() } }],
    ['too short', { body: { _csrf: CSRF.slice(1) } }],
    ['too long', { body: { _csrf: `${CSRF}x` } }],
    ['twice', { body: { _csrf: [CSRF, CSRF] } }],
    ['in the address of a form without a file', { body: {}, query: { _csrf: CSRF } }],
    ['in a field of a form with a file', { ...multipart, body: { _csrf: CSRF } }],
    [
      'in the address of what only mentions such a form',
      { headers: { 'content-type': 'x multipart/form-data' }, query: { _csrf: CSRF } },
    ],
  ];
  const WAYS = [
    ['take-step', asOfficer('TRI')],
    ['take-my-step', asHolder()],
    ['confirm-code', asOfficer('half')],
  ] as const;

  it.each(RIGHT)('is taken with the token of its session %s', async (_name, sent) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      for (const [act, who] of WAYS) {
        const { request, refused } = await enter(act, { ...form(who, sent), method });
        expect([act, refused, request.csrfToken]).toEqual([act, undefined, CSRF]);
      }
  });

  it.each(WRONG)('is refused with the token %s', async (_name, sent) => {
    for (const [act, who] of WAYS) {
      const { refused, request } = await enter(act, form(who, sent));
      expect([act, refused?.kind, request.visitor.kind]).toEqual([act, 'forbidden', 'anyone']);
      expect(refused!.message).toMatch(/^This form is out of date/);
    }
  });

  it('is refused to whom it is not open before its token is looked at', async () => {
    const { refused } = await enter('erase-on-request', form(asOfficer('INV'), { body: {} }));
    expect(refused!.message).toMatch(/^This is open to these roles only/);
  });

  it('is no page that is only read', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const { request, refused } = await enter(FOR_STAFF, { ...asOfficer('TRI'), method });
      expect([method, refused, request.csrfToken]).toEqual([method, undefined, CSRF]);
    }
  });
});

describe('an address', () => {
  it('with a sign that no database stores is refused before anything else', async () => {
    const { refused } = await enter(FOR_ANYONE, { url: '/assets/a%00b' });
    expect([refused!.kind, refused!.message]).toEqual([
      'invalid',
      expect.stringMatching(/^This address holds a sign/),
    ]);
    expect(await whoEntered(FOR_ANYONE, { url: '/assets/a%20b' })).toBe('anyone');
  });

  it('of what is recorded when it is opened is not there for HEAD', async () => {
    const { refused } = await enter('open-evidence', { ...asOfficer('TRI'), method: 'HEAD' });
    expect([refused!.kind, refused!.message]).toEqual([
      'not-found',
      expect.stringMatching(/^Ask for this with GET/),
    ]);
    expect(await whoEntered('open-evidence', asOfficer('TRI'))).toBe('TRI');
    expect(await whoEntered('read-evidence', { ...asOfficer('TRI'), method: 'HEAD' })).toBe('TRI');
  });

  it('whose route names no act is a fault of ours', async () => {
    expect((await enter(null, {})).error!.message).toMatch(/^Rooms\.\w* has no @Permits\.$/);
  });

  it('leaves on the request what may be done there', async () => {
    const { request } = await enter(FOR_STAFF, asOfficer('TRI'));
    expect(request.permit).toEqual({ who: ACTS[FOR_STAFF].by, act: FOR_STAFF });
    const refused = await enter(FOR_STAFF, { visitor: VISITORS.TRI, csrfToken: CSRF });
    expect([refused.request.visitor.kind, refused.request.csrfToken]).toEqual(['anyone', null]);
  });
});
