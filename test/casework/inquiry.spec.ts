import { ReadCase } from '../../src/casework/read-case';
import { ReadQueue } from '../../src/casework/queue/read-queue';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { asGuestSees } from '../../src/casework/team/guest-views';
import type { GuestGrant } from '../../src/people/visitor';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const REQUEST = {
  askedOf: 'VENDOR',
  askedWhom: 'The support desk of the maker.',
  askedFor: 'The log of June.',
  dueOn: '2026-12-08',
  tellsNothingOfHer: true,
};
const SHARED = {
  aiRole: 'It scored the file.',
  evidenceList: 'The letter.',
  affectedOthers: 'About forty.',
  vendorReply: 'See the request.',
};
const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });

describe.each(engines())('an inquiry on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const looking = async () => {
    house.time.goTo('2026-11-24');
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    return walk;
  };
  const ask = (walk: Walk, more: object = {}) => walk.by('INV', 'request-evidence', { ...REQUEST, ...more });
  const refuse = (walk: Walk, more: object = {}) =>
    walk.by('INV', 'record-evidence-refusal', {
      evidenceRequestNumber: 1,
      refusalGround: 'NOT_HELD',
      recordsRefused: 'LOST',
      reasons: 'Deleted after a month.',
      ...more,
    });
  const find = (walk: Walk, finding: string, more: object = {}, step = 'record-finding') =>
    walk.by('INV', step, {
      allegationNumber: 1,
      finding,
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The letter does not show it.',
      ...more,
    });
  const share = (walk: Walk) => walk.by('INV', 'share-findings', SHARED);
  const involve = (walk: Walk) =>
    walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
  const asStaff = (walk: Walk) => house.get(ReadCase).forStaff(walk.reference, staff.INV);
  const asHer = (walk: Walk, language?: string) => house.get(ReadMyCase).view(walk.holder, language);

  it('asks units, vendors and others, and keeps what came or why nothing did', async () => {
    const walk = await looking();
    await ask(walk, { allegationNumber: 1 });
    await expect(ask(walk, { allegationNumber: 2 })).rejects.toMatchObject(unmet('allegationFits'));
    await ask(walk, { askedOf: 'UNIT' });
    await walk.by('INV', 'record-evidence-answer', {
      evidenceRequestNumber: 2,
      evidenceAnswer: 'Files 1 to 3.',
      recordsFound: 'COMPLETE',
    });
    await expect(refuse(walk, { evidenceRequestNumber: 2 })).rejects.toMatchObject(
      unmet('evidenceRequestWaits'),
    );
    const silence = { refusalGround: 'SILENCE', recordsRefused: 'WITHHELD', reasons: 'Nobody wrote back.' };
    await expect(refuse(walk, silence)).rejects.toMatchObject(unmet('silenceIsOver'));
    house.time.goTo('2026-12-09');
    expect((await asStaff(walk)).evidenceRequests.map(({ status, overdue }) => [status, overdue])).toEqual([
      ['ASKED', true],
      ['ANSWERED', false],
    ]);
    await refuse(walk, silence);
    const [first, second] = (await asStaff(walk)).evidenceRequests;
    expect(first).toMatchObject({
      n: 1,
      askedOf: 'VENDOR',
      whom: REQUEST.askedWhom,
      text: REQUEST.askedFor,
      allegation: 1,
      status: 'REFUSED',
      settledOn: '2026-12-09',
      refusalGround: 'SILENCE',
      records: 'WITHHELD',
      reply: 'Nobody wrote back.',
      overdue: false,
    });
    expect(second).toMatchObject({ allegation: null, reply: 'Files 1 to 3.', records: 'COMPLETE' });
  });

  it('shares no finding while a request waits', async () => {
    const walk = await looking();
    await ask(walk);
    await find(walk, 'FC-SUBST');
    await involve(walk);
    await expect(share(walk)).rejects.toMatchObject(unmet('evidenceRequestsSettled'));
    await refuse(walk, { recordsRefused: 'NONE_DUE' });
    await share(walk);
    const { allegations, letters } = await asHer(walk);
    expect(allegations[0]).toMatchObject({ evidenceWithheld: null, standardOfProof: 'SP-BALANCE' });
    expect(letters.at(-1)!.paragraphs.join()).not.toContain('Records are missing');
  });

  it('lets missing records count for her: no “not substantiated” without a word on them, and the letter says so', async () => {
    const walk = await looking();
    await ask(walk);
    await refuse(walk);
    await expect(find(walk, 'FC-UNSUB')).rejects.toMatchObject(unmet('missingRecordsTakenUp'));
    await expect(find(walk, 'FC-INCON', { evidenceWithheld: false })).rejects.toMatchObject(
      unmet('missingRecordsNotDenied'),
    );
    await find(walk, 'FC-UNSUB', { missingRecords: 'Whatever they said, a person decided.' });
    await involve(walk);
    await share(walk);
    const { allegations, letters, evidenceRequests } = await asHer(walk);
    expect(allegations[0]).toMatchObject({
      evidenceWithheld: true,
      missingRecords: 'Whatever they said, a person decided.',
    });
    expect(evidenceRequests).toEqual([
      {
        n: 1,
        askedOf: 'VENDOR',
        askedOn: '2026-11-24',
        status: 'REFUSED',
        settledOn: '2026-11-24',
        records: 'LOST',
      },
    ]);
    expect(letters.at(-1)!.paragraphs.join()).toContain('Records are missing');
    const arabic = (await asHer(walk, 'ar')).letters.at(-1)!.paragraphs.join();
    expect(arabic).toContain('سجلات مفقودة');
  });

  it('decides an inconclusive allegation for her by itself where records are missing', async () => {
    const walk = await looking();
    await ask(walk);
    await refuse(walk, { recordsRefused: 'WITHHELD', refusalGround: 'SECRECY' });
    await find(walk, 'FC-INCON');
    await involve(walk);
    await share(walk);
    await walk.by('RH', 'comment-on-findings', { comment: 'The log would show it.' });
    await walk.by('INV', 'answer-comment', { reply: 'That is how we count it.' });
    await expect(
      walk.by('DEC', 'close-unsubstantiated', {
        residualConsidered: true,
        systemicEffects: ['SE-NONE'],
        reasons: 'Nothing.',
      }),
    ).rejects.toMatchObject(unmet('noneSubstantiatedOrNotInvolved'));
  });

  it('counts only what is missing for an allegation against that one, and nothing once it came after all', async () => {
    const walk = await looking();
    await walk.by('TRI', 'add-allegation', { allegationText: 'Nobody answered her appeal.' });
    await ask(walk, { allegationNumber: 2 });
    await refuse(walk);
    await find(walk, 'FC-UNSUB');
    await expect(find(walk, 'FC-UNSUB', { allegationNumber: 2 })).rejects.toMatchObject(
      unmet('missingRecordsTakenUp'),
    );
    await walk.by('INV', 'record-evidence-answer', {
      evidenceRequestNumber: 1,
      evidenceAnswer: 'It was found in a backup: file 4.',
      recordsFound: 'COMPLETE',
    });
    await find(walk, 'FC-UNSUB', { allegationNumber: 2 });
    const { allegations, evidenceRequests } = await asStaff(walk);
    expect(allegations.map(({ evidenceWithheld }) => evidenceWithheld)).toEqual([null, null]);
    expect(evidenceRequests[0]).toMatchObject({ status: 'ANSWERED', refusalGround: null });
  });

  it('has a finding made anew where records turn out to be missing after it', async () => {
    const walk = await looking();
    await find(walk, 'FC-UNSUB');
    await ask(walk);
    await refuse(walk);
    await involve(walk);
    await expect(share(walk)).rejects.toMatchObject(unmet('findingsTakeUpMissingRecords'));
    await find(walk, 'FC-PART');
    await share(walk);
  });

  it('finds nothing without saying how sure it had to be, but for what it did not assess', async () => {
    const walk = await looking();
    await expect(find(walk, 'FC-SUBST', { standardOfProof: undefined })).rejects.toMatchObject(
      unmet('standardOfProofSaid'),
    );
    await find(walk, 'FC-NA', { standardOfProof: undefined });
    await find(walk, 'FC-SUBST', { standardOfProof: 'SP-SHIFTED' });
    expect((await asStaff(walk)).allegations[0]!.standardOfProof).toBe('SP-SHIFTED');
  });

  it('corrects a finding after her comment, says so in a letter, and gives her the time to comment anew', async () => {
    const walk = await looking();
    await walk.toFindings('FC-UNSUB');
    house.time.goTo('2026-12-01');
    await find(walk, 'FC-PART', {}, 'correct-finding');
    const { allegations, letters, clocks } = await asHer(walk);
    expect(allegations[0]!.finding).toBe('FC-PART');
    expect(letters.at(-1)!.paragraphs.join()).toContain('has changed since our last letter');
    expect(clocks.findLast(({ code }) => code === 'TARGET-FINDINGS-COMMENT')).toMatchObject({
      status: 'RUNNING',
      startedOn: '2026-12-01',
    });
    await expect(walk.toOffer()).rejects.toMatchObject(unmet('commentPeriodOver'));
  });

  it('keeps her time to comment after a correction, whatever was said of her comment before it', async () => {
    const walk = await looking();
    await walk.toFindings('FC-SUBST');
    await walk.by('RH', 'comment-on-findings', { comment: 'It was in July.' });
    await find(walk, 'FC-UNSUB', {}, 'correct-finding');
    await expect(walk.by('INV', 'answer-comment', { reply: 'We looked again.' })).rejects.toMatchObject(
      unmet('commentMade'),
    );
    const close = { residualConsidered: true, systemicEffects: ['SE-NONE'], reasons: 'It does not show.' };
    await expect(walk.by('DEC', 'close-unsubstantiated', close)).rejects.toMatchObject(
      unmet('commentPeriodOver'),
    );
  });

  it('comes up in the queue the day after an answer was due, and neither corrects nor closes over it', async () => {
    const walk = await looking();
    await walk.toFindings('FC-UNSUB');
    const dueOn = async () => {
      const { cases } = await house.get(ReadQueue).page({ limit: 100 }, staff.TRI);
      return cases.find(({ reference }) => reference === walk.reference)!.nextDueOn!;
    };
    expect((await dueOn()) > '2026-11-27').toBe(true);
    await ask(walk, { dueOn: '2026-11-26' });
    expect(await dueOn()).toBe('2026-11-27');
    await expect(find(walk, 'FC-PART', {}, 'correct-finding')).rejects.toMatchObject(
      unmet('evidenceRequestsSettled'),
    );
    await refuse(walk);
    await find(walk, 'FC-PART', {}, 'correct-finding');
  });

  it('keeps interviews from the mediator, who gets the same answer for them as for none', async () => {
    const walk = await looking();
    await walk.by('INV', 'plan-interview', {
      interviewWith: 'WITNESS',
      plannedFor: '2026-11-26',
      meetingDetails: 'A colleague, by phone.',
      tellsNothingOfHer: true,
    });
    const note = (meetingNumber: number) =>
      walk
        .by('DIA', 'record-meeting', {
          meetingNumber,
          meetingOutcome: 'NOT_HELD',
          occasionOn: '2026-11-24',
          meetingNote: 'No.',
        })
        .catch((refusal: { needs: unknown }) => refusal.needs);
    expect(await note(1)).toEqual(await note(7));
    expect((await asStaff(walk)).meetings[0]!.status).toBe('PLANNED');
  });

  it('tells her of the meetings she is at, and of nobody else who was heard', async () => {
    const walk = await looking();
    await walk.by('INV', 'invite-to-meeting', {
      plannedFor: '2026-11-30',
      meetingDetails: 'At ten, at the library.',
      companionOffered: true,
    });
    await walk.by('INV', 'plan-interview', {
      interviewWith: 'WITNESS',
      plannedFor: '2026-11-26',
      meetingDetails: 'A colleague, by phone.',
      tellsNothingOfHer: true,
    });
    const written = (await asHer(walk)).letters.length;
    await expect(
      walk.by('INV', 'call-off-meeting', { meetingNumber: 2, reply: 'Not today.' }),
    ).rejects.toMatchObject(unmet('meetingIsHers'));
    const held = { meetingNumber: 2, meetingOutcome: 'HELD', meetingNote: 'She saw it.' };
    await expect(
      walk.by('INV', 'record-meeting', { ...held, occasionOn: '2026-11-25', transcriptNumber: 1 }),
    ).rejects.toMatchObject(unmet('occasionNotAhead', 'transcriptIsThere'));
    house.time.goTo('2026-11-26');
    await walk.by('INV', 'record-meeting', { ...held, occasionOn: '2026-11-26', accompanied: true });
    await expect(
      walk.by('INV', 'record-meeting', { ...held, occasionOn: '2026-11-26' }),
    ).rejects.toMatchObject(unmet('meetingStands'));
    expect(
      (await asStaff(walk)).meetings.map(({ kind, withWhom, status }) => [kind, withWhom, status]),
    ).toEqual([
      ['INTERVIEW', 'PERSON', 'PLANNED'],
      ['INTERVIEW', 'WITNESS', 'HELD'],
    ]);
    const ofGuest = asGuestSees(await asStaff(walk), { seesFiles: true } as GuestGrant);
    expect([ofGuest.meetings, ofGuest.evidenceRequests, ofGuest.facilitators]).toEqual([[], [], []]);
    const hers = await asHer(walk);
    expect(hers.meetings).toEqual([
      {
        n: 1,
        kind: 'INTERVIEW',
        plannedFor: '2026-11-30',
        details: 'At ten, at the library.',
        status: 'PLANNED',
        heldOn: null,
      },
    ]);
    expect(hers.letters).toHaveLength(written);
    const again = { plannedFor: '2026-12-07', meetingDetails: 'As before.', companionOffered: true };
    await walk.by('INV', 'invite-to-meeting', again);
    // No gap in the numbers tells that somebody else is heard.
    expect((await asHer(walk)).meetings.map(({ n }) => n)).toEqual([1, 2]);
    const acts = (await house.get(ReadMyCase).timeline(walk.holder)).map(({ act }) => act);
    expect(acts).toContain('invite-to-meeting');
    expect(acts).not.toContain('plan-interview');
    expect(acts).not.toContain('record-meeting');
  });
});

describe.each(engines())('a dialogue on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const move = (walk: Walk) =>
    walk.by('DIA', 'move-to-dialogue', {
      supportOffered: true,
      violenceAdviceTaken: true,
      evidenceSnapshot: 'Vault A, shelf 3.',
    });
  const willing = async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.by('DIA', 'record-consent', {
      consent: 'CN-DIALOGUE',
      consentGiven: true,
      consentSaid: 'On the phone, today.',
    });
    return walk;
  };

  it('begins only with a facilitator whom both sides accept', async () => {
    const walk = await willing();
    await expect(move(walk)).rejects.toMatchObject(unmet('facilitatorAcceptedByBoth'));
    await walk.by('DIA', 'propose-facilitator', {
      facilitator: 'The head of the unit.',
      facilitatorNeutral: 'None.',
    });
    await walk.by('RH', 'refuse-facilitator', { facilitatorNumber: 1, comment: 'He stopped it.' });
    const unit = { unitAccepts: true, unitSaid: 'Its head, today.' };
    await walk.by('TRI', 'record-unit-on-facilitator', { ...unit, facilitatorNumber: 1 });
    await expect(move(walk)).rejects.toMatchObject(unmet('facilitatorAcceptedByBoth'));
    await walk.by('DIA', 'propose-facilitator', {
      facilitator: 'A mediator of the chamber.',
      facilitatorNeutral: 'The chamber pays.',
    });
    await walk.by('RH', 'accept-facilitator', { facilitatorNumber: 2 });
    await expect(walk.by('RH', 'accept-facilitator', { facilitatorNumber: 2 })).rejects.toMatchObject(
      unmet('facilitatorNotAccepted'),
    );
    await expect(move(walk)).rejects.toMatchObject(unmet('facilitatorAcceptedByBoth'));
    await walk.by('TRI', 'record-unit-on-facilitator', { ...unit, facilitatorNumber: 2 });
    await move(walk);
    const { facilitators, letters } = await house.get(ReadMyCase).view(walk.holder);
    expect(facilitators.map(({ person, personSaid, unit }) => [person, personSaid, unit])).toEqual([
      ['REFUSED', 'He stopped it.', 'ACCEPTED'],
      ['ACCEPTED', null, 'ACCEPTED'],
    ]);
    expect(JSON.stringify(facilitators)).not.toContain('Its head');
    expect(letters.filter(({ letter }) => letter === 'facilitator-proposed')).toHaveLength(2);
  });

  it('holds sessions that she is invited to, and none without the facilitator whom she took back', async () => {
    const walk = await willing();
    const session = () =>
      walk.by('DIA', 'invite-to-meeting', {
        plannedFor: house.time.today(),
        meetingDetails: 'At ten, at the library.',
        companionOffered: true,
      });
    await walk.facilitate();
    await expect(session()).rejects.toMatchObject(unmet('sessionIsFacilitated'));
    await move(walk);
    await session();
    await walk.by('DIA', 'record-meeting', {
      meetingNumber: 1,
      meetingOutcome: 'HELD',
      occasionOn: house.time.today(),
      meetingNote: 'Both spoke.',
    });
    await session();
    await walk.by('DIA', 'call-off-meeting', { meetingNumber: 2, reply: 'The library is closed.' });
    const { meetings, letters } = await house.get(ReadMyCase).view(walk.holder);
    expect(meetings.map(({ kind, status }) => [kind, status])).toEqual([
      ['SESSION', 'HELD'],
      ['SESSION', 'CALLED_OFF'],
    ]);
    expect(letters.at(-1)!.paragraphs.join()).toContain('The library is closed.');
    expect(JSON.stringify(meetings)).not.toContain('Both spoke');
    await walk.by('RH', 'refuse-facilitator', { facilitatorNumber: 1 });
    await expect(session()).rejects.toMatchObject(unmet('sessionIsFacilitated'));
  });

  it('ends in an agreement of points with owner and day, which gives up no right', async () => {
    const walk = await willing();
    await walk.facilitate();
    await move(walk);
    const agree = (more: object = {}) =>
      walk.by('DIA', 'propose-agreement', {
        offerText: 'A person decides anew.',
        noWaiver: true,
        adviceOffered: true,
        ...more,
      });
    await expect(agree()).rejects.toMatchObject(unmet('actionPlanned'));
    const point = { action: 'RA-01', actionDescription: 'A person decides anew.', dueOn: '2027-01-10' };
    await expect(walk.by('DIA', 'plan-action', point)).rejects.toMatchObject({
      needs: [expect.objectContaining({ field: 'owner' })],
    });
    await walk.by('DIA', 'plan-action', { ...point, owner: staff.REM.personId });
    await expect(agree({ noWaiver: undefined })).rejects.toMatchObject({
      needs: [expect.objectContaining({ field: 'noWaiver' })],
    });
    expect((await agree()).proposed).toBe(true);
  });
});
