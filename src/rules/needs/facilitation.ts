// A facilitator whom both sides accept, and meetings (process model 6.3; trauma-informed rules 5.3).
import { HER_MEETINGS } from '../facilitation';
import type { CaseFacts, StepAnswers } from './facts';
import { need, oneOf, type Need } from './need';
import { said } from './readings';

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
  facilitatorIsThere: oneOf(
    'facilitator who was proposed in this case',
    'facilitatorNumber',
    (f) => f.facilitators,
  ),
  facilitatorNotAccepted: {
    ...oneOf('facilitator whom you have not accepted yet', 'facilitatorNumber', (f) =>
      f.facilitators.filter(({ person }) => ['WAITING', 'REFUSED'].includes(person)),
    ),
    sentence: 'Choose somebody whom you have not accepted yet.',
  },
  facilitatorNotRefused: {
    ...oneOf('facilitator whom you have not refused yet', 'facilitatorNumber', (f) =>
      f.facilitators.filter(({ person }) => ['WAITING', 'ACCEPTED'].includes(person)),
    ),
    sentence: 'Choose somebody whom you have not refused yet.',
  },
  sessionIsFacilitated: need(
    'A session of the dialogue needs a case in dialogue, and a facilitator whom both sides accept.',
    (f) => f.actor.role !== 'DIA' || (f.state === 'dialogue' && isAccepted(f)),
  ),
  plannedAhead: need(
    'The day of the meeting must not lie in the past.',
    (f, a) => said(a, 'plannedFor') >= f.today,
  ),
  meetingStands: oneOf('meeting that is planned and was neither held nor called off', 'meetingNumber', (f) =>
    f.meetings.filter((meeting) => meeting.status === 'PLANNED' && isOfActor(f, meeting)),
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
