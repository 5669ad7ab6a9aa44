import { ReadQueue } from '../../src/casework/queue/read-queue';
import { Systems } from '../../src/casework/registers/systems';
import { ReadCase } from '../../src/casework/read-case';
import { STEPS } from '../../src/rules/steps';
import { TASKS } from '../../src/rules/tasks';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('what is to be done in a case, on %s', (engine) => {
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

  const tasks = async (who: keyof Staff = 'TRI') =>
    (await house.get(ReadCase).forStaff(walk.reference, staff[who])).tasks;
  const kinds = async () => (await tasks()).map(({ kind }) => kind);

  it('is gathered from every object that waits, the earliest day first', async () => {
    expect(await kinds()).toEqual(['REPRISAL_REVIEW']);
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Its support.',
      askedFor: 'The log of June.',
      dueOn: '2026-12-03',
      tellsNothingOfHer: true,
    });
    await walk.by('INV', 'ask-question', {
      questionText: 'Which letter?',
      why: 'To find the decision.',
      dueOn: '2026-12-02',
    });
    await walk.by('PRT', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01'],
      owner: staff.PRT.personId,
      reviewOn: '2026-11-30',
    });
    await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER' });
    await walk.take('TRI', 'assign', { role: 'DIA', person: staff.DIA.personId });
    const found = await tasks();
    expect(found.map(({ kind, n, owedBy, dueOn }) => [kind, n, owedBy, dueOn])).toEqual([
      ['PROTECTION', 1, 'PRT', '2026-11-30'],
      ['SUPPORT', 1, 'INV', '2026-12-01'],
      ['QUESTION', 1, 'RH', '2026-12-02'],
      ['EVIDENCE_REQUEST', 1, 'INV', '2026-12-03'],
      ['REPRISAL_REVIEW', null, 'PRT', expect.any(String)],
      // Whoever owns a measure is asked onto the team.
      ['ASKED', null, expect.stringMatching(/^(DIA|PRT)$/), null],
      ['ASKED', null, expect.stringMatching(/^(DIA|PRT)$/), null],
    ]);
    expect(found.every(({ overdue }) => !overdue)).toBe(true);
    expect(found[0]!.who).toContain('PRT');
  });

  it('is overdue after its day, and gone once its step is taken', async () => {
    house.time.goTo('2026-12-02T09:00:00.000Z');
    expect((await tasks()).filter(({ overdue }) => overdue).map(({ kind }) => kind)).toEqual([
      'PROTECTION',
      'SUPPORT',
    ]);
    await walk.by('PRT', 'begin-protection', { protectionNumber: 1 });
    await (await walk.comeBack()).by('RH', 'answer-question', { reply: 'That of June.' });
    await walk.by('INV', 'record-evidence-answer', {
      evidenceRequestNumber: 1,
      evidenceAnswer: 'Here.',
      recordsFound: 'COMPLETE',
    });
    expect(await kinds()).toEqual(['PROTECTION_REVIEW', 'SUPPORT', 'REPRISAL_REVIEW', 'ASKED', 'ASKED']);
  });

  describe('where a step waits for a second person', () => {
    let other: Walk;
    const waiting = async (who: keyof Staff = 'TRI') =>
      (await house.get(ReadCase).forStaff(other.reference, staff[who])).tasks.filter(
        ({ kind }) => kind === 'AGREEMENT',
      );
    const found = async (who: keyof Staff) =>
      (await house.get(ReadQueue).page({ flag: 'AWAITS_SECOND' }, staff[who])).cases.map(
        ({ reference }) => reference,
      );
    const lowered = {
      nature: 'ACTUAL',
      scale: 1,
      scope: 1,
      irremediability: 1,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'Less than we thought.',
    };

    beforeAll(async () => {
      house.time.goTo('2026-12-03T09:00:00.000Z');
      other = await Walk.lodge(house, staff);
      await other.toInvestigation();
    });

    it('tells the whole team who may agree, by which day, and whether nobody of them works on the case', async () => {
      expect(await found('TRI')).toEqual([]);
      await other.by('INV', 'lower-severity', lowered);
      const task = { owedBy: 'DEC', step: 'lower-severity', dueOn: '2026-12-08', overdue: false };
      for (const who of ['TRI', 'INV'] as const)
        expect(await waiting(who)).toEqual([
          expect.objectContaining({ ...task, who: null, isReached: false }),
        ]);
      expect(await found('TRI')).toEqual([other.reference]);
      expect(await found('DEC')).toEqual([]);
      await other.joinTeam('DEC');
      expect(await waiting()).toEqual([
        expect.objectContaining({ ...task, who: expect.stringContaining('DEC'), isReached: true }),
      ]);
      expect(await found('DEC')).toEqual([other.reference]);
      house.time.goTo('2026-12-09T09:00:00.000Z');
      expect(await waiting()).toEqual([expect.objectContaining({ overdue: true })]);
      expect(
        (await house.get(ReadQueue).page({ flag: 'AWAITS_SECOND', due: 'overdue' }, staff.TRI)).cases,
      ).toHaveLength(1);
      expect((await house.verify()).differences).toEqual([]);
      await other.by('DEC', 'lower-severity', {}, true);
      expect(await waiting()).toEqual([]);
      expect(await found('TRI')).toEqual([]);
      expect((await house.verify()).differences).toEqual([]);
    });

    it('ends with the state in which it could be done, so that nobody is asked for what is no more', async () => {
      await other.by('TRI', 'set-severity', { ...lowered, scale: 3, irremediability: 3 });
      await other.by('INV', 'lower-severity', lowered);
      expect(await waiting()).toHaveLength(1);
      await (await other.comeBack()).by('RH', 'withdraw');
      expect(await waiting()).toEqual([]);
      expect(await found('TRI')).toEqual([]);
      await expect(other.by('DEC', 'lower-severity', {}, true)).rejects.toMatchObject({ kind: 'conflict' });
      expect((await house.verify()).differences).toEqual([]);
    });
  });

  it('says where nobody in the role that owes something works on the case', async () => {
    const reached = async (kind: string) => (await tasks()).find((each) => each.kind === kind)!.isReached;
    const systemNumber = await house.get(Systems).add(staff.TRI, {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.by('TRI', 'plan-article-26-notices', {
      systemNumber,
      article26Ground: 'SERIOUS_INCIDENT',
      incidentKind: 'OTHER',
      knownSince: house.time.today(),
    });
    expect(await reached('NOTICE')).toBe(false);
    expect(await reached('REPRISAL_REVIEW')).toBe(true);
    await walk.bring(await house.officer('LEG'), 'LEG');
    expect(await reached('NOTICE')).toBe(true);
  });

  it('names steps of the table alone', () => {
    const steps = new Set<string>(STEPS.map(({ step }) => step));
    for (const { step } of Object.values(TASKS)) expect(step === null || steps.has(step)).toBe(true);
  });
});
