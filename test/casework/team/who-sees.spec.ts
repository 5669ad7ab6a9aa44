import fc from 'fast-check';
import { Messages } from '../../../src/casework/messages';
import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { SearchCases } from '../../../src/casework/search/search-cases';
import type { Officer } from '../../../src/people/visitor';
import { newId } from '../../../src/platform/ids';
import { Refusal } from '../../../src/platform/refusal';
import { Assignment } from '../../../src/records/entities/assignment';
import { BreakGlass } from '../../../src/records/entities/break-glass';
import { Case } from '../../../src/records/entities/case';
import { Exclusion } from '../../../src/records/entities/exclusion';
import { QueuePlace } from '../../../src/records/entities/queue-place';
import { placesOn } from '../../../src/rules/queue';
import { CASE_ROLES, type RoleCode } from '../../../src/rules/roles';
import { REACH_OF } from '../../../src/rules/sight';
import { STATE_CODES, type State } from '../../../src/rules/states';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk } from '../../harness/walk';

const CASES = 6;
const UNITS = [null, 'unit-one', 'unit-two'];
const PAST = '2026-11-24T08:00:00.000Z';
const AHEAD = '2026-11-24T10:00:00.000Z';
const NOW = '2026-11-24T09:00:00.000Z';

/** What is so of one case, for three members of staff at a time. */
const situation = fc.record({
  state: fc.constantFrom<State>('received', 'eligibility', ...STATE_CODES),
  places: fc.array(
    fc.record({
      who: fc.nat(2),
      role: fc.constantFrom<RoleCode>('INV', 'DEC', 'INT', 'LEG'),
      answer: fc.constantFrom('NONE', 'NONE', 'ASKED', 'DECLARED'),
      ended: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  exclusions: fc.array(
    fc.record({ who: fc.option(fc.nat(2)), unit: fc.constantFrom(...UNITS), ended: fc.boolean() }),
    { maxLength: 2 },
  ),
  openings: fc.array(fc.record({ who: fc.nat(2), until: fc.constantFrom(PAST, NOW, AHEAD) }), {
    maxLength: 2,
  }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;
const member = fc.record({
  roles: fc.uniqueArray(fc.constantFrom<RoleCode>('INV', 'DEC', 'INT', 'LEG', ...CASE_ROLES, 'AUD', 'ADM'), {
    minLength: 1,
    maxLength: 3,
  }),
  unit: fc.constantFrom(...UNITS),
});
type Member = typeof member extends fc.Arbitrary<infer T> ? T : never;

/** Who sees which case, as README tells it. */
function sees(
  { roles, unit }: Member,
  who: number,
  { state, places, exclusions, openings }: Situation,
): boolean {
  if (exclusions.some((each) => !each.ended && (each.who === who || (unit !== null && each.unit === unit))))
    return false;
  const reaches = roles.map((role) => REACH_OF[role]);
  if (reaches.every((reach) => reach === null)) return false;
  const isOnTeam = places.some(
    (each) => each.who === who && !each.ended && each.answer === 'NONE' && roles.includes(each.role),
  );
  const isOpened = openings.some((each) => each.who === who && each.until === AHEAD);
  const isAtIntake = ['received', 'acknowledged', 'eligibility'].includes(state);
  return reaches.includes('EVERY') || isOnTeam || isOpened || (reaches.includes('INTAKE') && isAtIntake);
}

describe.each(engines())('queue, search and every single case on %s', (engine) => {
  let house: House;
  let people: Officer[];
  let walks: { id: string; reference: string }[];

  beforeAll(async () => {
    house = await House.open(engine);
    const staff = await hireStaff(house);
    people = [staff.INV, staff.DEC, staff.EXE];
    walks = [];
    for (let n = 0; n < CASES; n++) {
      const { reference } = await Walk.lodge(house, staff, 'Words to be searched.');
      walks.push(await house.source.getRepository(Case).findOneByOrFail({ reference }));
    }
  });
  afterAll(() => house?.close());

  /** Behind the gate: a situation as it is, however it came about. */
  async function put(situations: readonly Situation[]): Promise<void> {
    const db = house.source.manager;
    for (const entity of [Assignment, Exclusion, BreakGlass])
      await db.createQueryBuilder().delete().from(entity).execute();
    for (const [index, { state, places, exclusions, openings }] of situations.entries()) {
      const caseId = walks[index]!.id;
      const nextDueOn = `2026-12-0${index + 1}`;
      await db.update(Case, { id: caseId }, { state, nextDueOn });
      await db.delete(QueuePlace, { caseId });
      const row = { state, nextDueOn, language: 'en', complainantRole: 'affected' };
      await db.insert(
        QueuePlace,
        placesOn('2026-11-24', row, []).map((place) => ({ ...place, caseId })),
      );
      for (const { who, role, answer, ended } of places)
        await db.insert(Assignment, {
          id: newId(),
          caseId,
          personId: people[who]!.personId,
          role,
          conflictDeclared: answer,
          endedOn: ended ? '2026-11-23' : null,
        });
      for (const [n, { who, unit, ended }] of exclusions.entries())
        await db.insert(Exclusion, {
          id: newId(),
          caseId,
          n,
          ground: 'NAMED',
          personId: who === null ? null : people[who]!.personId,
          unitHash: unit,
          excludedOn: '2026-11-23',
          endedOn: ended ? '2026-11-23' : null,
        });
      for (const [n, { who, until }] of openings.entries())
        await db.insert(BreakGlass, {
          id: newId(),
          caseId,
          n,
          personId: people[who]!.personId,
          role: 'INV',
          reasonSealed: '',
          openedAt: PAST,
          until,
        });
    }
  }

  /** References on all pages, in their order. */
  async function listed(
    page: (cursor?: string) => Promise<{ cases: { reference: string }[]; next: string | null }>,
  ) {
    const references: string[] = [];
    for (let next: string | null | undefined = undefined; next !== null;) {
      const { cases, next: after } = await page(next);
      references.push(...cases.map(({ reference }) => reference));
      next = after;
    }
    return references;
  }

  async function shown(visitor: Officer) {
    const isShown = async ({ reference }: { reference: string }) => {
      try {
        await house.get(Messages).list(visitor, reference);
        return [reference];
      } catch (error) {
        if (error instanceof Refusal && error.kind === 'not-found') return [];
        throw error;
      }
    };
    const queued = (sort: 'due' | 'lodged') =>
      listed((cursor) =>
        house.get(ReadQueue).page({ sort, limit: 2, ...(cursor ? { cursor } : {}) }, visitor),
      );
    const inState = async (state: State) =>
      listed((cursor) =>
        house.get(ReadQueue).page({ state, limit: 2, ...(cursor ? { cursor } : {}) }, visitor),
      );
    const states: string[][] = [];
    for (const state of STATE_CODES) states.push(await inState(state));
    return {
      single: (await Promise.all(walks.map(isShown))).flat(),
      found: (
        await listed((cursor) =>
          house.get(SearchCases).run(visitor, { words: 'searched', limit: 2, ...(cursor ? { cursor } : {}) }),
        )
      ).sort(),
      byDue: await queued('due'),
      byLodged: (await queued('lodged')).sort(),
      states: states.flat().sort(),
    };
  }

  it('show exactly the cases that the prose lets somebody see, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(situation, { minLength: CASES, maxLength: CASES }),
        fc.array(member, { minLength: 3, maxLength: 3 }),
        async (situations, members) => {
          await put(situations);
          for (const [who, each] of members.entries()) {
            const visitor: Officer = { ...people[who]!, roles: each.roles, unitHash: each.unit };
            if (each.roles.every((role) => REACH_OF[role] === null)) {
              await expect(house.get(ReadQueue).page({}, visitor)).rejects.toMatchObject({
                kind: 'forbidden',
              });
              continue;
            }
            const seen = walks
              .filter((_, index) => sees(each, who, situations[index]!))
              .map(({ reference }) => reference);
            const sorted = [...seen].sort();
            expect(await shown(visitor)).toEqual({
              single: seen,
              found: sorted,
              byDue: seen,
              byLodged: sorted,
              states: sorted,
            });
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
