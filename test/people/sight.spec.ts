import { IsNull, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import {
  hideUnseenCases,
  isKeptOut,
  notAhead,
  onlyOwn,
  onlySeen,
  leaveOutExcluded,
  Sight,
  type Reader,
} from '../../src/people/sight';
import { ANYONE, type Officer, type Visitor } from '../../src/people/visitor';
import { newId } from '../../src/platform/ids';
import { Refusal } from '../../src/platform/refusal';
import { Assignment } from '../../src/records/entities/assignment';
import { BreakGlass } from '../../src/records/entities/break-glass';
import { Case } from '../../src/records/entities/case';
import { Exclusion } from '../../src/records/entities/exclusion';
import { Person } from '../../src/records/entities/person';
import type { RoleCode } from '../../src/rules/roles';
import { REACH_OF } from '../../src/rules/sight';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { TestTime } from '../harness/house';
import { caseRow, openRecords, type OpenRecords } from '../records/open-records';

const ME = newId();
const SOMEBODY = newId();
const NOW = '2026-11-24T09:00:00.000Z';
const BEFORE = '2026-11-24T08:59:59.999Z';
const AFTER = '2026-11-24T09:00:00.001Z';
const MINE = 'unit-mine';

/** What a case can be to somebody; every combination of one of each is a case of its own. */
const STATES = ['received', 'acknowledged', 'eligibility', 'triage', 'closed'];
const PLACES: Partial<Assignment>[] = [
  {},
  { personId: ME, role: 'INV', conflictDeclared: 'NONE', endedOn: null },
  { personId: ME, role: 'INV', conflictDeclared: 'ASKED', endedOn: null },
  { personId: ME, role: 'INV', conflictDeclared: 'DECLARED', endedOn: null },
  { personId: ME, role: 'INV', conflictDeclared: 'NONE', endedOn: '2026-11-23' },
  { personId: ME, role: 'DEC', conflictDeclared: 'NONE', endedOn: null },
  { personId: SOMEBODY, role: 'INV', conflictDeclared: 'NONE', endedOn: null },
];
const EXCLUSIONS: Partial<Exclusion>[] = [
  {},
  { personId: ME, unitHash: null, endedOn: null },
  { personId: ME, unitHash: null, endedOn: '2026-11-23' },
  { personId: null, unitHash: MINE, endedOn: null },
  { personId: null, unitHash: MINE, endedOn: '2026-11-23' },
  { personId: SOMEBODY, unitHash: 'unit-other', endedOn: null },
];
const OPENINGS: Partial<BreakGlass>[] = [
  {},
  { personId: ME, until: AFTER },
  { personId: ME, until: NOW },
  { personId: ME, until: BEFORE },
  { personId: SOMEBODY, until: AFTER },
];
const SITUATIONS = STATES.flatMap((state) =>
  PLACES.flatMap((place) =>
    EXCLUSIONS.flatMap((exclusion) =>
      OPENINGS.map((opening) => ({ id: newId(), reference: '', state, place, exclusion, opening })),
    ),
  ),
);
type Situation = (typeof SITUATIONS)[number];

const officer = (roles: RoleCode[], unitHash: string | null): Officer => ({
  kind: 'officer',
  personId: ME,
  roles,
  unitHash,
  sessionHash: '',
});

const isKeptOutOf = (
  { unitHash }: Officer,
  { exclusion: { personId, unitHash: unit, endedOn } }: Situation,
) => endedOn === null && (personId === ME || (unitHash !== null && unit === unitHash));
const isOpened = ({ opening: { personId, until } }: Situation) => personId === ME && until! > NOW;
const isOnTeam = (roles: readonly string[], { place }: Situation, alsoAsked: boolean) =>
  place.personId === ME &&
  place.endedOn === null &&
  roles.includes(place.role!) &&
  (place.conflictDeclared === 'NONE' || (alsoAsked && place.conflictDeclared === 'ASKED'));

/** Who sees which case, as README tells it. */
function sees(who: Officer, situation: Situation, alsoAsked = false): boolean {
  const reaches = who.roles.map((role) => REACH_OF[role]);
  if (isKeptOutOf(who, situation)) return false;
  if (reaches.includes('EVERY') || isOnTeam(who.roles, situation, alsoAsked)) return true;
  const isAtIntake = ['received', 'acknowledged', 'eligibility'].includes(situation.state);
  return isOpened(situation) || (reaches.includes('INTAKE') && isAtIntake);
}

const ROLES: RoleCode[][] = [
  ...(['INT', 'TRI', 'INV', 'DIA', 'REM', 'DEC', 'EXE', 'PRT', 'DPO', 'LEG', 'IRV'] as const).map((role) => [
    role,
  ]),
  ['INV', 'INT'],
  ['DEC', 'INV', 'AUD', 'ADM'],
  ['ADM', 'LEG', 'DPO'],
];
const READERS = ROLES.flatMap((roles) => [null, MINE, 'unit-none'].map((unit) => officer(roles, unit)));

describe.each(engines())('which cases are seen on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  const sight = new Sight(new TestTime(NOW));

  beforeAll(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    const db = records.write.manager;
    for (const id of [ME, SOMEBODY])
      await db.insert(Person, {
        id,
        emailHash: id,
        emailSealed: '',
        nameSealed: '',
        roles: [],
        active: true,
      });
    const rows = SITUATIONS.map(({ id, state }) => caseRow({ id, state, narrativeSealed: '' }));
    SITUATIONS.forEach((situation, index) => (situation.reference = rows[index]!.reference));
    await insertAll(db, rows);
  });
  afterAll(async () => {
    await records?.close();
    await database?.drop();
  });

  async function insertAll(db: EntityManager, rows: ReturnType<typeof caseRow>[]): Promise<void> {
    const having = <T>(of: (situation: Situation) => T | null) =>
      SITUATIONS.flatMap((each) => of(each) ?? []);
    const of = ({ id: caseId }: Situation) => ({ id: newId(), caseId, n: 1 });
    const places = having((each) => (each.place.role ? { ...of(each), ...each.place } : null));
    const exclusions = having((each) =>
      each.exclusion.endedOn === undefined
        ? null
        : { ...of(each), ground: 'NAMED', excludedOn: '2026-11-20', ...each.exclusion },
    );
    const openings = having((each) =>
      each.opening.until
        ? { ...of(each), role: 'INV', reasonSealed: '', openedAt: BEFORE, ...each.opening }
        : null,
    );
    const inParts = async <T>(all: readonly T[], store: (part: T[]) => Promise<unknown>) => {
      for (let from = 0; from < all.length; from += 100) await store(all.slice(from, from + 100));
    };
    await inParts(rows, (part) => db.insert(Case, part as Case[]));
    await inParts(places, (part) => db.insert(Assignment, part as Assignment[]));
    await inParts(exclusions, (part) => db.insert(Exclusion, part as Exclusion[]));
    await inParts(openings, (part) => db.insert(BreakGlass, part as BreakGlass[]));
  }

  const cases = (): SelectQueryBuilder<Case> =>
    records.read.manager.createQueryBuilder(Case, 'c').select(['c.id']);
  const idsOf = async (query: SelectQueryBuilder<Case>) => (await query.getMany()).map(({ id }) => id).sort();
  const expected = (fits: (situation: Situation) => boolean) =>
    SITUATIONS.filter(fits)
      .map(({ id }) => id)
      .sort();

  it.each(ROLES.map((roles) => [roles.join(' and '), roles] as const))(
    'shows to %s exactly what the prose says, whatever else holds of a case',
    async (_name, roles) => {
      for (const who of READERS.filter((each) => each.roles === roles)) {
        const reader = sight.readerOf(who);
        expect(await idsOf(onlySeen(cases(), 'c.id', reader))).toEqual(expected((each) => sees(who, each)));
        const asked = { ...reader, alsoAsked: true };
        expect(await idsOf(onlySeen(cases(), 'c.id', asked))).toEqual(
          expected((each) => sees(who, each, true)),
        );
        expect(await idsOf(onlyOwn(cases(), 'c.id', reader))).toEqual(
          expected((each) => isOnTeam(who.roles, each, false) || isOpened(each)),
        );
        expect(await idsOf(leaveOutExcluded(cases(), 'c.id', who))).toEqual(
          expected((each) => !isKeptOutOf(who, each)),
        );
      }
    },
  );

  it.each([
    ['is on the team of', ({ place }: Situation) => place.role === 'INV' && place.personId === ME],
    ['is on no team of', ({ place }: Situation) => place.role === undefined],
  ])(
    'shows to a guest nothing but the one case of the invitation, where the guest %s it',
    async (_name, fits) => {
      for (const roles of [['INV'], ['TRI'], ['INT']] as RoleCode[][])
        for (const own of SITUATIONS.filter((each) => fits(each) && each.opening.personId !== ME)) {
          const guest = { caseId: own.id, until: '2026-12-31', seesFiles: false } as const;
          const who: Officer = { ...officer(roles, MINE), guest };
          const reader = sight.readerOf(who);
          expect(reader.onlyCase).toBe(own.id);
          const only = (sees: boolean) => (sees ? [own.id] : []);
          expect(await idsOf(onlySeen(cases(), 'c.id', reader))).toEqual(only(sees(who, own)));
          expect(await idsOf(onlyOwn(cases(), 'c.id', reader))).toEqual(only(isOnTeam(roles, own, false)));
        }
    },
  );

  it('says whether somebody, or their unit, is kept out of any case at all', async () => {
    const somebody = { ...sight.readerOf(officer(['TRI'], null)), personId: newId() };
    const kept = (personId: string, unitHash: string | null) =>
      isKeptOut(records.read.manager, { ...somebody, personId, unitHash });
    expect(await kept(ME, null)).toBe(true);
    expect(await kept(somebody.personId, MINE)).toBe(true);
    expect(await kept(somebody.personId, null)).toBe(false);
    expect(await kept(somebody.personId, 'unit-none')).toBe(false);
    const db = records.write.manager;
    await db.update(Exclusion, { personId: ME, endedOn: IsNull() }, { endedOn: '2026-11-25' });
    await db.update(Exclusion, { unitHash: MINE, endedOn: IsNull() }, { endedOn: '2026-11-25' });
    expect([await kept(ME, null), await kept(ME, MINE)]).toEqual([false, false]);
    for (const whose of [{ personId: ME }, { unitHash: MINE }])
      await db.update(Exclusion, { ...whose, endedOn: '2026-11-25' }, { endedOn: null });
    expect([await kept(ME, null), await kept(somebody.personId, MINE)]).toEqual([true, true]);
  });

  it('looks exclusions up one by one where it is asked to, with the same answer', async () => {
    const who = officer(['TRI'], MINE);
    const oneByOne = leaveOutExcluded(cases(), 'c.id', who, { oneByOne: true });
    expect(await idsOf(oneByOne)).toEqual(expected((each) => !isKeptOutOf(who, each)));
    expect(oneByOne.getQuery()).toMatch(/LIMIT 1 OFFSET 0\)/);
    expect(leaveOutExcluded(cases(), 'c.id', who).getQuery()).not.toContain('LIMIT');
    expect(notAhead(cases()).getQuery()).toMatch(/LIMIT 1 OFFSET 0$/);
  });

  it('narrows what a query asks already, and changes no other answer of it', async () => {
    const query = () => cases().where('c.state = :state', { state: 'triage' });
    const reader = sight.readerOf(officer(['INT'], MINE));
    const inTriage = (fits: (situation: Situation) => boolean) =>
      expected((each) => each.state === 'triage' && fits(each));
    expect(await idsOf(onlySeen(query(), 'c.id', reader))).toEqual(
      inTriage((each) => sees(officer(['INT'], MINE), each)),
    );
    expect(await idsOf(leaveOutExcluded(query(), 'c.id', reader))).toEqual(
      inTriage((each) => !isKeptOutOf(officer(['INT'], MINE), each)),
    );
    expect(await idsOf(onlyOwn(query(), 'c.id', reader))).toEqual(
      inTriage((each) => isOpened(each) || isOnTeam(['INT'], each, false)),
    );
  });

  it('shows to auditors every case but those that they are kept out of, on no team', async () => {
    for (const unit of [null, MINE]) {
      const who = officer(['AUD', 'INV'], unit);
      const reader = sight.auditorOf(who);
      expect(reader).toEqual({
        personId: ME,
        unitHash: unit,
        roles: [],
        onlyCase: null,
        reach: 'EVERY',
        now: NOW,
        endOfEmergencies: '2026-11-24T14:00:00.000Z',
        alsoAsked: false,
      });
      expect(await idsOf(onlySeen(cases(), 'c.id', reader))).toEqual(
        expected((each) => !isKeptOutOf(who, each)),
      );
    }
  });

  it('reads a history as staff where one sees the case, then as an auditor', () => {
    const forStaff = (visitor: Visitor) =>
      sight.readersOfHistory(visitor).map((each) => [each.forStaff, each.reader.reach]);
    expect(forStaff(officer(['INV'], null))).toEqual([[true, 'TEAM']]);
    expect(forStaff(officer(['AUD'], null))).toEqual([[false, 'EVERY']]);
    expect(forStaff(officer(['AUD', 'INT'], null))).toEqual([
      [true, 'INTAKE'],
      [false, 'EVERY'],
    ]);
    for (const visitor of [officer(['ADM'], null), officer([], null)])
      expect(refusal(() => sight.readersOfHistory(visitor))).toMatchObject({ kind: 'forbidden' });
  });

  it('lets nobody else read', () => {
    const holder: Visitor = {
      kind: 'rightsholder',
      caseId: newId(),
      partyId: newId(),
      role: 'RH',
      sessionHash: '',
    };
    const half: Visitor = { kind: 'half-signed-in', personId: ME, stage: 'CODE', sessionHash: '' };
    for (const visitor of [ANYONE, holder, half]) {
      expect(refusal(() => sight.readerOf(visitor))).toMatchObject({
        kind: 'not-signed-in',
        message: 'Sign in first.',
      });
      expect(refusal(() => sight.auditorOf(visitor))).toMatchObject({
        kind: 'forbidden',
        message: 'This is for auditors.',
      });
      expect(refusal(() => sight.readersOfHistory(visitor))).toMatchObject({ kind: 'not-signed-in' });
    }
    for (const roles of [['ADM'], ['AUD'], ['AUD', 'ADM'], []] as RoleCode[][])
      expect(refusal(() => sight.readerOf(officer(roles, null)))).toMatchObject({
        kind: 'forbidden',
        message: 'Your role does not read cases.',
      });
    expect(refusal(() => sight.auditorOf(officer(['PRT', 'ADM'], null)))).toMatchObject({
      kind: 'forbidden',
    });
  });

  it('keeps of somebody who reads cases only the roles in which they do', () => {
    const reader: Reader = sight.readerOf(officer(['ADM', 'INV', 'AUD', 'INT'], MINE));
    expect(reader).toEqual({
      personId: ME,
      unitHash: MINE,
      roles: ['INV', 'INT'],
      onlyCase: null,
      reach: 'INTAKE',
      now: NOW,
      endOfEmergencies: '2026-11-24T14:00:00.000Z',
      alsoAsked: false,
    });
  });

  it('takes the references of unseen cases out of lines, and nothing else', async () => {
    const who = officer(['INV'], MINE);
    const reader = sight.readerOf(who);
    const some = SITUATIONS.filter((_, index) => index % 7 === 0);
    const lines = some.map(({ reference }, n) => ({
      n,
      facts: { otherCase: reference, linkType: 'RELATED' },
    }));
    const others = [
      { n: 1, facts: {} },
      { n: 2, facts: { otherCase: 7 } },
      { n: 3, facts: { otherCase: 'RD-ZZZZ-ZZZZ', linkType: 'RELATED' } },
    ];
    expect(await hideUnseenCases(records.read.manager, reader, [...others, ...lines], 'facts')).toEqual([
      others[0],
      others[1],
      { n: 3, facts: { linkType: 'RELATED' } },
      ...some.map((each, n) => (sees(who, each) ? lines[n] : { n, facts: { linkType: 'RELATED' } })),
    ]);
    expect(some.filter((each) => sees(who, each)).length).toBeGreaterThan(10);
  });

  it('takes out the one reference that is named alone, and asks nothing where none is', async () => {
    const reader = sight.readerOf(officer(['INV'], MINE));
    const hidden = SITUATIONS.find((each) => !sees(officer(['INV'], MINE), each))!;
    const line = { facts: { otherCase: hidden.reference } };
    expect(await hideUnseenCases(records.read.manager, reader, [line], 'facts')).toEqual([{ facts: {} }]);
    const noDatabase = null as unknown as EntityManager;
    const lines = [{ facts: {} }, { facts: { otherCase: 7 } }];
    expect(await hideUnseenCases(noDatabase, reader, lines, 'facts')).toEqual(lines);
  });
});

function refusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('Nothing was refused.');
}
