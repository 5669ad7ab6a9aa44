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

  it('names steps of the table alone', () => {
    const steps = new Set<string>(STEPS.map(({ step }) => step));
    for (const { step } of Object.values(TASKS)) expect(step === null || steps.has(step)).toBe(true);
  });
});
