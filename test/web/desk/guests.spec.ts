import { DiscoveryService, Reflector } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { PERMIT, type Permit } from '../../../src/people/permits';
import { ACTS, isForGuests, type ActRow } from '../../../src/rules/acts';
import { TEST_PASSWORD, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { withoutNonce } from '../../harness/without-nonce';
import { ACKNOWLEDGED, Desk } from './desk';
import { DeskBrowser, wordsOf } from './desk-browser';

const SECRET = 'Words that only the team may read.';

interface Route {
  method: string;
  path: string;
  act: Permit['act'];
}

describe.each(engines())('a guest of one case at the doors on %s', (engine) => {
  let desk: Desk;
  let guest: DeskBrowser;
  let reference: string;
  let another: string;
  let routes: Route[];

  beforeAll(async () => {
    desk = await Desk.open(engine);
    const { reference: lodged, token } = await desk.app.lodge({ narrative: SECRET });
    reference = lodged;
    ({ reference: another } = await desk.app.lodge({ narrative: 'Another case.' }));
    await desk.app.ask('POST', '/api/v1/my-case/consents', {
      token,
      body: { code: 'CN-EXPERT', given: true },
    });
    await desk.take('INT', reference, 'acknowledge', ACKNOWLEDGED);
    await desk.take('TRI', reference, 'begin-eligibility', { noConflict: 'yes' });
    guest = await letIn();
    routes = routesOf();
  });
  afterAll(() => desk?.app.close());

  async function letIn(): Promise<DeskBrowser> {
    const link = /\/join\/[\w-]+/.exec((await invited()).text)![0];
    const browser = new DeskBrowser(desk.app);
    await browser.get(link);
    const account = {
      name: 'Gita Guest',
      email: 'gita@elsewhere.example',
      password: TEST_PASSWORD,
      passwordAgain: TEST_PASSWORD,
    };
    expect((await browser.post(link, account)).headers.location).toBe('/desk/assignments');
    await browser.get('/desk/assignments');
    await browser.post(`/desk/assignments/${reference}`, { conflict: 'no' });
    return browser;
  }

  const invited = () =>
    desk.take('TRI', reference, 'invite-guest', {
      guestRole: 'EXP',
      guestUntil: '2026-12-24',
      guestSeesFiles: 'no',
      reasons: 'Nobody here can read the model.',
    });

  function routesOf(): Route[] {
    const reflector = desk.app.get(Reflector);
    return desk.app
      .get(DiscoveryService)
      .getControllers()
      .flatMap(({ instance, metatype }) => {
        const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
        const base = [Reflect.getMetadata(PATH_METADATA, metatype!) as string | string[]].flat()[0]!;
        return Object.getOwnPropertyNames(prototype).flatMap((name) => {
          const handler = prototype[name]!;
          const permit = reflector.get<Permit | undefined>(PERMIT, handler);
          if (!permit) return [];
          const path = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat()[0]!;
          const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
          return [
            {
              method,
              path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
              act: permit.act,
            },
          ];
        });
      });
  }

  const addressOf = (path: string, of = reference) =>
    path
      .replace(':reference', of)
      .replace(':step', 'assign')
      .replace(/:n\b/, '1')
      .replaceAll(/:\w+/g, 'none');

  it('finds every route of staff that is not for guests shut', async () => {
    const shut = routes.filter(
      ({ path, act }) =>
        !path.startsWith('/api') && Array.isArray((ACTS[act] as ActRow).by) && !isForGuests(act),
    );
    expect(shut.length).toBeGreaterThan(30);
    for (const { method, path } of shut) {
      const { status, text } =
        method === 'GET' ? await guest.get(addressOf(path)) : await guest.post(addressOf(path));
      expect([method, path, status]).toEqual([method, path, 403]);
      expect(wordsOf(text)).toContain('guests see their one case and their account');
    }
  });

  it('finds of another case what there is of none', async () => {
    const open = routes.filter(
      ({ path, act }) => !path.startsWith('/api') && path.includes(':reference') && isForGuests(act),
    );
    expect(open.length).toBeGreaterThan(4);
    for (const { method, path } of open) {
      const ask = async (of: string) => {
        await guest.get('/desk/account');
        const address = addressOf(path, of).replace('/assign', '/give-opinion');
        return method === 'GET'
          ? guest.get(address)
          : guest.post(address, { text: 'x', opinion: 'x', revision: '1', conflict: 'no' });
      };
      const [there, nowhere] = [await ask(another), await ask('RD-0000-0000')];
      expect([path, there.status]).toEqual([path, 404]);
      expect(withoutNonce(there.text)).toBe(withoutNonce(nowhere.text));
    }
  });

  it('gets no token, and the API is shut without one', async () => {
    await guest.get('/desk/account');
    expect((await guest.post('/desk/account/tokens', { label: 'x', until: '2026-12-01' })).status).toBe(403);
    const cookie = [...guest.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const { method, path, act } of routes)
      if (path.startsWith('/api') && Array.isArray((ACTS[act] as ActRow).by))
        expect([
          path,
          (
            await desk.app.ask(method, addressOf(path), {
              headers: { cookie },
              body: method === 'GET' ? undefined : {},
            })
          ).status,
        ]).toEqual([path, 401]);
  });

  it('bears its mark on every page, and staff bear none', async () => {
    const own = `/desk/cases/${reference}`;
    for (const path of [own, `${own}/steps/give-opinion`, '/desk/assignments', '/desk/account']) {
      const { status, text } = await guest.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text.match(/Gita Guest 2026-11-24/g)!.length).toBeGreaterThan(20);
      expect(wordsOf(text)).toContain('Shown to a guest: Gita Guest 2026-11-24 . Pass nothing of it on.');
    }
    expect((await guest.get(own)).text).toContain(SECRET);
    expect((await desk.as('TRI').get(own)).text).not.toContain('desk-mark');
  });

  it('is told by no sign on a page that something happened which is not for guests', async () => {
    const paths = ['', '/steps/give-opinion'].map((rest) => `/desk/cases/${reference}${rest}`);
    const look = async () => {
      const pages = [];
      for (const path of paths)
        // By its id a message that is sent twice is known; it is drawn anew for each page.
        pages.push(withoutNonce((await guest.get(path)).text).replace(/name="form" value="[^"]+"/, ''));
      return pages;
    };
    const before = await look();
    const note = { internalNote: 'Not for guests.' };
    expect((await desk.take('TRI', reference, 'write-internal-note', note)).status).toBe(303);
    const unit = { exclusionGround: 'EX-UNIT', unit: 'Claims' };
    expect((await desk.take('TRI', reference, 'exclude', unit)).status).toBe(303);
    expect(await look()).toEqual(before);
  });

  it('shows only its own way round', async () => {
    const { text } = await guest.get(`/desk/cases/${reference}`);
    const links = [...text.matchAll(/href="(\/desk[^"#?]*)/g)].map(([, path]) => path!);
    for (const path of new Set(links)) expect([path, (await guest.get(path)).status]).toEqual([path, 200]);
    expect((await guest.get('/desk/account')).text).not.toContain('Tokens for programs');
  });

  it('tells the link once, in the answer of the API too, and only to whoever invited', async () => {
    const officer = await desk.app.officer('TRI');
    const step = (name: string, answers: object) => takeAs(officer, name, answers);
    await step('assign', { role: 'TRI', person: officer.personId, noConflict: true });
    const answer = await step('invite-guest', {
      guestRole: 'EXP',
      guestUntil: '2026-12-24',
      guestSeesFiles: true,
      reasons: 'Nobody here can read the model.',
    });
    expect(answer.body.link).toMatch(/^http:\/\/localhost:3000\/join\/[\w-]{40,}$/);
    const secret = String(answer.body.link).split('/join/')[1]!;
    const page = await desk.as('TRI').get(`/desk/cases/${reference}`);
    expect(page.text).not.toContain(secret);
    expect(wordsOf(page.text)).toContain('The link waits');
    await desk.app.ask('GET', `/join/${secret}`);
    const ended = await desk.as('TRI').post(`/desk/cases/${reference}/steps/end-guest`, { guestNumber: '2' });
    expect(ended.status).toBe(303);
    expect((await desk.app.ask('GET', `/join/${secret}`)).status).toBe(404);
  });

  it('is listed among people by its last day, without its case, and gets no role there', async () => {
    const list = await desk.as('ADM').get('/desk/people');
    expect(wordsOf(list.text)).toContain('guest of a case until 2026-12-24');
    expect(list.text).not.toContain(reference);
    const id = /\/desk\/people\/([\w-]{36})"><bdi>Gita Guest/.exec(list.text)![1]!;
    const page = await desk.as('ADM').get(`/desk/people/${id}`);
    expect(page.text).not.toContain('Change roles');
    expect((await desk.as('ADM').post(`/desk/people/${id}/roles`, { roles: ['ADM'] })).status).toBe(409);
  });

  it('is out with the session it has, once ended on the page of the case', async () => {
    await desk.as('TRI').get(`/desk/cases/${reference}`);
    const ended = await desk.as('TRI').post(`/desk/cases/${reference}/steps/end-guest`, { guestNumber: '1' });
    expect(ended.status).toBe(303);
    const path = `/desk/cases/${reference}`;
    expect((await guest.get(path)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect((await desk.app.verify()).differences).toEqual([]);
  });

  async function takeAs(officer: TestOfficer, step: string, answers: object) {
    const { token } = officer;
    const { headers } = await desk.app.ask('GET', `/api/v1/cases/${reference}`, { token });
    return desk.app.ask<{ link?: string }>('POST', `/api/v1/cases/${reference}/steps/${step}`, {
      token,
      headers: { 'if-match': String(headers.etag) },
      body: { answers },
    });
  }
});
