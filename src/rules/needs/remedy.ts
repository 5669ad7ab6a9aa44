// What a remedy has to hold (remedy 1.5 and 1.6; UN Guiding Principle 22).
import type { ClosureCode } from '../outcomes';
import { CANNOT_BE_UNDONE_FOR_PERSON, REMEDY_ACTIONS, type RemedyActionCode } from '../remedies';
import { addDays } from '../days';
import { NOT_CONCERNED } from '../system-notices';
import { overallResult } from '../verification';
import type { ActionFacts, CaseFacts, StepAnswers } from './facts';
import { countsFrom, isDisputed } from './dictations';
import { need, oneOf, thereIs, type Need } from './need';
import {
  live,
  OPEN_ACTION,
  actionNamed,
  byAction,
  isSpelledOut,
  monitoringIsOver,
  mustRemedy,
  said,
} from './readings';

const offered = (facts: CaseFacts) => facts.actions.filter(({ status }) => status === 'PROPOSED');
const questionWaits = (facts: CaseFacts) =>
  facts.clocks.some(({ code, status }) => code === 'TARGET-OFFER-QUESTION' && status !== 'STOPPED');
/** Where staff wrote the acceptance down and she says that she did not give it, she can take it back for as long as that is not settled. */
const coolingOff = (facts: CaseFacts, on = facts.today) =>
  isDisputed(facts, 'accept-offer') ||
  facts.clocks.some(
    ({ code, status, dueLegalLatest }) =>
      code === 'TARGET-COOLING-OFF' && status !== 'STOPPED' && dueLegalLatest >= on,
  );
const cannotBeUndone = (action: ActionFacts) => CANNOT_BE_UNDONE_FOR_PERSON.includes(action.action);
/** Since she accepted, the person asked to begin at once. */
const askedSooner = (facts: CaseFacts) =>
  !isDisputed(facts, 'accept-offer') &&
  facts.taken.findLastIndex(({ step }) => step === 'start-sooner') >
    facts.taken.findLastIndex(({ step }) => step === 'accept-offer');
const delivered = (facts: CaseFacts) => live(facts).filter(({ status }) => status === 'DONE');
/** What was said of each delivered action, now or before; `others` stands for those for the person herself that nothing was said of. */
function singleResults(facts: CaseFacts, answers: StepAnswers, others: string | null): string[] {
  const now = new Map(byAction(answers, 'actionResults'));
  return delivered(facts)
    .map(
      (action) =>
        now.get(String(action.n)) ?? action.verificationResult ?? (isIndividual(action) ? others : null),
    )
    .filter((result): result is string => result !== null);
}
const isIndividual = (action: ActionFacts) => REMEDY_ACTIONS[action.action].individual;

/** A look at the beginning of three months tells nothing of their end; our own design. */
const LOOK_STANDS_DAYS = 30;
const BEGINS_MONITORING = ['confirm-remedy', 'proceed-unverified'];
const AUTHORITIES = ['MSA', 'MSA_REPORT'];
/** Whether the action or interim measure can overwrite what shows how the harm arose, and no snapshot of it was kept yet. */
function destroysTraces(facts: CaseFacts, answers: StepAnswers): boolean {
  const action = actionNamed(facts, answers);
  const code = action?.action ?? facts.measures.find(({ n }) => n === answers.measureNumber)?.measure;
  return (REMEDY_ACTIONS[code as RemedyActionCode]?.destructive ?? false) && !action?.snapshotKept;
}
/** Whether notices to an authority stand in the case, and each says that it was told; what turned out not to concern the case is none. */
function authorityIsTold({ article26Notices }: CaseFacts): boolean {
  const notices = article26Notices.filter(
    ({ addressee, outcome }) => AUTHORITIES.includes(addressee) && outcome !== NOT_CONCERNED,
  );
  return notices.length > 0 && notices.every(({ outcome }) => outcome === 'TOLD');
}

export const REMEDY_NEEDS = {
  actionPlanned: need('Plan at least one action of remedy first.', (f) =>
    live(f).some(({ status }) => OPEN_ACTION.includes(status)),
  ),
  actionPlannedByReviewer: need('Plan at least one action of remedy first (plan-action-on-appeal).', (f) =>
    live(f).some(({ status }) => status === 'PROPOSED'),
  ),
  individualActionPlanned: need(
    'The organisation caused or contributed to the harm: plan at least one action that helps the person herself (UN Guiding Principle 22).',
    (f) => !mustRemedy(f) || live(f).some(isIndividual),
  ),
  nonRepetitionPlanned: need(
    'Plan a guarantee of non-repetition, or give the reason why none is needed.',
    (f, a) =>
      !mustRemedy(f) ||
      live(f).some(({ action }) => (REMEDY_ACTIONS[action].forms as readonly string[]).includes('RF-GNR')) ||
      Boolean(a.nonRepetitionReason),
  ),
  dueAhead: need('The due day must not lie in the past.', (f, a) => said(a, 'dueOn') >= f.today),
  snapshotBeforeDestruction: need(
    'This changes what shows how the harm arose: take a snapshot before it begins, and say where it is kept (AI Act Art. 73(6)).',
    (f, a) => !destroysTraces(f, a) || Boolean(a.snapshot),
  ),
  authorityToldFirst: need(
    'This changes what shows how the harm arose, and no notice on record says that the authority was told before (AI Act Art. 73(6)). Record what came of the notice, or say when and how the authority was told, or why this is no serious incident.',
    (f, a) => !destroysTraces(f, a) || authorityIsTold(f) || isSpelledOut(a, 'authorityWord'),
  ),
  remedyDelivered: need(
    'The organisation owes a remedy here, and no action of one is done: carry one out, or close the case without remedy, which an executive has to sign (UN Guiding Principle 22).',
    (f) => !mustRemedy(f) || delivered(f).length > 0,
  ),
  lookedDuringMonitoring: need(
    'Give the day of the look: within the monitoring, and not after today.',
    (f, a) =>
      f.monitoring !== null &&
      said(a, 'lookedAtOn') >= f.monitoring.since &&
      said(a, 'lookedAtOn') <= f.today,
  ),
  monitored: need(
    `Nobody has recorded a look of the last ${LOOK_STANDS_DAYS} days since the remedy was verified: record first what was looked at, and what was found (record-monitoring-check).`,
    (f) => {
      const since = f.taken.findLastIndex(({ step }) => BEGINS_MONITORING.includes(step));
      const isRecorded = f.taken.slice(since + 1).some(({ step }) => step === 'record-monitoring-check');
      const lookedAtOn = f.monitoring?.lookedAtOn ?? null;
      return isRecorded && lookedAtOn !== null && lookedAtOn >= addDays(f.today, -LOOK_STANDS_DAYS);
    },
  ),
  monitoringOver: need(
    'The monitoring is not over. Wait until its last day, or spell out why the case is closed sooner: then a second person has to agree.',
    (f, a) => monitoringIsOver(f) || isSpelledOut(a, 'closedSooner'),
  ),
  individualActionsDone: need('Complete every action that helps the person herself first.', (f) =>
    live(f)
      .filter(isIndividual)
      .every(({ status }) => status === 'DONE'),
  ),
  allActionsDone: need('Complete every action first, guarantees of non-repetition included.', (f) =>
    live(f).every(({ status }) => status === 'DONE'),
  ),
  residualAcceptedIfPartly: need(
    'If it is only partly done, say that you accept the rest as it is; otherwise report what is missing.',
    (f, a) => a.remedyResult !== 'PARTLY' || a.residualAccepted === true,
  ),
  offeredActionsNamed: need('Answer for actions of this offer only.', (f, a) =>
    [...byAction(a, 'actionAnswers'), ...byAction(a, 'actionWishes')].every(([n]) =>
      offered(f).some((action) => action.n === Number(n)),
    ),
  ),
  someActionAccepted: need(
    'You refuse every action: refuse the whole offer instead, or ask for something else.',
    (f, a) => {
      const refused = byAction(a, 'actionAnswers').filter(([, answer]) => answer === 'REFUSED');
      return (
        refused.length === 0 || offered(f).some(({ n }) => !refused.some(([each]) => Number(each) === n))
      );
    },
  ),
  actionRefused: oneOf('action that the person refused', 'actionNumber', (f) =>
    f.actions.filter(({ status }) => status === 'REFUSED'),
  ),
  refusedActionIsNotHers: need(
    'This action is for the person herself, who refused it: it is not done against her will. Agree on another one.',
    (f, a) => !f.actions.some((action) => action.n === a.actionNumber && isIndividual(action)),
  ),
  deliveredActionsNamed: need('Answer for actions that are done only.', (f, a) =>
    [...byAction(a, 'actionResults'), ...byAction(a, 'actionComments')].every(([n]) =>
      delivered(f).some((action) => action.n === Number(n)),
    ),
  ),
  resultFollowsActions: need(
    'What you say of the whole does not fit what you say of the single actions. Say what is missing instead, or change one of them.',
    (f, a) => {
      const single = singleResults(f, a, said(a, 'remedyResult'));
      return single.length === 0 || overallResult(single) === a.remedyResult;
    },
  ),
  missingFollowsActions: need(
    'What you say of the whole does not fit what you say of the single actions.',
    (f, a) =>
      byAction(a, 'actionResults').length === 0 ||
      overallResult(singleResults(f, a, null)) === a.notDelivered,
  ),
  offerQuestionOpen: thereIs('The person has no open question about the offer.', (f) => questionWaits(f)),
  offerQuestionAnswered: need(
    'The person asked something about the offer: answer it first (answer-about-offer).',
    (f) => !questionWaits(f),
  ),
  coolingOffRuns: need(
    'The time to take the acceptance back is over, or nothing was accepted.',
    (f, a) => coolingOff(f, countsFrom(f, a)),
    {
      isThere: (f) => coolingOff(f, f.lodgedOn),
      sentence: 'The time to take the acceptance back is over, or nothing was accepted.',
    },
  ),
  irreversibleActionWaits: thereIs(
    'Nothing that cannot be undone waits for the end of the time to take the acceptance back.',
    (f) => !askedSooner(f) && live(f).some((action) => cannotBeUndone(action) && action.status !== 'DONE'),
  ),
  coolingOffOver: need(
    'The person can still take the acceptance back, and this cannot be undone: wait until that time is over, or until she asks to begin sooner.',
    (f, a) => {
      const named = actionNamed(f, a);
      return !named || !cannotBeUndone(named) || !coolingOff(f) || askedSooner(f);
    },
  ),
  closureFitsRemedy: need('The closure reason does not fit what happened to the remedy.', (f, a) =>
    closureFits(a.closureCode as ClosureCode, f),
  ),
  legalClocksSettled: need(
    'A legal clock still runs: answer the request it belongs to first.',
    (f) =>
      !f.clocks.some(
        ({ basis, status, code }) => basis === 'legal' && status !== 'STOPPED' && code !== 'WBD-FB',
      ),
  ),
} as const satisfies Record<string, Need>;

function closureFits(code: ClosureCode, facts: CaseFacts): boolean {
  switch (code) {
    case 'CR-REM-V':
      return (
        facts.verification === 'FULL' &&
        facts.agreement === 'AGREED' &&
        live(facts).every(
          ({ verificationResult }) => verificationResult !== 'NO' && verificationResult !== 'PARTLY',
        )
      );
    case 'CR-REM-P':
      return facts.verification === 'PARTLY';
    case 'CR-REM-U':
      return facts.verification === 'UNVERIFIED';
    case 'CR-SETTLED':
      return facts.offer?.kind === 'AGREEMENT' && facts.agreement === 'AGREED';
    case 'CR-NOTAGREED':
      return facts.agreement === 'NOT_AGREED';
    default:
      return false;
  }
}
