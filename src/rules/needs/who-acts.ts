// Who may act, and who stays apart from whom (separation of duty 6.1).
import { addDays } from '../counting';
import { GUEST_DAYS } from '../guests';
import type { RoleCode } from '../roles';
import { TEAM_ROLES } from '../sight';
import type { CaseFacts, StepAnswers } from './facts';
import { heldPen, HOLD_PENS, NO_PART } from './dictations';
import { need, oneOf, thereIs, type Need } from './need';
import { holdNamed, isAnothers, live, said } from './readings';

/** What somebody did in the case itself: to say whether one has a conflict of interest is no part in it. */
const partsTaken = (facts: CaseFacts) => facts.taken.filter(({ step }) => !NO_PART.includes(step));
/** Whoever investigates the case, or did something in it as an investigator. */
export const investigators = (facts: CaseFacts) =>
  new Set([
    ...facts.assigned.filter(({ role }) => role === 'INV').map(({ personId }) => personId),
    ...partsTaken(facts)
      .filter(({ role }) => role === 'INV')
      .map(({ personId }) => personId),
  ]);
/** Deeds of a reviewer within one review: they do not count as earlier part in the case. */
const REVIEW_STEPS = new Set<string>(['plan-action-on-appeal', 'ask-question', 'write-internal-note']);
const tookPart = (facts: CaseFacts, personId: string | null) =>
  partsTaken(facts).some(
    (taken) => taken.personId === personId && !(taken.role === 'IRV' && REVIEW_STEPS.has(taken.step)),
  ) || facts.assigned.some((assigned) => assigned.personId === personId && assigned.role !== 'IRV');
const mayTakeRole = (facts: CaseFacts, role: string) =>
  (role !== 'IRV' || !tookPart(facts, facts.named.personId)) &&
  (role !== 'DEC' || !investigators(facts).has(facts.named.personId ?? '')) &&
  (HOLD_PENS.includes(role) || !heldPen(facts, facts.named.personId));
/** Whose place is handed over: the actor's own, unless another one is named. */
const handsOver = (facts: CaseFacts, answers: StepAnswers) => answers.handedOverFrom ?? facts.actor.personId;
const mayHandOver = (facts: CaseFacts, personId: unknown) =>
  personId === facts.actor.personId || ['TRI', 'PRT', 'DEC'].includes(facts.actor.role);
const placesOf = (facts: CaseFacts, personId: unknown) =>
  facts.places.filter((place) => place.personId === personId);
const glassNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.glassBroken.find(({ n }) => n === answers.breakGlassNumber);
/** Whoever is to carry out the remedy. */
export const ownersOf = (facts: CaseFacts) => new Set(live(facts).map(({ ownerId }) => ownerId));

export const WHO_ACTS = {
  investigatorAssigned: need('Assign an investigator first.', (f) =>
    f.assigned.some(({ role }) => role === 'INV'),
  ),
  actorAssigned: need('You are not assigned to this case in this role; ask the triage lead.', (f) =>
    f.assigned.some(({ role, personId }) => role === f.actor.role && personId === f.actor.personId),
  ),
  assigneeHoldsRole: need('The person does not hold this role, or is no longer active.', (f, a) =>
    f.named.personRoles.includes(a.role as RoleCode),
  ),
  assigneeIndependent: need(
    'An independent reviewer must not have taken part before, a decision-maker must not have investigated, and whoever wrote down what the person said does nothing else in the case.',
    (f, a) => mayTakeRole(f, said(a, 'role')),
  ),
  personNotKeptOut: need(
    'This person is kept out of this case: named in it, of the unit concerned, or withdrawn. Choose somebody else.',
    (f) => !f.named.isKeptOut,
  ),
  ownConflictDenied: need(
    'You assign yourself: confirm that you have no conflict of interest, or leave it to somebody else.',
    (f, a) => a.person !== f.actor.personId || a.noConflict === true,
  ),
  actorIsAsked: thereIs('Nobody asks you whether you have a conflict of interest in this case.', (f) =>
    f.asked.some(({ personId }) => personId === f.actor.personId),
  ),
  handsOverOwnPlace: need(
    'Only a triage lead, a protection officer or a decision-maker hands over for somebody else.',
    (f, a) => mayHandOver(f, handsOver(f, a)),
  ),
  handedOverIsOnTeam: need(
    'This person is not on the team: there is nothing to hand over.',
    (f, a) => placesOf(f, handsOver(f, a)).length > 0,
    {
      isThere: (f) => f.places.some(({ personId }) => mayHandOver(f, personId)),
      sentence: 'Nobody is on the team whose place you could hand over.',
    },
  ),
  successorFits: need(
    'This person does not hold every role that is handed over, or may not take one of them in this case. Choose somebody else, or assign the roles one by one.',
    (f, a) =>
      f.named.personId !== handsOver(f, a) &&
      placesOf(f, handsOver(f, a)).every(
        ({ role }) => f.named.personRoles.includes(role as RoleCode) && mayTakeRole(f, role),
      ),
  ),
  guestEndsInTime: need(
    `The last day of a guest is today or later, and at most ${GUEST_DAYS} days ahead.`,
    (f, a) => said(a, 'guestUntil') >= f.today && said(a, 'guestUntil') <= addDays(f.today, GUEST_DAYS),
  ),
  guestStands: oneOf('guest whose access was not ended', 'guestNumber', (f) => f.guests),
  guestStaysInCase: need(
    'This person is a guest of another case and can be in no other. Choose somebody else.',
    (f) => f.named.guestOf !== 'ANOTHER',
  ),
  personIsOfHouse: need(
    'This person is a guest from outside, who takes over nothing. Choose somebody who works here.',
    (f) => f.named.guestOf === 'NONE',
  ),
  personIsOnTeam: need('This person is not on the team.', (f, a) => placesOf(f, a.person).length > 0, {
    isThere: (f) => f.places.length > 0,
    sentence: 'Nobody is on the team.',
  }),
  somebodyNamed: need('Name a person who works here, a unit, or both.', (f, a) =>
    a.person === undefined ? a.unit !== undefined : f.named.personId !== null,
  ),
  excludesAnother: need('To withdraw yourself, use “recuse”.', (f, a) => a.person !== f.actor.personId),
  leadIsLeft: need(
    'No triage lead would be left who may see this case, and nobody could carry it. Ask an administrator to give the role to somebody else first; say no more than that.',
    (f) => f.named.leadIsLeft,
  ),
  exclusionStands: oneOf('exclusion that stands', 'exclusionNumber', (f) => f.exclusions),
  glassToReview: oneOf('emergency opening that nobody has looked at yet', 'breakGlassNumber', (f) =>
    f.glassBroken.filter(({ isReviewed }) => !isReviewed),
  ),
  glassBrokenByAnother: need(
    'You opened this case yourself, or one of you created the other’s account; another protection officer has to look at it.',
    (f, a) => isAnothers(f, glassNamed(f, a)?.personId),
  ),
  deciderIsNotInvestigator: need(
    'You investigated this case; somebody else has to decide.',
    (f) => !investigators(f).has(f.actor.personId ?? ''),
  ),
  deciderOwnsNoAction: need(
    'You own an action of this remedy; somebody else has to decide.',
    (f) => !ownersOf(f).has(f.actor.personId ?? ''),
  ),
  actorOwnsNoAction: need(
    'A remedy owner does not verify their own remedy.',
    (f) => !ownersOf(f).has(f.actor.personId ?? ''),
  ),
  reviewerAssigned: need(
    'You are not the reviewer of this appeal; the triage lead assigns one.',
    (f) => f.appeal !== null && f.appeal.reviewerId === f.actor.personId && f.actor.personId !== null,
  ),
  reviewerTookNoEarlierPart: need(
    'You took part in this case before; an independent person has to review it.',
    (f) => !tookPart(f, f.actor.personId),
  ),
  appealAgainstOutcome: thereIs(
    'This appeal is against not taking the case: admit the case or reject the appeal.',
    (f) => f.appeal !== null && ['remedy-proposed', 'implementation', 'closed'].includes(f.appeal.against),
  ),
  appealAgainstRefusal: thereIs(
    'This appeal is against an outcome: send it back, vary or uphold instead.',
    (f) => f.appeal !== null && ['declined', 'referred'].includes(f.appeal.against),
  ),
  appealAgainstOffer: thereIs(
    'This appeal is not against an offer.',
    (f) => f.appeal?.against === 'remedy-proposed',
  ),
  appealAgainstEnding: thereIs(
    'This appeal is against an offer or measures that still stand: confirm those instead, so that nothing is lost.',
    (f) => f.appeal !== null && !['remedy-proposed', 'implementation'].includes(f.appeal.against),
  ),
  appealAgainstMeasures: thereIs(
    'This appeal is not against measures taken without agreement.',
    (f) => f.appeal?.against === 'implementation',
  ),
  remedyNotAccepted: need(
    'You accepted this remedy. When you are asked to check it, say what is missing; after the case is closed you can ask for a review.',
    (f) =>
      f.state !== 'implementation' ||
      f.agreement === 'NOT_AGREED' ||
      live(f).some(({ agreed }) => agreed === false),
  ),
  appealIsLate: thereIs('This appeal came in time.', (f) => f.appeal?.late === true),
  actorOwnsAction: oneOf('action of yours that is agreed and not yet done', 'actionNumber', (f) =>
    live(f).filter(
      ({ status, ownerId }) => ['AGREED', 'STARTED'].includes(status) && ownerId === f.actor.personId,
    ),
  ),
  ownerIsActive: need(
    'Name a person who works on cases here; administrators and auditors are on no team.',
    (f) => f.named.personRoles.some((role) => TEAM_ROLES.includes(role)),
  ),
  ownerIsOnTeam: need(
    'Name somebody who is on the team of this case and said that there is no conflict of interest.',
    (f, a) => f.assigned.some(({ personId }) => personId === a.owner),
  ),
  taskIsOpen: oneOf('task that is not done yet', 'taskNumber', (f) =>
    f.teamTasks.filter(({ status }) => status === 'OPEN'),
  ),
  ownerIsRemedyOwner: need('Name a person with the role of remedy owner.', (f) =>
    f.named.personRoles.includes('REM'),
  ),
  holdOfAnother: need(
    'You placed this legal hold, or one of you created the other’s account; somebody else has to look at it.',
    (f, a) => isAnothers(f, holdNamed(f, a)?.placedBy),
  ),
} as const satisfies Record<string, Need>;
