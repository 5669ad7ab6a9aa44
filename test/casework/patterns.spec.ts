import { In } from 'typeorm';
import { FindPatterns } from '../../src/casework/patterns/find-patterns';
import { readGroupPatterns } from '../../src/casework/patterns/group-patterns';
import { metOn, nameOfKey, readPatterns, type PatternKey } from '../../src/casework/patterns/pattern-cases';
import { PatternReviews } from '../../src/casework/patterns/pattern-reviews';
import { Systems } from '../../src/casework/registers/systems';
import { PatternsJob } from '../../src/jobs/patterns.job';
import { HOUSE } from '../../src/ledger/house';
import { readEntry } from '../../src/ledger/entry';
import { Accounts } from '../../src/people/accounts';
import type { Officer } from '../../src/people/visitor';
import { newId } from '../../src/platform/ids';
import { Log } from '../../src/platform/log';
import { Case } from '../../src/records/entities/case';
import { CaseSystem } from '../../src/records/entities/case-system';
import { Entry } from '../../src/records/entities/entry';
import { Exclusion } from '../../src/records/entities/exclusion';
import { Merger } from '../../src/records/entities/merger';
import { ParallelProceeding } from '../../src/records/entities/parallel-proceeding';
import { PatternReview } from '../../src/records/entities/pattern-review';
import { Transactions } from '../../src/records/transactions';
import { addDays } from '../../src/rules/days';
import { LOOKS_BACK_DAYS, PATTERN_RULE_CODES } from '../../src/rules/patterns';
import { SearchIndex } from '../../src/vault/search-index';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const TODAY = '2026-11-24';

describe.each(engines())('patterns on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let lead: Officer;
  let system: number;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    lead = staff.TRI;
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    house.time.goTo(`${TODAY}T09:00:00.000Z`);
    system = await house.get(Systems).add(lead, {
      systemName: 'Benefit scorer',
      purpose: 'It rates applications.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
  });

  const reviews = () => house.get(PatternReviews);
  const find = () => house.get(FindPatterns).run();
  const listed = async (who: Officer = lead) => reviews().list(who, system);
  const told = async (who: Officer = lead) =>
    (await listed(who)).map(({ rule, code, foundOn, cases }) => [rule, code, foundOn, cases]);

  /** A case about the system, written as staff would have classified it. */
  async function about(
    daysAgo: number,
    {
      tier = null,
      harms = ['AIH-04'],
      groups = [],
      isNamed = true,
    }: { tier?: string | null; harms?: string[]; groups?: string[]; isNamed?: boolean } = {},
  ): Promise<string> {
    const { reference } = await Walk.lodge(house, staff);
    const rows = house.source.getRepository(Case);
    await rows.update({ reference }, { tier, harms, lodgedOn: addDays(house.time.today(), -daysAgo) });
    const { id } = await rows.findOneByOrFail({ reference });
    await house.get(Transactions).change((db) => house.get(SearchIndex).replaceGroups(db, id, groups));
    if (!isNamed) return id;
    await house.source.getRepository(CaseSystem).insert({
      id: newId(),
      caseId: id,
      n: 1,
      systemNumber: system,
      byRole: 'TRI',
      namedOn: house.time.today(),
    });
    return id;
  }

  const proceeding = (caseId: string, type: string, n = 1) =>
    house.source.getRepository(ParallelProceeding).insert({
      id: newId(),
      caseId,
      n,
      type,
      course: 'CONTINUE',
      byRole: 'TRI',
      recordedOn: house.time.today(),
    });

  const keepOut = (who: Officer, caseId: string) =>
    house.source.getRepository(Exclusion).insert({
      id: newId(),
      caseId,
      n: 1,
      personId: who.personId,
      ground: 'EX-NAMED',
      excludedBy: lead.personId,
      excludedOn: TODAY,
    });

  it('of the same harm are found with the third case within 90 days', async () => {
    await about(89);
    await about(3);
    await about(95);
    await about(0, { harms: ['AIH-05'] });
    await find();
    expect(await told()).toEqual([]);
    await about(0, { harms: ['AIH-05', 'AIH-04'] });
    await find();
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 4]]);
  });

  it('of the same harm are found with the second severe case, but not across systems', async () => {
    await about(3, { tier: 'SEVERE' });
    await about(2, { tier: 'MODERATE' });
    system = await house.get(Systems).add(lead, {
      systemName: 'Another one',
      purpose: 'It rates applications.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    await about(1, { tier: 'SEVERE' });
    await find();
    expect(await told()).toEqual([]);
    await about(0, { tier: 'CRITICAL' });
    await find();
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 2]]);
  });

  it('count what one person told twice once, where both cases name the system, until the cases are taken apart', async () => {
    const mergers = house.source.getRepository(Merger);
    const join = (caseId: string, intoCaseId: string) =>
      mergers.insert({
        id: newId(),
        caseId,
        n: 1,
        intoCaseId,
        stateBefore: 'triage',
        clocks: [],
        mergedOn: TODAY,
        endedOn: null,
        toldState: null,
      });
    const into = await about(3);
    const twice = await about(2);
    await about(1);
    await join(twice, into);
    await find();
    expect(await told()).toEqual([]);
    // What is joined to a case that does not name the system counts by itself.
    const alone = await about(0);
    await join(alone, await about(0, { isNamed: false }));
    await find();
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 3]]);
    // To whoever is kept out of the case it was joined to, nothing tells that there is one.
    const out = await house.officer('TRI');
    await keepOut(out, into);
    expect(await told(out)).toEqual([['PT-HARM', 'AIH-04', TODAY, 3]]);
    await mergers.update({ caseId: twice }, { endedOn: TODAY });
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 4]]);
  });

  it('are every proceeding before an authority that can forbid a system, and no other', async () => {
    const id = await about(200);
    await proceeding(id, 'PP-COURT-CIV');
    await find();
    expect(await told()).toEqual([]);
    await proceeding(id, 'PP-DPA', 2);
    await proceeding(id, 'PP-MSA', 3);
    await find();
    expect((await told()).sort()).toEqual([
      ['PT-ORDER', 'PP-DPA', TODAY, 1],
      ['PT-ORDER', 'PP-MSA', TODAY, 1],
    ]);
  });

  it('are a rise after a version, once for each version, and not after one that was struck', async () => {
    const record = (title: string, daysAgo: number) =>
      house.get(Systems).record(lead, system, {
        recordKind: 'VERSION',
        happenedOn: addDays(TODAY, -daysAgo),
        recordTitle: title,
      });
    await record('1.0', 40);
    const wrong = await record('1.1', 30);
    await house.get(Systems).strike(lead, system, wrong, { strikeReason: 'It never ran.' });
    await about(41, { harms: ['AIH-01'] });
    await about(20, { harms: ['AIH-02'] });
    await about(10, { harms: ['AIH-03'] });
    await find();
    expect(await told()).toEqual([]);
    await about(5, { harms: ['AIH-05'] });
    await find();
    expect(await told()).toEqual([['PT-VERSION', '1', TODAY, 3]]);
    const { number, revision } = (await listed())[0]!;
    expect((await reviews().view(lead, number)).version).toMatchObject({ n: 1, recordTitle: '1.0' });
    await reviews().decide(lead, number, revision, {
      patternDecision: 'PD-CORRECT',
      decisionReasons: 'The threshold goes back.',
    });
    house.time.addDays(1);
    await find();
    expect(await told()).toHaveLength(1);
  });

  it('are a group that is hit more than twice as often as elsewhere, told by its name and by no case', async () => {
    house.time.goTo('2029-03-01T09:00:00.000Z');
    const hit = (groups: string[], isNamed = true) => about(0, { harms: [], groups, isNamed });
    for (let n = 0; n < 4; n++) await hit(['AG-MIGR', 'AG-WOMEN']);
    for (let n = 0; n < 5; n++) await hit(['AG-WOMEN', 'AG-PREFNO']);
    await about(0, { harms: [], groups: [] });
    // 2 in 9 elsewhere are migrants, then 3 in 10: too few to be held against, then too many.
    for (let n = 0; n < 2; n++) await hit(['AG-MIGR'], false);
    for (let n = 0; n < 7; n++) await hit(['AG-WOMEN'], false);
    await hit(['AG-MIGR']);
    await find();
    expect(await told()).toEqual([]);
    const moved = await hit(['AG-MIGR'], false);
    await find();
    expect(await told()).toEqual([]);
    await house
      .get(Transactions)
      .change((db) => house.get(SearchIndex).replaceGroups(db, moved, ['AG-OLDER']));
    await find();
    expect(await told()).toEqual([['PT-GROUP', 'AG-MIGR', '2029-03-01', 5]]);
    const { number } = (await listed())[0]!;
    expect(await reviews().view(lead, number)).toMatchObject({ newestCases: [], cases: 5 });
    await hit(['AG-MIGR']);
    expect((await listed())[0]).toMatchObject({ cases: 5 });
    const { code } = await house.source.getRepository(PatternReview).findOneByOrFail({ number });
    expect(code).toBe(house.get(SearchIndex).hashOfGroup('AG-MIGR'));
  });

  it('are of no group for whom an exclusion keeps out of the case that makes it one', async () => {
    const out = await house.officer('TRI');
    house.time.goTo('2030-03-01T09:00:00.000Z');
    const hit = (isNamed: boolean) =>
      about(0, { harms: [], groups: [isNamed ? 'AG-OLDER' : 'AG-CHILD'], isNamed });
    for (let n = 0; n < 10; n++) await hit(false);
    for (let n = 0; n < 4; n++) await hit(true);
    const hidden = await hit(true);
    await keepOut(out, hidden);
    await find();
    expect(await told()).toEqual([['PT-GROUP', 'AG-OLDER', '2030-03-01', 5]]);
    expect(await told(out)).toEqual([]);
    house.time.addDays(3);
    await hit(true);
    expect(await told(out)).toEqual([['PT-GROUP', 'AG-OLDER', '2030-03-04', 5]]);
  });

  it('have one review however often and at once they are looked for', async () => {
    for (const days of [0, 1, 2]) await about(days);
    await Promise.all([find(), find()]);
    await new PatternsJob(house.get(FindPatterns), new Log('error')).run();
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 3]]);
    await about(0);
    house.time.addDays(1);
    await find();
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 4]]);
  });

  it('are everybody’s again who may take them once their owner has left, or may not any more', async () => {
    for (const days of [0, 1, 2]) await about(days);
    await find();
    const { number } = (await listed())[0]!;
    const isFor = async (who: Officer) => (await reviews().mine(who)).some((each) => each.number === number);
    const { personId: administrator } = await house.administrator();
    for (const [revision, leave] of [
      (id: string) => house.get(Accounts).changeRoles(id, ['INV'], administrator),
      (id: string) => house.get(Accounts).deactivate(id, administrator),
    ].entries()) {
      const owner = await house.officer('DPO');
      await reviews().take(lead, number, revision + 1, owner.personId);
      expect([await isFor(owner), await isFor(staff.PRT)]).toEqual([true, false]);
      await leave(owner.personId);
      expect([await isFor(staff.PRT), await isFor(staff.INV)]).toEqual([true, false]);
    }
  });

  it('are taken and decided with reasons, and counted anew after that', async () => {
    for (const days of [0, 1, 2]) await about(days);
    await find();
    const [row] = await listed();
    expect(row).toMatchObject({ owner: null, status: 'OPEN', dueOn: '2026-12-08', overdue: false });
    const { number } = row!;
    expect((await reviews().mine(staff.PRT)).map((each) => each.number)).toContain(number);
    await reviews().take(lead, number, 1, staff.PRT.personId);
    expect((await reviews().mine(staff.DPO)).map((each) => each.number)).not.toContain(number);
    expect((await reviews().mine(staff.PRT)).map((each) => each.number)).toContain(number);
    await expect(reviews().take(lead, number, 1)).rejects.toMatchObject({ kind: 'stale' });
    for (const person of [staff.INV.personId, newId(), 'x', ''])
      await expect(reviews().take(lead, number, 2, person)).rejects.toMatchObject({
        kind: 'invalid',
        needs: [expect.objectContaining({ field: 'person' })],
      });
    house.time.goTo('2026-12-09T09:00:00.000Z');
    expect((await listed())[0]).toMatchObject({ overdue: true });
    await expect(reviews().decide(lead, number, 2, { patternDecision: 'PD-X' })).rejects.toMatchObject({
      kind: 'invalid',
      needs: ['patternDecision', 'decisionReasons'].map((field) => expect.objectContaining({ field })),
    });
    await house
      .get(Systems)
      .record(lead, system, { recordKind: 'HRIA', happenedOn: TODAY, recordTitle: 'Impacts of 2026' });
    const said = { patternDecision: 'PD-ASSESS', decisionReasons: 'Nobody looked at single parents.' };
    for (const wrong of [said, { ...said, assessmentRecord: 9 }])
      await expect(reviews().decide(lead, number, 2, wrong)).rejects.toMatchObject({
        needs: [expect.objectContaining({ field: 'assessmentRecord' })],
      });
    await expect(
      reviews().decide(staff.INV, number, 2, { ...said, assessmentRecord: 1 }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await reviews().decide(lead, number, 2, { ...said, assessmentRecord: 1 });
    expect(await reviews().view(lead, number)).toMatchObject({
      status: 'DECIDED',
      overdue: false,
      ...said,
      decidedOn: '2026-12-09',
      owner: { personId: staff.PRT.personId },
      assessment: { n: 1, recordKind: 'HRIA' },
    });
    await expect(reviews().decide(lead, number, 3, said)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await reviews().mine(staff.PRT)).map((each) => each.number)).not.toContain(number);

    await about(0);
    await about(0);
    await find();
    expect(await listed()).toHaveLength(1);
    await about(0);
    await find();
    expect((await listed()).map((each) => [each.status, each.cases])).toEqual([
      ['OPEN', 3],
      ['DECIDED', 6],
    ]);
  });

  it('tell nothing of a case that somebody is kept out of: not that they are there, since when, nor of how many', async () => {
    const out = await house.officer('TRI', 'PRT');
    for (const days of [0, 1]) await about(days);
    const hidden = await about(0);
    await keepOut(out, hidden);
    await find();
    const { number } = (await listed())[0]!;
    expect(await told(out)).toEqual([]);
    const refused = (n: number) =>
      reviews()
        .view(out, n)
        .catch(({ kind, message }: Error & { kind: string }) => [kind, message]);
    expect(await refused(number)).toEqual(await refused(9999));
    await expect(reviews().take(out, number, 1)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(reviews().decide(out, number, 1, {})).rejects.toMatchObject({ kind: 'invalid' });
    await expect(reviews().take(lead, number, 1, out.personId)).rejects.toMatchObject({ kind: 'invalid' });

    house.time.addDays(10);
    await about(0);
    await find();
    expect(await told(out)).toEqual([['PT-HARM', 'AIH-04', '2026-12-04', 3]]);
    expect((await listed(out))[0]).toMatchObject({ dueOn: '2026-12-18' });
    expect(await told()).toEqual([['PT-HARM', 'AIH-04', TODAY, 4]]);
    const view = await reviews().view(out, number);
    const { reference } = await house.source.getRepository(Case).findOneByOrFail({ id: hidden });
    expect(view.newestCases).toHaveLength(3);
    expect(JSON.stringify(view)).not.toContain(reference);
  });

  it('are not shown as found on the day of their decision: cases of that day count for the next one', async () => {
    const out = await house.officer('TRI');
    for (const days of [0, 1]) await about(days);
    await keepOut(out, await about(0));
    await find();
    house.time.addDays(10);
    await about(0);
    const { number, revision } = (await listed())[0]!;
    const said = { patternDecision: 'PD-WATCH', decisionReasons: 'Seen.' };
    await reviews().decide(lead, number, revision, said);
    expect(await told(out)).toEqual([]);
    await expect(reviews().view(out, number)).rejects.toMatchObject({ kind: 'not-found' });
    house.time.addDays(1);
    for (const days of [0, 0]) await about(days);
    await find();
    expect(await told(out)).toEqual([['PT-HARM', 'AIH-04', '2026-12-05', 3]]);
    expect((await told()).map(([, , foundOn]) => foundOn)).toEqual(['2026-12-05', TODAY]);
  });

  it('are judged alike whatever else a list holds', async () => {
    const out = await house.officer('TRI');
    house.time.goTo('2026-02-01T09:00:00.000Z');
    await proceeding(await about(0, { harms: [] }), 'PP-DPA');
    await find();
    // Long before what counts by now, classified only later: enough for whoever looks back as far as the first review.
    house.time.goTo(`${TODAY}T09:00:00.000Z`);
    for (const days of [190, 191, 192]) await about(days);
    await keepOut(out, await about(0, { tier: 'SEVERE' }));
    await about(0, { tier: 'SEVERE' });
    await find();
    const { number } = (await listed()).find(({ rule }) => rule === 'PT-HARM')!;
    expect(await told(out)).toEqual([['PT-ORDER', 'PP-DPA', '2026-02-01', 1]]);
    await expect(reviews().view(out, number)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are listed in full however many others are hidden', async () => {
    const out = await house.officer('TRI');
    for (const days of [0, 1, 2]) await about(days);
    await keepOut(out, await about(0, { harms: ['AIH-05'] }));
    await find();
    const { number } = (await listed())[0]!;
    await reviews().decide(lead, number, 1, { patternDecision: 'PD-WATCH', decisionReasons: 'Seen.' });
    const rows = house.source.getRepository(PatternReview);
    const { dueOn, foundOn, countsFrom } = await rows.findOneByOrFail({ number });
    for (let n = 0; n < 101; n++)
      await rows.insert({
        id: newId(),
        number: n + 1,
        revision: 2,
        rule: 'PT-HARM',
        systemNumber: system,
        code: 'AIH-05',
        countsFrom,
        foundOn,
        dueOn,
        status: 'DECIDED',
        patternDecision: 'PD-NONE',
        decidedBy: lead.personId,
        decidedOn: addDays(TODAY, 1),
      });
    expect((await listed(out)).map((each) => each.number)).toEqual([number]);
    expect((await listed()).map((each) => each.number)).not.toContain(number);
    await rows.delete({ code: 'AIH-05', systemNumber: system });
  });

  it('tell of no hidden one by a gap between numbers or by their order', async () => {
    const out = await house.officer('TRI');
    for (const harm of ['AIH-01', 'AIH-02']) for (const days of [0, 1]) await about(days, { harms: [harm] });
    await keepOut(out, await about(0, { harms: ['AIH-01'] }));
    await find();
    house.time.addDays(1);
    await about(0, { harms: ['AIH-02'] });
    await find();
    house.time.addDays(1);
    await about(0, { harms: ['AIH-01'] });
    const seen = await listed(out);
    expect(seen.map(({ code, foundOn }) => [code, foundOn])).toEqual([
      ['AIH-02', '2026-11-25'],
      ['AIH-01', '2026-11-26'],
    ]);
    expect((await listed()).map(({ code }) => code)).toEqual(['AIH-01', 'AIH-02']);
    for (const { number } of await listed()) expect(number).toBeGreaterThan(99_999);
  });

  it('are shown to whoever works on the cases alone as far as their own cases tell them', async () => {
    for (const days of [0, 1, 2]) await about(days);
    await find();
    expect(await told(staff.INV)).toEqual([]);
    expect(await told()).toHaveLength(1);
  });

  it('of real cases stand in the history of the house, where whoever verifies finds an edit', async () => {
    const own = await House.open(engine);
    const people = await hireStaff(own);
    const number = await own.get(Systems).add(people.TRI, {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    for (const n of [1, 2]) {
      const walk = await Walk.lodge(own, people, `It stopped my benefit (${n}).`);
      await walk.toInvestigation({ scale: 4, irremediability: 4, scope: 4 });
      await walk.by('TRI', 'name-system', { systemNumber: number });
    }
    expect(await own.get(FindPatterns).run()).toBe(1);
    const { number: review } = (await own.get(PatternReviews).list(people.TRI))[0]!;
    await own.get(PatternReviews).decide(people.TRI, review, 1, {
      patternDecision: 'PD-WATCH',
      decisionReasons: 'A secret reason.',
    });
    const entries = await own.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
    const acts = entries.map(({ body }) => readEntry(body)!).filter(({ act }) => act.includes('pattern'));
    expect(acts.map(({ act, by, facts }) => [act, by.role, facts])).toEqual([
      ['find-pattern', 'SYS', { review }],
      ['decide-pattern-review', 'TRI', { review, patternDecision: 'PD-WATCH' }],
    ]);
    expect(JSON.stringify(acts)).not.toContain('secret reason');
    expect((await own.verify()).differences).toEqual([]);
    const rows = own.source.getRepository(PatternReview);
    const stored = await rows.findOneByOrFail({ number: review });
    expect(JSON.stringify(stored)).not.toContain('secret reason');
    for (const edit of [{ status: 'OPEN' }, { textsSealed: 'Another.' }, { dueOn: '2027-01-01' }]) {
      const before = await rows.findOneByOrFail({ number: review });
      await rows.update({ number: review }, edit);
      expect((await own.verify()).differences.map(({ table }) => table)).toEqual(['pattern_reviews']);
      await rows.update({ number: review }, { ...before });
    }
    await own.source.query(`DELETE FROM "data_keys" WHERE "ownerId" = '${stored.id}'`);
    expect((await own.verify()).differences.map(({ table, sentence }) => [table, sentence])).toEqual([
      ['data_keys', expect.stringContaining(`pattern_reviews ${stored.id}`)],
    ]);
    await own.close();
  });

  it('are looked for some systems after others, and are what one look at all of them finds', async () => {
    const systems: number[] = [];
    for (let n = 0; n < 60; n += 1)
      systems.push(
        await house.get(Systems).add(lead, {
          systemName: `System ${n}`,
          purpose: 'It rates.',
          useDomain: 'DOM-SVC-BEN',
          lifecycleStage: 'LC-OPER',
        }),
      );
    const at = async (n: number) => {
      system = systems[n]!;
      if (n % 3 === 0)
        await house.get(Systems).record(lead, system, {
          recordKind: 'VERSION',
          happenedOn: addDays(TODAY, -30),
          recordTitle: `${n}`,
        });
      for (let each = 0; each < (n % 4) + 1; each += 1) {
        const id = await about((n * 7 + each * 11) % 120, {
          tier: n % 5 === 0 ? 'SEVERE' : null,
          harms: n % 2 === 0 ? ['AIH-04'] : ['AIH-04', 'AIH-05'],
          groups: ['AG-WORKER'],
        });
        if (n % 7 === 0 && each === 0) await proceeding(id, 'PP-DPA');
      }
    };
    for (const n of [0, 3, 7, 11, 14, 24, 25, 26, 30, 35, 49, 50, 51, 55, 59]) await at(n);
    for (let n = 0; n < 12; n += 1) await about(5, { isNamed: false, groups: ['AG-BENEF'] });
    system = systems[51]!;
    for (let n = 0; n < 5; n += 1) await about(4, { groups: ['AG-CHILD'] });
    const among = { narrow: <T>(query: T) => query, from: addDays(TODAY, -LOOKS_BACK_DAYS), systems };
    const wanted = await house.get(Transactions).read(async (db) =>
      [...(await readPatterns(db, among)).values(), ...(await readGroupPatterns(db, among)).values()]
        .filter((pattern) => metOn(pattern, '0001-01-01') !== null)
        .map(nameOfKey)
        .sort(),
    );
    expect(new Set(wanted.map((key) => key.split(' ')[0]))).toEqual(new Set(PATTERN_RULE_CODES));
    await find();
    const begun = await house.source.getRepository(PatternReview).findBy({ systemNumber: In(systems) });
    expect(begun.map((review) => nameOfKey(review as PatternReview & PatternKey)).sort()).toEqual(wanted);
    expect(await find()).toBe(0);
  });
});
