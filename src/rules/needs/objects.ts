// Objects that have to be there (process model 6.3).
import { SAFETY_REVIEW_CLOCKS } from '../clocks';
import { consentHolds, PUBLISHING_ACTION } from '../consents';
import type { CaseFacts } from './facts';
import { need, oneOf, thereIs, type Need } from './need';
import { actionNamed, live, OPEN_ACTION, said, sinceShown } from './readings';

/** Actions that nobody agreed to yet, and publications that the person no longer agrees to. */
const mayBeDropped = (facts: CaseFacts) =>
  live(facts).filter(
    ({ status, action }) =>
      status === 'PROPOSED' ||
      (OPEN_ACTION.includes(status) &&
        action === PUBLISHING_ACTION &&
        !consentHolds(facts.consents, 'CN-STORY')),
  );
/** Clocks that can be extended: running, not yet overdue and not extended before. */
const extendable = (facts: CaseFacts) =>
  facts.clocks.filter(
    ({ status, extended, dueLegalLatest }) =>
      status !== 'STOPPED' && !extended && dueLegalLatest >= facts.today,
  );

export const OBJECT_NEEDS = {
  questionOpen: thereIs(
    'There is no open question to answer; write a message instead.',
    (f) => f.questionOpen,
  ),
  canBeAsked: need(
    'Nobody can be reached: the person stayed anonymous and left no way to answer. Look for other evidence instead.',
    (f) => f.identityMode !== 'ANONYMOUS' || f.hasContact,
  ),
  allegationStated: need('State at least one allegation first.', (f) => f.allegations.length > 0),
  allegationExists: oneOf('allegation of this case', 'allegationNumber', (f) => f.allegations),
  findingForEachAllegation: need(
    'Record a finding for each allegation first.',
    (f) => f.allegations.length > 0 && f.allegations.every(({ finding }) => finding !== null),
  ),
  measureOrdered: oneOf('measure that is ordered and not yet active', 'measureNumber', (f) =>
    f.measures.filter(({ status }) => status === 'IM_ORDERED'),
  ),
  measureInForce: oneOf('measure that is ordered or active', 'measureNumber', (f) =>
    f.measures.filter(({ status }) => ['IM_ORDERED', 'IM_ACTIVE'].includes(status)),
  ),
  commentMade: thereIs('The complainant has not commented since the findings were last shown.', (f) =>
    sinceShown(f).some(({ step }) => step === 'comment-on-findings'),
  ),
  offerOpen: thereIs('There is no open offer to answer.', (f) => f.offer?.status === 'OPEN'),
  offerAnswered: need('Wait until the offer is refused or countered.', (f) => f.offer?.status === 'REFUSED'),
  offerAnsweredOrExpired: need(
    'Wait until the offer is refused or its time to reply is over.',
    (f) => f.offer?.status === 'REFUSED' || (!!f.offer?.replyDueOn && f.offer.replyDueOn < f.today),
  ),
  actionIsThere: oneOf('action of this case', 'actionNumber', live),
  actionDone: oneOf('action that is done', 'actionNumber', (f) =>
    live(f).filter(({ status }) => status === 'DONE'),
  ),
  actionMayBeDropped: {
    ...oneOf('action that can be dropped', 'actionNumber', mayBeDropped),
    sentence:
      'Give the number of an action that is proposed and not yet agreed, or of a publication that the person no longer agrees to.',
  },
  joinsOpenDuplicate: need(
    'Name the open case in which it goes on: link it here as a duplicate first. You have to see that case, and so does whoever agrees.',
    (f) => f.named.otherCaseTakesIn,
    {
      isThere: (f) => f.duplicateLinked,
      sentence: 'No case is linked here as a duplicate: link the one in which it goes on first.',
    },
  ),
  nobodyKeptOutIsThere: need(
    'Somebody who is kept out of this case works on the other one and would decide this one, too. Leave the two linked, or have the other one worked on by a different team first.',
    (f) => !f.named.otherCaseHasKeptOut,
  ),
  staffDoNotUndoMergers: need(
    'This case is joined to another one, to which two people agreed: two undo it, by “undo-merge”. The person may have it opened alone.',
    (f) => !f.isMerged || f.actor.personId === null,
  ),
  isMerged: thereIs('This case is not joined to another one.', (f) => f.isMerged),
  numberCanBeGiven: thereIs(
    'The person holds a receipt of their own that nobody else has seen, so there is no number to give.',
    (f) => !f.personHoldsReceipt,
  ),
  numberReachesHer: need(
    'Somebody else holds a receipt of this case. Say how you know that it is the person whom you give the number: how you spoke with them, and what you looked at.',
    // Once it is she who holds one, nobody else need, and there is no number to give.
    (f, a) => f.personHoldsReceipt || !f.somebodyHoldsReceipt || a.reasons !== undefined,
  ),
  otherCaseIsAnother: need('Give the reference of another case.', (f) => f.named.otherCaseIsAnother),
  dataRequestRunning: thereIs('No data request is waiting for an answer in this case.', (f) =>
    f.clocks.some(({ code, status }) => code === 'GDPR-RTS' && status !== 'STOPPED'),
  ),
  clockExtendable: need(
    'This clock cannot be extended: it must be running, not yet overdue and not extended before (GDPR Art. 12(3)).',
    (f, a) => extendable(f).some(({ code }) => code === a.clockCode),
    {
      isThere: (f) => extendable(f).length > 0,
      sentence:
        'No clock of this case can be extended: none runs that is not yet overdue and was not extended before (GDPR Art. 12(3)).',
    },
  ),

  actionNumberFits: need(
    'Give the number of an action that is done, or none for all of them.',
    (f, a) => a.actionNumber === undefined || actionNamed(f, a)?.status === 'DONE',
  ),
  noOpenOffer: need(
    'The complainant is looking at this offer: wait for the answer, so that nothing in it changes unseen.',
    (f) => f.state !== 'remedy-proposed' || f.offer?.status !== 'OPEN',
  ),
  followUpRunning: thereIs('No follow-up of this case is due any more.', (f) =>
    f.clocks.some(({ code, status }) => code.startsWith('TARGET-FOLLOW-UP') && status !== 'STOPPED'),
  ),
  // What a joined case tells of is looked at elsewhere: as long as that goes on, its risk keeps a day of its own.
  safetyReviewRunning: thereIs(
    'No review of the risk of reprisal is due in this case any more.',
    (f) =>
      f.reprisalReviewOn !== null ||
      f.clocks.some(
        ({ code, status }) =>
          (SAFETY_REVIEW_CLOCKS as readonly string[]).includes(code) && status !== 'STOPPED',
      ),
  ),
  checkInsPlanned: thereIs('No check-ins are planned.', (f) =>
    f.checkIns.some((status) => status === 'PLANNED' || status === 'ASKED'),
  ),
  checkInAsked: thereIs('Nobody has asked at the moment.', (f) => f.checkIns.includes('ASKED')),
  receiptNotAhead: need(
    'The request cannot have come after today.',
    (f, a) => a.requestReceivedOn === undefined || said(a, 'requestReceivedOn') <= f.today,
  ),
} as const satisfies Record<string, Need>;
