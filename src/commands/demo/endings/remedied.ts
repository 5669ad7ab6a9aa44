import type { StaffPlace } from '../organisation';
import type { Answers, Walk } from '../walk';
import { admit, answerDataRequest, noInterimMeasure } from '../way-in';

/** What is said of a change to the system where nobody has to be told. */
export const NO_INCIDENT = 'No serious incident: nobody was hurt and no infrastructure was disrupted.';

/** A driver whose account was closed after a failed selfie check: investigated, remedied, and verified by the driver. */
export async function remediedAndVerified(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await walk.join('investigator');
  await walk.step('triage', 'decide-interim', {
    interimChoice: 'IM_ORDERED',
    reasons: 'The licensing office is about to decide on a report of fraud that nobody has checked.',
  });
  await walk.step('triage', 'order-interim-measure', {
    measure: 'RA-05',
    measureReason: 'Tell the licensing office today that our report is disputed and under review.',
    owner: walk.id('remedyOwner'),
    dueOn: walk.inDays(2),
  });
  await walk.step('remedyOwner', 'activate-interim-measure', {
    measureNumber: 1,
    snapshot: 'The report as it was sent, in the evidence store.',
    authorityWord: NO_INCIDENT,
    note: 'The licensing office confirmed that it waits.',
  });
  await walk.step('triage', 'add-allegation', {
    allegationText:
      'The account was closed on a face match that no person checked, although the notice says so.',
    harm: 'AIH-13',
  });
  await walk.step('triage', 'add-allegation', {
    allegationText: 'The licensing office was told of fraud without evidence.',
    harm: 'AIH-07',
  });
  await walk.step('investigator', 'start-investigation', {
    investigationScope: 'Who or what decided on 6 October, on which pictures, and who saw the appeal?',
    evidencePlan:
      'Match log and thresholds from the vendor, access log of the appeal desk, all closures this autumn for the same reason.',
    evidenceSnapshot: 'Evidence store, folder of this case, copied before anything was changed.',
  });
  await walk.step('investigator', 'request-evidence', {
    askedOf: 'VENDOR',
    askedWhom: 'The maker of the face match, through its support desk.',
    askedFor: 'Match log, thresholds and the names of reviewers for all closures of October.',
    dueOn: walk.inDays(14),
    tellsNothingOfHer: true,
  });
  await walk.step('investigator', 'record-evidence-answer', {
    evidenceRequestNumber: 1,
    evidenceAnswer: 'Match log and thresholds in full; no reviewer was ever assigned.',
    recordsFound: 'COMPLETE',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 1,
    finding: 'FC-SUBST',
    standardOfProof: 'SP-BALANCE',
    findingCauses: ['RC-THRESH'],
    reasons:
      'The match score was just under the threshold in bad light. The appeal was answered by a template; no account of a person opened the pictures.',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 2,
    finding: 'FC-SUBST',
    standardOfProof: 'SP-BALANCE',
    findingCauses: ['RC-OVERS'],
    reasons: 'The report was sent by the closure itself. Nobody is named as its author.',
  });
  await walk.step('investigator', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis:
      'We set the threshold, closed the account and sent the report; the vendor only compared pictures.',
    rootCauses: ['RC-THRESH', 'RC-OVERS'],
  });
  await shareAndDiscuss(walk, {
    aiRole:
      'The face check alone led to the closure. The manual review named in the answer did not take place.',
    evidenceList:
      'Match log, picture quality report, access log of the appeal desk, letter to the licensing office.',
    affectedOthers: 'Eight other drivers with the same reason this autumn.',
    vendorReply: 'The vendor delivered the log and confirmed that no reviewer was assigned.',
    comment: 'That is what happened. Please do not forget the other drivers.',
    reply: 'The offer will cover every driver whose account was closed for this reason since September.',
  });
  await answerDataRequest(
    walk,
    'Enclosed is a copy of what is held about you: pictures, match scores, the closure and the report to the licensing office.',
  );
  await plan(walk, 'RA-03', 'Open the account again with its rating and history.');
  await plan(walk, 'RA-09', 'Pay the average weekly earnings since 6 October.');
  await plan(walk, 'RA-19', 'No closure without a person who looks at the pictures and can be named.');
  await walk.step('decider', 'propose-remedy', {
    offerText:
      'Your account opens again with its rating. We pay what you lost since 6 October, tell the licensing office in writing that the report was wrong, and no account is closed any more without a person who looks.',
    wishes: 'Every point asked for is met; the comparison in person took place at the driver hub.',
    noWaiver: true,
    adviceOffered: true,
  });
  await walk.say('accept-offer', { understood: true, comment: 'Thank you. I accept.' });
  await carryOut(
    walk,
    [
      'Account open since this morning, rating restored; screen copy kept.',
      'Transfer order and calculation, signed by finance.',
      'Closure needs a named reviewer since this release; test record kept.',
    ],
    {
      2: {
        snapshot: 'Settings of the closure rule as they were, in the evidence store.',
        authorityWord: NO_INCIDENT,
      },
    },
  );
  await walk.say('verify-action', { actionNumber: 1, actionResult: 'FULL' });
  await walk.say('confirm-remedy', { remedyResult: 'FULL', comment: 'I drive again.' });
  await closeSooner(walk, 'The driver asked to have it over, and the review of closures is in force.', {
    closureCode: 'CR-REM-V',
    systemicEffects: ['SE-OVERSIGHT', 'SE-CONFIG'],
    reasons: 'All measures are done and the driver confirmed them.',
    lessons: 'An answer must never speak of a review that nobody made.',
  });
}

/** A customer misled by a chat assistant: settled in a dialogue. */
export async function settledByDialogue(walk: Walk): Promise<void> {
  await admit(walk, 'DIALOGUE');
  await walk.join('mediator');
  await noInterimMeasure(walk, 'The fare is paid and the trip is over: waiting makes nothing worse.');
  await walk.step('triage', 'add-allegation', {
    allegationText: 'The assistant stated a refund rule that does not exist, and the refund was refused.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('mediator', 'record-consent', {
    consent: 'CN-DIALOGUE',
    consentGiven: true,
    consentSaid: 'In a message of today: gladly, if somebody neutral leads it.',
  });
  await walk.step('mediator', 'propose-facilitator', {
    facilitator: 'A mediator of the consumer advice centre, who led many talks with transport companies.',
    facilitatorNeutral: 'The centre pays. There are no ties to the airline or to the maker of the assistant.',
  });
  await walk.say('accept-facilitator', { facilitatorNumber: 1 });
  await walk.step('triage', 'record-unit-on-facilitator', {
    facilitatorNumber: 1,
    unitAccepts: true,
    unitSaid: 'The head of customer care, by e-mail of today.',
  });
  await walk.step('mediator', 'open-dialogue', {
    supportOffered: true,
    violenceAdviceTaken: true,
  });
  await walk.step('triage', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis: 'The assistant speaks on our website in our name.',
    rootCauses: ['RC-OFFLBL', 'RC-OVERS'],
  });
  await walk.step('mediator', 'invite-to-meeting', {
    plannedFor: walk.inDays(0),
    meetingDetails:
      'A call at five in the afternoon, with the head of customer care. It takes an hour at most.',
    companionOffered: true,
  });
  await walk.step('mediator', 'record-meeting', {
    meetingNumber: 1,
    meetingOutcome: 'HELD',
    occasionOn: walk.inDays(0),
    accompanied: false,
    meetingNote: 'Both sides spoke. The airline offers the difference and an apology.',
  });
  await plan(walk, 'RA-08', 'Pay back the difference of 388 dollars.', 'mediator');
  await plan(walk, 'RA-14', 'A call and a letter of apology from the head of customer care.', 'mediator');
  await walk.step(
    'mediator',
    'propose-agreement',
    {
      offerText:
        'We pay back 388 dollars. The head of customer care calls and writes to apologise. Questions about fares in bereavement go to a person from now on.',
      noWaiver: true,
      adviceOffered: true,
    },
    'protection',
  );
  await walk.say('accept-offer', { understood: true });
  await carryOut(walk, ['Payment order with the date of value.', 'Note of the call and copy of the letter.']);
  await walk.say('confirm-remedy', { remedyResult: 'FULL', comment: 'A real person called. That helped.' });
  await closeSooner(walk, 'One journey, refunded: nothing goes on that could come back.', {
    closureCode: 'CR-SETTLED',
    systemicEffects: ['SE-CONFIG'],
    reasons: 'The agreement is carried out and the complainant confirmed it.',
    lessons: 'What the assistant says binds us; rules that it may state now come from the fare table.',
  });
}

/** A customer stopped in the shop on a wrong match: remedied at once, closed, and open again when it happened once more. */
export async function reopened(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await noInterimMeasure(walk, 'The picture was taken off the list on the day the complaint came in.');
  await walk.step('triage', 'add-allegation', {
    allegationText:
      'Guards held the complainant for forty minutes on a wrong match and a second shop refused entry.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('triage', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis: 'Our guards acted on our own watch list.',
    rootCauses: ['RC-THRESH', 'RC-AUTOB'],
  });
  await plan(walk, 'RA-06', 'Erase the face template and every copy of it in all shops.');
  await plan(walk, 'RA-14', 'The shop manager apologises in the shop, at the hour of the incident.');
  await walk.step('decider', 'propose-fast-remedy', {
    factsAreClear: true,
    offerText:
      'Your face is erased from the list in all shops and we confirm it by letter. The manager apologises to you in the shop, in front of people.',
    wishes: 'Erasure, a copy of the data and a public apology were asked for; all are offered.',
    noWaiver: true,
    adviceOffered: true,
    nonRepetitionReason: 'A change of the match threshold is decided for all shops in a case of its own.',
  });
  await walk.say('accept-offer', { understood: true });
  await walk.say('start-sooner', { startSooner: true });
  await carryOut(
    walk,
    [
      'Erasure log of every shop, checked against the template number.',
      'Note of the apology, signed by the complainant.',
    ],
    { 0: { snapshot: 'Match log without the picture, in the evidence store.', authorityWord: NO_INCIDENT } },
  );
  await walk.say('confirm-remedy', { remedyResult: 'FULL' });
  await answerDataRequest(
    walk,
    'A copy of everything held is enclosed, with the names of those who received it.',
  );
  await closeSooner(walk, 'The template is erased in every shop: nothing is left that could match.', {
    closureCode: 'CR-REM-V',
    systemicEffects: ['SE-TRAIN'],
    reasons: 'Erased everywhere, apologised for, and confirmed.',
    lessons: 'Guards look at the person first and at the screen second.',
  });
  await walk.say('reopen', {
    reopenGround: 'RECURRENCE',
    reasons: 'Yesterday the gate of the shop by the station beeped at me again.',
  });
}

/** Somebody looks, today, whether it happened again. */
export async function lookAgain(walk: Walk): Promise<void> {
  await walk.step('protection', 'record-monitoring-check', {
    lookedAtOn: walk.inDays(0),
    lookedAt: 'Decisions of the system since, and what the person says: it did not happen again.',
    recurrenceChecked: true,
    reprisalReviewed: true,
  });
}

/** Closed before the monitoring is over, as a reviewer agrees. */
export async function closeSooner(walk: Walk, closedSooner: string, answers: Answers): Promise<void> {
  await lookAgain(walk);
  const checked = { recurrenceChecked: true, reprisalReviewed: true, surveyOffered: true };
  await walk.step('decider', 'close', { ...checked, closedSooner, ...answers }, 'reviewer');
}

export interface Discussed {
  aiRole: string;
  evidenceList: string;
  affectedOthers: string;
  vendorReply: string;
  comment: string;
  reply: string;
}

/** Draft findings go to the complainant, who comments and gets an answer. */
export async function shareAndDiscuss(walk: Walk, { comment, reply, ...findings }: Discussed): Promise<void> {
  await walk.step('investigator', 'share-findings', { ...findings });
  await walk.say('comment-on-findings', { comment });
  await walk.step('investigator', 'answer-comment', { reply });
}

export async function plan(
  walk: Walk,
  action: string,
  actionDescription: string,
  by: StaffPlace = 'decider',
): Promise<void> {
  await walk.step(by, 'plan-action', {
    action,
    actionDescription,
    owner: walk.id('remedyOwner'),
    dueOn: walk.inDays(14),
  });
}

/** The remedy owner does what was agreed, action by action, and asks the complainant to check it. */
export async function carryOut(
  walk: Walk,
  evidence: readonly string[],
  changes: Record<number, { snapshot: string; authorityWord: string }> = {},
): Promise<void> {
  for (const [i, evidenceText] of evidence.entries()) {
    await walk.step('remedyOwner', 'start-action', { actionNumber: i + 1, ...changes[i] });
    await walk.step('remedyOwner', 'complete-action', { actionNumber: i + 1, evidenceText });
  }
  await walk.step('remedyOwner', 'request-verification', {});
}
