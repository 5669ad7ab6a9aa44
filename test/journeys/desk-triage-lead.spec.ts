import { Journey, type LodgedComplaint, type Person } from '../harness/desk-journey';
import { riskOf } from '../harness/walk';

/** An asylum seeker writes in Dari, a volunteer sends the same once more, and others wait. */
describe('a triage lead, in a browser without script', () => {
  let journey: Journey;
  let lead: Person;
  let complaint: LodgedComplaint;
  let again: LodgedComplaint;

  beforeAll(async () => {
    journey = await Journey.begin('triage-lead');
    for (const id of ['open-14', 'open-05', 'open-21', 'open-01']) await journey.lodge(id);
    [again, complaint] = [await journey.lodge('open-24'), await journey.lodge('open-24')];
    await journey.settle();
    for (const { walk } of [complaint, again])
      await walk.step('intake', 'acknowledge', {
        noConflict: true,
        safeChannelChosen: true,
        jurisdiction: 'EU',
        isDataRightsRequest: true,
        reporterIsWorker: false,
        concernsListedLaw: false,
        note: 'Answered by way of the volunteer.',
      });
    lead = await journey.member('triage');
  });
  afterAll(() => journey?.end());

  it('narrows the queue to people who fear reprisal, and keeps that as a view', async () => {
    await lead.looksAt('queue');
    await lead.opens('/desk?flag=FEAR');
    await lead.looksAt('queue-narrowed');
    expect(await lead.reads()).toContain('2 cases fit.');
    await lead.page.locator('summary', { hasText: 'Keep this view' }).click();
    await lead.page.fill('#name', 'In fear, late by law first');
    await lead.page.check('#isShared');
    await lead.page.click('text=Keep the view');
    await lead.opens('/desk');
    await lead.page.getByRole('link', { name: 'In fear' }).click();
    await lead.looksAt('queue-of-the-view');
    await lead.page.getByRole('link', { name: complaint.reference, exact: true }).click();
    expect(await lead.reads()).toContain(complaint.record.narrative.replaceAll(/\s+/g, ' ').slice(0, 200));
    await lead.looksAt('case-acknowledged');
  });

  it('has a rule of routing drafted, and switched on by somebody else', async () => {
    await lead.opens('/desk/routing');
    await lead.page.click('text=Add rule');
    await lead.looksAt('routing-errors');
    expect(await lead.refusals()).toHaveLength(2);
    await lead.page.check('input[name="useDomains"][value="DOM-MIG"]');
    await lead.page.selectOption('#track', 'INVESTIGATION');
    await lead.page.selectOption('#role', 'PRT');
    await lead.page.click('text=Add rule');
    await lead.looksAt('routing-draft');
    const decider = await journey.member('decider');
    await decider.opens('/desk/routing');
    await decider.page.click('button[name="switch"][value="on"]');
    expect(await decider.reads()).toContain('Version 1 is on');
  });

  it('looks whether it can be taken up, and names what is still missing', async () => {
    await lead.begins('begin-eligibility', complaint.reference);
    await lead.sends();
    await lead.looksAt('begin-eligibility-errors');
    expect(await lead.refusals()).toHaveLength(1);
    await lead.sends({ noConflict: true });
    await lead.begins('accept', complaint.reference);
    await lead.sends({ affectsPeople: true });
    await lead.looksAt('accept-errors');
    await lead.sends({ plausibleLink: true });
    expect(await lead.reads()).toContain('“Accept” is done.');
    await lead.looksAt('case-in-triage');
  });

  it('rates how severe it is, with the meaning of each number beside it', async () => {
    await lead.begins('set-severity', complaint.reference);
    await lead.sends({ scale: 5 });
    await lead.looksAt('set-severity-errors');
    expect(await lead.reads()).toContain('5: ');
    await lead.sends({
      nature: 'ACTUAL',
      scope: 2,
      irremediability: 5,
      vulnerable: true,
      delayMakesIrremediable: true,
      reasons: 'He may be sent back before the record of the interview is corrected.',
    });
    expect(await lead.reads()).toContain('Tier Critical');
  });

  it('rates the risk of reprisal no lower than he does himself, and plans what protects him', async () => {
    await lead.begins('assess-reprisal', complaint.reference);
    await lead.sends({ reprisalLevel: 'LOW', isDefender: false });
    await lead.looksAt('assess-reprisal-refused');
    expect((await lead.refusals()).join(' ')).toContain('own rating of the risk');
    await lead.sends({ reprisalLevel: 'HIGH' });
    await lead.looksAt('assess-reprisal-unspoken');
    expect((await lead.refusals()).join(' ')).toContain('spell the risk out');
    await lead.sends({ ...riskOf('HIGH'), riskFactors: ['IRREGULAR_STATUS'], pastIncidents: 'None so far.' });
    expect(await lead.refusals()).toEqual([]);
    await lead.begins('plan-protection', complaint.reference);
    await lead.sends({
      protects: 'FAMILY',
      protectionMeasures: ['PM-05'],
      owner: journey.staff.protection.personId,
      reviewOn: '2027-06-01',
    });
    await lead.looksAt('plan-protection-refused');
    await lead.sends({ reviewOn: '2026-11-30', protectionWished: true });
    expect(await lead.refusals()).toEqual([]);
  });

  it('orders at once what must not wait', async () => {
    await lead.begins('decide-interim', complaint.reference);
    await lead.sends({ interimChoice: 'IM_NONE', reasons: 'It can wait.' });
    await lead.looksAt('decide-interim-refused');
    expect(await lead.refusals()).toHaveLength(1);
    await lead.takes(
      'order-interim-measure',
      {
        measure: 'RA-17',
        measureReason: 'The recording of the interview is erased on 2 December. Keep it.',
        owner: journey.staff.remedyOwner.personId,
        dueOn: '2026-11-26',
      },
      complaint.reference,
    );
    expect(await lead.reads()).toContain('The recording of the interview is erased on 2 December.');
  });

  it('classifies it, and reads what the rules propose', async () => {
    await complaint.walk.step('intake', 'record-consent', {
      consent: 'CN-SENS',
      consentGiven: true,
      consentSaid: 'By way of the volunteer: write down what it takes.',
    });
    await lead.begins('classify', complaint.reference);
    await lead.looksAt('classify');
    const { expected } = complaint.record;
    await lead.sends({
      rights: expected.rights,
      harms: expected.harms,
      groups: expected.groups,
      useDomain: expected.domain,
      lifecycleStage: expected.lifecycle,
      stateNexus: expected.stateNexus,
      decisionMode: expected.decisionMode,
      track: 'INVESTIGATION',
      systemSearch: 'NAMED',
    });
    expect(await lead.refusals()).toEqual([]);
    expect(await lead.reads()).toContain('What the rules propose');
    await lead.looksAt('case-classified');
  });

  it('joins what the volunteer sent to it, two people agreeing, and both take that back', async () => {
    const path = `/desk/cases/${again.reference}`;
    await lead.opens(path);
    expect(await lead.reads()).toContain('Found by unusual words that stand in both');
    await lead.page.click('main form[action$="/steps/link-case"] button');
    await lead.begins('close-merged', again.reference);
    await lead.sends({ otherCase: complaint.reference, reasons: 'The same man, the same interview.' });
    await lead.looksAt('close-merged-refused');
    expect(await lead.refusals()).toEqual([expect.stringContaining('A legal clock still runs')]);
    await again.walk.step('dataProtection', 'answer-data-request', { reply: 'A copy is enclosed.' });
    await lead.begins('close-merged', again.reference);
    await lead.sends({ otherCase: complaint.reference, reasons: 'The same man, the same interview.' });
    expect(await lead.refusals()).toEqual([]);
    const decider = await journey.member('decider');
    for (const { walk } of [complaint, again]) await walk.join('decider');
    await decider.opens(path);
    await decider.looksAt('case-to-join');
    await decider.agreesTo('close-merged', again.reference);
    await lead.opens(path);
    expect(await lead.reads()).toContain(`Looked at in ${complaint.reference}`);
    await lead.looksAt('case-joined');
    const writer = await journey.complainant(again);
    await writer.looksAt('own-case-joined');
    expect(await writer.reads()).not.toContain(complaint.reference);
    await lead.begins('undo-merge', again.reference);
    await lead.sends({ reasons: 'The volunteer writes for his brother.' });
    await decider.agreesTo('undo-merge', again.reference);
    expect(await decider.reads()).not.toContain('Looked at in');
  });

  it('asks an investigator onto the team, who sees nothing before there is no conflict of interest', async () => {
    const investigator = await journey.member('investigator');
    await investigator.opens(`/desk/cases/${complaint.reference}`);
    await investigator.looksAt('not-seen');
    expect(await investigator.reads()).not.toContain('VerboPort');
    await lead.begins('assign', complaint.reference);
    await lead.sends({ role: 'DEC', person: journey.staff.investigator.personId });
    await lead.looksAt('assign-refused');
    expect(await lead.refusals()).toHaveLength(1);
    await lead.sends({ role: 'INV', concerns: 'The maker of the translating program.' });
    expect(await lead.refusals()).toEqual([]);
    await investigator.opens('/desk/assignments');
    await investigator.looksAt('asked');
    await investigator.joins(complaint.reference);
    expect(await investigator.reads()).toContain('VerboPort');
    expect((await journey.app.verify()).differences).toEqual([]);
  });
});
