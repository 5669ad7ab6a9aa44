import {
  ApiProperty,
  ApiPropertyOptional,
  OmitType,
  PickType,
  type ApiPropertyOptions,
} from '@nestjs/swagger';
import { EVIDENCE_HANDLING, FILE_FAULTS, HELD_REASONS, REMOVED } from '../rules/evidence-handling';
import { ASKS, type AskName } from '../rules/asks';
import { CONSENT_CODES, type ConsentCode } from '../rules/consents';
import { IDENTITY_MODE_CODES, type IdentityMode } from '../rules/identity-modes';
import { ROLE_CODES, type HolderRole } from '../rules/roles';
import { STATE_CODES, type State } from '../rules/states';
import { STORY_LANGUAGES } from '../rules/stories';
import { ErasureRequestAnswer, HoldAnswer } from './erasure-answers';

/** Shapes of answers, as the API document names them; controllers promise them, so they cannot drift from what is sent. */

const day: ApiPropertyOptions = { type: String, format: 'date' };
const dayOrNull: ApiPropertyOptions = { ...day, nullable: true };
const instant: ApiPropertyOptions = { type: String, format: 'date-time' };
const instantOrNull: ApiPropertyOptions = { ...instant, nullable: true };
const text: ApiPropertyOptions = { type: String };
const textOrNull: ApiPropertyOptions = { type: String, nullable: true };
const integer: ApiPropertyOptions = { type: 'integer' };
const integerOrNull: ApiPropertyOptions = { type: 'integer', nullable: true };
const yesNo: ApiPropertyOptions = { type: Boolean };
const yesNoOrNull: ApiPropertyOptions = { type: Boolean, nullable: true };
const state: ApiPropertyOptions = { enum: STATE_CODES };
const role: ApiPropertyOptions = { enum: ROLE_CODES };
const mode: ApiPropertyOptions = { enum: IDENTITY_MODE_CODES };
const anything: ApiPropertyOptions = { type: 'object', additionalProperties: true };

export class DueDate {
  @ApiProperty({ example: 'TARGET-ACK' }) code!: string;
  @ApiProperty(day) dueInternal!: string;
  @ApiProperty(day) dueLegalLatest!: string;
}

export class EnclosedFileAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) fileName!: string;
  @ApiProperty(textOrNull) describes!: string | null;
  @ApiProperty(integer) sizeInBytes!: number;
  @ApiProperty({ ...text, description: 'Of the original; the statement names it too.' }) sha256!: string;
  @ApiProperty({ enum: Object.keys(EVIDENCE_HANDLING) }) handling!: string;
}

export class Lodged {
  @ApiProperty({ example: 'RD-7K3F-9QXM' }) reference!: string;
  @ApiProperty({ description: '25 digits, shown only now.' }) receipt!: string;
  @ApiProperty({ description: 'Signed note (C2SP) over the first entry of the history.' }) statement!: string;
  @ApiProperty({ enum: ['received'] }) state!: 'received';
  @ApiProperty({ type: [DueDate] }) dueDates!: DueDate[];
  @ApiPropertyOptional({ type: [EnclosedFileAnswer], description: 'The files that came with it.' })
  files?: EnclosedFileAnswer[];
}

export class ComplaintSession {
  @ApiProperty() token!: string;
  @ApiProperty(instant) expiresAt!: string;
}

export class StepTakenAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) revision!: number;
  @ApiProperty({ description: 'True where the step waits for a second person.' }) proposed!: boolean;
}

export class NeedAnswer {
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'What to do about it.' }) sentence!: string;
  @ApiPropertyOptional() field?: string;
}

export class ProblemAnswer {
  @ApiProperty() type!: string;
  @ApiProperty() title!: string;
  @ApiProperty(integer) status!: number;
  @ApiProperty() detail!: string;
  @ApiPropertyOptional({
    description: 'Only where something unforeseen went wrong: tell it to the operator.',
  })
  incident?: string;
  @ApiProperty({ type: [NeedAnswer] }) needs!: NeedAnswer[];
}

export class ClockAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty({ enum: ['legal', 'internal'] }) basis!: 'legal' | 'internal';
  @ApiProperty(day) startedOn!: string;
  @ApiProperty(day) dueInternal!: string;
  @ApiProperty(day) dueLegalLatest!: string;
  @ApiProperty(instantOrNull) dueAt!: string | null;
  @ApiProperty({ enum: ['RUNNING', 'PAUSED', 'STOPPED'] }) status!: 'RUNNING' | 'PAUSED' | 'STOPPED';
  @ApiProperty(dayOrNull) stoppedOn!: string | null;
  @ApiProperty(yesNo) overdue!: boolean;
}

export class AllegationAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(textOrNull) harm!: string | null;
  @ApiProperty(text) text!: string;
  @ApiProperty(textOrNull) finding!: string | null;
  @ApiProperty(textOrNull) findingReasons!: string | null;
  @ApiProperty({
    ...yesNoOrNull,
    description: 'Evidence is missing because the organisation or the vendor lost or withheld it.',
  })
  evidenceWithheld!: boolean | null;
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
  @ApiProperty(dayOrNull) doneOn!: string | null;
  @ApiProperty(textOrNull) evidence!: string | null;
  @ApiProperty(textOrNull) verificationQuestion!: string | null;
  @ApiProperty(textOrNull) verificationResult!: string | null;
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
}

export class MessageAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(role) fromRole!: string;
  @ApiProperty(textOrNull) by!: string | null;
  @ApiProperty(day) writtenOn!: string;
  @ApiProperty(text) text!: string;
}

export class EvidenceAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) fileName!: string;
  @ApiProperty(textOrNull) describes!: string | null;
  @ApiProperty(text) mediaType!: string;
  @ApiProperty(integer) sizeInBytes!: number;
  @ApiProperty({ ...text, description: 'Of the original.' }) sha256!: string;
  @ApiProperty(role) fromRole!: string;
  @ApiProperty(day) addedOn!: string;
  @ApiProperty({
    enum: Object.keys(EVIDENCE_HANDLING),
    description: Object.entries(EVIDENCE_HANDLING)
      .map(([code, meaning]) => `${code}: ${meaning}`)
      .join(' '),
  })
  handling!: string;
  @ApiProperty({ type: String, nullable: true, enum: [...Object.keys(HELD_REASONS), null] })
  heldReason!: string | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    enum: Object.keys(REMOVED),
    description: 'What the working copy no longer has.',
  })
  removed!: string[] | null;
  @ApiProperty({ ...integerOrNull, description: 'Degrees clockwise to turn the working copy upright.' })
  turnedBy!: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...Object.keys(FILE_FAULTS), null],
    description: 'Set when a file of it is no longer in the store as it was stored.',
  })
  fault!: string | null;
}

export class LetterAnswer {
  @ApiProperty(text) letter!: string;
  @ApiProperty(text) language!: string;
  @ApiProperty(day) queuedOn!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty(text) subject!: string;
  @ApiProperty({ type: [String] }) paragraphs!: string[];
}

export class ContactAnswer {
  @ApiProperty(text) kind!: string;
  @ApiProperty(text) value!: string;
  @ApiPropertyOptional({ type: String }) safeContact?: string | null;
}

export class MyIdentityAnswer {
  @ApiProperty(mode) identityMode!: IdentityMode;
  @ApiProperty({
    enum: IDENTITY_MODE_CODES,
    isArray: true,
    description: 'Modes in which more is known, open to the reader.',
  })
  movesTo!: IdentityMode[];
  @ApiProperty(textOrNull) name!: string | null;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
  @ApiProperty({ ...yesNo, description: 'Whether the reader can change anything of it.' })
  mayChange!: boolean;
}

export class IdentifiedPartyAnswer {
  @ApiProperty({ enum: ['RH', 'REP', 'SUP'] }) holder!: HolderRole;
  @ApiProperty(textOrNull) name!: string | null;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
}

export class IdentityAnswer {
  @ApiProperty({ ...instant, description: 'When it closes for you again.' })
  until!: string;
  @ApiProperty({ type: [IdentifiedPartyAnswer] }) parties!: IdentifiedPartyAnswer[];
}

export class DecidedConsentAnswer {
  @ApiProperty({ enum: CONSENT_CODES }) code!: ConsentCode;
  @ApiProperty({ ...text, description: 'What is asked, in the words of `version`.' }) text!: string;
  @ApiProperty(integer) version!: number;
  @ApiProperty({ ...yesNo, description: 'Holds until the person says no.' }) optOut!: boolean;
  @ApiProperty({ ...yesNo, description: 'The person can set limits.' }) scoped!: boolean;
  @ApiProperty({ ...yesNo, description: 'A law or duty is the basis, not this consent.' })
  lawInstead!: boolean;
  @ApiProperty({ ...yesNo, description: 'No deed here rests on it yet.' }) onlyRecorded!: boolean;
  @ApiProperty(yesNo) holds!: boolean;
  @ApiProperty({ ...yesNoOrNull, description: 'Null while nothing was decided.' }) given!: boolean | null;
  @ApiProperty(integerOrNull) answeredVersion!: number | null;
  @ApiProperty(textOrNull) language!: string | null;
  @ApiProperty(dayOrNull) decidedOn!: string | null;
  @ApiProperty(dayOrNull) withdrawnOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Limits that the person set.' }) scope!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Role of whoever decided, or wrote it down.' })
  byRole!: string | null;
}

export class DisclosureAnswer {
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(text) step!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) to!: string | null;
  @ApiProperty(textOrNull) what!: string | null;
  @ApiProperty({ ...textOrNull, description: 'The law, where one took the place of consent.' })
  legalDuty!: string | null;
}

export class ConsentAnswer extends DecidedConsentAnswer {
  @ApiProperty({ type: [DisclosureAnswer], description: 'What already happened under it.' })
  disclosures!: DisclosureAnswer[];
}

/** What was said at lodging, as it was written. */
export class ComplaintAnswer {
  @ApiProperty(text) language!: string;
  @ApiProperty(text) channel!: string;
  @ApiProperty(text) identityMode!: string;
  @ApiProperty(text) complainantRole!: string;
  @ApiProperty(text) narrative!: string;
  @ApiProperty(textOrNull) desiredOutcome!: string | null;
  @ApiProperty(textOrNull) whenHappened!: string | null;
  @ApiProperty(textOrNull) systemKnown!: string | null;
  @ApiProperty(yesNoOrNull) awareOfAiUse!: boolean | null;
  @ApiProperty(textOrNull) fearOfReprisal!: string | null;
  @ApiProperty(textOrNull) reprisalText!: string | null;
  @ApiProperty(textOrNull) accommodation!: string | null;
}

export class StoryAnswer {
  @ApiProperty({
    enum: ['PROPOSED', 'SHOWN', 'TAKEN_DOWN'],
    description: 'PROPOSED: waits for the protection officer, and nobody outside the case can read it.',
  })
  status!: 'PROPOSED' | 'SHOWN' | 'TAKEN_DOWN';
  @ApiProperty({ enum: STORY_LANGUAGES }) language!: string;
  @ApiProperty(text) text!: string;
  @ApiProperty(dayOrNull) publishedOn!: string | null;
}

export class PublicStoryAnswer extends PickType(StoryAnswer, ['language', 'text']) {}

export class PublicStoriesAnswer {
  @ApiProperty({ type: [PublicStoryAnswer] }) stories!: PublicStoryAnswer[];
  @ApiProperty({ ...integer, nullable: true, description: 'Number of the next page.' }) next!: number | null;
}

export class MyCaseAnswer extends ComplaintAnswer {
  @ApiProperty({ ...textOrNull, description: 'Of the holder of the receipt, as is the contact.' })
  name!: string | null;
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) revision!: number;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
  @ApiProperty({ ...role, description: 'Role that owns the next step.' }) nextRole!: string;
  @ApiProperty({ type: [ClockAnswer] }) clocks!: ClockAnswer[];
  @ApiProperty({ type: [AllegationAnswer], description: 'Empty until findings were shared.' })
  allegations!: AllegationAnswer[];
  @ApiProperty({ type: [OfferAnswer] }) offers!: OfferAnswer[];
  @ApiProperty({ type: [RemedyActionAnswer] }) actions!: RemedyActionAnswer[];
  @ApiProperty({ type: [AppealAnswer] }) appeals!: AppealAnswer[];
  @ApiProperty({ type: [QuestionAnswer] }) questions!: QuestionAnswer[];
  @ApiProperty({ type: [LetterAnswer] }) letters!: LetterAnswer[];
  @ApiProperty({ type: [EvidenceAnswer] }) evidence!: EvidenceAnswer[];
  @ApiProperty(dayOrNull) suspendedUntil!: string | null;
  @ApiProperty({ type: [StoryAnswer] }) stories!: StoryAnswer[];
  @ApiProperty({ description: 'Signed note that proves the complaint was lodged.' }) statement!: string;
}

export class ReceiptAnswer {
  @ApiProperty({ description: '25 digits, shown only now.' }) receipt!: string;
}

export class ReceiptListAnswer {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['RH', 'REP', 'SUP'] }) holder!: string;
  @ApiProperty(yesNo) own!: boolean;
  @ApiProperty({ ...yesNo, description: 'Whether the reader can end it.' }) mayEnd!: boolean;
}

export class TimelineAnswer {
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) from!: string | null;
  @ApiProperty({ ...state, nullable: true }) to!: string | null;
  @ApiProperty({
    ...textOrNull,
    description: 'Why staff opened who the person is, or an original file; null for every other deed.',
  })
  reason!: string | null;
}

export class ProposalAnswer {
  @ApiProperty(text) proposedBy!: string;
  @ApiProperty(day) proposedOn!: string;
  @ApiProperty(anything) answers!: Record<string, unknown>;
}

export class OpenStepAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(state) to!: State;
  @ApiProperty(role) by!: string;
  @ApiProperty({ type: [String], enum: Object.keys(ASKS) }) asks!: AskName[];
  @ApiProperty({ type: [String], enum: Object.keys(ASKS) }) mayAsk!: AskName[];
  @ApiProperty({ type: [NeedAnswer] }) unmet!: NeedAnswer[];
  @ApiProperty(textOrNull) agreedBy!: string | null;
  @ApiProperty({ type: ProposalAnswer, nullable: true }) proposal!: ProposalAnswer | null;
}

export class QueueRowAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(textOrNull) tier!: string | null;
  @ApiProperty(text) language!: string;
  @ApiProperty(text) channel!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty(dayOrNull) nextDueOn!: string | null;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty(integer) revision!: number;
  @ApiProperty({ ...dayOrNull, description: 'Only codes and history are left of it since this day.' })
  erasedOn!: string | null;
}

export class QueueAnswer {
  @ApiProperty({ type: [QueueRowAnswer] }) cases!: QueueRowAnswer[];
  @ApiProperty({ ...textOrNull, description: 'Cursor of the next page.' }) next!: string | null;
}

export class SearchAnswer extends QueueAnswer {
  @ApiProperty({
    ...integer,
    description: 'Entries of the log whose texts cannot be found yet; 0: everything written can be.',
  })
  notYetSearched!: number;
}

export class LinkAnswer {
  @ApiProperty(text) type!: string;
  @ApiProperty(text) reference!: string;
}

export class AssignmentAnswer {
  @ApiProperty(role) role!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty(text) personId!: string;
}

export class SaidAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) by!: string | null;
  @ApiProperty(integer) revision!: number;
  @ApiProperty(anything) answers!: Record<string, unknown>;
}

export class CaseAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) revision!: number;
  @ApiProperty(text) policyVersion!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty(dayOrNull) closedOn!: string | null;
  @ApiProperty({ type: ComplaintAnswer }) complaint!: ComplaintAnswer;
  @ApiProperty(yesNo) legalHold!: boolean;
  @ApiProperty(anything) assessment!: Record<string, string | number | boolean | string[] | null>;
  @ApiProperty(dayOrNull) suspendedUntil!: string | null;
  @ApiProperty({ type: [ClockAnswer] }) clocks!: ClockAnswer[];
  @ApiProperty({ type: [AllegationAnswer] }) allegations!: AllegationAnswer[];
  @ApiProperty({ type: [OfferAnswer] }) offers!: OfferAnswer[];
  @ApiProperty({ type: [RemedyActionAnswer] }) actions!: RemedyActionAnswer[];
  @ApiProperty({ type: [InterimMeasureAnswer] }) measures!: InterimMeasureAnswer[];
  @ApiProperty({ type: [HoldAnswer] }) holds!: HoldAnswer[];
  @ApiProperty({ type: [ErasureRequestAnswer] }) erasureRequests!: ErasureRequestAnswer[];
  @ApiProperty({ type: [AppealAnswer] }) appeals!: AppealAnswer[];
  @ApiProperty({ type: [QuestionAnswer] }) questions!: QuestionAnswer[];
  @ApiProperty({ type: [DecidedConsentAnswer], description: 'Only what was decided.' })
  consents!: DecidedConsentAnswer[];
  @ApiProperty({ type: [MessageAnswer] }) messages!: MessageAnswer[];
  @ApiProperty({ type: [EvidenceAnswer] }) evidence!: EvidenceAnswer[];
  @ApiProperty({ type: [LetterAnswer] }) letters!: LetterAnswer[];
  @ApiProperty({ type: [StoryAnswer] }) stories!: StoryAnswer[];
  @ApiProperty({ type: [LinkAnswer] }) links!: LinkAnswer[];
  @ApiProperty({ type: [AssignmentAnswer] }) assignments!: AssignmentAnswer[];
  @ApiProperty({ type: [SaidAnswer] }) said!: SaidAnswer[];
}

export class HistoryAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ ...textOrNull, description: 'A name for case staff, a pseudonym for auditors.' }) by!:
    string | null;
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(instantOrNull) at!: string | null;
  @ApiProperty(textOrNull) from!: string | null;
  @ApiProperty({ ...state, nullable: true }) to!: string | null;
  @ApiProperty(anything) facts!: Record<string, unknown>;
  @ApiProperty({ description: 'SHA-256(0x00 ‖ entry), hex.' }) leafHash!: string;
}

export class CustodyEntry extends HistoryAnswer {
  @ApiProperty({ ...textOrNull, description: 'Why the original was opened; null for auditors.' })
  reason!: string | null;
}

export class CustodyAnswer extends OmitType(EvidenceAnswer, ['fileName', 'describes']) {
  @ApiProperty({ ...textOrNull, description: 'Null for auditors.' }) fileName!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Null without a working copy.' }) workingSha256!: string | null;
  @ApiProperty({ ...yesNo, description: 'Whether the store has the original now.' })
  originalIsThere!: boolean;
  @ApiProperty({ ...yesNoOrNull, description: 'Null without a working copy.' })
  workingCopyIsThere!: boolean | null;
  @ApiProperty({ type: [CustodyEntry], description: 'The entries about this file, oldest first.' })
  lines!: CustodyEntry[];
}

export class AuditedEntry extends HistoryAnswer {
  @ApiProperty({ description: 'The entry as it was hashed: canonical JSON (RFC 8785).' }) body!: string;
}

export class AuditedCaseAnswer {
  @ApiProperty(text) ledgerId!: string;
  @ApiProperty(text) reference!: string;
  @ApiProperty({ ...dayOrNull, description: 'Its content is gone since this day.' }) erasedOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Under which schedule.' }) erasedUnder!: string | null;
  @ApiProperty({ type: [AuditedEntry] }) entries!: AuditedEntry[];
  @ApiProperty({ type: [String], description: 'What does not agree; empty when everything holds.' })
  differences!: string[];
}

export class HouseEntryAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ ...textOrNull, description: 'A pseudonym.' }) by!: string | null;
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(instantOrNull) at!: string | null;
  @ApiProperty({ enum: ['house'], nullable: true }) from!: string | null;
  @ApiProperty({ enum: ['house'], nullable: true }) to!: string | null;
  @ApiProperty(anything) facts!: Record<string, unknown>;
  @ApiProperty({ description: 'SHA-256(0x00 ‖ entry), hex.' }) leafHash!: string;
  @ApiProperty({ description: 'The entry as it was hashed: canonical JSON (RFC 8785).' }) body!: string;
}

export class AuditedHouseAnswer {
  @ApiProperty({ type: [HouseEntryAnswer] }) entries!: HouseEntryAnswer[];
  @ApiProperty({ type: [String], description: 'What does not agree; such entries are left out above.' })
  differences!: string[];
  @ApiProperty({ ...integerOrNull, description: '`before` of the next page.' }) next!: number | null;
}

export class AuditListRow {
  @ApiProperty(text) ledgerId!: string;
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) entries!: number;
  @ApiProperty(dayOrNull) erasedOn!: string | null;
}

export class AuditListAnswer {
  @ApiProperty({ type: [AuditListRow] }) cases!: AuditListRow[];
  @ApiProperty(textOrNull) next!: string | null;
}

export class LogEntryAnswer {
  @ApiProperty(integer) index!: number;
  @ApiProperty(text) leafHash!: string;
  @ApiProperty(anything) entry!: unknown;
}

export class InclusionAnswer {
  @ApiProperty(integer) index!: number;
  @ApiProperty(integer) size!: number;
  @ApiProperty(text) leafHash!: string;
  @ApiProperty({ type: [String] }) proof!: string[];
}

export class ConsistencyAnswer {
  @ApiProperty(integer) from!: number;
  @ApiProperty(integer) to!: number;
  @ApiProperty({ type: [String] }) proof!: string[];
}

export class CountedAnswer {
  @ApiProperty({ ...textOrNull, description: 'Null: not known.' }) code!: string | null;
  @ApiProperty(integer) count!: number;
}

export class PublicCountAnswer {
  @ApiProperty(textOrNull) code!: string | null;
  @ApiProperty({ ...integerOrNull, description: 'Null: too small to be shown.' }) count!: number | null;
}

const countsBy = (of: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: { type: 'array', items: { $ref: `#/components/schemas/${of}` } },
});

export class ClockCountsAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty(integer) running!: number;
  @ApiProperty(integer) stopped!: number;
  @ApiProperty(integer) stoppedInTime!: number;
  @ApiProperty(integer) overdue!: number;
}

export class RemedyCountsAnswer {
  @ApiProperty(integer) actions!: number;
  @ApiProperty(integer) done!: number;
  @ApiProperty(integer) confirmedByComplainant!: number;
}

export class AppealCountsAnswer {
  @ApiProperty(integer) filed!: number;
  @ApiProperty(integer) decided!: number;
  @ApiProperty({ type: [CountedAnswer] }) outcomes!: CountedAnswer[];
}

export class DaysToOutcomeAnswer {
  @ApiProperty(integer) count!: number;
  @ApiProperty({ type: Number, nullable: true }) median!: number | null;
  @ApiProperty({ type: Number, nullable: true }) p90!: number | null;
}

export class StatisticsAnswer {
  @ApiProperty(day) asOf!: string;
  @ApiProperty(integer) total!: number;
  @ApiProperty(countsBy('CountedAnswer')) by!: Record<string, CountedAnswer[]>;
  @ApiProperty({ type: [CountedAnswer] }) harms!: CountedAnswer[];
  @ApiProperty({ type: [ClockCountsAnswer] }) clocks!: ClockCountsAnswer[];
  @ApiProperty({ type: RemedyCountsAnswer }) remedy!: RemedyCountsAnswer;
  @ApiProperty({ type: AppealCountsAnswer }) appeals!: AppealCountsAnswer;
  @ApiProperty({ type: DaysToOutcomeAnswer }) daysToOutcome!: DaysToOutcomeAnswer;
}

export class InTimeAnswer {
  @ApiProperty(text) code!: string;
  @ApiProperty({ ...integerOrNull, description: 'Whole percent; null where too few stand behind it.' })
  percent!: number | null;
}

export class PublicDaysToOutcome {
  @ApiProperty({ type: Number, nullable: true }) median!: number | null;
}

export class PublicStatisticsAnswer {
  @ApiProperty(day) asOf!: string;
  @ApiProperty(integerOrNull) total!: number | null;
  @ApiProperty(countsBy('PublicCountAnswer')) by!: Record<string, PublicCountAnswer[]>;
  @ApiProperty({ type: [PublicCountAnswer] }) harms!: PublicCountAnswer[];
  @ApiProperty({ type: [InTimeAnswer] }) inTime!: InTimeAnswer[];
  @ApiProperty({ type: PublicDaysToOutcome }) daysToOutcome!: PublicDaysToOutcome;
}

export class ProcessAnswer {
  @ApiProperty(text) text!: string;
}
