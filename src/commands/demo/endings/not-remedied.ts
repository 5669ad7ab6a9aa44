import type { Walk } from '../walk';
import { admit, answerDataRequest, assess, noInterimMeasure, rate, takeIn } from '../way-in';
import { carryOut, closeSooner, NO_INCIDENT, shareAndDiscuss } from './remedied';

/** Job advertisements said to reach men only: looked into and not substantiated. */
export async function unsubstantiated(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await walk.join('investigator');
  await noInterimMeasure(walk, 'The next campaign starts in two months; findings will be there before.');
  await walk.step('triage', 'add-allegation', {
    allegationText: 'The advertisement for mechanics and drivers was kept from women by the delivery tool.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('investigator', 'start-investigation', {
    investigationScope: 'To whom were the advertisements shown, by sex and place, and who chose that?',
    evidencePlan:
      'Delivery report of the vendor, campaign settings, a repeat of the test with two telephones.',
    evidenceSnapshot: 'Delivery report and settings, copied to the evidence store.',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 1,
    finding: 'FC-UNSUB',
    standardOfProof: 'SP-BALANCE',
    reasons:
      'In the region 47 of 100 views went to women. The small test fits chance: the two telephones were used at different hours.',
  });
  await walk.step('investigator', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    contributionModes: ['INCENTIVISED', 'OMISSION'],
    foreseeable: true,
    involvementBasis: 'We ordered the campaign and chose to let the tool optimise by clicks.',
    rootCauses: ['RC-NONE'],
  });
  await shareAndDiscuss(walk, {
    aiRole: 'The tool chose the hour and place of each view; sex was not among its inputs.',
    evidenceList: 'Delivery report, campaign settings, repeat of the test.',
    affectedOthers: 'None found.',
    vendorReply: 'The vendor delivered the report in full.',
    comment: 'I accept the numbers, but my students still did not see it.',
    reply: 'From the next campaign on, the vacancies go to vocational courses directly; yours is the first.',
  });
  await walk.step(
    'decider',
    'close-unsubstantiated',
    {
      residualConsidered: true,
      systemicEffects: ['SE-POLICY'],
      reasons:
        'The delivery report does not bear out the allegation. Vacancies are sent to courses all the same.',
    },
    'reviewer',
  );
}

/** A supplier's unpaid invoice: a commercial matter that touches nobody's rights. */
export async function declined(walk: Walk): Promise<void> {
  await takeIn(walk);
  await rate(walk);
  await walk.step(
    'triage',
    'decline',
    {
      declineCode: 'DC-COMM',
      effectOnPeople: false,
      reasons:
        'The complaint concerns the payment of an invoice. It says itself that no employee and no third party is affected.',
      signposting:
        'Accounts payable, payments@example.org; the arbitration clause of the contract. You can ask for a review of this decision.',
    },
    'decider',
  );
}

/** Instalments refused by a lender's score: our part answered, the decision itself passed on to the lender, and closed. */
export async function referred(walk: Walk): Promise<void> {
  await takeIn(walk);
  await rate(walk);
  await noInterimMeasure(walk, 'A purchase that was not made: waiting takes nothing away.');
  await answerDataRequest(
    walk,
    'Enclosed: the data of your order and what went to the lender. The score was made by the lender. The letter names its address and that of the data protection authority.',
  );
  await walk.step('triage', 'record-consent', {
    consent: 'CN-SHARE-AUTH',
    consentGiven: true,
    consentSaid: 'On the phone: pass the letter on to the lender and to nobody else.',
    limits: 'The letter only, and only to the lender.',
  });
  await walk.step('triage', 'refer', {
    body: 'The lender that decides on payment in instalments, complaints desk',
    referralMode: 'WITH_CONSENT',
    followUpOn: walk.inDays(30),
    sharedWhat: 'Your letter of 18 November as it is, and nothing else.',
    reasons:
      'Only the lender can look at the refusal again. With your consent it has your letter; the data protection authority and the financial ombudsman stand open besides.',
  });
  await walk.step('triage', 'record-referral-answer', {
    referralAnswer: 'RW-TAKEN',
    referralAnsweredOn: walk.inDays(0),
    referralReference: 'K-2026-5518',
  });
  await walk.step('triage', 'confirm-referral', {
    reasons: 'The lender confirmed in writing that a member of staff assesses the request again.',
  });
}

/** An assistant manager withdraws for fear; others are at risk, so the organisation goes on by itself. */
export async function withdrawnWithOwnReview(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await noInterimMeasure(walk, 'The next rota comes out in three weeks; nothing is decided before.');
  await walk.say('withdraw', {
    withdrawalPressure: true,
    note: 'They asked in the branch who talks to the head office. I cannot go on.',
  });
  await walk.step('triage', 'continue-own-initiative', {
    identityRemoved: true,
    othersAtRisk: true,
    reasons: 'Hours of pregnant colleagues and the camera over the tills concern every branch.',
  });
  await walk.step('triage', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis: 'Head office bought the program, set its targets and measures branches by them.',
    rootCauses: ['RC-PROXY', 'RC-POLICY'],
  });
  await walk.step(
    'decider',
    'close-own-initiative',
    {
      systemicEffects: ['SE-CONFIG', 'SE-OVERSIGHT', 'SE-POLICY'],
      reasons:
        'Reviewed across all branches without naming any: the continuity score is gone, breaks are not counted, rotas come out two weeks ahead.',
      lessons: 'Managers need a way to correct the program that does not count against them.',
    },
    'executive',
  );
}

/** An applicant turned away by a rule on gaps: closed as not substantiated, and upheld by the independent reviewer. */
export async function appealThatChangesTheOutcome(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await walk.join('investigator');
  await noInterimMeasure(walk, 'The vacancy stays open until the end of the year, as staffing confirmed.');
  await walk.step('triage', 'add-allegation', {
    allegationText: 'A rule on gaps in the working life turned the application down without a person.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('investigator', 'start-investigation', {
    investigationScope: 'Was there a rule on gaps, and did a person read the application?',
    evidencePlan: 'Settings of the selection program, log of recruiters, statement of the vendor.',
    evidenceSnapshot: 'Settings and log, copied to the evidence store.',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 1,
    finding: 'FC-UNSUB',
    standardOfProof: 'SP-BALANCE',
    reasons: 'The vendor states that gaps are not scored, and the log names a recruiter for the vacancy.',
  });
  await walk.step('investigator', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis: 'We run the program and set its criteria.',
    rootCauses: ['RC-UNK'],
  });
  await shareAndDiscuss(walk, {
    aiRole: 'The program orders applications; as the vendor has it, a recruiter decides.',
    evidenceList: 'Statement of the vendor, log of recruiters.',
    affectedOthers: 'Not examined.',
    vendorReply: 'Gaps are not part of the score.',
    comment: 'The rule stands in the file I downloaded from you. Please open it.',
    reply: 'The file is an export for display; the vendor says that it does not decide.',
  });
  await answerDataRequest(
    walk,
    'Enclosed: your applications, the scores with their main reasons, and who received them.',
  );
  await walk.step('decider', 'close-unsubstantiated', {
    residualConsidered: true,
    systemicEffects: ['SE-NONE'],
    reasons: 'On the evidence of the vendor the allegation is not borne out.',
  });
  await walk.say('appeal', {
    grounds:
      'Nobody opened the export. Cell F2 holds the rule, and the column for a human is empty in every row.',
  });
  await walk.join('secondReviewer');
  await planOnAppeal(
    walk,
    'RA-01',
    'A recruiter who did not see the score reads the application and gives reasons.',
  );
  await planOnAppeal(walk, 'RA-04', 'The vacancy stays open until that is done.');
  await planOnAppeal(walk, 'RA-20', 'The rule on gaps is taken out of every selection.');
  await walk.step('secondReviewer', 'uphold-appeal', {
    reasons:
      'The export is written by the rule that decides: the settings of the program hold the same line. No recruiter opened the application.',
    offerText:
      'A person reads your application anew before the job is filled, you get the criteria and scores in plain words, and the rule on gaps is gone for everybody.',
    noWaiver: true,
  });
  await walk.say('accept-offer', { understood: true });
  await carryOut(
    walk,
    [
      'Assessment with reasons, signed by the recruiter.',
      'Invitation to the interview.',
      'Settings before and after, checked by a second person.',
    ],
    { 2: { snapshot: 'Settings as they were, in the evidence store.', authorityWord: NO_INCIDENT } },
  );
  await walk.say('confirm-remedy', {
    remedyResult: 'FULL',
    comment: 'I have an interview. Thank you for opening the file.',
  });
  await closeSooner(walk, 'The vacancy is filled: there is no second time to watch for.', {
    closureCode: 'CR-REM-V',
    systemicEffects: ['SE-CONFIG', 'SE-CONTRACT'],
    reasons: 'What the independent reviewer decided is done, and the applicant confirmed it.',
    lessons: 'A statement of the vendor is not evidence; settings are.',
  });
}

async function planOnAppeal(walk: Walk, action: string, actionDescription: string): Promise<void> {
  await walk.step('secondReviewer', 'plan-action-on-appeal', {
    action,
    actionDescription,
    owner: walk.id('remedyOwner'),
    dueOn: walk.inDays(14),
  });
}

/** An archive's films were erased for good: no remedy was given, and an executive had to sign for that. */
export async function closedWithoutRemedy(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await walk.join('investigator');
  await walk.step('triage', 'order-interim-measure', {
    measure: 'RA-17',
    measureReason: 'Stop the final erasure of the films at once and keep a copy.',
    owner: walk.id('remedyOwner'),
    dueOn: walk.inDays(1),
  });
  await walk.step('triage', 'add-allegation', {
    allegationText:
      'Films that document attacks on civilians were removed as terrorist content by a new version of the program.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('investigator', 'start-investigation', {
    investigationScope: 'What changed in the version of September, and can the films be brought back?',
    evidencePlan: 'Release notes and test results of the vendor, removal log, state of the storage.',
    evidenceSnapshot: 'Removal log and list of films, copied to the evidence store.',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 1,
    finding: 'FC-SUBST',
    standardOfProof: 'SP-BALANCE',
    findingCauses: ['RC-VERS', 'RC-OVERS'],
    reasons: 'The new version lost the exception for documentation. No person looked at the 41 appeals.',
  });
  await walk.step('investigator', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis: 'We switched to the new version without a test on archives.',
    rootCauses: ['RC-VERS', 'RC-OVERS'],
  });
  await shareAndDiscuss(walk, {
    aiRole: 'The program removed the films and closed the channel; people came in nowhere.',
    evidenceList: 'Removal log, release notes, answers to the appeals.',
    affectedOthers: 'At least two other archives.',
    vendorReply:
      'The vendor confirmed the lost exception. It had erased the films before the order to stop reached it.',
    comment: 'Then say so in public, and say who answers for it.',
    reply: 'The decision-maker and the executive have your comment before them.',
  });
  await walk.step(
    'decider',
    'close-without-remedy',
    {
      reasons:
        'The films cannot be brought back and the organisation does not offer compensation. This is an outcome that fails the complainant; it is reported as such.',
      systemicEffects: ['SE-CONFIG', 'SE-CONTRACT'],
      lessons: 'An order to stop an erasure has to reach the vendor within the hour.',
    },
    'executive',
  );
}

/** Labelling workers of a contractor of the vendor: found, not ours to remedy, and closed with what leverage brought about. */
export async function onlyLinked(walk: Walk): Promise<void> {
  await admit(walk, 'INVESTIGATION');
  await walk.join('investigator');
  await walk.step('triage', 'order-interim-measure', {
    measure: 'PM-17',
    measureReason:
      'The vendor and its contractor are told in writing that nobody may suffer for complaining.',
    owner: walk.id('remedyOwner'),
    dueOn: walk.inDays(1),
  });
  await walk.step('triage', 'add-allegation', {
    allegationText: 'The contractor lets people label violent pictures at forty seconds each, without care.',
    harm: walk.record.expected.harms[0],
  });
  await walk.step('investigator', 'start-investigation', {
    investigationScope: 'How is the work set up, who set its pace, and did our price or dates press on it?',
    evidencePlan: 'Contract and orders of ours, report of an auditor whom the workers accept, pay records.',
    evidenceSnapshot: 'Work instructions and contract, copied to the evidence store.',
  });
  await walk.step('investigator', 'record-finding', {
    allegationNumber: 1,
    finding: 'FC-SUBST',
    standardOfProof: 'SP-BALANCE',
    findingCauses: ['RC-POLICY', 'RC-CONTR'],
    reasons: 'The auditor saw targets, pay cuts and rooms. Care was offered once, with a supervisor present.',
  });
  await walk.step('investigator', 'determine-involvement', {
    involvement: walk.record.expected.likelyInvolvement,
    involvementBasis:
      'The vendor labels through its contractor for many buyers. Neither our price nor our dates set the pace.',
    rootCauses: ['RC-PROC'],
  });
  await shareAndDiscuss(walk, {
    aiRole: 'KaziTag counts seconds and cuts pay; the filter that we use is trained on what is labelled.',
    evidenceList: 'Report of the auditor, work instructions, contract.',
    affectedOthers: 'About three hundred colleagues.',
    vendorReply: 'The vendor accepts the report and names what its contractor changes.',
    comment: 'Msitukate mkataba na kutuacha bila kazi.',
    reply: 'We do not end the contract: the work has to become better, not to go elsewhere.',
  });
  await walk.step(
    'decider',
    'close-linked',
    {
      leverageUsed:
        'Together with two other buyers: 200 pictures a day, counsellors of the workers’ choice paid by the vendor, the six taken back, and a letter that no agreement forbids to complain. Looked at again by the auditor in three months.',
      signposting: 'The labour office in Nairobi, the union of content moderators, the OECD contact point.',
      systemicEffects: ['SE-CONTRACT'],
      reasons:
        'What you told us is true. Your contractor has to put it right, and we saw to it that it began: counsellors, fewer pictures, the six are back.',
      lessons: 'Ask who labels, and at which pace, before a filter is bought.',
    },
    'reviewer',
  );
}

/** A rider who could not be reached any more: closed after three attempts, with a decision-maker's word. */
export async function lostContact(walk: Walk): Promise<void> {
  await takeIn(walk);
  await walk.step('triage', 'accept', { affectsPeople: true, plausibleLink: true });
  await assess(walk, 'INVESTIGATION');
  await answerDataRequest(walk, 'Enclosed: your scores since September with the reasons for each change.');
  const attempts = [
    { on: -4, way: 'EMAIL', result: 'NO_ANSWER', words: 'To the address that was given, in the morning.' },
    { on: -2, way: 'PAGE', result: 'NO_ANSWER', words: 'A message on the page of the case, unread.' },
    { on: 0, way: 'EMAIL', result: 'NOT_DELIVERED', words: 'The mailbox is gone: it came back.' },
  ];
  for (const { on, way, result, words } of attempts)
    await walk.step('intake', 'record-contact-attempt', {
      attemptOn: walk.inDays(on),
      attemptChannel: way,
      attemptWasSafe: true,
      attemptResult: result,
      contactAttempt: words,
    });
  await walk.step(
    'intake',
    'close-lost-contact',
    {
      reasons:
        'Which changes of the score belong to the strike only the rider can say. The complaint can be taken up again at any time.',
    },
    'decider',
  );
}
