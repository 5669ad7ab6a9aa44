import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import type { ClockCode } from '../../src/rules/clocks';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('While a case is paused on %s', (engine) => {
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

  const later = async (days: number) => {
    house.time.addDays(days);
    walk = await walk.comeBack();
  };
  const seen = () => house.get(ReadCase).forStaff(walk.reference, staff.DEC);
  const clock = async (wanted: ClockCode) => (await seen()).clocks.findLast(({ code }) => code === wanted)!;
  const replyDueOn = async () => (await house.get(ReadMyCase).view(walk.holder)).offers.at(-1)!.replyDueOn;
  const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });
  const pause = () => walk.by('RH', 'pause', { pauseFor: 'THIRTY_DAYS' });

  const shareFindings = async (finding = 'FC-UNSUB') => {
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding,
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log shows it.',
    });
    await walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    await walk.by('INV', 'share-findings', {
      aiRole: 'It scored the file.',
      evidenceList: 'Logs.',
      affectedOthers: 'About forty.',
      vendorReply: 'The vendor answered.',
    });
  };
  const end = () =>
    walk.by('DEC', 'close-unsubstantiated', {
      residualConsidered: true,
      systemicEffects: ['SE-NONE'],
      reasons: 'Nothing was found.',
    });

  it('nobody decides because her time to comment is over: it waits, and goes on with the case', async () => {
    await walk.toInvestigation();
    await shareFindings();
    await later(2);
    await pause();
    await later(20);
    await expect(end()).rejects.toMatchObject(unmet('commentPeriodOver'));
    await walk.by('RH', 'resume');
    await expect(end()).rejects.toMatchObject(unmet('commentPeriodOver'));
    await later(13);
    await end();
  });

  it('her time to comment waits as well where it begins then', async () => {
    await walk.toInvestigation();
    await pause();
    await shareFindings();
    await later(20);
    await expect(end()).rejects.toMatchObject(unmet('commentPeriodOver'));
    await walk.by('RH', 'resume');
    expect(await clock('TARGET-FINDINGS-COMMENT')).toMatchObject({
      status: 'RUNNING',
      dueInternal: '2026-12-28',
    });
  });

  describe('an offer', () => {
    const impose = () => walk.by('DEC', 'remedy-without-agreement', { reasons: 'She is silent.' });

    beforeEach(async () => {
      await walk.toInvestigation();
      await walk.toFindings();
      await walk.toOffer();
    });

    it('is not taken for unanswered: the day to answer it is none, and then a later one', async () => {
      expect(await replyDueOn()).toBe('2026-12-24');
      await later(29);
      await pause();
      expect(await replyDueOn()).toBeNull();
      await later(10);
      await expect(impose()).rejects.toMatchObject(unmet('offerAnsweredOrExpired'));
      await walk.by('RH', 'resume');
      expect(await replyDueOn()).toBe('2027-01-04');
      await expect(impose()).rejects.toMatchObject(unmet('offerAnsweredOrExpired'));
      await later(3);
      expect((await impose()).state).toBe('implementation');
    });

    it('waits for the answer to her question after the pause, too', async () => {
      await walk.by('RH', 'ask-about-offer', { offerQuestion: 'Who decides anew?' });
      await pause();
      await later(5);
      await walk.by('RH', 'resume');
      expect(await clock('TARGET-OFFER-REPLY')).toMatchObject({ status: 'PAUSED' });
      await later(2);
      await walk.by('DEC', 'answer-about-offer', { reply: 'A judge.' });
      expect(await clock('TARGET-OFFER-REPLY')).toMatchObject({
        status: 'RUNNING',
        dueInternal: '2026-12-31',
      });
      expect(await replyDueOn()).toBe('2026-12-31');
    });

    it('waits until the end of the pause after the answer to her question, too', async () => {
      await walk.by('RH', 'ask-about-offer', { offerQuestion: 'Who decides anew?' });
      await pause();
      await later(2);
      await walk.by('DEC', 'answer-about-offer', { reply: 'A judge.' });
      expect(await clock('TARGET-OFFER-REPLY')).toMatchObject({ status: 'PAUSED' });
      expect(await replyDueOn()).toBeNull();
      await later(5);
      await walk.by('RH', 'resume');
      expect(await clock('TARGET-OFFER-REPLY')).toMatchObject({ status: 'RUNNING' });
      expect(await replyDueOn()).toBe('2026-12-31');
    });
  });

  it('a severity that rises shortens what waits, too', async () => {
    await walk.toInvestigation();
    await pause();
    await walk.by('TRI', 'set-severity', {
      nature: 'ACTUAL',
      scale: 5,
      scope: 1,
      irremediability: 2,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'She lost her home.',
    });
    await later(10);
    await walk.by('RH', 'resume');
    await walk.assign('DEC', 'DEC');
    expect(await clock('TARGET-INVESTIGATION')).toMatchObject({
      status: 'RUNNING',
      dueInternal: '2026-12-24',
    });
  });

  it('what is promised within hours is not late at once after the pause', async () => {
    await walk.toEligibility();
    await walk.by('TRI', 'set-severity', {
      nature: 'ACTUAL',
      scale: 5,
      scope: 1,
      irremediability: 2,
      vulnerable: false,
      delayMakesIrremediable: false,
      reasons: 'She lost her home.',
    });
    await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
    await pause();
    await later(10);
    await walk.by('RH', 'resume');
    await walk.assign('DEC', 'DEC');
    expect(await clock('TARGET-TRIAGE')).toMatchObject({
      status: 'RUNNING',
      dueInternal: '2026-12-07',
      overdue: false,
    });
  });
});
