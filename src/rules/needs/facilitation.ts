// A facilitator whom both sides accept, and meetings (process model 6.3; trauma-informed rules 5.3).
import { HER_MEETINGS } from '../facilitation';
import type { CaseFacts, StepAnswers } from './facts';
import { need, type Need } from './need';
import { said } from './readings';

const facilitatorNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.facilitators.find(({ n }) => n === answers.facilitatorNumber);
const meetingNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.meetings.find(({ n }) => n === answers.meetingNumber);
/** A mediator has no say in the interviews of the inquiry, and as a guest must not learn that there are any; nor the other way round. */
const isOfActor = ({ actor }: CaseFacts, { kind }: { kind: string }) =>
  (actor.role === 'DIA') === (kind === 'SESSION');
const isAccepted = (facts: CaseFacts) =>
  facts.facilitators.some(({ person, unit }) => person === 'ACCEPTED' && unit === 'ACCEPTED');

export const FACILITATION_NEEDS = {
  facilitatorAcceptedByBoth: need(
    'No facilitator is accepted by both sides. Propose one: the person answers in their case, and staff note what the unit says.',
    isAccepted,
  ),
  facilitatorIsThere: need(
    'Give the number of a facilitator who was proposed in this case.',
    (f, a) => facilitatorNamed(f, a) !== undefined,
  ),
  facilitatorNotAccepted: need('Choose somebody whom you have not accepted yet.', (f, a) =>
    ['WAITING', 'REFUSED'].includes(facilitatorNamed(f, a)?.person ?? ''),
  ),
  facilitatorNotRefused: need('Choose somebody whom you have not refused yet.', (f, a) =>
    ['WAITING', 'ACCEPTED'].includes(facilitatorNamed(f, a)?.person ?? ''),
  ),
  sessionIsFacilitated: need(
    'A session of the dialogue needs a case in dialogue, and a facilitator whom both sides accept.',
    (f) => f.actor.role !== 'DIA' || (f.state === 'dialogue' && isAccepted(f)),
  ),
  plannedAhead: need(
    'The day of the meeting must not lie in the past.',
    (f, a) => said(a, 'plannedFor') >= f.today,
  ),
  meetingStands: need(
    'Give the number of a meeting that is planned and was neither held nor called off.',
    (f, a) => meetingNamed(f, a)?.status === 'PLANNED' && isOfActor(f, meetingNamed(f, a)!),
  ),
  meetingIsHers: need(
    'This is an interview with somebody else: note that it was not held instead. The person would get a letter about it.',
    (f, a) => HER_MEETINGS.includes(meetingNamed(f, a)?.withWhom ?? ''),
  ),
  transcriptIsThere: need(
    'Give the number of a transcript of this case, or none.',
    (f, a) => a.transcriptNumber === undefined || f.transcripts.some(({ n }) => n === a.transcriptNumber),
  ),
} as const satisfies Record<string, Need>;
