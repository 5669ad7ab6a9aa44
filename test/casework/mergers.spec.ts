import { Messages } from '../../src/casework/messages';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { TellMerged } from '../../src/casework/triage/tell-merged';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff, riskOf } from '../harness/walk';

const REASONS = { reasons: 'Both tell of the letter of 3 November.' };

describe.each(engines())('a case that is joined to another one on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let into: Walk;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    into = await Walk.lodge(house, staff);
    walk = await Walk.lodge(house, staff);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const mine = () => house.get(ReadMyCase).view(walk.holder);
  const staffView = (who: keyof Staff = 'TRI', which = walk) =>
    house.get(ReadCase).forStaff(which.reference, staff[who]);
  const unmet = (name: string) => ({ needs: [expect.objectContaining({ name })] });
  const acknowledge = (which: Walk, more = {}) =>
    which.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
      ...more,
    });
  const tell = () => house.get(TellMerged).run();
  const statesOf = async (...codes: string[]) =>
    (await staffView()).clocks.filter(({ code }) => codes.includes(code)).map(({ status }) => status);
  const queued = async () => {
    const { cases } = await house.get(ReadQueue).page({ limit: 100 }, staff.TRI);
    return cases.find(({ reference }) => reference === walk.reference);
  };
  const propose = (which = walk) =>
    which.by('TRI', 'close-merged', { otherCase: into.reference, ...REASONS });
  async function offer(): Promise<void> {
    await into.toInvestigation();
    await into.toFindings();
    await into.toOffer();
  }
  async function merge(): Promise<void> {
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'DUPLICATE' });
    await propose();
    for (const each of [into, walk]) await each.assign('DEC', 'DEC');
    await walk.by('DEC', 'close-merged', {}, true);
  }

  it('keeps both receipts: the person reads whether it goes on, writes on, and hears of what is decided there', async () => {
    await acknowledge(walk);
    await merge();
    const seen = await mine();
    expect(seen.mergedInto).toEqual({ joinedOn: '2026-11-24', isOver: false });
    expect(seen.letters.at(-1)).toMatchObject({ letter: 'merged' });
    expect(seen.letters.at(-1)!.paragraphs.join()).toContain(REASONS.reasons);
    // Nothing is told while nothing was decided.
    expect(await tell()).toBe(0);
    await offer();
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect((await mine()).letters.at(-1)).toMatchObject({ letter: 'merged-news' });
    expect((await mine()).mergedInto).toEqual(seen.mergedInto);
    // Whose that is, and how far it is, is not theirs to follow.
    expect(JSON.stringify(await mine())).not.toContain(into.reference);
    expect((await house.get(ReadMyCase).view(into.holder)).offers).toHaveLength(1);
    // Long after the days of a review the person still writes, as long as the other case goes on.
    house.time.addDays(200);
    walk = await walk.comeBack();
    await house.get(Messages).write(walk.holder, 'The same letter came again.');
    expect((await mine()).dialogue).toEqual({ isOpen: true, until: null });
    expect((await staffView('TRI', into)).mergedHere).toEqual([
      { reference: walk.reference, state: 'closed' },
    ]);
    expect((await staffView()).messages.map(({ text }) => text)).toContain('The same letter came again.');
  });

  it('goes to an open case that is linked as a duplicate, and that whoever agrees sees too', async () => {
    await acknowledge(walk);
    await expect(propose()).rejects.toMatchObject(unmet('joinsOpenDuplicate'));
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'SAME_SYSTEM' });
    await expect(propose()).rejects.toMatchObject(unmet('joinsOpenDuplicate'));
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'DUPLICATE' });
    await propose();
    // The decision-maker is on the team of one of them alone: not even its reference is shown.
    await walk.assign('DEC', 'DEC');
    const [waiting] = (await house.get(ReadCase).openSteps(walk.reference, staff.DEC)).filter(
      ({ proposal }) => proposal !== null,
    );
    expect(waiting!.proposal!.answers).toEqual(REASONS);
    await expect(walk.by('DEC', 'close-merged', {}, true)).rejects.toMatchObject(unmet('joinsOpenDuplicate'));
    await into.by('RH', 'withdraw');
    await into.assign('DEC', 'DEC');
    await expect(walk.by('DEC', 'close-merged', {}, true)).rejects.toMatchObject(unmet('joinsOpenDuplicate'));
  });

  it('shows neither case to whoever may not see the other one', async () => {
    await acknowledge(walk);
    await merge();
    await into.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.PRT.personId });
    expect((await staffView('PRT')).mergedInto).toBeNull();
    expect(JSON.stringify((await staffView('PRT')).letters)).not.toContain(into.reference);
    expect((await staffView('TRI')).mergedInto).toMatchObject({ reference: into.reference });
    await into.assign('IRV', 'IRV');
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.IRV.personId });
    expect((await staffView('IRV', into)).mergedHere).toEqual([]);
  });

  it.each(['acknowledged', 'eligibility', 'triage'])(
    'goes back to “%s” as it was, with the clocks that ran, once two people undo it',
    async (before) => {
      await acknowledge(walk);
      if (before !== 'acknowledged') await walk.by('TRI', 'begin-eligibility', { noConflict: true });
      if (before === 'triage') await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
      const clocks = async () =>
        (await staffView()).clocks
          .filter(({ status }) => status === 'RUNNING')
          .map(({ code, dueInternal }) => `${code} ${dueInternal}`);
      const ran = await clocks();
      await expect(walk.by('TRI', 'undo-merge', REASONS)).rejects.toMatchObject({ kind: 'conflict' });
      await merge();
      house.time.addDays(2);
      expect(await walk.by('TRI', 'undo-merge', REASONS)).toMatchObject({ proposed: true, state: 'closed' });
      expect(await walk.by('DEC', 'undo-merge', {}, true)).toMatchObject({ state: before });
      expect(await clocks()).toEqual(ran);
      const { mergedInto, closedOn, assessment } = await staffView();
      expect([mergedInto, closedOn, assessment.closureCode]).toEqual([null, null, null]);
      expect((await mine()).letters.at(-1)).toMatchObject({ letter: 'reopened' });
      expect((await staffView('TRI', into)).mergedHere).toEqual([]);
    },
  );

  it('goes its own way again when the person has it opened', async () => {
    await acknowledge(walk);
    await merge();
    await walk.by('RH', 'reopen', { reopenGround: 'NEW_FACTS', reasons: 'It is another letter.' });
    expect(await mine()).toMatchObject({ state: 'triage', mergedInto: null });
    await into.by('RH', 'withdraw');
    expect(await tell()).toBe(0);
  });

  it('reads on in the case that the other one was joined to in its turn, and is told of that one', async () => {
    await acknowledge(walk);
    await merge();
    const [first, merged] = [into, walk];
    into = await Walk.lodge(house, staff);
    walk = first;
    await acknowledge(walk);
    await merge();
    walk = merged;
    expect((await staffView()).mergedInto).toMatchObject({ reference: into.reference, state: 'received' });
    expect(await tell()).toBe(0);
    await offer();
    // That one and this one.
    expect([await tell(), await tell()]).toEqual([2, 0]);
    expect((await mine()).letters.at(-1)).toMatchObject({ letter: 'merged-news' });
    await into.by('RH', 'withdraw');
    // The one that was joined to it goes on, and this one is looked at in that.
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect((await staffView()).mergedInto).toMatchObject({
      reference: first.reference,
      state: 'acknowledged',
    });
  });

  it('goes on where it was when the other one ends and nothing was decided', async () => {
    await acknowledge(walk);
    const ran = await statesOf('TARGET-ELIGIBILITY-START');
    await merge();
    expect(await statesOf('TARGET-ELIGIBILITY-START')).toEqual(['STOPPED']);
    await into.by('RH', 'withdraw');
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect(await mine()).toMatchObject({ state: 'acknowledged', mergedInto: null });
    expect((await mine()).letters.at(-1)).toMatchObject({ letter: 'reopened' });
    expect(await statesOf('TARGET-ELIGIBILITY-START')).toEqual(ran);
    expect(await queued()).toBeDefined();
  });

  it('stays closed where its own person withdrew during a review', async () => {
    await acknowledge(walk);
    await merge();
    await walk.by('RH', 'appeal', {});
    await into.by('RH', 'withdraw');
    expect(await tell()).toBe(0);
    await walk.by('RH', 'withdraw');
    expect(await tell()).toBe(0);
    expect(await mine()).toMatchObject({ state: 'withdrawn' });
  });

  it('is opened again by two of the staff, and what the law gives days for runs on by whatever way it goes', async () => {
    await acknowledge(walk, { jurisdiction: 'EU', reporterIsWorker: true, concernsListedLaw: true });
    await merge();
    expect(await statesOf('WBD-FB')).toEqual(['STOPPED']);
    const reopen = (role: 'TRI' | 'PRT' | 'RH') =>
      walk.by(role, 'reopen', { reopenGround: 'NEW_FACTS', reasons: 'It is another letter.' });
    for (const role of ['TRI', 'PRT'] as const)
      await expect(reopen(role)).rejects.toMatchObject(unmet('staffDoNotUndoMergers'));
    await reopen('RH');
    expect(await statesOf('WBD-FB')).toEqual(['RUNNING']);
    // By a review of its closing, too.
    walk = await Walk.lodge(house, staff);
    await acknowledge(walk, { jurisdiction: 'EU', reporterIsWorker: true, concernsListedLaw: true });
    await merge();
    await walk.by('RH', 'appeal', {});
    await walk.assign('IRV', 'IRV');
    await walk.by('IRV', 'send-back', REASONS);
    expect(await statesOf('WBD-FB')).toEqual(['RUNNING']);
    expect((await staffView()).mergedInto).toBeNull();
  });

  it('is not joined where somebody works whom it keeps out', async () => {
    await acknowledge(walk);
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: staff.INV.personId });
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'DUPLICATE' });
    await propose();
    for (const each of [into, walk]) await each.assign('DEC', 'DEC');
    await into.assign('INV', 'INV');
    await expect(propose()).rejects.toMatchObject(unmet('nobodyKeptOutIsThere'));
    const agree = () => walk.by('DEC', 'close-merged', {}, true);
    await expect(agree()).rejects.toMatchObject(unmet('nobodyKeptOutIsThere'));
    await into.by('TRI', 'end-assignment', { person: staff.INV.personId, ...REASONS });
    await agree();
    // Nor does whom it keeps out come in afterwards: what is decided there is decided for it.
    await expect(into.assign('INV', 'INV')).rejects.toMatchObject(unmet('personNotKeptOut'));
  });

  it('keeps the day on which the risk of reprisal is looked at, until the other one has come to its end', async () => {
    await acknowledge(walk);
    await walk.by('PRT', 'assess-reprisal', riskOf('EXTREME'));
    const day = async () => (await staffView()).assessment.reprisalReviewOn;
    const before = await day();
    await merge();
    expect([before, await day()]).toEqual([before, expect.any(String)]);
    expect(await queued()).toMatchObject({ nextDueOn: before });
    const review = () =>
      walk.by('PRT', 'review-safety', { reprisalLevel: 'EXTREME', isDefender: false, note: 'She is well.' });
    // More often than a closed case is looked at.
    for (let n = 0; n < 3; n += 1) {
      house.time.addDays(1);
      await review();
    }
    expect((await day())! > before!).toBe(true);
    await into.toInvestigation();
    await into.toFindings();
    await into.by('DEC', 'close-without-remedy', {
      systemicEffects: ['SE-NONE'],
      lessons: 'None.',
      ...REASONS,
    });
    await into.joinTeam('EXE');
    await into.by('EXE', 'close-without-remedy', {}, true);
    expect(await tell()).toBe(1);
    expect(await day()).toBeNull();
    await expect(review()).rejects.toMatchObject(unmet('safetyReviewRunning'));
  });

  it('hears again of an outcome that is decided anew', async () => {
    await acknowledge(walk);
    await merge();
    await offer();
    expect(await tell()).toBe(1);
    await into.by('RH', 'refuse-offer', {});
    expect(await tell()).toBe(0);
    await into.by('DEC', 'renew-offer', {
      offerText: 'A new look at it, and the costs.',
      reply: 'You said that the costs were missing.',
      noWaiver: true,
      adviceOffered: true,
    });
    expect([await tell(), await tell()]).toEqual([1, 0]);
  });
});
