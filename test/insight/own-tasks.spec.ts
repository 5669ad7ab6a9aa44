import { Systems } from '../../src/casework/registers/systems';
import { ReadProposals } from '../../src/casework/team/read-proposals';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { ReadOwnWork } from '../../src/insight/own-work';
import { Sight } from '../../src/people/sight';
import type { Officer } from '../../src/people/visitor';
import { Transactions } from '../../src/records/transactions';
import { Person } from '../../src/records/entities/person';
import type { RoleCode } from '../../src/rules/roles';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';

describe.each(engines())('what somebody has to do, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
  });
  afterAll(() => house.close());

  const agreementsOf = (visitor: Officer) => house.get(ReadProposals).list(visitor);
  const work = async (who: keyof Staff) =>
    new ReadOwnWork(house.get(Transactions), house.get(Sight), house.time).run(
      staff[who],
      await agreementsOf(staff[who]),
    );
  const tasks = async (who: keyof Staff) =>
    (await work(who)).tasks
      .filter(({ kind }) => kind !== 'CLOCK')
      .map(({ kind, n, code, dueOn, overdue }) => [kind, n, code, dueOn, overdue])
      .sort();

  it('is nothing before anything is asked, but for the clocks of the case', async () => {
    expect(await tasks('INV')).toEqual([['REPRISAL_REVIEW', null, 'LOW', expect.any(String), false]]);
    expect(await tasks('REM')).toEqual([]);
    const { kinds } = await work('INV');
    expect(kinds.map(({ kind }) => kind)).toEqual(['CLOCK', 'REPRISAL_REVIEW']);
  });

  it('is what is asked, ordered or planned, with the day by which it is due, until it is done', async () => {
    await walk.by('PRT', 'order-interim-measure', {
      measure: 'RA-17',
      measureReason: 'It goes on.',
      owner: staff.REM.personId,
      dueOn: '2026-11-25',
    });
    await walk.by('PRT', 'plan-protection', {
      protects: 'FAMILY',
      protectionMeasures: ['PM-21'],
      protectionWished: true,
      owner: staff.PRT.personId,
      reviewOn: '2026-12-01',
    });
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Its support.',
      askedFor: 'The log of June.',
      dueOn: '2026-12-01',
      tellsNothingOfHer: true,
      allegationNumber: 1,
    });
    const systemNumber = await house.get(Systems).add(staff.TRI, {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.by('TRI', 'request-log-preservation', {
      systemNumber,
      logHolder: 'LH-VENDOR',
      logsToKeep: 'June.',
      dueOn: '2026-12-01',
    });
    await walk.by('TRI', 'plan-article-26-notices', {
      systemNumber,
      article26Ground: 'SERIOUS_INCIDENT',
      incidentKind: 'OTHER',
      knownSince: '2026-11-24',
    });
    await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER', wish: 'Tigrinya.' });
    await walk.joinTeam('REM');
    expect(await tasks('INV')).toEqual([
      ['EVIDENCE_REQUEST', 1, 'VENDOR', '2026-12-01', false],
      ['NOTICE', 1, 'PROVIDER', '2026-11-25', false],
      ['NOTICE', 2, 'IMPORTER_OR_DISTRIBUTOR', '2026-11-25', false],
      ['NOTICE', 3, 'MSA', '2026-11-25', false],
      ['PRESERVATION', 1, 'LH-VENDOR', '2026-12-01', false],
      ['REPRISAL_REVIEW', null, 'LOW', expect.any(String), false],
      ['SUPPORT', 1, 'INTERPRETER', expect.any(String), false],
    ]);
    const { tasks: all } = await work('INV');
    expect(all.filter(({ code }) => code === 'TARGET-SUPPORT')).toEqual([]);
    expect(await tasks('PRT')).toEqual([['PROTECTION', 1, 'PM-21', '2026-12-01', false]]);
    expect((await tasks('REM')).filter(([kind]) => kind === 'MEASURE')).toEqual([
      ['MEASURE', 1, 'RA-17', '2026-11-25', false],
    ]);

    house.time.addDays(2);
    expect((await tasks('REM')).filter(([, , , , overdue]) => overdue)).toContainEqual([
      'MEASURE',
      1,
      'RA-17',
      '2026-11-25',
      true,
    ]);
    await walk.by('INV', 'record-evidence-refusal', {
      evidenceRequestNumber: 1,
      refusalGround: 'NOT_HELD',
      recordsRefused: 'LOST',
      reasons: 'Deleted in July.',
    });
    expect((await tasks('INV')).map(([kind]) => kind)).not.toContain('EVIDENCE_REQUEST');
  });

  it('is what waits for a second person, but not for whoever proposed it', async () => {
    await walk.joinTeam('DEC');
    await walk.by('INV', 'lower-severity', {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'Less than we thought.',
    });
    const waiting = async (who: keyof Staff) => (await tasks(who)).filter(([kind]) => kind === 'AGREEMENT');
    const proposal = ['AGREEMENT', null, 'lower-severity', '2026-12-01', false];
    expect(await waiting('DEC')).toEqual([proposal]);
    for (const who of ['INV', 'TRI', 'EXE'] as const) expect(await waiting(who)).toEqual([]);
    expect(await agreementsOf(staff.DEC)).toEqual([
      {
        reference: walk.reference,
        step: 'lower-severity',
        proposedBy: expect.any(String),
        byRole: 'INV',
        proposedOn: '2026-11-26',
        dueOn: '2026-12-01',
      },
    ]);
    await walk.by('DEC', 'lower-severity', {}, false);
    expect(await waiting('DEC')).toEqual([]);
  });

  it('is what waits for the agreement of a role that sees every case, on whatever team', async () => {
    await walk.by('TRI', 'assess-reprisal', riskOf('HIGH'));
    const reasons = 'She is elsewhere now.';
    await walk.by('TRI', 'lower-reprisal', { reprisalLevel: 'LOW', isDefender: false, reasons });
    const waiting = async (who: keyof Staff) =>
      (await tasks(who)).filter(([kind, , code]) => kind === 'AGREEMENT' && code === 'lower-reprisal');
    expect(await waiting('PRT')).toHaveLength(1);
    expect(await waiting('TRI')).toEqual([]);
    await walk.by('PRT', 'lower-reprisal', {}, true);
    expect(await waiting('PRT')).toEqual([]);
  });

  it('is no proposal for who may not agree: who investigated, or whose account the other one made', async () => {
    await walk.by('TRI', 'lower-severity', {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'Less than we thought.',
    });
    const alsoDecides = (officer: Officer): Officer => ({ ...officer, roles: [...officer.roles, 'DEC'] });
    expect(await agreementsOf(staff.DEC)).toHaveLength(1);
    expect(await agreementsOf(alsoDecides(staff.PRT))).toHaveLength(1);
    expect(await agreementsOf(alsoDecides(staff.INV))).toEqual([]);
    expect(await agreementsOf(alsoDecides(staff.TRI))).toEqual([]);
    const people = house.source.getRepository(Person);
    const { createdBy } = await people.findOneByOrFail({ id: staff.DEC.personId });
    await people.update({ id: staff.DEC.personId }, { createdBy: staff.TRI.personId });
    expect(await agreementsOf(staff.DEC)).toEqual([]);
    await people.update({ id: staff.DEC.personId }, { createdBy });
    await walk.by('DEC', 'lower-severity', {}, false);
  });

  it('is an emergency opening for protection officers but who opened it, until one of them looked', async () => {
    const opener = { ...staff.IRV, roles: ['IRV', 'PRT'] as RoleCode[] };
    await house.get(OpenInEmergency).run(opener, walk.reference, 'Somebody is in danger.');
    const isTask = async (visitor: Officer) =>
      (
        await new ReadOwnWork(house.get(Transactions), house.get(Sight), house.time).run(visitor, [])
      ).tasks.filter(({ kind }) => kind === 'EMERGENCY');
    expect(await isTask(staff.PRT)).toEqual([
      { kind: 'EMERGENCY', reference: walk.reference, n: 1, code: null, dueOn: null, overdue: false },
    ]);
    for (const none of [opener, staff.TRI, staff.DPO]) expect(await isTask(none)).toEqual([]);
    await walk.by('PRT', 'review-break-glass', {
      breakGlassNumber: 1,
      breakGlassNeeded: true,
      reasons: 'It was right.',
    });
    expect(await isTask(staff.PRT)).toEqual([]);
  });

  it('is an action of remedy for whoever owns it, and a report that it is late for the role that was told', async () => {
    walk = await walk.comeBack();
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    expect((await tasks('REM')).filter(([kind]) => kind === 'ACTION')).toEqual([
      ['ACTION', 1, 'RA-01', '2026-12-10', false],
      ['ACTION', 2, 'RA-19', '2027-01-10', false],
    ]);
    house.time.addDays(30);
    walk = await walk.comeBack();
    await walk.by('RH', 'report-late');
    const told = (await tasks('TRI')).filter(([kind]) => kind === 'LATE_REPORT');
    expect(told).toEqual([['LATE_REPORT', 1, 'TRI', expect.any(String), false]]);
    expect((await tasks('REM')).map(([kind]) => kind)).not.toContain('LATE_REPORT');
  });
});
