import { OpenCase } from '../../src/casework/intake/open-case';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Receipts } from '../../src/casework/receipts';
import { TakeStep } from '../../src/casework/take-step';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { BY_PHONE, PhoneWalk } from '../harness/phone-walk';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { watchReading } from '../harness/watch-reading';

type Holder = Visitor & { kind: 'rightsholder' };
type Officer = Visitor & { kind: 'officer' };

const TODAY = '2026-11-24';
const SAID = { ...BY_PHONE, saidOn: TODAY };
const ANSWER = {
  reasons: 'The call came from another number; intake wrote it down in good faith.',
  reply: 'You are right, and we are sorry.',
};

describe.each(engines())('what waits in the name of the person, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let statements = 0;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    watchReading(house, () => (statements += 1));
  });
  beforeEach(() => house.time.goTo(`${TODAY}T09:00:00.000Z`));
  afterAll(async () => {
    await house.integrate();
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const toOffer = async (walk: Walk) => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    return walk;
  };
  const offered = async () => toOffer(await Walk.lodge(house, staff));
  /** Under a mandate that covers everything, which she gives with the receipt. */
  const representativeOf = async (walk: Walk) => {
    const { receipt } = await house.get(Receipts).add(walk.holder, 'REPRESENTATIVE');
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    const { visitor } = (await house.get(Sessions).resolve(token))!;
    return new Walk(house, staff, walk.reference, receipt, visitor as Holder);
  };
  const pageOf = ({ holder: { caseId, partyId } }: Walk) => house.get(ReadMyCase).view({ caseId, partyId });
  const waiting = async (walk: Walk) =>
    (await pageOf(walk)).dictationsProposed
      .filter(({ deniedOn }) => deniedOn === null)
      .map(({ step, refusedFor }) => [step, refusedFor]);
  const lettersOf = async (walk: Walk) => (await pageOf(walk)).letters.map(({ letter }) => letter);
  const seenBy = (walk: Walk, visitor: Officer) => house.get(ReadCase).forStaff(walk.reference, visitor);
  const denialTasks = async (walk: Walk) =>
    (await seenBy(walk, staff.PRT)).tasks.filter(({ kind }) => kind === 'DENIAL');
  const take = (walk: Walk, visitor: Officer, step: string, answers: object, agree?: boolean) =>
    house.get(TakeStep).run({ reference: walk.reference, step, visitor, answers: { ...answers }, agree });
  const unmet = (...names: string[]) => ({
    needs: names.map((name) => expect.objectContaining({ name }) as unknown),
  });

  it('goes on waiting whatever else she or who speaks for her does meanwhile', async () => {
    const walk = await offered();
    const rep = await representativeOf(walk);
    await walk.by('INT', 'appeal', { ...SAID, grounds: 'I want a review.' });
    for (const each of [walk, rep]) await each.by('RH', 'ask-about-offer', { offerQuestion: 'When?' });
    await rep.by('RH', 'refuse-offer');
    expect(await waiting(walk)).toEqual([['appeal', null]]);
    expect(await walk.by('PRT', 'appeal', {}, true)).toMatchObject({ state: 'appeal' });
  });

  it('gives way to what she says of the same thing herself, and she is told', async () => {
    const walk = await offered();
    await walk.by('INT', 'accept-offer', { ...SAID, understood: true });
    await walk.by('INT', 'appeal', SAID);
    await walk.by('RH', 'counter-offer', { counterOfferText: 'And an apology.' });
    expect(await waiting(walk)).toEqual([
      ['accept-offer', 'DR-OVER'],
      ['appeal', null],
    ]);
    expect((await lettersOf(walk)).filter((letter) => letter === 'dictation-over')).toHaveLength(1);
    await expect(walk.by('PRT', 'accept-offer', {}, true)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('gives way only about the same object', async () => {
    const walk = await Walk.lodge(house, staff);
    await toVerification(walk, 2);
    const verify = { actionResult: 'FULL' };
    await walk.by('INT', 'verify-action', { ...SAID, ...verify, actionNumber: 1 });
    await walk.by('RH', 'verify-action', { ...verify, actionNumber: 2 });
    expect(await waiting(walk)).toEqual([['verify-action', null]]);
    await walk.by('RH', 'verify-action', { ...verify, actionNumber: 1 });
    expect(await waiting(walk)).toEqual([['verify-action', 'DR-OVER']]);
  });

  it('tells her when it is written down anew, and lets nobody who speaks for her put theirs in its place', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await representativeOf(walk);
    await walk.by('INT', 'withdraw', SAID);
    await walk.by('INT', 'withdraw', { ...SAID, note: 'Again.' });
    expect(await waiting(walk)).toEqual([
      ['withdraw', 'DR-OVER'],
      ['withdraw', null],
    ]);
    const theirs = { ...SAID, saidBy: 'REP', mandateNumber: 1 };
    await expect(walk.by('INT', 'withdraw', theirs)).rejects.toMatchObject({ kind: 'conflict' });
    await walk.by('PRT', 'withdraw', { dictationRefusedFor: 'DR-WHAT' }, false);
    await walk.by('INT', 'withdraw', theirs);
    await walk.by('INT', 'withdraw', theirs);
    await walk.by('INT', 'withdraw', SAID);
    const came = (await waiting(walk)).map(([, refusedFor]) => String(refusedFor));
    expect(came.sort()).toEqual(['DR-OVER', 'DR-OVER', 'DR-OVER', 'DR-WHAT', 'null']);
  });

  it('is stopped by whoever said it and by her, and by nobody else who speaks for her', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    const rep = await representativeOf(walk);
    const another = await representativeOf(walk);
    const deny = (by: Walk) => by.by('RH', 'deny-dictation');
    const theirs = { ...SAID, saidBy: 'REP', mandateNumber: 1 };
    await walk.by('INT', 'request-erasure', { ...SAID, erasureScope: 'PERSON' });
    for (const each of [rep, another]) {
      await expect(deny(each)).rejects.toMatchObject(unmet('dictationWaits'));
      const open = await house.get(ReadMyCase).steps(each.holder);
      expect(open.find(({ step }) => step === 'deny-dictation')?.readiness).not.toBe('READY');
    }
    await walk.by('INT', 'withdraw', theirs);
    await expect(deny(another)).rejects.toMatchObject(unmet('dictationWaits'));
    await deny(rep);
    expect(await waiting(walk)).toEqual([['request-erasure', null]]);
    await take(walk, await penHolder(walk), 'withdraw', theirs);
    await deny(walk);
    expect(await waiting(walk)).toEqual([]);
  });

  it('is owed an answer once she denied it, by somebody who did not write it down, with reasons', async () => {
    const walk = await offered();
    await walk.by('INT', 'accept-offer', { ...SAID, understood: true, saidWords: 'Yes, I do.' });
    await walk.by('RH', 'deny-dictation', { comment: 'I never said that!' });
    expect((await lettersOf(walk)).at(-1)).toBe('objection-received');
    const { denials, proposals } = await seenBy(walk, staff.PRT);
    expect(proposals).toEqual([]);
    expect(denials).toMatchObject([
      {
        step: 'accept-offer',
        saidBy: 'RH',
        saidOn: TODAY,
        saidThrough: 'phone',
        words: 'Yes, I do.',
        byRole: 'INT',
        writtenOn: TODAY,
        deniedOn: TODAY,
        answeredOn: null,
      },
    ]);
    const [clock] = (await pageOf(walk)).clocks.filter(({ code }) => code === 'TARGET-OBJECTION');
    expect(clock).toMatchObject({ status: 'RUNNING' });
    expect(await denialTasks(walk)).toMatchObject([
      { step: 'answer-denial', owedBy: 'PRT', dueOn: clock!.dueInternal, isReached: true },
    ]);
    const both = await house.officer('INT', 'PRT');
    const late = await offered();
    await take(late, both, 'refuse-offer', SAID);
    await late.by('RH', 'deny-dictation');
    await expect(take(late, both, 'answer-denial', ANSWER)).rejects.toMatchObject(unmet('denialIsOfAnother'));
    await expect(walk.by('PRT', 'answer-denial', { ...ANSWER, reasons: 'No.' })).rejects.toMatchObject(
      unmet('reasonsSpelledOut'),
    );
    house.time.addDays(1);
    await walk.by('PRT', 'answer-denial', ANSWER);
    expect(await denialTasks(walk)).toEqual([]);
    expect((await seenBy(walk, staff.PRT)).denials).toMatchObject([{ answeredOn: '2026-11-25' }]);
    const back = await walk.comeBack();
    expect((await pageOf(back)).clocks.filter(({ code }) => code === 'TARGET-OBJECTION')).toMatchObject([
      { status: 'STOPPED' },
    ]);
    expect((await pageOf(back)).dictationsProposed).toMatchObject([
      { deniedOn: TODAY, denialAnsweredOn: '2026-11-25', agreeUntil: null, refusedFor: null },
    ]);
    const told = (await pageOf(back)).letters.at(-1)!;
    expect([told.letter, told.paragraphs.join()]).toEqual(['message', expect.stringContaining(ANSWER.reply)]);
    expect(told.paragraphs.join()).not.toContain(ANSWER.reasons);
    await expect(walk.by('PRT', 'answer-denial', ANSWER)).rejects.toMatchObject(unmet('denialWaits'));
  });

  it('is told to be owed until objection and denial are both answered', async () => {
    const running = async (walk: Walk) =>
      (await pageOf(walk)).clocks.some(
        ({ code, status }) => code === 'TARGET-OBJECTION' && status === 'RUNNING',
      );
    for (const first of ['answer-denial', 'answer-objection']) {
      const walk = await offered();
      await walk.by('INT', 'ask-about-offer', { ...SAID, offerQuestion: 'When?' });
      await walk.by('RH', 'object-to-dictation', { dictationNumber: 1 });
      await take(walk, await penHolder(walk), 'accept-offer', { ...SAID, understood: true });
      await walk.by('RH', 'deny-dictation');
      const steps: Record<string, object> = {
        'answer-denial': ANSWER,
        'answer-objection': { dictationNumber: 1, dictationHolds: true, reply: 'It was you.' },
      };
      await walk.by('PRT', first, { ...steps[first] });
      expect(await running(walk)).toBe(true);
      const second = Object.keys(steps).find((step) => step !== first)!;
      await walk.by('PRT', second, { ...steps[second] });
      expect(await running(walk)).toBe(false);
    }
  });

  it('is written down no more, and agreed to by nobody, who wrote down what she denied; the second person is shown that', async () => {
    const walk = await offered();
    const accept = { ...SAID, understood: true };
    const first = await house.officer('INT', 'PRT');
    await take(walk, first, 'accept-offer', accept);
    await walk.by('RH', 'deny-dictation');
    await expect(take(walk, first, 'accept-offer', accept)).rejects.toMatchObject(
      unmet('penHolderNotDenied'),
    );
    await walk.by('PRT', 'answer-denial', ANSWER);
    await expect(take(walk, first, 'accept-offer', accept)).rejects.toMatchObject(
      unmet('penHolderNotDenied'),
    );

    await walk.by('INT', 'accept-offer', accept);
    const shown = async (visitor: Officer) =>
      (await house.get(ReadCase).openSteps(walk.reference, visitor)).find(
        ({ step }) => step === 'accept-offer',
      )!;
    expect(await shown(staff.PRT)).toMatchObject({
      unmet: [],
      proposal: { deniedOn: TODAY, maySettle: true },
    });
    expect((await shown(first)).unmet).toMatchObject([{ name: 'secondPersonIndependent' }]);
    await expect(take(walk, first, 'accept-offer', {}, true)).rejects.toMatchObject(
      unmet('secondPersonIndependent'),
    );
    expect(await walk.by('PRT', 'accept-offer', {}, true)).toMatchObject({ state: 'implementation' });
  });

  it('takes as many statements for somebody with many open steps as for somebody with few', async () => {
    const walk = await PhoneWalk.begin(house, staff);
    await toOffer(walk);
    await walk.by('RH', 'accept-offer', { understood: true });
    const few = await house.officer('TRI');
    const many = await house.officer('TRI', 'PRT', 'DEC', 'DPO', 'REM', 'LEG');
    const costOf = async (visitor: Officer) => {
      await house.get(ReadCase).forStaff(walk.reference, visitor);
      statements = 0;
      const steps = (await house.get(ReadCase).openSteps(walk.reference, visitor)).filter(
        ({ dictated }) => !dictated,
      );
      return { steps: steps.length, statements };
    };
    const [ofFew, ofMany] = [await costOf(few), await costOf(many)];
    expect(ofMany.steps).toBeGreaterThan(ofFew.steps + 15);
    // What is looked up for the steps of the person that a protection officer writes down is looked up once.
    const ofHers = (await costOf(await house.officer('PRT'))).statements;
    expect(ofMany.statements).toBe(ofHers);
    expect(ofMany.statements).toBeLessThan(ofFew.statements * 1.5);
  });

  async function penHolder(walk: Walk): Promise<Officer> {
    const officer = await house.officer('INT');
    await walk.bring(officer, 'INT');
    return officer;
  }

  async function toVerification(walk: Walk, actions: number): Promise<void> {
    await walk.toInvestigation();
    await walk.toFindings();
    for (let n = 1; n < actions; n += 1)
      await walk.by('DEC', 'plan-action', {
        action: 'RA-01',
        actionDescription: 'We look at it anew.',
        owner: staff.REM.personId,
        dueOn: '2026-12-10',
      });
    await walk.toOffer();
    await walk.toVerification();
  }
});
