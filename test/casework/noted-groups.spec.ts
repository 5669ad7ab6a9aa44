import { Consents } from '../../src/casework/consents';
import { Disposals } from '../../src/casework/erasure/disposals';
import { ExportQueue } from '../../src/casework/queue/export-queue';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { ReadCase } from '../../src/casework/read-case';
import { CheckGroups } from '../../src/casework/search/check-groups';
import { IndexCases } from '../../src/casework/search/index-cases';
import { SearchCases } from '../../src/casework/search/search-cases';
import { readEntry } from '../../src/ledger/entry';
import { HOUSE } from '../../src/ledger/house';
import type { Officer } from '../../src/people/visitor';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { QueuePlace } from '../../src/records/entities/queue-place';
import { SearchedGroup } from '../../src/records/entities/searched-group';
import { AFFECTED_GROUP_CODES, ordinaryGroups, SENSITIVE_LAW_CODES } from '../../src/rules/groups';
import { EVERY_CASE } from '../../src/rules/queue';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const CLASSIFIED = {
  rights: ['HR-SOCS'],
  harms: ['AIH-04'],
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
  stateNexus: 'SN-NONE',
  decisionMode: 'SOLELY_AUTOMATED',
  track: 'INVESTIGATION',
  systemSearch: 'NAMED',
};
const ORDINARY = ordinaryGroups(AFFECTED_GROUP_CODES);
const LAW = SENSITIVE_LAW_CODES[0]!;

const byHash = (a: SearchedGroup, b: SearchedGroup) => (a.groupHash < b.groupHash ? -1 : 1);

describe.each(engines())('the groups noted of a person on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
  });

  const decide = (given: boolean) => house.get(Consents).decide(walk.holder, [{ code: 'CN-SENS', given }]);
  const classify = (more: object) => walk.by('INV', 'classify', { ...CLASSIFIED, ...more });
  const noted = async () => (await house.get(ReadCase).forStaff(walk.reference, staff.INT)).assessment.groups;
  const row = () => house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference });
  const entries = async () => {
    const { ledgerId } = await row();
    return house.source.getRepository(Entry).find({ where: { ledgerId }, order: { n: 'ASC' } });
  };
  const searched = async () => house.source.getRepository(SearchedGroup).findBy({ caseId: (await row()).id });
  const found = async (group: string, who: Officer = staff.TRI) =>
    (await house.get(ReadQueue).page({ group, limit: 100 }, who)).cases.some(
      ({ reference }) => reference === walk.reference,
    );
  /** As the jobs do it beside a server. */
  const bringUpToDate = async () => {
    while ((await house.integrate()) > 0);
    while ((await house.get(IndexCases).follow()) > 0);
  };
  const foundBy = async () => {
    await bringUpToDate();
    const by: string[] = [];
    for (const group of AFFECTED_GROUP_CODES) if (await found(group)) by.push(group);
    return by;
  };
  const expectHolds = async () => expect((await house.verify()).differences).toEqual([]);

  it('stand sealed in one place of the case, and neither they nor the law are told by the history', async () => {
    await decide(true);
    await classify({ groups: AFFECTED_GROUP_CODES, sensitiveLaw: LAW });
    expect(await noted()).toEqual(AFFECTED_GROUP_CODES);
    expect(JSON.stringify(await row())).not.toMatch(/AG-/);
    const bodies = (await entries()).map(({ body }) => body).join('\n');
    expect(bodies).toContain('"groupsSealed":"sha256:');
    expect(bodies).not.toMatch(/AG-|ART9/);
    const { said } = await house.get(ReadCase).forStaff(walk.reference, staff.INT);
    expect(said.at(-1)!.answers).toMatchObject({ sensitiveNoted: true, sensitiveLaw: LAW });
    expect(JSON.stringify(said)).not.toMatch(/AG-/);
    await expectHolds();
  });

  it('let the queue find the case by each of them, as they are now, without telling them to whoever has the tables', async () => {
    expect(await foundBy()).toEqual([]);
    await decide(true);
    await classify({ groups: ['AG-RELIG', 'AG-POV'] });
    expect(await foundBy()).toEqual(['AG-RELIG', 'AG-POV']);
    const rows = await searched();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/AG-/);
    await classify({ groups: ['AG-POV', 'AG-CHILD'] });
    expect(await searched()).toEqual([]);
    expect(await foundBy()).toEqual(['AG-CHILD', 'AG-POV']);
    await house.source.getRepository(SearchedGroup).clear();
    await house.get(IndexCases).rebuild();
    expect(await foundBy()).toEqual(['AG-CHILD', 'AG-POV']);
    await expectHolds();
  });

  it('are derived again by verify, which names a case that is found by other groups or by none', async () => {
    const wrong = async () => {
      const found = await house.get(CheckGroups).run();
      const { ledgerId } = await row();
      return found.filter((each) => each.ledgerId === ledgerId).map(({ table }) => table);
    };
    const rows = house.source.getRepository(SearchedGroup);
    await classify({ groups: ['AG-CHILD', 'AG-POV'] });
    expect(await wrong()).toEqual([]);
    await bringUpToDate();
    expect(await wrong()).toEqual([]);
    const [first, second] = await searched();
    await rows.update(first!, { lane: 3 });
    expect(await wrong()).toEqual(['searched_groups']);
    await house.get(IndexCases).rebuild();
    expect([await wrong(), (await searched()).sort(byHash)]).toEqual([[], [first!, second!].sort(byHash)]);
    await rows.delete({ caseId: first!.caseId, groupHash: first!.groupHash });
    expect(await wrong()).toEqual(['searched_groups']);
    await rows.delete({ caseId: second!.caseId });
    expect(await wrong()).toEqual(['searched_groups']);
    await house.get(IndexCases).rebuild();
    expect(await wrong()).toEqual([]);
    await classify({ groups: [] });
    await bringUpToDate();
    await rows.insert(first!);
    expect(await wrong()).toEqual(['searched_groups']);
    await house.get(IndexCases).rebuild();
    expect(await wrong()).toEqual([]);
  });

  it('move with their case in the order of the queue, in the change that moves it', async () => {
    const places = async () => {
      const { id: caseId } = await row();
      const { lane, urgency, dueOn } = await house.source
        .getRepository(QueuePlace)
        .findOneByOrFail({ caseId, facet: EVERY_CASE });
      const groups = (await searched()).map((each) => [each.lane, each.urgency, each.dueOn]);
      return { of: [lane, urgency, dueOn], groups };
    };
    await classify({ groups: ['AG-CHILD', 'AG-WORKER'] });
    await bringUpToDate();
    const before = await places();
    expect(before.groups).toEqual([before.of, before.of]);
    await walk.by('TRI', 'set-severity', {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: true,
      reasons: 'Delay harms.',
    });
    const rated = await places();
    expect(rated.of).not.toEqual(before.of);
    expect(rated.groups).toEqual([rated.of, rated.of]);
  });

  it('let nobody find a case that is not theirs to see', async () => {
    await classify({ groups: ['AG-CHILD'] });
    const out = await house.officer('TRI');
    expect(await found('AG-CHILD', out)).toBe(true);
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: out.personId });
    expect(await found('AG-CHILD', out)).toBe(false);
    expect(await found('AG-CHILD', staff.EXE)).toBe(false);
    expect(await found('AG-CHILD')).toBe(true);
  });

  it('are looked for in words of a search, in files, and never without an entry in the history of the house', async () => {
    await classify({ groups: ['AG-STUD'] });
    const told = async () => {
      const last = await house.source
        .getRepository(Entry)
        .findOneOrFail({ where: { ledgerId: HOUSE }, order: { n: 'DESC' } });
      const { act, by, facts } = readEntry(last.body)!;
      return { act, role: by.role, facts };
    };
    const page = await house
      .get(ReadQueue)
      .page({ group: 'AG-STUD', tier: 'MODERATE', limit: 100 }, staff.TRI);
    const shown = page.cases.length;
    expect(shown).toBeGreaterThan(0);
    const narrowed = { filter: { group: 'AG-STUD', tier: 'MODERATE' } };
    expect(await told()).toEqual({
      act: 'search-cases',
      role: 'TRI',
      facts: { words: 0, ...narrowed, shown, goesOn: false },
    });
    const { content } = await house.get(ExportQueue).run(narrowed.filter, staff.TRI, 'csv');
    expect(content).toContain(walk.reference);
    expect(await told()).toEqual({
      act: 'export-queue',
      role: 'TRI',
      facts: { format: 'csv', ...narrowed, shown },
    });
    const words = { words: 'qqstudent', filter: { group: 'AG-STUD' } };
    await walk.by('INV', 'write-internal-note', { internalNote: 'About qqstudent.' });
    expect((await house.get(SearchCases).run(staff.TRI, words)).cases).toHaveLength(1);
    expect(await told()).toMatchObject({
      act: 'search-cases',
      facts: { words: 1, filter: { group: 'AG-STUD' }, shown: 1 },
    });
    expect(
      (await house.get(SearchCases).run(staff.TRI, { ...words, filter: { group: 'AG-PAT' } })).cases,
    ).toEqual([]);
  });

  it.each([
    ['an empty list', { groups: [] }],
    ['none', {}],
  ])('are taken away by %s at the next classification', async (_name, without) => {
    await classify({ groups: ['AG-POV'] });
    expect(await noted()).toEqual(['AG-POV']);
    await classify(without);
    expect(await noted()).toBeNull();
    expect((await row()).groupsSealed).toBeNull();
    await expectHolds();
  });

  const NOS: [name: string, no: () => Promise<unknown>, act: string][] = [
    ['she takes her agreement back', () => decide(false), 'decide-consents'],
    [
      'staff write down that she takes it back',
      () =>
        walk.by('INT', 'record-consent', {
          consent: 'CN-SENS',
          consentGiven: false,
          consentSaid: 'By telephone this morning.',
        }),
      'record-consent',
    ],
  ];
  it.each(NOS)('are no more of a special category when %s; the others stay', async (_name, no, act) => {
    await decide(true);
    await classify({ groups: AFFECTED_GROUP_CODES });
    expect(await found('AG-RELIG')).toBe(true);
    await no();
    expect(await searched()).toEqual([]);
    expect(await foundBy()).toEqual(ORDINARY);
    expect(await noted()).toEqual(ORDINARY);
    // To look at it was an opening, which stands behind it.
    const last = (await entries())
      .map(({ body }) => readEntry(body)!)
      .findLast((entry) => entry.act === act)!;
    expect(last.rows.find(({ table }) => table === 'cases')!.set).toHaveProperty('groupsSealed');
    await expectHolds();
  });

  it('go with her first no too, where a law stood for her agreement, and all of them where none is ordinary', async () => {
    await classify({ groups: ['AG-RELIG', 'AG-PAT'], sensitiveLaw: LAW });
    await decide(false);
    expect((await row()).groupsSealed).toBeNull();
    await expectHolds();
  });

  it('stay as they are when she says no to something else', async () => {
    await decide(true);
    await classify({ groups: ['AG-RELIG'] });
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-STAT', given: false }]);
    expect(await noted()).toEqual(['AG-RELIG']);
  });

  it.each(['RS-SPECIAL', 'RS-CASE'])('are erased under %s', async (schedule) => {
    await decide(true);
    await classify({ groups: ['AG-RELIG'] });
    expect(await foundBy()).toEqual(['AG-RELIG']);
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.close();
    await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    for (let n = 0; n < 2; n += 1)
      await walk.by('INV', 'record-follow-up', {
        recurrenceChecked: true,
        reprisalReviewed: true,
        note: 'All is well.',
      });
    const review = { reprisalLevel: 'LOW', isDefender: false, note: 'She is safe.' };
    for (let n = 0; n < 2; n += 1) await walk.by('PRT', 'review-safety', review);
    house.time.addDays(8 * 366);
    const disposals = house.get(Disposals);
    const { id } = await disposals.propose(staff.DPO, {
      schedule,
      reason: 'It is time to erase this.',
      references: [walk.reference],
    });
    expect(await disposals.settle(staff.DEC, id, true)).toMatchObject({
      status: 'DONE',
      cases: [{ status: 'ERASED' }],
    });
    expect((await row()).groupsSealed).toBeNull();
    expect(await searched()).toEqual([]);
    expect(await foundBy()).toEqual([]);
    await expectHolds();
    house.time.goTo('2026-11-24T09:00:00.000Z');
  });
});
