import { carryOut, lookAgain, NO_INCIDENT, shareAndDiscuss } from '../../src/commands/demo/endings/remedied';
import { admit, rate, takeIn } from '../../src/commands/demo/way-in';
import { Journey, type LodgedComplaint, type Person } from '../harness/desk-journey';

/** A family without rations writes in Hindi, an archive whose films are gone in Arabic, a supplier with an invoice in Chinese. */
describe('a decision-maker, in a browser without script', () => {
  let journey: Journey;
  let decider: Person;
  let family: Person;
  let rations: LodgedComplaint;
  let archive: LodgedComplaint;
  let invoice: LodgedComplaint;

  beforeAll(async () => {
    journey = await Journey.begin('decision-maker');
    [rations, archive, invoice] = [
      await journey.lodge('open-08'),
      await journey.lodge('open-04'),
      await journey.lodge('open-21'),
    ];
    for (const complaint of [rations, archive]) {
      await toSharedFindings(complaint);
      await complaint.walk.join('decider');
    }
    await takeIn(invoice.walk);
    await rate(invoice.walk);
    await invoice.walk.join('decider');
    decider = await journey.member('decider');
    family = await journey.complainant(rations);
  });
  afterAll(() => journey?.end());

  /** What triage lead and investigator do before, without a look at their pages. */
  async function toSharedFindings({ walk, record }: LodgedComplaint): Promise<void> {
    await admit(walk, 'INVESTIGATION');
    await walk.step('triage', 'order-interim-measure', {
      measure: 'RA-17',
      measureReason: 'Nobody is turned away by the machine while we look.',
      owner: walk.id('remedyOwner'),
      dueOn: walk.inDays(1),
    });
    await walk.join('investigator');
    await walk.step('triage', 'add-allegation', {
      allegationText: 'The system refused what people had a right to, and nobody looked.',
      harm: record.expected.harms[0],
    });
    await walk.step('investigator', 'start-investigation', {
      investigationScope: 'Why did it refuse, and who could have stopped it?',
      evidencePlan: 'Logs and settings of the autumn.',
      evidenceSnapshot: 'Logs, copied to the evidence store.',
    });
    await walk.step('investigator', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-SUBST',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log shows each refusal, and no person behind it.',
    });
    await walk.step('investigator', 'determine-involvement', {
      involvement: record.expected.likelyInvolvement,
      contributionModes: ['FACILITATED'],
      foreseeable: true,
      involvementBasis: 'We run the system.',
      rootCauses: ['RC-OVERS'],
    });
    await shareAndDiscuss(walk, {
      aiRole: 'It decided alone.',
      evidenceList: 'Logs and settings.',
      affectedOthers: 'Many.',
      vendorReply: 'It gave its logs.',
      comment: '…',
      reply: 'Thank you.',
    });
  }

  it('plans what puts it right, ways and wages among it, and offers it without asking for a waiver', async () => {
    const { reference } = rations;
    await decider.opens(`/desk/cases/${reference}`);
    await decider.looksAt('case-findings-shared');
    for (const [action, actionDescription] of [
      ['RA-09', 'Pay for the rations of three months, the ways to the shop and the lost wages.'],
      ['RA-19', 'Nobody is turned away before a person has looked.'],
    ])
      await decider.takes(
        'plan-action',
        { action, actionDescription, owner: journey.staff.remedyOwner.personId, dueOn: '2026-12-08' },
        reference,
      );
    await decider.begins('propose-remedy', reference);
    await decider.sends({ offerText: 'We pay for three months, and a person looks from now on.' });
    await decider.looksAt('propose-remedy-errors');
    expect(await decider.refusals()).toHaveLength(3);
    await decider.sends({
      wishes: 'Rations back, and money for the ways.',
      noWaiver: true,
      adviceOffered: true,
    });
    expect(await decider.refusals()).toEqual([]);
  });

  it('gets another offer in Hindi from a phone, and answers it with one of more', async () => {
    await family.opens('/my-case');
    await family.looksAt('own-offer');
    await family.begins('counter-offer');
    await family.sends();
    await family.looksAt('own-counter-offer-errors');
    expect(await family.refusals()).toHaveLength(1);
    await family.sends({ counterOfferText: 'चार महीने का राशन, तीन नहीं।' });
    await decider.opens(`/desk/cases/${rations.reference}`);
    expect(await decider.reads()).toContain('चार महीने का राशन, तीन नहीं।');
    await decider.looksAt('case-with-counter-offer');
    await decider.begins('renew-offer', rations.reference);
    await decider.sends({ offerText: 'We pay for four months.', noWaiver: true, adviceOffered: true });
    await decider.looksAt('renew-offer-errors');
    expect(await decider.refusals()).toHaveLength(1);
    await decider.sends({ reply: 'You are right: it was four months.' });
    expect(await decider.refusals()).toEqual([]);
    await family.takes('accept-offer', { understood: true });
  });

  it('writes down what it cost, and closes what was severe only with the eyes of a reviewer, once all is done and checked', async () => {
    const { walk, reference } = rations;
    await decider.opens(`/desk/cases/${reference}/steps/close`);
    await decider.looksAt('close-too-early');
    await carryOut(walk, ['Proof of payment.', 'The new rule, and who looks.'], {
      1: { snapshot: 'Settings as they were.', authorityWord: NO_INCIDENT },
    });
    await walk.say('confirm-remedy', { remedyResult: 'FULL' });
    await lookAgain(walk);
    await decider.begins('record-action-cost', reference);
    await decider.sends({ actionNumber: 1 });
    await decider.looksAt('record-action-cost-errors');
    expect(await decider.refusals()).toHaveLength(1);
    await decider.sends({ actionCost: '9,400 rupees: rations, ways, wages.' });
    expect(await decider.reads()).toContain('9,400 rupees: rations, ways, wages.');
    await family.opens('/my-case');
    expect(await family.reads()).not.toContain('9,400');
    await decider.begins('close', reference);
    await decider.sends({ closureCode: 'CR-REM-V' });
    await decider.looksAt('close-errors');
    await decider.sends({
      recurrenceChecked: true,
      reprisalReviewed: true,
      surveyOffered: true,
      systemicEffects: ['SE-OVERSIGHT'],
      reasons: 'All is done, and the family confirmed it.',
      lessons: 'A finger that is not read is no reason.',
      closedSooner: 'The rule of the shop is gone, and the family has its rations.',
    });
    expect(await decider.reads()).toContain('It happens when a second person agrees.');
    await walk.join('reviewer');
    const reviewer = await journey.member('reviewer');
    await reviewer.opens(`/desk/cases/${reference}`);
    await reviewer.looksAt('case-to-agree');
    await reviewer.agreesTo('close', reference);
    await family.opens('/my-case');
    await family.looksAt('own-case-closed');
  });

  it('declines nothing alone: reads the reasons of the lead, says no to bad ones and yes to good ones', async () => {
    const lead = await journey.member('triage');
    const { reference } = invoice;
    await lead.begins('decline', reference);
    await lead.sends({ declineCode: 'DC-COMM', effectOnPeople: true, reasons: 'An invoice.' });
    await lead.looksAt('decline-errors');
    await lead.sends({ signposting: 'The court of arbitration that the contract names.' });
    await lead.looksAt('decline-refused');
    expect(await lead.refusals()).toHaveLength(1);
    await lead.sends({ effectOnPeople: false, reasons: 'No.' });
    const path = `/desk/cases/${reference}`;
    await decider.opens(path);
    await decider.looksAt('case-to-decline');
    await decider.page.click(`form[action="${path}/steps/decline"] button[value="no"]`);
    expect(await decider.reads()).not.toContain('Waiting for your word');
    await lead.takes(
      'decline',
      {
        declineCode: 'DC-COMM',
        effectOnPeople: false,
        reasons: 'It is about the payment of an invoice, and touches nobody’s rights.',
        signposting: 'The court of arbitration that the contract names.',
      },
      reference,
    );
    await decider.agreesTo('decline', reference);
    const supplier = await journey.complainant(invoice);
    await supplier.looksAt('own-case-declined');
  });

  it('cannot end without a remedy what was owed one, unless an executive signs for it', async () => {
    const { reference } = archive;
    await decider.begins('close-without-remedy', reference);
    await decider.sends();
    await decider.looksAt('close-without-remedy-errors');
    // The letter with the reasons is drafted already.
    expect(await decider.refusals()).toHaveLength(2);
    await decider.sends({
      reasons: 'The films cannot be brought back. That is an outcome that fails the archive.',
      systemicEffects: ['SE-CONFIG'],
      lessons: 'An order to stop has to reach the vendor within the hour.',
    });
    await archive.walk.join('executive');
    const executive = await journey.member('executive');
    await executive.opens('/desk');
    await executive.looksAt('queue-of-executive');
    await executive.opens(`/desk/cases/${reference}`);
    await executive.looksAt('case-to-sign');
    await executive.agreesTo('close-without-remedy', reference);
    const keepers = await journey.complainant(archive);
    await keepers.looksAt('own-case-without-remedy');
    expect((await journey.app.verify()).differences).toEqual([]);
  });
});
