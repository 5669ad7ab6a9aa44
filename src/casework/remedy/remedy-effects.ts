import { Not } from 'typeorm';
import { newId } from '../../platform/ids';
import { Message } from '../../records/entities/message';
import { Offer } from '../../records/entities/offer';
import { RemedyAction } from '../../records/entities/remedy-action';
import type { ByAction } from '../../rules/needs/facts';
import { REMEDY_ACTIONS, type RemedyActionCode } from '../../rules/remedies';
import type { StepName } from '../../rules/steps';
import { wordOf } from '../dictation-rows';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { askOwner } from '../team/team-effects';

const TAKEN_BACK = ['AGREED', 'STARTED', 'REFUSED'];

/** Remedy: offers, counter-offers, actions, and what the complainant says of them. */
export const REMEDY_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'plan-action': planAction,
  'plan-action-on-appeal': planAction,
  'drop-action': (step) => setAction(step, { status: 'DROPPED' }),
  'propose-fast-remedy': (step) => offer(step, 'OFFER'),
  'propose-agreement': (step) => offer(step, 'AGREEMENT'),
  'propose-remedy': (step) => offer(step, 'OFFER'),
  'renew-offer': (step) => offer(step, 'OFFER'),
  'uphold-appeal': (step) => offer(step, 'OFFER'),
  'vary-decision': (step) => offer(step, 'OFFER'),
  'confirm-offer': async (step) => {
    const last = lastOffer(step);
    if (!last) return;
    await step.update(Offer, last.id, { status: 'OPEN', answeredOn: null });
  },
  'accept-offer': async (step) => {
    await answerOffer(step, 'ACCEPTED');
    await answerActions(step);
    step.patch.agreement = 'AGREED';
  },
  'take-back-acceptance': async (step) => {
    const accepted = lastOffer(step)!;
    await step.update(Offer, accepted.id, { status: 'OPEN', answeredOn: null });
    // What was delivered stays so; everything else she answers anew, also what was planned since.
    for (const action of step.file.actions.filter(({ status }) => TAKEN_BACK.includes(status)))
      await step.update(RemedyAction, action.id, {
        status: 'PROPOSED',
        offerId: accepted.id,
        agreed: null,
        wishSealed: null,
      });
    step.patch.agreement = null;
    step.patch.verification = null;
  },
  'refuse-offer': (step) => answerOffer(step, 'REFUSED'),
  'counter-offer': async (step) => {
    await answerOffer(step, 'REFUSED');
    const id = newId();
    await step.insert(Offer, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.offers),
      kind: 'COUNTER_OFFER',
      madeByRole: step.actor.role,
      madeBy: null,
      madeOn: step.today,
      textSealed: step.seal('offers', 'textSealed', id, step.text('counterOfferText')),
      replyDueOn: null,
      status: 'OPEN',
      answeredOn: null,
    });
  },
  'remedy-without-agreement': async (step) => {
    const last = lastOffer(step);
    if (last) await step.update(Offer, last.id, { status: 'IMPOSED' });
    for (const action of proposedActions(step))
      await step.update(RemedyAction, action.id, { status: 'AGREED', agreed: false });
    step.patch.agreement = 'NOT_AGREED';
  },
  'ask-about-offer': async (step, clocks) => {
    await writeAboutOffer(step, step.text('offerQuestion'));
    await clocks.pause(['TARGET-OFFER-REPLY']);
  },
  'answer-about-offer': async (step, clocks) => {
    await writeAboutOffer(step, step.text('reply'));
    await clocks.stop(({ code }) => code === 'TARGET-OFFER-QUESTION');
    await clocks.resume(['TARGET-OFFER-REPLY']);
  },
  'carry-out-refused-action': async (step) => {
    const refused = step.file.actions.find(({ n }) => n === step.answers.actionNumber)!;
    await step.update(RemedyAction, refused.id, { status: 'AGREED' });
  },
  'start-action': (step) => setAction(step, { status: 'STARTED', ...snapshotOf(step) }),
  'complete-action': async (step) => {
    const action = namedAction(step);
    await step.update(RemedyAction, action.id, {
      status: 'DONE',
      doneOn: step.today,
      // What she said of it before was about what was done then.
      verifiedBy: null,
      verifiedOn: null,
      verificationResult: null,
      verificationCommentSealed: null,
      evidenceSealed: step.seal('remedy_actions', 'evidenceSealed', action.id, step.text('evidenceText')),
      ...snapshotOf(step),
      ...(step.answers.actionCost === undefined ? {} : cost(step, action)),
    });
  },
  'record-action-cost': async (step) => {
    const action = namedAction(step);
    await step.update(RemedyAction, action.id, cost(step, action));
  },
  'verify-action': (step) =>
    verify(step, namedAction(step), step.answer<string>('actionResult'), step.text('comment')),
  'confirm-remedy': async (step) => {
    const results = step.answer<ByAction | undefined>('actionResults');
    for (const action of deliveredActions(step)) {
      const result =
        results?.[action.n] ??
        (isIndividual(action.action) && action.verificationResult === null
          ? step.answer<string>('remedyResult')
          : null);
      if (result !== null) await verify(step, action, result, commentOn(step, action));
    }
  },
  'request-verification': (step) => {
    step.patch.contactAttempts = 0;
  },
  'report-not-delivered': async (step) => {
    const results = step.answer<ByAction | undefined>('actionResults');
    const whole = step.answer<string>('notDelivered');
    for (const action of deliveredActions(step)) {
      const result = results ? results[action.n] : isReported(step, action) ? whole : undefined;
      if (result === undefined) continue;
      await verify(step, action, result, commentOn(step, action) || step.text('comment'));
      if (result !== 'FULL') await step.update(RemedyAction, action.id, { status: 'AGREED', doneOn: null });
    }
  },
  'proceed-unverified': (step) => {
    step.patch.verification = 'UNVERIFIED';
  },
};

async function planAction(step: StepContext): Promise<void> {
  const id = newId();
  const code = step.answer<RemedyActionCode>('action');
  await step.insert(RemedyAction, {
    id,
    caseId: step.caseId,
    offerId: null,
    n: nextNumber(step.file.actions),
    action: code,
    form: REMEDY_ACTIONS[code].forms[0],
    descriptionSealed: step.seal('remedy_actions', 'descriptionSealed', id, step.text('actionDescription')),
    ownerId: step.answer<string>('owner'),
    dueOn: step.answer<string>('dueOn'),
    status:
      step.row.step === 'plan-action' && step.file.case.state === 'implementation' ? 'AGREED' : 'PROPOSED',
  });
  await askOwner(step, step.answer<string>('owner'));
}

async function offer(step: StepContext, kind: 'OFFER' | 'AGREEMENT'): Promise<void> {
  for (const earlier of step.file.offers.filter(({ status }) => status === 'OPEN'))
    await step.update(Offer, earlier.id, { status: 'REPLACED', answeredOn: step.today });
  const id = newId();
  await step.insert(Offer, {
    id,
    caseId: step.caseId,
    n: nextNumber(step.file.offers),
    kind,
    madeByRole: step.actor.role,
    madeBy: step.actor.personId,
    madeOn: step.today,
    textSealed: step.seal('offers', 'textSealed', id, step.text('offerText')),
    replyDueOn: null,
    status: 'OPEN',
    answeredOn: null,
  });
  for (const action of proposedActions(step)) await step.update(RemedyAction, action.id, { offerId: id });
  step.patch.agreement = null;
  step.patch.verification = null;
}

/** The day by which she answers an offer is that of its clock; while that waits, there is none. */
export async function keepReplyDay(step: StepContext): Promise<void> {
  const { db, caseId, file } = step;
  const clock = file.clocks.find(({ code, status }) => code === 'TARGET-OFFER-REPLY' && status !== 'STOPPED');
  const open = await db.findOneBy(Offer, { caseId, status: 'OPEN', kind: Not('COUNTER_OFFER') });
  if (!clock || !open) return;
  const replyDueOn = clock.status === 'RUNNING' ? clock.dueInternal : null;
  if (replyDueOn !== open.replyDueOn) await step.update(Offer, open.id, { replyDueOn });
}

function lastOffer(step: StepContext): Offer | undefined {
  return step.file.offers.findLast(({ kind }) => kind !== 'COUNTER_OFFER');
}

async function answerOffer(step: StepContext, status: string): Promise<void> {
  const open = lastOffer(step)!;
  await step.update(Offer, open.id, { status, answeredOn: step.today });
}

/** What she left out is accepted; what she refuses is not done. */
async function answerActions(step: StepContext): Promise<void> {
  const answers = step.answer<ByAction | undefined>('actionAnswers');
  const wishes = step.answer<ByAction | undefined>('actionWishes');
  for (const { id, n } of proposedActions(step)) {
    const agreed = answers?.[n] !== 'REFUSED';
    await step.update(RemedyAction, id, {
      status: agreed ? 'AGREED' : 'REFUSED',
      agreed,
      wishSealed: step.sealMaybe('remedy_actions', 'wishSealed', id, wishes?.[n]),
    });
  }
}

/** A message in the dialogue that says which offer it is about. */
async function writeAboutOffer(step: StepContext, text: string): Promise<void> {
  const id = newId();
  await step.insert(Message, {
    id,
    caseId: step.caseId,
    n: (await step.db.countBy(Message, { caseId: step.caseId })) + 1,
    fromRole: step.actor.role,
    personId: step.actor.personId,
    writtenOn: step.today,
    aboutOffer: lastOffer(step)!.n,
    ...(step.actor.writtenBy
      ? {
          cameBy: step.text('saidThrough'),
          penRole: step.actor.writtenBy.role,
          mandateNumber: wordOf(step.answers).mandateNumber,
        }
      : {}),
    textSealed: step.seal('messages', 'textSealed', id, text),
  });
}

function proposedActions(step: StepContext): RemedyAction[] {
  return step.file.actions.filter(({ status }) => status === 'PROPOSED');
}

function liveActions(step: StepContext): RemedyAction[] {
  return step.file.actions.filter(({ status }) => status !== 'DROPPED' && status !== 'REFUSED');
}

function namedAction(step: StepContext): RemedyAction {
  return liveActions(step).find(({ n }) => n === step.answers.actionNumber)!;
}

function isIndividual(code: string): boolean {
  return REMEDY_ACTIONS[code as RemedyActionCode].individual;
}

async function setAction(step: StepContext, patch: Partial<RemedyAction>): Promise<void> {
  await step.update(RemedyAction, namedAction(step).id, patch);
}

function deliveredActions(step: StepContext): RemedyAction[] {
  return liveActions(step).filter(({ status }) => status === 'DONE');
}

function commentOn(step: StepContext, { n }: RemedyAction): string | undefined {
  return step.answer<ByAction | undefined>('actionComments')?.[n];
}

/** Whether this action is among what is missing, where the person answered for the whole. */
function isReported(step: StepContext, { n, action, verificationResult }: RemedyAction): boolean {
  const named = step.answers.actionNumber;
  return named === undefined ? isIndividual(action) && verificationResult !== 'FULL' : n === named;
}

/** Where the snapshot of before is kept, where that is said now; what was said earlier stands. */
function snapshotOf(step: StepContext): Partial<Pick<RemedyAction, 'snapshotSealed'>> {
  const text = step.text('snapshot');
  const { id } = namedAction(step);
  return text ? { snapshotSealed: step.seal('remedy_actions', 'snapshotSealed', id, text) } : {};
}

function cost(step: StepContext, { id }: RemedyAction): Pick<RemedyAction, 'costSealed'> {
  return { costSealed: step.seal('remedy_actions', 'costSealed', id, step.text('actionCost')) };
}

async function verify(
  step: StepContext,
  action: RemedyAction,
  result: string,
  comment: string | undefined,
): Promise<void> {
  await step.update(RemedyAction, action.id, {
    verifiedBy: step.actor.role === 'REP' ? 'REP' : 'COMPLAINANT',
    verifiedOn: step.today,
    verificationResult: result,
    verificationCommentSealed: step.sealMaybe(
      'remedy_actions',
      'verificationCommentSealed',
      action.id,
      comment,
    ),
  });
}
