import { ApiProperty, type ApiPropertyOptions } from '../../platform/api-decorators';
import { SYSTEM_RECORD_KIND_CODES, TENDER_CLAUSE_CODES } from '../../rules/ai-systems';
import { ROOT_CAUSE_CODES } from '../../rules/root-causes';
import { HARM_CODES } from '../../rules/harms';
import { LEVERAGE_LEVELS } from '../../rules/involvement';
import { LIFECYCLE_STAGE_CODES } from '../../rules/lifecycle';
import { VERSIONED_NAMES } from '../../rules/registers';
import { REMEDY_ACTION_CODES } from '../../rules/remedies';
import { STATE_NEXUS_CODES } from '../../rules/state-nexus';
import type { State } from '../../rules/states';
import { USE_DOMAIN_CODES } from '../../rules/use-domains';
import {
  day,
  dayOrNull,
  integer,
  integerOrNull,
  state,
  text,
  textOrNull,
  yesNo,
  yesNoOrNull,
} from './fields';

const leverage = { enum: LEVERAGE_LEVELS, nullable: true };

export class VendorAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty({ ...integer, description: 'For If-Match.' }) revision!: number;
  @ApiProperty(text) companyName!: string;
  @ApiProperty(textOrNull) country!: string | null;
  @ApiProperty(leverage) leverage!: string | null;
  @ApiProperty(textOrNull) leverageActions!: string | null;
  @ApiProperty(textOrNull) remarks!: string | null;
  @ApiProperty(dayOrNull) retiredOn!: string | null;
}

/** A text that was emptied for good. */
export class EmptiedTextAnswer {
  @ApiProperty({ ...text, description: 'The ask it answered; of record 3, `records.3.` stands before it.' })
  part!: string;
  @ApiProperty(text) label!: string;
  @ApiProperty(day) emptiedOn!: string;
  @ApiProperty(text) emptiedBy!: string;
  @ApiProperty(text) reason!: string;
}

export class VendorSystemAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) systemName!: string;
  @ApiProperty({ enum: ['VENDOR', 'PROVIDER', 'IMPORTER'], isArray: true }) as!: string[];
  @ApiProperty(dayOrNull) retiredOn!: string | null;
}

export class VendorWithSystemsAnswer extends VendorAnswer {
  @ApiProperty({ type: [VendorSystemAnswer] }) systems!: VendorSystemAnswer[];
  @ApiProperty({ type: [EmptiedTextAnswer] }) emptied!: EmptiedTextAnswer[];
}

export class MakerAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) companyName!: string;
  @ApiProperty(leverage) leverage!: string | null;
}

const maker = { type: MakerAnswer, nullable: true };

export class SystemRowAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) systemName!: string;
  @ApiProperty({ enum: USE_DOMAIN_CODES }) useDomain!: string;
  @ApiProperty({ ...textOrNull, description: 'Point of Annex III or Annex I that the domain hints at.' })
  annexIII!: string | null;
  @ApiProperty({ enum: LIFECYCLE_STAGE_CODES }) lifecycleStage!: string;
  @ApiProperty(maker) vendor!: MakerAnswer | null;
  @ApiProperty(dayOrNull) retiredOn!: string | null;
  @ApiProperty({ ...integer, description: 'Cases that name it, of those that the reader may see.' })
  cases!: number;
}

export class SystemRecordAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: SYSTEM_RECORD_KIND_CODES }) recordKind!: string;
  @ApiProperty(day) happenedOn!: string;
  @ApiProperty(text) recordTitle!: string;
  @ApiProperty(textOrNull) recordText!: string | null;
  @ApiProperty({ enum: TENDER_CLAUSE_CODES, isArray: true }) clauses!: string[];
  @ApiProperty(day) recordedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'It is wrong and counts no more.' }) struckOn!: string | null;
  @ApiProperty(textOrNull) strikeReason!: string | null;
}

export class SystemCaseAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(textOrNull) tier!: string | null;
  @ApiProperty(day) lodgedOn!: string;
}

export class HarmCountAnswer {
  @ApiProperty({ enum: HARM_CODES }) code!: string;
  @ApiProperty(integer) count!: number;
}

export class OpenActionAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: REMEDY_ACTION_CODES }) action!: string;
  @ApiProperty(text) status!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
}

export class PreventingActionAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: REMEDY_ACTION_CODES }) action!: string;
  @ApiProperty(day) doneOn!: string;
}

export class RecurrenceAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty({ enum: HARM_CODES }) harm!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty({ type: PreventingActionAnswer }) after!: PreventingActionAnswer;
}

export class SystemLessonAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(integer) n!: number;
  @ApiProperty({ type: [String], enum: ROOT_CAUSE_CODES }) rootCauses!: string[];
  @ApiProperty({ ...integerOrNull, description: 'Record of the system that takes it up.' })
  recordNumber!: number | null;
  @ApiProperty(day) recordedOn!: string;
}

export class SystemAnswer extends SystemRowAnswer {
  @ApiProperty({ ...integer, description: 'For If-Match.' }) revision!: number;
  @ApiProperty(text) purpose!: string;
  @ApiProperty(maker) provider!: MakerAnswer | null;
  @ApiProperty(maker) importer!: MakerAnswer | null;
  @ApiProperty({ ...textOrNull, description: 'The one that was last put into use.' }) version!: string | null;
  @ApiProperty({ ...text, description: 'Prompt for a review under the AI Act, no conclusion.' })
  hint!: string;
  @ApiProperty({ enum: STATE_NEXUS_CODES, nullable: true }) stateNexus!: string | null;
  @ApiProperty(textOrNull) stateBody!: string | null;
  @ApiProperty(textOrNull) stateCountry!: string | null;
  @ApiProperty(yesNoOrNull) stateOrderConflict!: boolean | null;
  @ApiProperty(yesNoOrNull) decidesOnPeople!: boolean | null;
  @ApiProperty(yesNoOrNull) usedAtWork!: boolean | null;
  @ApiProperty(integerOrNull) logMonths!: number | null;
  @ApiProperty(textOrNull) logPlace!: string | null;
  @ApiProperty(textOrNull) remarks!: string | null;
  @ApiProperty({ ...yesNoOrNull, description: 'Null: no tender or contract is recorded.' })
  tenderHasClauses!: boolean | null;
  @ApiProperty({ type: [String], description: 'What the register lacks.' }) missing!: string[];
  @ApiProperty({ type: [SystemRecordAnswer] }) records!: SystemRecordAnswer[];
  @ApiProperty({ type: [EmptiedTextAnswer] }) emptied!: EmptiedTextAnswer[];
  @ApiProperty({ type: [SystemCaseAnswer], description: 'The newest 100.' }) newestCases!: SystemCaseAnswer[];
  @ApiProperty({ type: [HarmCountAnswer] }) harms!: HarmCountAnswer[];
  @ApiProperty({ ...integer, description: 'All of them, listed or not.' }) openActionCount!: number;
  @ApiProperty({ type: [OpenActionAnswer], description: 'The 100 due first.' })
  openActions!: OpenActionAnswer[];
  @ApiProperty({
    type: [RecurrenceAnswer],
    description: 'Of the newest 100 cases, after the last 100 actions that were to prevent it.',
  })
  recurrences!: RecurrenceAnswer[];
  @ApiProperty({ type: [SystemLessonAnswer], description: 'The newest 100.' }) lessons!: SystemLessonAnswer[];
}

/** A case in which an entry was used. */
export class RegisterCaseAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(day) linkedOn!: string;
}

/** An entry of a register that was used in a case. */
export class UsedEntryAnswer {
  @ApiProperty({ enum: VERSIONED_NAMES }) register!: string;
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) entryName!: string;
  @ApiProperty(day) linkedOn!: string;
}

export class SeedCheckAnswer {
  @ApiProperty(day) on!: string;
  @ApiProperty(text) against!: string;
}

export const seedCheck: ApiPropertyOptions = {
  type: SeedCheckAnswer,
  nullable: true,
  description:
    'When whoever wrote the program compared these words with a source, and which. Nobody of the organisation stands for that.',
};

/** A decision that shares harms or the use domain of a case: a hint for reading, no legal conclusion. */
export class FittingDecisionAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) caseTitle!: string;
  @ApiProperty(text) court!: string;
  @ApiProperty(integer) decidedYear!: number;
  @ApiProperty(text) legalPoint!: string;
  @ApiProperty({ ...dayOrNull, description: 'Null: nobody read it against its source.' })
  verifiedOn!: string | null;
  @ApiProperty(seedCheck) checked!: SeedCheckAnswer | null;
  @ApiProperty({ enum: HARM_CODES, isArray: true }) sharedHarms!: string[];
  @ApiProperty(yesNo) sharesUseDomain!: boolean;
}

export class BesideCaseAnswer {
  @ApiProperty({ type: [UsedEntryAnswer] }) used!: UsedEntryAnswer[];
  @ApiProperty({ type: [FittingDecisionAnswer] }) caseLaw!: FittingDecisionAnswer[];
}
