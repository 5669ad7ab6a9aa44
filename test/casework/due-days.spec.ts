import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import type { Day } from '../../src/platform/time';
import { addDays } from '../../src/rules/counting';
import { OPEN_STATES } from '../../src/rules/states';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const LEGAL = { isDataRightsRequest: false, reporterIsWorker: false, concernsListedLaw: false };

describe.each(engines())('what a case is due for on %s', (engine) => {
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
  afterAll(() => house.close());

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
  const today = () => house.time.today();

  async function clock(code: string): Promise<{ status: string; startedOn: Day; dueInternal: Day } | null> {
    return (await view()).clocks.findLast((each) => each.code === code) ?? null;
  }

  async function nextDueOn(): Promise<Day | null> {
    for (const state of [...OPEN_STATES, 'closed', 'withdrawn', 'declined', 'referred'] as const) {
      const { cases } = await house.get(ReadQueue).page({ state, limit: 100 }, staff.TRI);
      const row = cases.find(({ reference }) => reference === walk.reference);
      if (row) return row.nextDueOn;
    }
    throw new Error(`${walk.reference} stands in no queue.`);
  }

  async function acknowledge(facts: Record<string, unknown>): Promise<void> {
    await walk.by('INT', 'acknowledge', { safeChannelChosen: true, noConflict: true, ...LEGAL, ...facts });
  }

  async function toOffer(): Promise<void> {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
  }

  it('comes back the day after the complainant had until, when nothing else is due before', async () => {
    await toOffer();
    const { replyDueOn } = (await view()).offers.at(-1)!;
    expect(await nextDueOn()).toBe(addDays(replyDueOn!, 1));
  });

  it('is due on the day that an agreed action was promised for', async () => {
    await toOffer();
    await walk.by('RH', 'accept-offer', { understood: true });
    await walk.by('REM', 'start-action', { actionNumber: 1 });
    expect(await nextDueOn()).toBe('2026-12-10');
  });

  it('is due for an offer again once the first was refused', async () => {
    await toOffer();
    expect((await clock('TARGET-OFFER'))!.status).toBe('STOPPED');
    await walk.by('RH', 'refuse-offer');
    expect((await clock('TARGET-OFFER'))!.status).toBe('RUNNING');
    expect(await nextDueOn()).toBe((await clock('TARGET-OFFER'))!.dueInternal);
  });

  it('reminds of a question that nobody answers, and not of one that was', async () => {
    await walk.by('INT', 'ask-question', {
      questionText: 'Which month?',
      why: 'To find the log.',
      dueOn: '2026-12-15',
    });
    expect((await clock('TARGET-QUESTION-REMINDER'))!.status).toBe('RUNNING');
    await walk.by('RH', 'answer-question', { reply: 'June.' });
    expect((await clock('TARGET-QUESTION-REMINDER'))!.status).toBe('STOPPED');
  });

  it('starts the clock of a request that comes later on the day it came', async () => {
    await acknowledge({ jurisdiction: 'EU' });
    expect(await clock('GDPR-RTS')).toBeNull();
    house.time.addDays(10);
    const requestReceivedOn = addDays(today(), -2);
    await walk.by('INT', 'assess-legal-facts', {
      jurisdiction: 'EU',
      ...LEGAL,
      isDataRightsRequest: true,
      requestReceivedOn,
    });
    expect(await clock('GDPR-RTS')).toMatchObject({ status: 'RUNNING', startedOn: requestReceivedOn });
  });

  it('holds each request about data to a day of its own, whatever becomes of another', async () => {
    await acknowledge({ jurisdiction: 'EU', isDataRightsRequest: true });
    const requests = async () =>
      (await view()).clocks
        .filter(({ code }) => code === 'GDPR-RTS')
        .map(({ status, startedOn, extendedOn }) => [status, startedOn, extendedOn !== null]);
    const request = (requestReceivedOn: string) =>
      walk.by('INT', 'assess-legal-facts', {
        jurisdiction: 'EU',
        ...LEGAL,
        isDataRightsRequest: true,
        requestReceivedOn,
      });
    const extend = () =>
      walk.by('DPO', 'extend-clock', { clockCode: 'GDPR-RTS', reasons: 'Forty systems hold data.' });
    const first = today();
    await extend();
    house.time.addDays(7);
    const second = today();
    await request(second);
    await request(second);
    expect(await requests()).toEqual([
      ['RUNNING', first, true],
      ['RUNNING', second, false],
    ]);
    await walk.by('DPO', 'answer-data-request', { reply: 'Here is your data.' });
    expect(await requests()).toEqual([
      ['STOPPED', first, true],
      ['RUNNING', second, false],
    ]);
    await extend();
    await expect(extend()).rejects.toMatchObject({ needs: [{ name: 'clockExtendable' }] });
    await walk.by('DPO', 'answer-data-request', { reply: 'And what was added since.' });
    expect(await requests()).toEqual([
      ['STOPPED', first, true],
      ['STOPPED', second, true],
    ]);
  });

  it('holds a law found out later to the day of receipt, and what was acknowledged for acknowledged', async () => {
    const lodgedOn = today();
    await acknowledge({ jurisdiction: 'EU' });
    house.time.addDays(10);
    await walk.by('TRI', 'assess-legal-facts', {
      jurisdiction: 'EU',
      ...LEGAL,
      reporterIsWorker: true,
      concernsListedLaw: true,
    });
    expect(await clock('WBD-ACK')).toMatchObject({ status: 'STOPPED', startedOn: lodgedOn });
    expect(await clock('WBD-FB')).toMatchObject({ status: 'RUNNING', startedOn: lodgedOn });
  });

  it('stands in the queue of open cases, newest first, exactly while it is open', async () => {
    const isListed = async () => {
      const { cases } = await house.get(ReadQueue).page({ sort: 'lodged', limit: 100 }, staff.TRI);
      return cases.some(({ reference }) => reference === walk.reference);
    };
    expect(await isListed()).toBe(true);
    await walk.by('RH', 'withdraw');
    expect(await isListed()).toBe(false);
    await walk.by('RH', 'come-back');
    expect(await isListed()).toBe(true);
    await walk.by('RH', 'withdraw');
    await walk.by('TRI', 'close-withdrawn', { othersAtRisk: false, reasons: 'Nobody else is met.' });
    expect(await isListed()).toBe(false);
    await walk.by('RH', 'appeal', { grounds: 'I was pressed.' });
    expect(await isListed()).toBe(true);
  });

  it('owes whoever withdraws their feedback still', async () => {
    await acknowledge({ jurisdiction: 'EU', reporterIsWorker: true, concernsListedLaw: true });
    await walk.by('RH', 'withdraw');
    expect((await clock('WBD-FB'))!.status).toBe('RUNNING');
    expect(await nextDueOn()).toBe((await clock('WBD-FB'))!.dueInternal);
  });

  /** The reviews three and six months after the end. */
  const reviewSafety = async () => {
    for (const note of ['After three months.', 'After six months.'])
      await walk.by('PRT', 'review-safety', { reprisalLevel: 'LOW', isDefender: false, note });
  };

  it('is looked at again six and twelve months after the remedy, and no more once it is worked on anew', async () => {
    await toOffer();
    await walk.toMonitoring();
    const since = today();
    house.time.addDays(95);
    await walk.close();
    expect(await clock('TARGET-FOLLOW-UP-6')).toMatchObject({ status: 'RUNNING', startedOn: since });
    const sixth = (await clock('TARGET-FOLLOW-UP-6'))!.dueInternal;
    expect(await nextDueOn()).toBe(sixth);

    const looked = { recurrenceChecked: true, reprisalReviewed: true, note: 'All is well.' };
    await walk.by('INV', 'record-follow-up', looked);
    expect((await clock('TARGET-FOLLOW-UP-6'))!.status).toBe('STOPPED');
    await reviewSafety();
    expect(await nextDueOn()).toBe((await clock('TARGET-FOLLOW-UP-12'))!.dueInternal);

    await walk.by('RH', 'appeal', { grounds: 'It came back.' });
    expect((await clock('TARGET-FOLLOW-UP-12'))!.status).toBe('RUNNING');
    await walk.by('TRI', 'assign', { role: 'IRV', person: staff.IRV.personId });
    await walk.by('IRV', 'send-back', { reasons: 'Look again.' });
    expect((await clock('TARGET-FOLLOW-UP-12'))!.status).toBe('STOPPED');
  });

  it('takes no second look where none is due', async () => {
    await toOffer();
    await walk.toMonitoring();
    await walk.close();
    const looked = { recurrenceChecked: true, reprisalReviewed: true, note: 'All is well.' };
    await walk.by('INV', 'record-follow-up', looked);
    await walk.by('PRT', 'record-follow-up', looked);
    await reviewSafety();
    expect(await nextDueOn()).toBeNull();
    await expect(walk.by('INV', 'record-follow-up', looked)).rejects.toMatchObject({
      needs: [expect.objectContaining({ name: 'followUpRunning' })],
    });
  });

  it('cannot be closed as not substantiated for want of evidence that was lost or withheld', async () => {
    await walk.toInvestigation();
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-INCON',
      standardOfProof: 'SP-BALANCE',
      reasons: 'The vendor kept the log back.',
      evidenceWithheld: true,
    });
    await walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    await walk.by('INV', 'share-findings', {
      aiRole: 'It scored the file.',
      evidenceList: 'None came.',
      affectedOthers: 'Unknown.',
      vendorReply: 'Refused.',
    });
    await walk.by('RH', 'comment-on-findings', { comment: 'So I thought.' });
    await walk.by('INV', 'answer-comment', { reply: 'We note it.' });
    expect((await view()).allegations[0]!.evidenceWithheld).toBe(true);
    await expect(
      walk.by('DEC', 'close-unsubstantiated', {
        residualConsidered: true,
        systemicEffects: ['SE-NONE'],
        reasons: 'Nothing was found.',
      }),
    ).rejects.toMatchObject({
      needs: [expect.objectContaining({ name: 'noneSubstantiatedOrNotInvolved' })],
    });
    // Later than every day of these tests: on an earlier one, cases that were late by then would stand in front too soon.
    house.time.goTo('2030-01-01T09:00:00.000Z');
    expect((await house.verify()).differences).toEqual([]);
  });
});
