import { admit, noInterimMeasure } from '../../src/commands/demo/way-in';
import { Journey, type LodgedComplaint, type Person } from '../harness/desk-journey';

/** A mother writes in Chinese: cameras read the feelings of her daughter’s class. The vendor keeps its logs to itself. */
describe('an investigator, in a browser without script', () => {
  let journey: Journey;
  let investigator: Person;
  let mother: Person;
  let complaint: LodgedComplaint;

  beforeAll(async () => {
    journey = await Journey.begin('investigator');
    complaint = await journey.lodge('open-05');
    const { walk } = complaint;
    await admit(walk, 'INVESTIGATION');
    await noInterimMeasure(walk, 'The school took the ranking off the wall this morning.');
    for (const allegationText of [
      'The program reads feelings from the faces of children and ranks them.',
      'The system takes a facial palsy for a lack of interest.',
    ])
      await walk.step('triage', 'add-allegation', { allegationText, harm: 'AIH-10' });
    await walk.join('investigator');
    investigator = await journey.member('investigator');
    mother = await journey.complainant(complaint);
  });
  afterAll(() => journey?.end());

  const at = () => complaint.reference;

  it('plans what to look into, and secures evidence before anybody hears of it', async () => {
    await investigator.opens('/desk?assignee=me');
    await investigator.looksAt('queue-of-mine');
    await investigator.page.getByRole('link', { name: at(), exact: true }).click();
    await investigator.looksAt('case-in-triage');
    await investigator.begins('start-investigation', at());
    await investigator.sends({ investigationScope: 'What do the cameras read, and who sees it?' });
    await investigator.looksAt('start-investigation-errors');
    expect(await investigator.refusals()).toHaveLength(2);
    await investigator.sends({
      evidencePlan: 'Contract, settings, the score lists of October, a talk with the class teacher.',
      evidenceSnapshot: 'Settings and score lists, copied to the evidence store.',
    });
    expect(await investigator.refusals()).toEqual([]);
  });

  it('asks the mother, who answers in her language on her phone', async () => {
    await investigator.begins('ask-question', at());
    await investigator.sends({
      questionText: 'On which day was the ranking on the wall?',
      dueOn: '2026-11-01',
    });
    await investigator.looksAt('ask-question-errors');
    await investigator.sends({ why: 'The lists of that day have to be kept.', dueOn: '2026-12-04' });
    expect(await investigator.refusals()).toEqual([]);
    await mother.begins('answer-question');
    await mother.looksAt('own-answer');
    await mother.sends({ reply: '十月十七日，家長日。' });
    await investigator.opens(`/desk/cases/${at()}`);
    expect(await investigator.reads()).toContain('十月十七日，家長日。');
  });

  it('asks the vendor for its logs, and writes down that it refuses and that they are lost', async () => {
    await investigator.begins('request-evidence', at());
    await investigator.sends({ askedOf: 'VENDOR', askedFor: 'The scores and pictures of October.' });
    await investigator.looksAt('request-evidence-errors');
    await investigator.sends({
      askedWhom: 'The maker of ClassMood 4, through its support desk.',
      dueOn: '2026-12-08',
      tellsNothingOfHer: true,
      allegationNumber: 2,
    });
    expect(await investigator.refusals()).toEqual([]);
    await investigator.begins('record-evidence-refusal', at());
    await investigator.looksAt('record-evidence-refusal');
    await investigator.sends({
      evidenceRequestNumber: 1,
      refusalGround: 'SECRECY',
      recordsRefused: 'LOST',
      reasons: 'The model is a secret, and the scores were deleted after a month.',
    });
    expect(await investigator.reads()).toContain('What is missing counts in favour of the complainant');
  });

  it('interviews the teacher, without a word of whose complaint it is', async () => {
    await investigator.begins('plan-interview', at());
    await investigator.sends({
      interviewWith: 'WITNESS',
      plannedFor: '2026-11-24',
      meetingDetails: 'With the class teacher, at three, in the library.',
    });
    await investigator.looksAt('plan-interview-errors');
    await investigator.sends({ tellsNothingOfHer: true });
    expect(await investigator.refusals()).toEqual([]);
    await investigator.takes(
      'record-meeting',
      {
        meetingNumber: 1,
        meetingOutcome: 'HELD',
        occasionOn: '2026-11-24',
        meetingNote: 'She was told to post the ranking, and can switch nothing off.',
      },
      at(),
    );
    await mother.opens('/my-case');
    expect(await mother.reads()).not.toContain('class teacher');
  });

  it('finds on each allegation by a named standard of proof, and cannot hold missing logs against the mother', async () => {
    await investigator.begins('record-finding', at());
    await investigator.sends({
      allegationNumber: 1,
      finding: 'FC-SUBST',
      reasons: 'The score lists name each child with a feeling.',
    });
    await investigator.looksAt('record-finding-errors');
    expect(await investigator.refusals()).toHaveLength(2);
    await investigator.sends({ standardOfProof: 'SP-BALANCE', findingCauses: ['RC-POLICY'] });
    expect(await investigator.refusals()).toEqual([]);
    await investigator.begins('record-finding', at());
    await investigator.sends({
      allegationNumber: 2,
      finding: 'FC-UNSUB',
      standardOfProof: 'SP-BALANCE',
      reasons: 'Nothing shows it.',
    });
    await investigator.looksAt('record-finding-refused');
    expect(await investigator.refusals()).toHaveLength(1);
    await investigator.sends({
      finding: 'FC-INCON',
      reasons: 'The scores that could show it are lost.',
    });
    expect(await investigator.refusals()).toEqual([]);
    expect(await investigator.reads()).toContain(
      'evidence was lost or withheld, which counts in favour of the complainant',
    );
  });

  it('shares what was found, and answers what the mother says of it', async () => {
    await investigator.takes(
      'determine-involvement',
      {
        involvement: 'CAUSE',
        involvementBasis: 'The school of our company bought and switched it on.',
        rootCauses: ['RC-POLICY'],
      },
      at(),
    );
    await investigator.begins('share-findings', at());
    await investigator.sends({ aiRole: 'It gave each child a score for feelings.' });
    await investigator.looksAt('share-findings-errors');
    await investigator.sends({
      evidenceList: 'Settings, score lists of November, talk with the teacher.',
      affectedOthers: 'The 35 other children of the class.',
      vendorReply: 'It calls its model a secret.',
    });
    expect(await investigator.refusals()).toEqual([]);
    await mother.opens('/my-case');
    await mother.looksAt('own-findings');
    await mother.takes('comment-on-findings', { comment: '還有體育課也有鏡頭。' });
    await investigator.takes('answer-comment', { reply: 'The camera in the gym is added.' }, at());
    await investigator.looksAt('case-findings-shared');
    expect(await investigator.reads()).toContain('還有體育課也有鏡頭。');
    expect((await journey.app.verify()).differences).toEqual([]);
  });
});
