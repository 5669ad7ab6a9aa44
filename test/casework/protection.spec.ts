import { Consents } from '../../src/casework/consents';
import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { PROTECTION_MEASURE_CODES, type ReprisalLevel } from '../../src/rules/protection';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, riskOf, Walk, type Staff } from '../harness/walk';

describe.each(engines())('a protection plan on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    walk = await Walk.lodge(house, staff);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const rate = (reprisalLevel: ReprisalLevel) => walk.by('PRT', 'assess-reprisal', riskOf(reprisalLevel));
  const plan = (more: object = {}) =>
    walk.by('PRT', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01', 'PM-21'],
      protectionWished: true,
      owner: staff.PRT.personId,
      reviewOn: '2026-11-30',
      ...more,
    });
  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.PRT);
  const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });

  it('holds all 25 measures, each with whom it protects, who does it and when somebody looks again', async () => {
    await plan({ protects: 'FAMILY', protectionMeasures: PROTECTION_MEASURE_CODES });
    const { protection } = await view();
    expect(protection.map(({ measure }) => measure)).toEqual(PROTECTION_MEASURE_CODES);
    expect(PROTECTION_MEASURE_CODES).toHaveLength(25);
    expect(protection[24]).toMatchObject({
      n: 25,
      protects: 'FAMILY',
      status: 'PLANNED',
      wished: true,
      plannedOn: '2026-11-24',
      begunOn: null,
      reviewOn: '2026-11-30',
      reviewDue: false,
      endedOn: null,
    });
  });

  it('rests on a risk that is spelled out from medium on, and rated as likely and as bad as it is', async () => {
    const { threatTypes, ...silent } = riskOf('HIGH');
    const assess = (answers: Record<string, unknown>) => walk.by('PRT', 'assess-reprisal', answers);
    await expect(assess({ reprisalLevel: 'HIGH', isDefender: false })).rejects.toMatchObject(
      unmet('riskSpelledOut'),
    );
    await expect(assess(silent)).rejects.toMatchObject(unmet('riskSpelledOut'));
    const worse = { ...riskOf('HIGH'), threatLikelihood: 5, threatImpact: 5 };
    await expect(assess(worse)).rejects.toMatchObject(unmet('riskFollowsScores'));
    await expect(assess({ ...riskOf('HIGH'), isDefender: true })).rejects.toMatchObject(
      unmet('defenderTypeSaid'),
    );
    await assess({ ...worse, reasons: 'The threat was taken back in writing.' });
    const { said, assessment } = await view();
    expect(assessment.reprisalLevel).toBe('HIGH');
    expect(said.at(-1)).toMatchObject({ step: 'assess-reprisal', answers: { threatTypes, threatImpact: 5 } });
  });

  it('is looked at again before anybody learns of the complaint, once its day has passed', async () => {
    await rate('LOW');
    const share = () =>
      walk.by('INV', 'share', {
        sharedWith: 'UNIT',
        recipient: 'The unit',
        sharedWhat: 'What happened',
        identityShared: false,
        scopeKept: true,
      });
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-UNIT', given: true }]);
    house.time.addDays(90);
    await share();
    house.time.addDays(1);
    await expect(share()).rejects.toMatchObject(unmet('reprisalReviewInTime'));
    await rate('LOW');
    await share();
  });

  it('does nothing to somebody against their wish, and nothing twice', async () => {
    await expect(plan({ protectionWished: false })).rejects.toMatchObject(unmet('protectionWished'));
    await expect(plan({ protectionWished: undefined })).rejects.toMatchObject(unmet('protectionWished'));
    // What is done for everybody needs no wish.
    await plan({ protectionMeasures: ['PM-01'], protectionWished: undefined });
    await expect(plan()).rejects.toMatchObject(unmet('protectionIsNew'));
    await plan({ protects: 'WITNESS' });
    await walk.by('TRI', 'end-protection', { protectionNumber: 1, reasons: 'Nobody looks any more.' });
    // One alone ends nothing that protects somebody.
    expect((await view()).protection[0]!.status).toBe('PLANNED');
    await expect(walk.by('TRI', 'end-protection', {}, true)).rejects.toThrow();
    await walk.by('PRT', 'end-protection', {}, true);
    await plan();
    expect((await view()).protection.map(({ status }) => status)).toEqual([
      'ENDED',
      'PLANNED',
      'PLANNED',
      'PLANNED',
      'PLANNED',
    ]);
  });

  it.each<[ReprisalLevel, string, string]>([
    ['LOW', '2027-02-22', '2027-02-23'],
    ['MEDIUM', '2026-12-24', '2026-12-25'],
    ['HIGH', '2026-12-01', '2026-12-02'],
    ['EXTREME', '2026-11-25', '2026-11-26'],
  ])('at %s risk is looked at again by %s and never later', async (level, latest, tooLate) => {
    await rate(level);
    expect((await view()).assessment.reprisalReviewOn).toBe(latest);
    await expect(plan({ reviewOn: tooLate })).rejects.toMatchObject(unmet('reviewInTime'));
    await expect(plan({ reviewOn: '2026-11-24' })).rejects.toMatchObject(unmet('reviewInTime'));
    await plan({ reviewOn: latest });
  });

  it('comes up by itself on the day of its review, until somebody looked', async () => {
    await rate('HIGH');
    await plan({ reviewOn: '2026-11-25', protectionMeasures: ['PM-24'] });
    await walk.by('PRT', 'begin-protection', { protectionNumber: 1 });
    const due = async () => {
      const { cases } = await house.get(ReadQueue).page({ sort: 'due' }, staff.PRT);
      return cases.find(({ reference }) => reference === walk.reference)!.nextDueOn;
    };
    expect(await due()).toBe('2026-11-25');
    house.time.goTo('2026-11-25T09:00:00.000Z');
    expect((await view()).protection[0]).toMatchObject({ status: 'IN_FORCE', reviewDue: true });
    const again = { protectionNumber: 1, protectionFound: 'She sleeps again.', reviewOn: '2026-12-02' };
    await walk.by('PRT', 'review-protection', again);
    expect((await view()).protection[0]).toMatchObject({
      begunOn: '2026-11-24',
      reviewedOn: '2026-11-25',
      reviewOn: '2026-12-02',
      reviewDue: false,
    });
    expect(await due()).toBe('2026-11-26');
    await walk.by('TRI', 'end-protection', { protectionNumber: 1, reasons: 'She moved away.' });
    await walk.by('PRT', 'end-protection', {}, true);
    await expect(walk.by('PRT', 'begin-protection', { protectionNumber: 1 })).rejects.toMatchObject(
      unmet('protectionWaits'),
    );
    await expect(walk.by('PRT', 'review-protection', again)).rejects.toMatchObject({
      needs: expect.arrayContaining([expect.objectContaining({ name: 'protectionStands' })]) as unknown,
    });
  });

  it('is looked at sooner once the risk rises, and never later', async () => {
    await rate('LOW');
    await plan({ protectionMeasures: ['PM-01'], reviewOn: '2027-02-20' });
    await plan({ protectionMeasures: ['PM-21'], reviewOn: '2026-11-25' });
    await rate('HIGH');
    const days = (await view()).protection.map(({ reviewOn }) => reviewOn);
    expect(days).toEqual(['2026-12-01', '2026-11-25']);
  });

  it('puts nobody on the team who has not said that there is no conflict of interest, also themselves', async () => {
    await walk.take('INT', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01'],
      owner: staff.INT.personId,
      reviewOn: '2026-11-30',
    });
    const { assignments } = await view();
    expect(assignments.find(({ personId }) => personId === staff.INT.personId)).toMatchObject({
      isAsked: true,
    });
  });

  it('has the risk rated anew after what was reported, and again when a case that ended goes on', async () => {
    await rate('LOW');
    await walk.by('RH', 'report-retaliation', { threat: 'My shifts were cut.' });
    expect((await view()).assessment).toMatchObject({
      reprisalLevel: 'HIGH',
      reprisalReviewOn: '2026-12-01',
    });
    await walk.by('RH', 'withdraw');
    expect((await view()).assessment.reprisalReviewOn).toBeNull();
    house.time.addDays(3);
    walk = await walk.comeBack();
    await walk.by('RH', 'come-back');
    expect((await view()).assessment.reprisalReviewOn).toBe('2026-12-04');
  });
});
