import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { Proposal } from '../../../src/records/entities/proposal';
import { RemedyAction } from '../../../src/records/entities/remedy-action';
import { say } from '../../../src/words/words';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, riskOf, Walk, type Staff } from '../../harness/walk';

const SEVERE = { scale: 4 };
const CRITICAL = { scale: 5, irremediability: 5 };
const ELSEWHERE = { complainantAgrees: true, body: 'The labour court.', reasons: 'It decided.' };
const CLOSING = {
  closureCode: 'CR-REM-V',
  systemicEffects: ['SE-OVERSIGHT'],
  recurrenceChecked: true,
  reprisalReviewed: true,
  surveyOffered: true,
  reasons: 'All is done.',
  lessons: 'Look first.',
};

describe.each(engines())('the ways out of a case on %s', (engine) => {
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
    house.time.goTo('2027-12-01T09:00:00.000Z');
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const needsOf = async (taken: Promise<unknown>): Promise<unknown> =>
    taken.then(
      () => [],
      ({ needs }: { needs: { name: string }[] }) => needs.map(({ name }) => name),
    );
  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
  const find = (finding: string) =>
    walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding,
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log shows it.',
    });
  const caused = () =>
    walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
  const herYes = async () => {
    await walk.by('INT', 'ask-question', {
      questionText: 'Is it solved for you, so that we close the case?',
      why: 'Only you can say.',
      dueOn: '2026-12-15',
    });
    await walk.by('RH', 'answer-question', { reply: 'Yes. The court gave me what I wanted.' });
  };

  it('“solved elsewhere” rests on what is on record, and an executive signs where a remedy is owed', async () => {
    await walk.toInvestigation(CRITICAL);
    await walk.toFindings();
    const close = (more: object) => walk.by('DEC', 'close-resolved-elsewhere', { ...ELSEWHERE, ...more });
    expect(await needsOf(close({}))).toEqual(['elsewhereOnRecord']);
    await walk.by('TRI', 'record-proceeding', { proceedingType: 'PP-LABT', proceedingCourse: 'CONTINUE' });
    expect(await needsOf(close({ proceedingNumber: 1 }))).toEqual(['elsewhereOnRecord']);
    await herYes();
    expect(await needsOf(close({ questionNumber: 2 }))).toEqual(['elsewhereOnRecord']);
    expect((await close({ questionNumber: 1 })).proposed).toBe(true);
    await expect(walk.by('IRV', 'close-resolved-elsewhere', {}, true)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect((await walk.by('EXE', 'close-resolved-elsewhere', {}, true)).state).toBe('closed');
  });

  it('asks another one to agree where the case changed meanwhile', async () => {
    await walk.toInvestigation(SEVERE);
    await caused();
    await find('FC-UNSUB');
    await herYes();
    const propose = () => walk.by('DEC', 'close-resolved-elsewhere', { ...ELSEWHERE, questionNumber: 1 });
    await propose();
    expect(
      (await house.source.getRepository(Proposal).findBy({ caseId: walk.holder.caseId })).at(-1),
    ).toEqual(expect.objectContaining({ secondRole: 'IRV' }));
    await find('FC-SUBST');
    await expect(walk.by('IRV', 'close-resolved-elsewhere', {}, true)).rejects.toMatchObject({
      kind: 'conflict',
    });
    await propose();
    expect((await walk.by('EXE', 'close-resolved-elsewhere', {}, true)).state).toBe('closed');
  });

  it('passes a critical case of a defender on only as it would be declined', async () => {
    await walk.toEligibility();
    const refer = () =>
      walk.by('TRI', 'refer', {
        body: 'The ombudsman.',
        referralMode: 'SIGNPOST_ONLY',
        followUpOn: '2026-12-24',
        reasons: 'It can decide this.',
      });
    expect(await needsOf(refer())).toEqual(['severitySet', 'reprisalAssessed', 'interimDecided']);
    await walk.rate(CRITICAL);
    await walk.by('TRI', 'assess-reprisal', riskOf('HIGH', true));
    expect(await needsOf(refer())).toEqual(['independentSightWhereNeeded']);
    await walk.by('IRV2', 'sight-decline', { reasons: 'Seen.' });
    expect((await refer()).proposed).toBe(true);
    expect((await walk.by('DEC', 'refer', {}, true)).state).toBe('referred');
    const confirm = (more: object = {}) =>
      walk.by('TRI', 'confirm-referral', { reasons: 'It has it.', ...more });
    const answered = (referralAnswer: string, referralAnsweredOn = '2026-11-24') =>
      walk.by('TRI', 'record-referral-answer', { referralAnswer, referralAnsweredOn });
    expect(await needsOf(confirm())).toEqual(['referralAnswered']);
    expect(await needsOf(confirm({ withoutAnswer: 'Silence.' }))).toEqual(['referralAnswered']);
    for (const day of ['2026-11-23', '2026-11-25'])
      expect(await needsOf(answered('RW-TAKEN', day))).toEqual(['referralAnswerInTime']);
    for (const answer of ['RW-TAKEN', 'RW-ASKS', 'RW-REFUSED']) await answered(answer);
    expect(await needsOf(confirm())).toEqual(['referralAnswered']);
    await answered('RW-TAKEN');
    expect((await confirm()).proposed).toBe(true);
    expect((await walk.by('DEC', 'confirm-referral', {}, true)).state).toBe('closed');
  });

  it('leads out of the monitoring when it is over and somebody has looked, or sooner with a reason and a second person', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    const close = (more: object = {}) => walk.by('DEC', 'close', { ...CLOSING, ...more });
    expect(await needsOf(close())).toEqual(['monitored', 'monitoringOver']);
    expect(await needsOf(close({ closedSooner: 'Hurry.' }))).toEqual(['monitored', 'monitoringOver']);
    const look = (lookedAtOn: string) =>
      walk.by('INV', 'record-monitoring-check', {
        lookedAtOn,
        lookedAt: 'Every stop since.',
        recurrenceChecked: true,
        reprisalReviewed: true,
      });
    for (const day of ['2026-11-23', '2026-11-25'])
      expect(await needsOf(look(day))).toEqual(['lookedDuringMonitoring']);
    await look('2026-11-24');
    expect((await close({ closedSooner: 'The system is switched off for good.' })).proposed).toBe(true);
    expect((await view()).state).toBe('monitoring');
    house.time.goTo('2027-02-23T09:00:00.000Z');
    expect(await needsOf(close())).toEqual(['monitored', 'monitoringOver', 'reprisalReviewInTime']);
    house.time.goTo('2027-02-24T09:00:00.000Z');
    await look('2027-01-24');
    expect(await needsOf(close())).toEqual(['monitored', 'reprisalReviewInTime']);
    await look('2027-01-25');
    await walk.by('PRT', 'assess-reprisal', riskOf('LOW'));
    expect(await close()).toMatchObject({ proposed: false, state: 'closed' });
  });

  it('wants a look anew where the remedy had to be done again', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    await walk.monitor();
    await walk.by('RH', 'resume-implementation', { reasons: 'It came back.' });
    await walk.by('REM', 'request-verification');
    await walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL' });
    const closedSooner = 'The system is switched off for good.';
    expect(await needsOf(walk.by('DEC', 'close', { ...CLOSING, closedSooner }))).toEqual(['monitored']);
  });

  it('ends what is only linked as such, and says to the person what that means', async () => {
    await walk.toInvestigation(SEVERE);
    await walk.toFindings('FC-SUBST', 'DIRECTLY_LINKED');
    const because = {
      systemicEffects: ['SE-CONTRACT'],
      reasons: 'The vendor did it.',
      lessons: 'Ask sooner.',
    };
    expect(await needsOf(walk.by('DEC', 'close-without-remedy', because))).toEqual(['remedyOwed']);
    const said = { ...because, signposting: 'The labour court.', leverageUsed: 'Payment is withheld.' };
    expect((await walk.by('DEC', 'close-linked', said)).proposed).toBe(true);
    await walk.by('IRV', 'close-linked', {}, true);
    expect((await view()).assessment.closureCode).toBe('CR-LINKED');
    const { letters } = await house.get(ReadMyCase).view(walk.holder);
    const letter = letters.at(-1)!.paragraphs.join('\n');
    expect(letter).toContain(say('en', 'outcome.CR-LINKED'));
    expect(letter).toContain('The labour court.');
  });

  it('begins what overwrites traces only once a snapshot is kept, which stays when it is done', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    for (const action of ['RA-01', 'RA-21'])
      await walk.by('DEC', 'plan-action', {
        action,
        actionDescription: 'As agreed.',
        owner: staff.REM.personId,
        dueOn: '2026-12-10',
      });
    await walk.by('DEC', 'propose-remedy', {
      offerText: 'We decide anew.',
      wishes: 'As she asked.',
      noWaiver: true,
      adviceOffered: true,
    });
    await walk.by('RH', 'accept-offer', { understood: true });
    const named = { actionNumber: 2 };
    const wanted = ['snapshotBeforeDestruction', 'authorityToldFirst'];
    expect(await needsOf(walk.by('REM', 'start-action', named))).toEqual(wanted);
    const done = { ...named, evidenceText: 'Evaluation by group.' };
    expect(await needsOf(walk.by('REM', 'complete-action', done))).toEqual(wanted);
    const kept = { snapshot: 'Shelf 3', authorityWord: 'No incident: nobody was hurt.' };
    await walk.by('REM', 'start-action', { ...named, ...kept });
    const sealed = async () =>
      (await house.source.getRepository(RemedyAction).findOneByOrFail({ caseId: walk.holder.caseId, n: 2 }))
        .snapshotSealed;
    const before = await sealed();
    await walk.by('REM', 'complete-action', done);
    expect(before).not.toBeNull();
    expect(await sealed()).toBe(before);

    await walk.by('TRI', 'order-interim-measure', {
      measure: 'RA-21',
      measureReason: 'It goes on.',
      owner: staff.REM.personId,
      dueOn: '2026-12-01',
    });
    const measure = { measureNumber: 1 };
    expect(await needsOf(walk.by('REM', 'activate-interim-measure', measure))).toEqual(wanted);
    await walk.by('REM', 'activate-interim-measure', { ...measure, ...kept });
  });
});
