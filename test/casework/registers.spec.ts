import { ReadCase } from '../../src/casework/read-case';
import { ReadHouse } from '../../src/casework/read-house';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Systems } from '../../src/casework/registers/systems';
import { Vendors } from '../../src/casework/registers/vendors';
import type { Officer } from '../../src/people/visitor';
import { newId } from '../../src/platform/ids';
import { AiSystem } from '../../src/records/entities/ai-system';
import { Case } from '../../src/records/entities/case';
import { CaseSystem } from '../../src/records/entities/case-system';
import { RemedyAction } from '../../src/records/entities/remedy-action';
import { insert } from '../../src/records/insert';
import { Transactions } from '../../src/records/transactions';
import { addDays } from '../../src/rules/days';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, houseOf, Walk, type Staff } from '../harness/walk';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';

const SCORER = {
  systemName: 'Benefit scorer',
  purpose: 'It rates applications.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};

describe.each(engines())('the registers beside the cases on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let systems: Systems;
  let vendors: Vendors;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    systems = house.get(Systems);
    vendors = house.get(Vendors);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const refused = (kind: string, ...fields: string[]) => ({
    kind,
    needs: fields.map((field) => expect.objectContaining({ field })),
  });
  const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });
  const addSystem = (more: object = {}) => systems.add(staff.TRI, { ...SCORER, ...more });
  const view = (number: number, who: Officer = staff.TRI) => systems.view(who, number);

  it('hold companies with our leverage, and the systems that name them', async () => {
    const number = await vendors.add(staff.DEC, {
      companyName: 'Acme Scoring',
      country: 'FR',
      leverage: 'LOW',
      leverageActions: 'We join other buyers.',
    });
    const maker = { number, companyName: 'Acme Scoring', leverage: 'LOW' };
    const system = await addSystem({ vendorNumber: number, importerNumber: String(number) });
    expect(await view(system)).toMatchObject({
      ...SCORER,
      number: system,
      revision: 1,
      annexIII: '5(a)',
      vendor: maker,
      provider: null,
      importer: maker,
      logMonths: null,
      cases: 0,
    });
    expect(await vendors.view(staff.TRI, number)).toMatchObject({
      country: 'FR',
      systems: [{ number: system, as: ['VENDOR', 'IMPORTER'] }],
    });
    await expect(addSystem({ providerNumber: 999 })).rejects.toMatchObject(
      refused('invalid', 'providerNumber'),
    );
  });

  it('name everything that is missing or cannot be taken, at once, and keep nothing', async () => {
    const before = (await systems.list(staff.TRI)).length;
    await expect(
      systems.add(staff.TRI, { purpose: ' ', useDomain: 'X', logMonths: -1, surprise: 1 }),
    ).rejects.toMatchObject({
      kind: 'invalid',
      needs: ['purpose', 'useDomain', 'logMonths', 'surprise', 'systemName', 'lifecycleStage'].map((field) =>
        expect.objectContaining({ field }),
      ),
    });
    await expect(vendors.add(staff.TRI, {})).rejects.toMatchObject(refused('invalid', 'companyName'));
    expect(await systems.list(staff.TRI)).toHaveLength(before);
    await expect(view(999)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(vendors.view(staff.TRI, 999)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are kept by some roles and read by everybody who works on cases', async () => {
    for (const who of [staff.INT, staff.INV, staff.PRT, staff.IRV])
      await expect(systems.add(who, SCORER)).rejects.toMatchObject({ kind: 'forbidden' });
    const number = await systems.add(staff.REM, SCORER);
    expect((await view(number, staff.INV)).systemName).toBe(SCORER.systemName);
    const administrator = await house.officer('ADM');
    await expect(view(number, administrator)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('let one of two changes of the same revision win, and take things out of use and back', async () => {
    const number = await addSystem();
    await systems.replace(staff.DPO, number, 1, { ...SCORER, logMonths: 24, usedAtWork: 'no' });
    await expect(systems.replace(staff.DEC, number, 1, SCORER)).rejects.toMatchObject({ kind: 'stale' });
    expect(await view(number)).toMatchObject({ revision: 2, logMonths: 24, usedAtWork: false });
    // Everything is said anew: what is left out is not known any more.
    await systems.replace(staff.DEC, number, 2, SCORER);
    expect(await view(number)).toMatchObject({ revision: 3, logMonths: null, usedAtWork: null });
    await systems.retire(staff.TRI, number, 3, true);
    expect(await view(number)).toMatchObject({ retiredOn: house.time.today(), missing: [] });
    await systems.retire(staff.TRI, number, 4, false);
    expect((await view(number)).retiredOn).toBeNull();
    const vendor = await vendors.add(staff.TRI, { companyName: 'Old name' });
    await vendors.replace(staff.TRI, vendor, 1, { companyName: 'New name' });
    await expect(vendors.retire(staff.TRI, vendor, 1, true)).rejects.toMatchObject({ kind: 'stale' });
    await vendors.retire(staff.TRI, vendor, 2, true);
    expect(await vendors.view(staff.TRI, vendor)).toMatchObject({
      companyName: 'New name',
      retiredOn: house.time.today(),
    });
  });

  it('count numbers without gaps, whoever adds at once', async () => {
    const numbers = await Promise.all(Array.from({ length: 5 }, () => addSystem()));
    const first = Math.min(...numbers);
    expect(numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4].map((more) => first + more));
  });

  it('hold versions, tenders, assessments, notices and incidents of a system', async () => {
    const number = await addSystem({ decidesOnPeople: true, usedAtWork: true, logMonths: 3 });
    expect((await view(number)).missing).toHaveLength(7);
    const record = (recordKind: string, recordTitle: string, more: object = {}) =>
      systems.record(staff.DPO, number, { recordKind, recordTitle, happenedOn: '2026-11-20', ...more });
    await record('VERSION', '1.0', { happenedOn: '2026-11-02' });
    await record('VERSION', '2.0');
    await record('TENDER', 'Lot 3', { clauses: ['TC-HRDD', 'TC-AUDIT'], recordText: 'Signed.' });
    for (const kind of ['HRIA', 'FRIA', 'DPIA', 'WORKERS_TOLD', 'PEOPLE_TOLD', 'INCIDENT'])
      await record(kind, 'Done');
    const seen = await view(number);
    expect(seen).toMatchObject({ version: '2.0', tenderHasClauses: true });
    expect(seen.missing).toEqual([expect.stringMatching(/less than 6 months/)]);
    expect(seen.records.map(({ n }) => n)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    await expect(record('HRIA', 'x', { happenedOn: '2026-11-25' })).rejects.toMatchObject(
      refused('invalid', 'happenedOn'),
    );
    await expect(record('HRIA', 'x', { clauses: ['TC-AUDIT'] })).rejects.toMatchObject(
      refused('invalid', 'clauses'),
    );
    await systems.strike(staff.DPO, number, 2, { strikeReason: 'It was never used.' });
    await systems.strike(staff.DPO, number, 3, { strikeReason: 'Another system.' });
    expect(await view(number)).toMatchObject({ version: '1.0', tenderHasClauses: null });
    await expect(systems.strike(staff.DPO, number, 3, { strikeReason: 'Again.' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(systems.strike(staff.DPO, number, 99, { strikeReason: 'x' })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('are told by the history of the house without their texts, and a row that was changed by hand is named', async () => {
    const number = await addSystem({ remarks: 'Words of the register.' });
    const { entries, differences } = await house.get(ReadHouse).page(await house.officer('AUD'));
    expect(differences).toEqual([]);
    expect(entries.find(({ act }) => act === 'add-system')!.facts).toEqual({ systemNumber: number });
    expect(JSON.stringify(entries)).not.toContain('Words of the register.');
    const forge = (set: string) =>
      house.source.query(`UPDATE "ai_systems" SET ${set} WHERE "number" = ${number}`);
    const found = async () => (await house.verify()).differences.map(({ table, column }) => [table, column]);
    await forge(`"logMonths" = 600`);
    expect(await found()).toEqual([['ai_systems', 'logMonths']]);
    await forge(`"logMonths" = NULL, "purpose" = 'Harmless.'`);
    expect(await found()).toEqual([['ai_systems', 'purpose']]);
    // It stands there no more: free texts are sealed.
    await forge(`"purpose" = ''`);
    expect(await found()).toEqual([]);
  });

  it('show of a system its cases, harms and open actions, and what came again after it was to be prevented', async () => {
    const number = await addSystem();
    const first = await Walk.lodge(house, staff);
    await first.toInvestigation();
    await first.by('TRI', 'name-system', { systemNumber: number });
    await first.toFindings();
    await first.toOffer();
    await first.by('RH', 'accept-offer', { understood: true });
    const open = (await view(number)).openActions;
    expect(open.map(({ reference, n, action }) => [reference, n, action])).toEqual([
      [first.reference, 1, 'RA-01'],
      [first.reference, 2, 'RA-19'],
    ]);
    await first.by('REM', 'start-action', { actionNumber: 2 });
    await first.by('REM', 'complete-action', { actionNumber: 2, evidenceText: 'A new rule.' });
    const doneOn = house.time.today();
    house.time.addDays(10);
    const second = await Walk.lodge(house, staff);
    await second.toInvestigation();
    await second.by('TRI', 'name-system', { systemNumber: number });
    const seen = await view(number);
    expect(seen).toMatchObject({
      cases: 2,
      harms: [{ code: 'AIH-04', count: 2 }],
      newestCases: [{ reference: second.reference }, { reference: first.reference }],
    });
    expect(seen.openActions.map(({ n, overdue }) => [n, overdue])).toEqual([[1, false]]);
    expect(seen.recurrences).toEqual([
      {
        reference: second.reference,
        harm: 'AIH-04',
        lodgedOn: house.time.today(),
        after: { reference: first.reference, n: 2, action: 'RA-19', doneOn },
      },
    ]);
    // Of a case that somebody is kept out of, nothing is shown or counted.
    await second.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: staff.DPO.personId });
    const out = await view(number, staff.DPO);
    expect(out).toMatchObject({ cases: 1, harms: [{ code: 'AIH-04', count: 1 }], recurrences: [] });
    expect(JSON.stringify(out)).not.toContain(second.reference);
    const counted = (await systems.list(staff.DPO)).find((each) => each.number === number);
    expect(counted!.cases).toBe(1);
    // Who is on no team counts none.
    const stranger = await house.officer('INV');
    expect(await view(number, stranger)).toMatchObject({ cases: 0, harms: [], openActions: [] });
  });

  it('let a case name several systems, which holds their logs, and take back one that it is not about', async () => {
    const [one, two] = [await addSystem(), await addSystem({ systemName: 'Chat' })];
    const walk = await Walk.lodge(house, staff);
    const named = async () => (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).systems;
    const holds = async () => (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).holds;
    await walk.by('TRI', 'name-system', { systemNumber: one });
    await walk.by('PRT', 'name-system', { systemNumber: two });
    expect((await named()).map(({ number, systemName, byRole }) => [number, systemName, byRole])).toEqual([
      [one, 'Benefit scorer', 'TRI'],
      [two, 'Chat', 'PRT'],
    ]);
    expect((await holds()).map(({ ground }) => ground)).toEqual(['SYSTEM_NAMED']);
    await expect(walk.by('TRI', 'name-system', { systemNumber: one })).rejects.toMatchObject(
      unmet('systemNotNamedYet'),
    );
    await expect(walk.by('TRI', 'name-system', { systemNumber: 999 })).rejects.toMatchObject(
      unmet('systemIsRegistered'),
    );
    await walk.by('TRI', 'plan-article-26-notices', {
      systemNumber: one,
      article26Ground: 'RISK',
      knownSince: house.time.today(),
    });
    await walk.by('TRI', 'request-log-preservation', {
      systemNumber: one,
      logHolder: 'LH-UNIT',
      logsToKeep: 'June.',
      dueOn: house.time.today(),
    });
    const unname = (role: 'TRI' | 'DPO') =>
      walk.by(role, 'unname-system', { systemNumber: one, reasons: 'It was the other one.' });
    const tasks = async () => {
      const read = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
      return [
        ...read.preservationRequests.map(({ dueOn, answer, answeredOn }) => [dueOn, answer, answeredOn]),
        ...read.article26Notices.map(({ dueOn, outcome, settledOn }) => [dueOn, outcome, settledOn]),
      ];
    };
    const open = await tasks();
    expect(open.map(([, outcome]) => outcome)).toEqual([null, null, null, null, null]);
    await expect(unname('TRI')).rejects.toMatchObject(unmet('nothingOpenAboutSystem'));
    expect(await tasks()).toEqual(open);
    // What is open about one system does not keep another.
    await walk.by('TRI', 'unname-system', { systemNumber: two, reasons: 'Nobody chatted.' });
    await walk.by('TRI', 'name-system', { systemNumber: two });
    await unname('DPO');
    expect((await view(one)).cases).toBe(0);
    const today = house.time.today();
    expect(await tasks()).toEqual(open.map(([dueOn]) => [dueOn, 'NOT_CONCERNED', today]));
    await expect(
      walk.by('TRI', 'unname-system', { systemNumber: one, reasons: 'Again.' }),
    ).rejects.toMatchObject(unmet('systemIsNamed'));
    // It may turn out to be concerned after all: what was to be done is to be done by its old day.
    house.time.addDays(2);
    await walk.by('TRI', 'name-system', { systemNumber: one });
    expect(await tasks()).toEqual(open);
    expect((await named()).map(({ number, unnamedOn }) => [number, unnamedOn === null])).toEqual([
      [one, false],
      [two, false],
      [two, true],
      [one, true],
    ]);
    // The person reads nothing of it, and nobody places a second hold.
    expect(await holds()).toHaveLength(1);
    const timeline = await house.get(ReadMyCase).timeline(walk.holder);
    expect(JSON.stringify(timeline)).not.toMatch(/name-system|log-preservation|article-26/);
  });

  it('have logs asked for by a day, and what came of it recorded', async () => {
    const number = await addSystem();
    const walk = await Walk.lodge(house, staff);
    const ask = (more: object = {}) =>
      walk.by('TRI', 'request-log-preservation', {
        systemNumber: number,
        logHolder: 'LH-VENDOR',
        logsToKeep: 'Scores of June.',
        dueOn: '2027-01-01',
        ...more,
      });
    await expect(ask()).rejects.toMatchObject(unmet('systemIsNamed'));
    await walk.by('TRI', 'name-system', { systemNumber: number });
    await expect(ask({ dueOn: '2026-11-01' })).rejects.toMatchObject(unmet('dueAhead'));
    await ask();
    await ask({ logHolder: 'LH-UNIT' });
    const answer = (preservationNumber: number, preservationAnswer: string) =>
      walk.by('DEC', 'record-preservation-answer', {
        preservationNumber,
        preservationAnswer,
        preservationReply: 'As we keep everything.',
      });
    await answer(1, 'REFUSED');
    await expect(answer(1, 'KEPT')).rejects.toMatchObject(unmet('preservationWaits'));
    const requests = async () =>
      (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).preservationRequests;
    expect(await requests()).toMatchObject([
      {
        n: 1,
        logHolder: 'LH-VENDOR',
        logs: 'Scores of June.',
        answer: 'REFUSED',
        reply: 'As we keep everything.',
      },
      { n: 2, logHolder: 'LH-UNIT', answer: null, overdue: false },
    ]);
    house.time.goTo('2027-01-02T09:00:00.000Z');
    expect((await requests()).map(({ overdue }) => overdue)).toEqual([false, true]);
  });

  it('have the provider told first, then the importer or distributor, then the authority', async () => {
    const number = await addSystem();
    const walk = await Walk.lodge(house, staff);
    const today = house.time.today();
    await walk.by('TRI', 'name-system', { systemNumber: number });
    const plan = (more: object = {}) =>
      walk.by('TRI', 'plan-article-26-notices', {
        systemNumber: number,
        article26Ground: 'SERIOUS_INCIDENT',
        incidentKind: 'DEATH',
        knownSince: today,
        ...more,
      });
    await expect(plan({ knownSince: '2027-06-01' })).rejects.toMatchObject(unmet('knownSinceNotAhead'));
    await expect(plan({ incidentKind: undefined })).rejects.toMatchObject(unmet('incidentKindSaid'));
    await plan();
    await expect(plan()).rejects.toMatchObject(unmet('noNoticeOpen'));
    const read = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const notices = async () => (await read()).article26Notices;
    expect((await notices()).map(({ addressee }) => addressee)).toEqual([
      'PROVIDER',
      'IMPORTER_OR_DISTRIBUTOR',
      'MSA',
    ]);
    const tell = (noticeNumber: number, noticeOutcome: string, more: object = {}) =>
      walk.by('DEC', 'record-article-26-notice', {
        noticeNumber,
        noticeOutcome,
        noticeWords: 'By registered letter.',
        ...more,
      });
    await expect(tell(3, 'TOLD', { toldOn: today })).rejects.toMatchObject(unmet('noticeIsNext'));
    await expect(tell(1, 'TOLD')).rejects.toMatchObject(unmet('toldOnIsRight'));
    await expect(tell(1, 'TOLD', { toldOn: '2026-11-01' })).rejects.toMatchObject(unmet('toldOnIsRight'));
    await expect(tell(1, 'UNREACHABLE', { toldOn: today })).rejects.toMatchObject(unmet('toldOnIsRight'));
    await tell(1, 'UNREACHABLE');
    await tell(2, 'NONE_THERE');
    await expect(tell(3, 'NONE_THERE')).rejects.toMatchObject(unmet('outcomeFitsAddressee'));
    house.time.addDays(3);
    expect((await notices()).map(({ overdue }) => overdue)).toEqual([false, false, true, false]);
    await tell(3, 'TOLD', { toldOn: today });
    expect(await notices()).toMatchObject([
      {
        outcome: 'UNREACHABLE',
        toldOn: null,
        words: 'By registered letter.',
      },
      { outcome: 'NONE_THERE' },
      { outcome: 'TOLD', toldOn: today, settledOn: house.time.today() },
      // Nobody else can make the report: 10 days for a death.
      { addressee: 'MSA_REPORT', incidentKind: 'DEATH', dueOn: '2027-01-12', outcome: null },
    ]);
    await expect(tell(4, 'UNREACHABLE')).rejects.toMatchObject(unmet('outcomeFitsAddressee'));
    await expect(plan({ incidentKind: 'OTHER' })).rejects.toMatchObject(unmet('noNoticeOpen'));
    await tell(4, 'TOLD', { toldOn: today });
    // A later incident begins a chain of its own.
    await expect(plan({ article26Ground: 'RISK' })).rejects.toMatchObject(unmet('incidentKindSaid'));
    await plan({ article26Ground: 'RISK', incidentKind: undefined });
    expect((await notices()).map(({ n, outcome }) => [n, outcome === null])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
      [5, true],
      [6, true],
      [7, true],
      [8, true],
    ]);
    // Its use is suspended whoever was told by then.
    await expect(tell(8, 'TOLD', { toldOn: today })).rejects.toMatchObject(unmet('outcomeFitsAddressee'));
    await tell(8, 'SUSPENDED');
    await tell(5, 'UNREACHABLE');
    expect((await notices()).map(({ addressee }) => addressee).slice(4)).toEqual([
      'PROVIDER',
      'IMPORTER_OR_DISTRIBUTOR',
      'MSA',
      'USING_UNIT',
    ]);
  });
});

describe.each(engines())('a system that many cases name on %s', (engine) => {
  const MANY = 103;
  let app: TestApp;
  let staff: Staff;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const house = houseOf(app);
    staff = await hireStaff(house);
    const { reference } = await Walk.lodge(house, staff);
    const lodged = await app.source.getRepository(Case).findOneByOrFail({ reference });
    // The later it was lodged, the higher its number; in each, one action is open and one that is to prevent a harm was done.
    const cases = Array.from({ length: MANY }, (_, n) => ({
      ...lodged,
      id: newId(),
      ledgerId: newId(),
      reference: `RD-MANY-${n}`,
      lodgedOn: addDays('2026-01-01', n),
      harms: n % 2 === 0 ? ['AIH-04', 'AIH-05'] : ['AIH-04'],
    }));
    const action = (caseId: string, n: number, more: Partial<RemedyAction>) => ({
      id: newId(),
      caseId,
      n,
      action: 'RA-19',
      form: 'RF-GNR',
      descriptionSealed: '',
      ownerId: staff.REM.personId,
      dueOn: '2026-12-01',
      status: 'STARTED',
      ...more,
    });
    await house.get(Transactions).change(async (db) => {
      await insert(db, Case, cases);
      await insert(db, AiSystem, { id: newId(), number: 1, revision: 1, ...SCORER });
      await insert(
        db,
        CaseSystem,
        cases.map(({ id }) => ({
          id: newId(),
          caseId: id,
          n: 1,
          systemNumber: 1,
          byRole: 'TRI',
          namedOn: '2026-11-01',
        })),
      );
      await insert(
        db,
        RemedyAction,
        cases.flatMap(({ id }, n) => [
          action(id, 1, { dueOn: addDays('2026-10-01', MANY - n) }),
          action(id, 2, { status: 'DONE', doneOn: addDays('2026-01-01', n) }),
        ]),
      );
    });
  });
  afterAll(() => app.close());

  it('counts them all and lists a hundred: the newest cases, and the actions that are due first', async () => {
    const seen = await app.nest.get(Systems).view(staff.TRI, 1);
    expect(seen).toMatchObject({
      cases: MANY,
      harms: [
        { code: 'AIH-04', count: MANY },
        { code: 'AIH-05', count: 52 },
      ],
      openActionCount: MANY,
    });
    const last = MANY - 1;
    expect(seen.newestCases).toHaveLength(100);
    expect(seen.newestCases[0]!.reference).toBe(`RD-MANY-${last}`);
    expect(seen.openActions).toHaveLength(100);
    expect(seen.openActions[0]).toEqual({
      reference: `RD-MANY-${last}`,
      n: 1,
      action: 'RA-19',
      status: 'STARTED',
      dueOn: '2026-10-02',
      overdue: true,
    });
    // Each harm of the newest case came again after the last case before it that had it.
    expect(seen.recurrences.slice(0, 2).map(({ harm, after }) => [harm, after.reference])).toEqual([
      ['AIH-04', `RD-MANY-${last - 1}`],
      ['AIH-05', `RD-MANY-${last - 2}`],
    ]);
  });

  it('says on its page that there are more', async () => {
    const browser = await DeskBrowser.of(app, await app.officer('TRI'));
    const shown = wordsOf((await browser.get('/desk/systems/1')).text);
    expect(shown).toContain('Cases (103) Those that you may see. More than 100: the newest 100 are listed.');
    expect(shown).toContain('that are not done (103) More than 100: the 100 due first are listed.');
    expect(shown).toContain('Looked for in the newest 100 cases, after the last 100 actions');
  });

  it('counts and lists none of them for who is on no team', async () => {
    const stranger = await houseOf(app).officer('INV');
    expect(await app.nest.get(Systems).view(stranger, 1)).toMatchObject({
      cases: 0,
      newestCases: [],
      harms: [],
      openActionCount: 0,
      openActions: [],
      recurrences: [],
    });
  });
});
