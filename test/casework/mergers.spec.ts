import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { TellMerged } from '../../src/casework/triage/tell-merged';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

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
  const acknowledge = (which: Walk) =>
    which.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
  const propose = (which = walk) =>
    which.by('TRI', 'close-merged', { otherCase: into.reference, ...REASONS });
  async function merge(): Promise<void> {
    await walk.by('TRI', 'link-case', { otherCase: into.reference, linkType: 'DUPLICATE' });
    await propose();
    for (const each of [into, walk]) await each.assign('DEC', 'DEC');
    await walk.by('DEC', 'close-merged', {}, true);
  }

  it('keeps both receipts: the person reads where it goes on, writes on, and hears of what is decided there', async () => {
    await acknowledge(walk);
    await merge();
    const seen = await mine();
    expect(seen.mergedInto).toEqual({
      reference: into.reference,
      state: 'received',
      joinedOn: '2026-11-24',
      erasedOn: null,
    });
    expect(seen.letters.at(-1)).toMatchObject({ letter: 'merged' });
    expect(seen.letters.at(-1)!.paragraphs.join()).toContain(into.reference);
    expect(seen.letters.at(-1)!.paragraphs.join()).toContain(REASONS.reasons);
    // Nothing is told while nothing was decided.
    const tell = () => house.get(TellMerged).run();
    expect(await tell()).toBe(0);
    await into.toInvestigation();
    await into.toFindings();
    await into.toOffer();
    expect([await tell(), await tell()]).toEqual([1, 0]);
    expect((await mine()).letters.at(-1)).toMatchObject({ letter: 'merged-news' });
    expect((await mine()).mergedInto).toMatchObject({ state: 'remedy-proposed' });
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
    expect((await staffView('TRI')).mergedInto).toMatchObject({ reference: into.reference });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.IRV.personId });
    await into.assign('IRV', 'IRV');
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
    expect(await house.get(TellMerged).run()).toBe(0);
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
    expect((await mine()).mergedInto).toMatchObject({ reference: into.reference, state: 'received' });
    expect(await house.get(TellMerged).run()).toBe(0);
    await into.by('RH', 'withdraw');
    // That one and this one.
    expect(await house.get(TellMerged).run()).toBe(2);
    expect((await mine()).letters.at(-1)!.paragraphs.join()).toContain(into.reference);
  });
});
