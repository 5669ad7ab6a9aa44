import { ApiProperty } from '../../platform/api-decorators';
import { STANDARD_OF_PROOF_CODES } from '../../rules/inquiry';
import {
  PERSON_AT_RISK_CODES,
  PROTECTION_MEASURE_CODES,
  PROTECTION_STATE_CODES,
} from '../../rules/protection';
import { ROOT_CAUSE_CODES } from '../../rules/root-causes';
import { ROUTED_ROLES, TRACKS } from '../../rules/routing';
import { TASKS } from '../../rules/tasks';
import { TIERS } from '../../rules/severity';
import type { State } from '../../rules/states';
import {
  day,
  dayOrNull,
  instantOrNull,
  text,
  textOrNull,
  integer,
  integerOrNull,
  yesNo,
  yesNoOrNull,
  state,
  role,
  anything,
} from './fields';
import { WrittenDownAnswer } from './dictation';

export class ClockAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty({ enum: ['legal', 'internal'] }) basis!: 'legal' | 'internal';
  @ApiProperty(day) startedOn!: string;
  @ApiProperty(day) dueInternal!: string;
  @ApiProperty(day) dueLegalLatest!: string;
  @ApiProperty(instantOrNull) dueAt!: string | null;
  @ApiProperty({ enum: ['RUNNING', 'PAUSED', 'STOPPED'] }) status!: 'RUNNING' | 'PAUSED' | 'STOPPED';
  @ApiProperty(dayOrNull) stoppedOn!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'The day on which its end was put off.' })
  extendedOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Why its end was put off.' })
  extensionReason!: string | null;
  @ApiProperty(yesNo) overdue!: boolean;
}

export class LateAnswer {
  @ApiProperty({ ...textOrNull, description: 'The clock that passed; null for an action of remedy.' })
  clock!: string | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of the action that was promised.' })
  action!: number | null;
  @ApiProperty({ enum: ['legal', 'internal'] }) basis!: 'legal' | 'internal';
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ ...yesNo, description: 'Whether the complainant said so already.' }) isReported!: boolean;
}

export class LateReportAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...role, description: 'Who was told.' }) role!: string;
  @ApiProperty(day) reportedOn!: string;
  @ApiProperty({ ...day, description: 'By an internal target, not by law.' }) answerDueOn!: string;
  @ApiProperty({ enum: ['WAITING', 'REPLACED', 'ANSWERED', 'PASSED_UP', 'OVER'] }) status!: string;
  @ApiProperty(dayOrNull) settledOn!: string | null;
}

export class AllegationAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(textOrNull) harm!: string | null;
  @ApiProperty(text) text!: string;
  @ApiProperty(textOrNull) finding!: string | null;
  @ApiProperty(textOrNull) findingReasons!: string | null;
  @ApiProperty({ enum: STANDARD_OF_PROOF_CODES, nullable: true }) standardOfProof!: string | null;
  @ApiProperty({
    ...yesNoOrNull,
    description: 'Evidence is missing because the organisation or the vendor lost or withheld it.',
  })
  evidenceWithheld!: boolean | null;
  @ApiProperty({ ...textOrNull, description: 'What the finding says of records that are missing.' })
  missingRecords!: string | null;
  @ApiProperty({
    type: [String],
    enum: ROOT_CAUSE_CODES,
    nullable: true,
    description: 'Why it came to be; for staff alone.',
  })
  rootCauses!: string[] | null;
}

export class OfferAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) kind!: string;
  @ApiProperty(role) madeByRole!: string;
  @ApiProperty(day) madeOn!: string;
  @ApiProperty(text) text!: string;
  @ApiProperty(dayOrNull) replyDueOn!: string | null;
  @ApiProperty(text) status!: string;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
}

export class RemedyActionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) action!: string;
  @ApiProperty(text) label!: string;
  @ApiProperty(text) form!: string;
  @ApiProperty(text) description!: string;
  @ApiProperty(text) owner!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty({ ...integerOrNull, description: 'Number of the offer it is part of.' }) offer!: number | null;
  @ApiProperty({
    ...yesNoOrNull,
    description: 'Whether the complainant agreed; false: refused, or done without agreement.',
  })
  agreed!: boolean | null;
  @ApiProperty({
    ...textOrNull,
    description: 'What the complainant said of it when she answered the offer.',
  })
  wish!: string | null;
  @ApiProperty(dayOrNull) doneOn!: string | null;
  @ApiProperty(textOrNull) evidence!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Staff only, as is the evidence; null for everybody else.' })
  cost!: string | null;
  @ApiProperty(textOrNull) verificationQuestion!: string | null;
  @ApiProperty(textOrNull) verificationResult!: string | null;
  @ApiProperty({ ...textOrNull, description: 'What is missing, in the words of the complainant.' })
  verificationComment!: string | null;
}

/** A measure of the plan that protects somebody of the case. */
export class ProtectionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: PROTECTION_MEASURE_CODES }) measure!: string;
  @ApiProperty({ enum: PERSON_AT_RISK_CODES, description: 'Whom it protects.' }) protects!: string;
  @ApiProperty({ enum: PROTECTION_STATE_CODES }) status!: string;
  @ApiProperty(yesNoOrNull) wished!: boolean | null;
  @ApiProperty(text) owner!: string;
  @ApiProperty(day) plannedOn!: string;
  @ApiProperty(dayOrNull) begunOn!: string | null;
  @ApiProperty(dayOrNull) reviewedOn!: string | null;
  @ApiProperty({ ...day, description: 'When somebody looks at it again.' }) reviewOn!: string;
  @ApiProperty(yesNo) reviewDue!: boolean;
  @ApiProperty(dayOrNull) endedOn!: string | null;
}

export class InterimMeasureAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) measure!: string;
  @ApiProperty(text) label!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty(text) reason!: string;
  @ApiProperty(text) owner!: string;
  @ApiProperty(day) dueOn!: string;
}

export class CheckInAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(integer) everyDays!: number;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ enum: ['PLANNED', 'ASKED', 'ANSWERED', 'MISSED', 'STOPPED'] }) status!: string;
  @ApiProperty(dayOrNull) askedOn!: string | null;
  @ApiProperty(textOrNull) answer!: string | null;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
}

export class AppealAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(state) against!: State;
  @ApiProperty(textOrNull) grounds!: string | null;
  @ApiProperty(day) filedOn!: string;
  @ApiProperty(yesNo) late!: boolean;
  @ApiProperty(textOrNull) reviewer!: string | null;
  @ApiProperty(textOrNull) outcome!: string | null;
  @ApiProperty(textOrNull) reasons!: string | null;
  @ApiProperty(dayOrNull) decidedOn!: string | null;
}

export class QuestionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) text!: string;
  @ApiProperty(text) why!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
  @ApiProperty({
    type: WrittenDownAnswer,
    nullable: true,
    description: 'Where the answer was said and staff wrote it down.',
  })
  answeredThrough!: WrittenDownAnswer | null;
}

export class LinkAnswer {
  @ApiProperty(text) type!: string;
  @ApiProperty(text) reference!: string;
}

export class SaidAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) by!: string | null;
  @ApiProperty(integer) revision!: number;
  @ApiProperty(anything) answers!: Record<string, unknown>;
}

/** Another case that may tell of the same. */
export class LikelyDuplicateAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty({ ...integer, description: 'Unusual words that stand in both.' }) words!: number;
  @ApiProperty(yesNo) sameDomain!: boolean;
  @ApiProperty(yesNo) sameHarm!: boolean;
  @ApiProperty(integer) daysApart!: number;
}

/** What the rules of routing propose for a case. */
export class RoutingAnswer {
  @ApiProperty({ ...integer, description: 'Number of the version of the rules.' }) version!: number;
  @ApiProperty({ type: [Number], description: 'Numbers of the rules that hold.' }) rules!: number[];
  @ApiProperty({ enum: TRACKS, nullable: true, type: String }) track!: string | null;
  @ApiProperty({ enum: ROUTED_ROLES, isArray: true }) roles!: string[];
  @ApiProperty({
    enum: TIERS,
    nullable: true,
    type: String,
    description: 'The severity should be looked at again below it.',
  })
  atLeast!: string | null;
}

export class TaskAnswer {
  @ApiProperty({ enum: Object.keys(TASKS) }) kind!: string;
  @ApiProperty(integerOrNull) n!: number | null;
  @ApiProperty({ ...textOrNull, description: 'Of a task that the team gave itself: what it is.' })
  text!: string | null;
  @ApiProperty(role) owedBy!: string;
  @ApiProperty(textOrNull) who!: string | null;
  @ApiProperty(dayOrNull) dueOn!: string | null;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({
    ...textOrNull,
    description: 'The step that settles it, or that waits for agreement; null where several do.',
  })
  step!: string | null;
  @ApiProperty({
    ...yesNo,
    description: 'False: nobody in the role that has to act works on the case, or sees it otherwise.',
  })
  isReached!: boolean;
}

/** What the team gave itself to do. */
export class TeamTaskAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) text!: string;
  @ApiProperty(text) owner!: string;
  @ApiProperty(role) ownerRole!: string;
  @ApiProperty(day) addedOn!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty({ enum: ['OPEN', 'DONE', 'DROPPED'] }) status!: string;
  @ApiProperty(dayOrNull) settledOn!: string | null;
}

/** A step that waits for a second person. */
export class WaitingProposalAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(text) proposedBy!: string;
  @ApiProperty(day) proposedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'A target of our own.' }) dueOn!: string | null;
  @ApiProperty(role) agreedBy!: string;
  @ApiProperty({ type: [String], description: 'Who of the team may agree.' }) mayAgree!: string[];
}
