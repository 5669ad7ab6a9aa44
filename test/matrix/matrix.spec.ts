import { Case } from '../../src/records/entities/case';
import type { Act } from '../../src/rules/acts';
import { CASE_ROLES } from '../../src/rules/roles';
import { STEPS, type StepRow } from '../../src/rules/steps';
import type { Answer } from '../harness/app';
import { engines } from '../harness/database';
import { withoutNonce } from '../harness/without-nonce';
import {
  endsSessions,
  namesCase,
  request,
  variantLetIn,
  variantsOf,
  type Named,
  type Variant,
} from './inputs';
import { everyRoute, type Route } from './routes';
import { EVERYBODY, isStaff, KINDS, NO_CASE, sees, World, type Kind, type Who } from './world';

/** Opening in an emergency changes what is seen afterwards, so it comes last. */
const ROUTES = everyRoute().sort((a, b) => Number(a.act === 'break-glass') - Number(b.act === 'break-glass'));

/** Whom the table of acts lets in at the door. */
function isAdmitted(who: Who, { isApi, row: { by } }: Route): boolean {
  // Half a session is a matter of browsers; as the token of a program nobody knows it.
  if (isApi && who === 'half') return false;
  if (by === 'anyone') return true;
  if (by === 'half-signed-in') return who === 'half';
  if (by === 'rightsholder') return who === 'own' || who === 'other' || who === 'companion';
  return isStaff(who) && by.includes(who);
}

/** Of the kinds that are alike where a case is seen, or where it is asked for wrongly, some are enough. */
const LET_IN: readonly Kind[] = ['team', 'opened', 'intake', 'foreign', 'asked'];
const WRONGLY_ASKED: readonly Kind[] = ['foreign', 'excluded'];

/** Acts about the own place in a case, which whoever is asked may do before they see it; they know its reference. */
const FOR_ASKED: readonly Act[] = ['answer-asked', 'read-asked', 'hand-over-cases'];

/** Whether this visitor, once let in, may have this case before them in this act. */
function isVisible(who: Who, kind: Kind, act: Act): boolean {
  if (!isStaff(who)) return false;
  const isKeptOut = !sees(who, kind) && (['excluded', 'unit', 'recused'] as Kind[]).includes(kind);
  if (act === 'break-glass') return !isKeptOut;
  return sees(who, kind) || (kind === 'asked' && FOR_ASKED.includes(act));
}

/** How the door turns somebody away: by 403 whom it knows, by 401 or the way to sign in whom it does not. */
function refusalOf(who: Who, { isApi, method, row: { by } }: Route): (string | number | undefined)[] {
  const isHolder = who === 'own' || who === 'other' || who === 'companion';
  const isKnown = isApi ? isStaff(who) || isHolder : isStaff(who) && by !== 'rightsholder';
  if (isKnown) return [403, undefined];
  if (isApi || method !== 'GET') return [401, undefined];
  return [303, by === 'rightsholder' ? '/my-case/open' : '/sign-in'];
}

/** Where somebody is sent to sign in, without where they wanted to go: that is the address that they asked for. */
function withoutNext(location: unknown): unknown {
  return typeof location === 'string' ? location.replace(/\?next=.*$/, '') : location;
}

/** How the guard speaks to whom it does not let in; what is refused further inside is refused in other words. */
const TURNED_AWAY =
  /This is open to these roles only|Only the person whose case this is can do this, with their receipt|You are signed in already|You are not signed in|This address needs a token|This token is not known|Your case is closed on this device|This form is out of date/;

/** What of an answer could tell whether there is such a case, its own name left out. */
function toldBy(
  { status, headers, text }: Answer,
  { reference, ledgerId }: { reference: string; ledgerId: string },
) {
  const { date: _, ...others } = headers;
  return JSON.stringify([status, withoutNonce(JSON.stringify(others)), withoutNonce(text)])
    .replaceAll(reference, '<case>')
    .replaceAll(ledgerId, '<case>');
}

describe.each(engines())('who is let in, and who learns of which case, on %s', (engine) => {
  let world: World;
  let revisions: Map<string, number>;

  beforeAll(async () => {
    world = await World.open(engine);
  });
  afterAll(() => world?.app.close());

  beforeEach(async () => {
    const rows = await world.app.source
      .getRepository(Case)
      .find({ select: { id: true, reference: true, revision: true } });
    revisions = new Map(rows.map(({ reference, revision }) => [reference, revision]));
  });

  const named = (kind: Kind): Named => {
    const { reference, ledgerId } = world.cases.get(kind)!;
    return { reference, ledgerId, revision: revisions.get(reference)! };
  };

  async function ask(route: Route, who: Who, about: Named, variant: Variant = 'right'): Promise<Answer> {
    const { url, asked } = request(world, route, world.as(who), about, variant);
    const answer = await world.app.ask(route.method, url, asked);
    if (answer.status >= 500)
      throw new Error(`${route.method} ${url} as ${who}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** The answer about this case is that about none, to the byte. */
  async function expectNothingTold(
    route: Route,
    who: Who,
    about: Named,
    variant: Variant,
    aboutNone: Map<string, string>,
  ): Promise<Answer> {
    const answer = await ask(route, who, about, variant);
    const asked = `${who} ${variant}`;
    if (!aboutNone.has(asked))
      aboutNone.set(asked, toldBy(await ask(route, who, { ...NO_CASE, revision: 7 }, variant), NO_CASE));
    expect([who, variant, toldBy(answer, about)]).toEqual([who, variant, aboutNone.get(asked)]);
    return answer;
  }

  const hiddenTo = (who: Who, act: Act) => KINDS.filter((kind) => !isVisible(who, kind, act));

  /** Nothing of another case that is hidden from the visitor stands in the answer either. */
  function expectNoTrace(who: Who, act: Act, { text, headers }: Answer, asked?: Kind): void {
    if (!isStaff(who)) return;
    const told = JSON.stringify(headers) + text;
    const traced = KINDS.filter((kind) => {
      if (kind === asked || sees(who, kind) || (kind === 'asked' && FOR_ASKED.includes(act))) return false;
      const { reference, ledgerId } = world.cases.get(kind)!;
      return told.includes(reference) || told.includes(ledgerId);
    });
    expect([who, traced]).toEqual([who, []]);
  }

  it('finds every route', () => {
    expect(ROUTES.length).toBeGreaterThan(100);
    expect(ROUTES.filter(({ row }) => row.reach === 'case').length).toBeGreaterThan(25);
  });

  it('answers every step about a hidden case as about none', async () => {
    const rows = (STEPS as readonly StepRow[]).filter(({ by }) =>
      by.some((role) => CASE_ROLES.includes(role)),
    );
    const routes = ROUTES.filter(({ act }) => act === 'take-step' || act === 'read-step');
    const before = await world.stored();
    for (const { step, by, forAsked } of rows)
      for (const route of routes) {
        const ofStep = { ...route, path: route.path.replace(':step', step) };
        const aboutNone = new Map<string, string>();
        for (const who of by.filter((role) => CASE_ROLES.includes(role)))
          for (const kind of ['asked', 'excluded'] as const)
            if (!sees(who, kind) && !(forAsked && kind === 'asked'))
              await expectNothingTold(ofStep, who, named(kind), 'bad', aboutNone);
      }
    expect(await world.stored()).toEqual(before);
  });

  describe.each(ROUTES.map((route) => [route.name, route] as const))('%s', (_name, route) => {
    it('turns away whom the table does not name, alike for every case and for none, and stores nothing', async () => {
      const before = await world.stored();
      const aboutNone = new Map<string, string>();
      const kinds: Kind[] = namesCase(world, route) ? ['team', 'foreign', 'excluded'] : ['team'];
      for (const who of EVERYBODY.filter((each) => !isAdmitted(each, route)))
        for (const kind of kinds) {
          const answer = await expectNothingTold(route, who, named(kind), 'right', aboutNone);
          expect([who, kind, answer.status, withoutNext(answer.headers.location)]).toEqual([
            who,
            kind,
            ...refusalOf(who, route),
          ]);
        }
      expect(await world.stored()).toEqual(before);
    });

    if (
      namesCaseInAddress(route) ||
      ['break-glass', 'propose-disposal', 'link-register-case'].includes(route.act)
    )
      it('answers about a hidden case as about none, however it is asked, and stores nothing', async () => {
        const before = await world.stored();
        const aboutNone = new Map<string, string>();
        let attempts = 0;
        for (const who of EVERYBODY.filter((each) => isAdmitted(each, route)))
          for (const kind of hiddenTo(who, route.act))
            for (const variant of variantsOf(route)) {
              if (variant !== 'right' && !WRONGLY_ASKED.includes(kind)) continue;
              const answer = await expectNothingTold(route, who, named(kind), variant, aboutNone);
              expectNoTrace(who, route.act, answer, kind);
              if (variant !== 'bad') attempts += 1;
            }
        const after = await world.stored();
        if (route.act === 'break-glass') {
          const entries = (of: Map<string, string>) => of.get('entries')!.split('\n').length;
          const aboutNobody = [...aboutNone.keys()].filter((asked) => !asked.endsWith(' bad')).length;
          expect(entries(after) - entries(before)).toBe(attempts + aboutNobody);
          for (const stored of [before, after])
            ['entries', 'waiting_entries'].forEach((name) => stored.delete(name));
        }
        expect(after).toEqual(before);
      });

    it('lets in whom the table names, to the cases that they see', async () => {
      const kinds = namesCase(world, route) ? LET_IN : LET_IN.slice(0, 1);
      for (const who of EVERYBODY.filter((each) => isAdmitted(each, route)))
        for (const kind of kinds.filter((each) => kinds.length === 1 || isVisible(who, each, route.act))) {
          const answer = await ask(route, who, named(kind), variantLetIn(route));
          expect([who, kind, TURNED_AWAY.exec(answer.text)?.[0]]).toEqual([who, kind, undefined]);
          if (route.row.by !== 'anyone' && !endsSessions(route))
            expect(['/sign-in', '/my-case/open']).not.toContain(answer.headers.location);
          if (route.row.reach === 'case' || namesCaseInAddress(route))
            expect([who, kind, answer.status]).not.toEqual([who, kind, 404]);
          expectNoTrace(who, route.act, answer, kind);
          if (route.row.reach === 'own-case') {
            const foreign = who === 'other' ? world.cases.get('team')! : world.otherCase;
            expect(answer.text).not.toContain(foreign.reference);
          }
          if (endsSessions(route)) for (const each of [who, 'half'] as const) await world.signInAgain(each);
        }
    });
  });
});

function namesCaseInAddress({ path }: Route): boolean {
  return /:(reference|ledgerId)/.test(path);
}
