import { carryOut, lookAgain, shareAndDiscuss } from '../../src/commands/demo/endings/remedied';
import { admit, noInterimMeasure, rate, takeIn } from '../../src/commands/demo/way-in';
import { Journey, type LodgedComplaint, type Person } from '../harness/desk-journey';

/** Women whose accounts were seized for a debt that is not theirs write in Russian; a worker whose words were turned away in Arabic. */
describe('an independent reviewer, in a browser without script', () => {
  let journey: Journey;
  let reviewer: Person;
  let woman: Person;
  let debt: LodgedComplaint;
  let voice: LodgedComplaint;

  beforeAll(async () => {
    journey = await Journey.begin('reviewer');
    [debt, voice] = [await journey.lodge('open-22'), await journey.lodge('open-25')];
    await toUnsubstantiated(debt);
    await takeIn(voice.walk);
    await rate(voice.walk);
    reviewer = await journey.member('secondReviewer');
    woman = await journey.complainant(debt);
  });
  afterAll(() => journey?.end());

  /** Looked into, and ended as not substantiated; a first reviewer agreed to that. */
  async function toUnsubstantiated({ walk, record }: LodgedComplaint): Promise<void> {
    await admit(walk, 'INVESTIGATION');
    await walk.join('investigator');
    await noInterimMeasure(walk, 'The account is open again.');
    await walk.step('triage', 'add-allegation', {
      allegationText: 'Money was taken for the debt of somebody of the same name.',
      harm: record.expected.harms[0],
    });
    await walk.step('investigator', 'start-investigation', {
      investigationScope: 'Whose debt was it?',
      evidencePlan: 'The file of the debt.',
      evidenceSnapshot: 'The file, copied.',
    });
    await walk.step('investigator', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-UNSUB',
      standardOfProof: 'SP-BALANCE',
      reasons: 'Name and year of birth are the same.',
    });
    await walk.step('investigator', 'determine-involvement', {
      involvement: record.expected.likelyInvolvement,
      contributionModes: ['FACILITATED'],
      foreseeable: true,
      involvementBasis: 'We run the program.',
      rootCauses: ['RC-UNK'],
    });
    await shareAndDiscuss(walk, {
      aiRole: 'It compares names.',
      evidenceList: 'The file.',
      affectedOthers: 'Not examined.',
      vendorReply: 'None.',
      comment: 'Это не мой долг.',
      reply: 'We have read it.',
    });
    await walk.step(
      'decider',
      'close-unsubstantiated',
      { residualConsidered: true, systemicEffects: ['SE-NONE'], reasons: 'The allegation is not borne out.' },
      'reviewer',
    );
  }

  it('gets an appeal from a phone, with a day of its own', async () => {
    await woman.opens('/my-case');
    await woman.looksAt('own-case-closed');
    await woman.begins('appeal');
    await woman.looksAt('own-appeal');
    await woman.sends({ grounds: 'Номер в деле не мой: последняя цифра другая.' });
    expect(await woman.refusals()).toEqual([]);
    const lead = await journey.member('triage');
    await lead.opens(`/desk/cases/${debt.reference}`);
    await lead.looksAt('case-in-appeal');
    expect(await lead.reads()).toMatch(/Decide the review Own target \d{4}-\d\d-\d\d/);
  });

  it('is nobody who took part before', async () => {
    const lead = await journey.member('triage');
    await lead.begins('assign', debt.reference);
    await lead.sends({ role: 'IRV', person: journey.staff.reviewer.personId });
    await lead.looksAt('assign-refused');
    expect(await lead.refusals()).toEqual([
      expect.stringContaining('An independent reviewer must not have taken part before'),
    ]);
    await lead.sends({ person: journey.staff.secondReviewer.personId });
    expect(await lead.refusals()).toEqual([]);
    const first = await journey.member('reviewer');
    await first.opens(`/desk/cases/${debt.reference}`);
    await first.looksAt('first-reviewer');
    expect(await first.reads()).toContain('There is no such case, or it is not yours to see.');
    await reviewer.opens('/desk');
    expect(await reviewer.reads()).not.toContain(debt.reference);
    await reviewer.joins(debt.reference);
    await reviewer.looksAt('case-to-review');
    expect(await reviewer.reads()).toContain('Номер в деле не мой: последняя цифра другая.');
  });

  it('changes the outcome, with what is to be done and by when', async () => {
    const { reference } = debt;
    await reviewer.begins('uphold-appeal', reference);
    await reviewer.sends({
      reasons: 'The numbers differ in one digit. Nobody compared them.',
      offerText: 'The money comes back with interest, and each number is compared.',
      noWaiver: true,
    });
    await reviewer.looksAt('uphold-appeal-refused');
    expect(await reviewer.refusals()).toHaveLength(1);
    await reviewer.begins('plan-action-on-appeal', reference);
    await reviewer.sends({ action: 'RA-08', actionDescription: 'Pay the money back with interest.' });
    await reviewer.looksAt('plan-action-on-appeal-errors');
    expect(await reviewer.refusals()).toHaveLength(2);
    await reviewer.sends({ owner: journey.staff.remedyOwner.personId, dueOn: '2026-12-08' });
    expect(await reviewer.refusals()).toEqual([]);
    await reviewer.takes(
      'uphold-appeal',
      {
        reasons: 'The numbers differ in one digit. Nobody compared them.',
        offerText: 'The money comes back with interest, and each number is compared.',
        noWaiver: true,
      },
      reference,
    );
    await reviewer.looksAt('case-upheld');
    await woman.opens('/my-case');
    await woman.looksAt('own-appeal-upheld');
    await woman.takes('accept-offer', { understood: true });
  });

  it('sees a case opened again where the harm came back', async () => {
    const { walk, reference } = debt;
    await carryOut(walk, ['Proof of payment.']);
    await walk.say('confirm-remedy', { remedyResult: 'FULL' });
    await lookAgain(walk);
    const decider = await journey.member('decider');
    await decider.takes(
      'close',
      {
        closedSooner: 'The account is closed, and nothing can be taken from it.',
        recurrenceChecked: true,
        reprisalReviewed: true,
        surveyOffered: true,
        closureCode: 'CR-REM-V',
        systemicEffects: ['SE-CONFIG'],
        reasons: 'What the reviewer decided is done.',
        lessons: 'Compare each digit.',
      },
      reference,
    );
    await reviewer.agreesTo('close', reference);
    await woman.begins('reopen');
    await woman.looksAt('own-reopen');
    await woman.sends({ reopenGround: 'RECURRENCE', reasons: 'Вчера сняли снова.' });
    expect(await woman.refusals()).toEqual([]);
    const lead = await journey.member('triage');
    await lead.opens(`/desk/cases/${reference}`);
    expect(await lead.reads()).toContain('Вчера сняли снова.');
    await lead.opens(`/desk/cases/${reference}/history`);
    await lead.looksAt('history');
  });

  it('looks a second time at a refusal before it is made', async () => {
    const lead = await journey.member('triage');
    const { reference, walk } = voice;
    const answers = {
      declineCode: 'DC-OTHERBODY',
      effectOnPeople: false,
      reasons: 'The labour inspectorate decides on wages.',
      signposting: 'The labour inspectorate, and the union of construction workers.',
    };
    await lead.begins('decline', reference);
    await lead.sends(answers);
    await lead.looksAt('decline-refused');
    expect((await lead.refusals()).join(' ')).toContain('an independent reviewer has to see it first');
    await walk.join('secondReviewer');
    await reviewer.begins('sight-decline', reference);
    await reviewer.sends();
    await reviewer.looksAt('sight-decline-errors');
    await reviewer.sends({
      reasons: 'Seen. It touches people: say so, and help the caller to find the way.',
    });
    expect(await reviewer.refusals()).toEqual([]);
    await lead.opens(`/desk/cases/${reference}`);
    expect(await lead.reads()).toContain('It touches people');
    await lead.looksAt('case-with-second-look');
    expect((await journey.app.verify()).differences).toEqual([]);
  });
});
