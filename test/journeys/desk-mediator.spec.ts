import { admit, noInterimMeasure } from '../../src/commands/demo/way-in';
import { Journey, type LodgedComplaint, type Person } from '../harness/desk-journey';

/** A daughter writes in French: a chat assistant promised her a fare for mourners that there is not. */
describe('a mediator, in a browser without script', () => {
  let journey: Journey;
  let mediator: Person;
  let daughter: Person;
  let complaint: LodgedComplaint;

  beforeAll(async () => {
    journey = await Journey.begin('mediator');
    complaint = await journey.lodge('open-20');
    const { walk } = complaint;
    await admit(walk, 'DIALOGUE');
    await noInterimMeasure(walk, 'The trip is over: waiting makes nothing worse.');
    await walk.step('triage', 'add-allegation', {
      allegationText: 'The assistant stated a rule that does not exist, and the refund was refused.',
      harm: complaint.record.expected.harms[0],
    });
    await walk.join('mediator');
    mediator = await journey.member('mediator');
    daughter = await journey.complainant(complaint);
  });
  afterAll(() => journey?.end());

  const at = () => complaint.reference;

  it('opens no dialogue before she agrees to one, and both sides to who leads it', async () => {
    await mediator.opens(`/desk/cases/${at()}`);
    await mediator.looksAt('case-in-triage');
    await mediator.begins('open-dialogue', at());
    await mediator.sends({ supportOffered: true, violenceAdviceTaken: true });
    await mediator.looksAt('open-dialogue-refused');
    expect(await mediator.refusals()).toHaveLength(2);
  });

  it('writes down that she agrees, and proposes somebody whom she accepts on her phone, and the airline, too', async () => {
    await mediator.takes(
      'record-consent',
      { consent: 'CN-DIALOGUE', consentGiven: true, consentSaid: 'By e-mail of today: gladly.' },
      at(),
    );
    await mediator.begins('propose-facilitator', at());
    await mediator.sends({ facilitator: 'A mediator of the consumer advice centre.' });
    await mediator.looksAt('propose-facilitator-errors');
    expect(await mediator.refusals()).toHaveLength(1);
    await mediator.sends({ facilitatorNeutral: 'The centre pays, and knows neither side.' });
    expect(await mediator.refusals()).toEqual([]);
    await daughter.begins('accept-facilitator');
    await daughter.looksAt('own-facilitator');
    await daughter.sends({ facilitatorNumber: 1 });
    expect(await daughter.refusals()).toEqual([]);
    await mediator.begins('record-unit-on-facilitator', at());
    await mediator.sends({ facilitatorNumber: 1, unitAccepts: true });
    await mediator.looksAt('record-unit-on-facilitator-errors');
    await mediator.sends({ unitSaid: 'The head of customer care, by e-mail of today.' });
    expect(await mediator.refusals()).toEqual([]);
    await mediator.takes('open-dialogue', { supportOffered: true, violenceAdviceTaken: true }, at());
    await mediator.looksAt('case-in-dialogue');
  });

  it('brings both to one table', async () => {
    await mediator.begins('invite-to-meeting', at());
    await mediator.sends({
      plannedFor: '2026-11-01',
      meetingDetails: 'A call at five.',
      companionOffered: true,
    });
    await mediator.looksAt('invite-to-meeting-errors');
    expect(await mediator.refusals()).toHaveLength(1);
    await mediator.sends({ plannedFor: '2026-11-24' });
    expect(await mediator.refusals()).toEqual([]);
    await daughter.opens('/my-case');
    await daughter.looksAt('own-meeting');
    await mediator.begins('record-meeting', at());
    await mediator.looksAt('record-meeting');
    await mediator.sends({
      meetingNumber: 1,
      meetingOutcome: 'HELD',
      occasionOn: '2026-11-24',
      accompanied: true,
      meetingNote: 'Both spoke. The airline offers the difference, and an apology.',
    });
    expect(await mediator.refusals()).toEqual([]);
  });

  it('writes down each point of the agreement with who does it and by when, and somebody else looks at it', async () => {
    await complaint.walk.step('triage', 'determine-involvement', {
      involvement: complaint.record.expected.likelyInvolvement,
      contributionModes: ['FACILITATED'],
      foreseeable: true,
      involvementBasis: 'The assistant speaks on our website in our name.',
      rootCauses: ['RC-OFFLBL'],
    });
    await mediator.begins('plan-action', at());
    await mediator.sends({ action: 'RA-08', actionDescription: 'Pay back the difference of 388 dollars.' });
    await mediator.looksAt('plan-action-errors');
    expect(await mediator.refusals()).toHaveLength(2);
    await mediator.sends({ owner: journey.staff.remedyOwner.personId, dueOn: '2026-12-08' });
    expect(await mediator.refusals()).toEqual([]);
    await mediator.takes(
      'plan-action',
      {
        action: 'RA-14',
        actionDescription: 'A call and a letter of apology from the head of customer care.',
        owner: journey.staff.remedyOwner.personId,
        dueOn: '2026-12-04',
      },
      at(),
    );
    await mediator.begins('propose-agreement', at());
    await mediator.sends({ offerText: 'We pay 388 dollars back, and the head of customer care apologises.' });
    await mediator.looksAt('propose-agreement-errors');
    await mediator.sends({ noWaiver: true, adviceOffered: true });
    expect(await mediator.reads()).toContain('is proposed. It happens when a second person agrees.');
    const protection = await journey.member('protection');
    await protection.opens(`/desk/cases/${at()}`);
    await protection.looksAt('case-to-agree');
    await protection.agreesTo('propose-agreement', at());
  });

  it('has her say yes to it in her own words', async () => {
    await daughter.opens('/my-case');
    await daughter.looksAt('own-agreement');
    await daughter.begins('accept-offer');
    await daughter.sends();
    await daughter.looksAt('own-accept-errors');
    await daughter.sends({ understood: true, comment: 'Merci. Je suis d’accord.' });
    expect(await daughter.refusals()).toEqual([]);
    await mediator.opens(`/desk/cases/${at()}`);
    await mediator.looksAt('case-agreed');
    const read = await mediator.reads();
    for (const said of ['Rosa Lindqvist, due on 2026-12-08. The complainant agreed.', 'Merci.'])
      expect(read).toContain(said);
    expect((await journey.app.verify()).differences).toEqual([]);
  });
});
