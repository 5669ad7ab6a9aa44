import type { OpenStep } from '../../../src/casework/views';
import { NEEDS } from '../../../src/rules/needs';
import type { Need } from '../../../src/rules/needs/need';
import { CASE_ROLES } from '../../../src/rules/roles';
import { READINESS, type Readiness } from '../../../src/rules/workflow';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';
import { Desk, stepAt } from './desk';
import { wordsOf } from './desk-browser';

const SLIGHT = {
  nature: 'ACTUAL',
  scale: 1,
  scope: 1,
  irremediability: 1,
  vulnerable: false,
  delayMakesIrremediable: false,
  reasons: 'It was put right.',
};
const ROLES = CASE_ROLES.filter((role) => role !== 'EXP');

/** How a case comes to where its steps are looked at. */
const CASES: Record<string, (walk: Walk) => Promise<unknown>> = {
  received: () => Promise.resolve(),
  'under inquiry': (walk) => walk.toInvestigation(),
  'waiting for a second person': async (walk) => {
    await walk.toInvestigation();
    await walk.by('TRI', 'lower-severity', SLIGHT);
  },
  offered: async (walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
  },
  closed: async (walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
  },
  'under review': async (walk) => {
    await CASES.closed!(walk);
    await walk.by('RH', 'appeal', { grounds: 'They asked nobody.' });
  },
};

/** Where the page puts each step, by what it links to; the ways to meet a need are no such place. */
function placesOn(html: string, reference: string): Record<Readiness, string[]> & { agreements: string[] } {
  const main = html.replaceAll(/<ul class="desk-ways">[\s\S]*?<\/ul>/g, '');
  const part = (from: string, to: RegExp) => {
    const start = main.indexOf(from);
    if (start === -1) return '';
    const rest = main.slice(start + from.length);
    return rest.slice(0, rest.search(to));
  };
  const stepsIn = (text: string) => [
    ...new Set(
      [...text.matchAll(new RegExp(`(?:href|action)="${stepAt(reference, '([a-z0-9-]+)')}"`, 'g'))].map(
        ([, step]) => step!,
      ),
    ),
  ];
  const section = part('id="steps"', /<h2/) + '<h2';
  const under = (title: string) => {
    const start = section.indexOf(title);
    if (start === -1) return '';
    const rest = section.slice(start + title.length);
    return rest.slice(0, rest.search(/<h3|<details|<h2/));
  };
  return {
    READY: stepsIn(section.slice(0, section.search(/<h3|<details|<h2/))),
    PROPOSED: stepsIn(under('Waiting for a second person')),
    MISSING: stepsIn(under('Something is still missing')),
    NOTHING_THERE: stepsIn(under('Not possible now, and why')),
    agreements: stepsIn(part('id="agreements"', /<h2/)),
  };
}

/** As the table of needs says. */
function expected({ proposal, unmet }: OpenStep): Readiness {
  if (proposal) return 'PROPOSED';
  if (unmet.length === 0) return 'READY';
  const needs: Record<string, Need | undefined> = NEEDS;
  return unmet.some(({ name }) => needs[name]?.object) ? 'NOTHING_THERE' : 'MISSING';
}

describe('steps on the page of a case', () => {
  let desk: Desk;
  let staff: Staff;
  const seen = new Set<Readiness>();

  beforeAll(async () => {
    desk = await Desk.open(engines()[0]!);
    staff = await hireStaff(houseOf(desk.app));
  });
  afterAll(() => desk?.app.close());

  async function caseThatIs(state: string): Promise<string> {
    const walk = await Walk.lodge(houseOf(desk.app), staff);
    await CASES[state]!(walk);
    await desk.bring(walk.reference, ...ROLES);
    return walk.reference;
  }

  it.each(Object.keys(CASES))(
    'of a case that is %s stand where their needs say, as programs are told',
    async (state) => {
      const reference = await caseThatIs(state);
      for (const role of ROLES) {
        const html = (await desk.as(role).get(`/desk/cases/${reference}`)).text;
        const places = placesOn(html, reference);
        const { body } = await desk.app.ask<OpenStep[]>('GET', `/api/v1/cases/${reference}/steps`, {
          token: desk.tokenOf(role),
        });
        // What the person says and this reader writes down stands in a part of its own.
        const steps = body.filter(({ dictated, proposal }) => !dictated || proposal !== null);
        expect(steps.length).toBeGreaterThan(0);
        for (const each of steps) {
          expect([each.step, each.readiness]).toEqual([each.step, expected(each)]);
          seen.add(each.readiness);
        }
        for (const readiness of READINESS) {
          const told = steps.filter((each) => each.readiness === readiness);
          const mine = told.filter(({ proposal }) => proposal?.maySettle).map(({ step }) => step);
          const others = told.filter(({ proposal }) => !proposal?.maySettle).map(({ step }) => step);
          expect([role, readiness, places[readiness]]).toEqual([role, readiness, others]);
          if (readiness === 'PROPOSED') expect([role, places.agreements]).toEqual([role, mine]);
        }
      }
    },
  );

  it('were looked at however far they were', () => {
    expect([...seen].sort()).toEqual([...READINESS].sort());
  });

  it('that act on what is not there are folded away with the reason, and say so on their form', async () => {
    const reference = await caseThatIs('under inquiry');
    const page = await desk.as('DEC').get(`/desk/cases/${reference}`);
    const folded = page.text.slice(page.text.indexOf('Not possible now, and why'));
    expect(wordsOf(folded)).toContain('Lift interim measure There is no measure that is ordered or active.');
    const form = await desk.as('DEC').get(stepAt(reference, 'lift-interim-measure'));
    expect(wordsOf(form.text)).toContain('There is no measure that is ordered or active.');
    const { status, text } = await desk
      .as('DEC')
      .post(stepAt(reference, 'lift-interim-measure'), { measureNumber: '1', reasons: 'It is over.' });
    expect([status, wordsOf(text).includes('There is no measure that is ordered or active.')]).toEqual([
      422,
      true,
    ]);
  });

  it('that are proposed say by whom and who has to agree, and are replaced where somebody proposes anew', async () => {
    const reference = await caseThatIs('waiting for a second person');
    const page = wordsOf((await desk.as('INV').get(`/desk/cases/${reference}`)).text);
    expect(page).toMatch(
      /Waiting for a second person Lower severity ?: Triage lead \S.* proposed it on 2026-11-24\. It waits for another person to agree: Decision-maker\./,
    );
    const form = wordsOf((await desk.as('INV').get(stepAt(reference, 'lower-severity'))).text);
    expect(form).toContain('waits for a second person: Decision-maker. What you send replaces it.');
    const settles = await desk.as('DEC').get(stepAt(reference, 'lower-severity'));
    expect(settles.text).toMatch(/value="yes">Agree/);
    await desk.take('INV', reference, 'lower-severity', {
      ...SLIGHT,
      scale: '2',
      scope: '1',
      irremediability: '1',
      vulnerable: 'no',
      delayMakesIrremediable: 'no',
    });
    const after = wordsOf((await desk.as('TRI').get(`/desk/cases/${reference}`)).text);
    expect(after).toMatch(/Lower severity ?: Investigator INV.* proposed it/);
    expect(after.match(/Waiting for a second person/g)).toHaveLength(1);
  });
});
