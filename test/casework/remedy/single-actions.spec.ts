import { Messages } from '../../../src/casework/messages';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import type { RemedyActionView } from '../../../src/casework/remedy/views';
import { asGuestSees } from '../../../src/casework/team/guest-views';
import type { GuestGrant } from '../../../src/people/visitor';
import { Refusal } from '../../../src/platform/refusal';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('Each action of an offer answered by itself on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });

  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
  });

  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const forStaff = () => house.get(ReadCase).forStaff(walk.reference, staff.DEC);
  const standing = (actions: readonly RemedyActionView[]) =>
    actions.map(({ n, status, agreed, wish }) => ({ n, status, agreed, wish }));
  const needsOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? error.needs.map(({ name, field }) => field ?? name) : [];
  };

  it('accepts all where nothing else is said', async () => {
    await walk.by('RH', 'accept-offer', { understood: true });
    expect(standing((await forStaff()).actions)).toEqual([
      { n: 1, status: 'AGREED', agreed: true, wish: null },
      { n: 2, status: 'AGREED', agreed: true, wish: null },
    ]);
  });

  it('leaves out what she refuses, with her words for the desk and only the code in the history', async () => {
    await walk.by('RH', 'accept-offer', {
      understood: true,
      actionAnswers: { 1: 'ACCEPTED', 2: 'REFUSED' },
      actionWishes: { 2: 'Ask the people at the counter first.' },
    });
    const expected = [
      { n: 1, status: 'AGREED', agreed: true, wish: null },
      { n: 2, status: 'REFUSED', agreed: false, wish: 'Ask the people at the counter first.' },
    ];
    const { actions, said } = await forStaff();
    expect(standing(actions)).toEqual(expected);
    expect(said.find(({ step }) => step === 'accept-offer')!.answers.actionWishes).toEqual({
      2: 'Ask the people at the counter first.',
    });
    expect(standing((await house.get(ReadMyCase).view(walk.holder)).actions)).toEqual(expected);
    const line = (await house.get(ReadCase).history(walk.reference, staff.DEC)).find(
      ({ act }) => act === 'accept-offer',
    )!;
    expect(line.facts).toEqual({ understood: true, actionAnswers: { 1: 'ACCEPTED', 2: 'REFUSED' } });
    expect(JSON.stringify(line)).not.toContain('counter');
  });

  it('goes on without a refused action to the end', async () => {
    await walk.by('RH', 'accept-offer', { understood: true, actionAnswers: { 2: 'REFUSED' } });
    expect(await needsOf(walk.by('REM', 'start-action', { actionNumber: 2 }))).toEqual(['actorOwnsAction']);
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision of today.' });
    await walk.by('REM', 'request-verification');
    await walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL' });
    expect((await walk.close()).state).toBe('closed');
  });

  it('keeps what an action cost from the person, from guests and from the ledger', async () => {
    const cost = (actionCost: string, actionNumber = 1) =>
      walk.by('DEC', 'record-action-cost', { actionNumber, actionCost });
    expect(await needsOf(cost('1 EUR', 9))).toEqual(['actionIsThere']);
    await cost('1,000 EUR, back pay of May');
    await cost('1,200 EUR, back pay of May and June');
    const view = await forStaff();
    expect(view.actions.map((each) => each.cost)).toEqual(['1,200 EUR, back pay of May and June', null]);
    const hers = await house.get(ReadMyCase).view(walk.holder);
    const told = [
      hers,
      await house.get(ReadMyCase).timeline(walk.holder),
      asGuestSees(view, { seesFiles: true } as GuestGrant),
      await house.get(ReadCase).history(walk.reference, staff.DEC),
    ];
    expect(JSON.stringify(told)).not.toMatch(/200 EUR|back pay/);
    expect(JSON.stringify(hers.actions)).not.toMatch(/"cost":[^n]/);
    expect(JSON.stringify(told.slice(0, 2))).not.toContain('record-action-cost');
    expect((await house.verify()).differences).toEqual([]);
  });

  it('lets the decider carry out a refused change of the system, marked as without agreement, and open to review', async () => {
    await walk.by('RH', 'accept-offer', { understood: true, actionAnswers: { 2: 'REFUSED' } });
    expect(await needsOf(walk.by('RH', 'appeal'))).toEqual(['remedyNotAccepted']);
    await walk.by('DEC', 'carry-out-refused-action', { actionNumber: 2, reasons: 'It protects others.' });
    const { actions, letters } = await forStaff();
    expect(standing(actions)[1]).toMatchObject({ status: 'AGREED', agreed: false });
    expect(letters.at(-1)).toMatchObject({ letter: 'action-without-agreement' });
    expect(letters.at(-1)!.paragraphs.join()).toContain('It protects others.');
    expect((await walk.by('RH', 'appeal')).state).toBe('appeal');
  });

  it('never does to herself what she refused', async () => {
    await walk.by('RH', 'accept-offer', { understood: true, actionAnswers: { 1: 'REFUSED' } });
    expect(
      await needsOf(walk.by('DEC', 'carry-out-refused-action', { actionNumber: 1, reasons: 'We want it.' })),
    ).toEqual(['refusedActionIsNotHers']);
  });

  it.each([
    [{ actionAnswers: { 1: 'REFUSED', 2: 'REFUSED' } }, ['someActionAccepted']],
    [{ actionAnswers: { 3: 'REFUSED' } }, ['offeredActionsNamed']],
    [{ actionWishes: { 7: 'More' } }, ['offeredActionsNamed']],
    [{ actionAnswers: { 1: 'MAYBE' } }, ['actionAnswers.1']],
    [{ actionAnswers: { one: 'REFUSED' } }, ['actionAnswers']],
    [{ actionAnswers: 'REFUSED' }, ['actionAnswers']],
    [{ actionAnswers: ['REFUSED'] }, ['actionAnswers']],
    [{ actionWishes: { 2: ['a', 'b'] } }, ['actionWishes.2']],
    [{ actionWishes: { 2: 'x'.repeat(2001) } }, ['actionWishes.2']],
  ])('refuses %j by name', async (answers, needs) => {
    expect(await needsOf(walk.by('RH', 'accept-offer', { understood: true, ...answers }))).toEqual(needs);
  });

  it('marks measures without agreement as such, action by action', async () => {
    await walk.by('RH', 'refuse-offer');
    await walk.by('DEC', 'remedy-without-agreement', { reasons: 'It has to be mended.' });
    const { actions, assessment } = await forStaff();
    expect(actions.map(({ agreed }) => agreed)).toEqual([false, false]);
    expect(assessment.agreement).toBe('NOT_AGREED');
  });

  it('lets her answer the offer although her question still waits', async () => {
    await walk.by('RH', 'ask-about-offer', { offerQuestion: 'Who decides anew?' });
    await walk.by('RH', 'refuse-offer');
    expect(await needsOf(walk.by('DEC', 'answer-about-offer', { reply: 'Late.' }))).toEqual([
      'offerQuestionOpen',
    ]);
  });

  it('stops her time to reply while a question about the offer waits, and gives it back', async () => {
    const due = (await forStaff()).offers[0]!.replyDueOn!;
    await walk.by('RH', 'ask-about-offer', { offerQuestion: 'Who decides anew?' });
    expect((await forStaff()).offers[0]!.replyDueOn).toBeNull();
    house.time.addDays(40);
    expect(await needsOf(walk.by('DEC', 'remedy-without-agreement', { reasons: 'No answer.' }))).toEqual([
      'offerAnsweredOrExpired',
      'offerQuestionAnswered',
    ]);
    const asked = await house.get(Messages).list(staff.DEC, walk.reference);
    expect(asked.at(-1)).toMatchObject({ fromRole: 'RH', aboutOffer: 1, text: 'Who decides anew?' });
    await walk.by('DEC', 'answer-about-offer', { reply: 'Somebody from another office.' });
    const { offers, clocks, messages } = await forStaff();
    expect(messages.at(-1)).toMatchObject({ fromRole: 'DEC', aboutOffer: 1 });
    expect(daysFrom(due, offers[0]!.replyDueOn!)).toBeGreaterThanOrEqual(40);
    expect(clocks.find(({ code }) => code === 'TARGET-OFFER-QUESTION')!.status).toBe('STOPPED');
    expect(await needsOf(walk.by('DEC', 'remedy-without-agreement', { reasons: 'No answer.' }))).toEqual([
      'offerAnsweredOrExpired',
    ]);
    await (await walk.comeBack()).by('RH', 'accept-offer', { understood: true });
  });
});

function daysFrom(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
