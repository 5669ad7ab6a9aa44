import { ApiProperty } from '../../platform/api-decorators';
import { AMENDMENT_KINDS, type PolicyAmendment, type AmendmentKind } from '../../rules/policy';
import { instant, integer, integerOrNull, text, textOrNull } from './fields';

export class PolicyAmendmentAnswer {
  @ApiProperty({ enum: AMENDMENT_KINDS }) kind!: AmendmentKind;
  @ApiProperty(text) of!: string;
  @ApiProperty(textOrNull) code!: string | null;
  @ApiProperty(integerOrNull) length!: number | null;
  @ApiProperty({ description: 'The same in plain words.' }) sentence!: string;
}

export class PolicyAnswer {
  @ApiProperty(text) version!: string;
  @ApiProperty({ type: [PolicyAmendmentAnswer] }) amendments!: PolicyAmendmentAnswer[];
  @ApiProperty({ ...instant, nullable: true, description: 'Null: the table of the program.' })
  publishedAt!: string | null;
  @ApiProperty(textOrNull) publishedBy!: string | null;
}

export class PolicyFaultAnswer {
  @ApiProperty({ ...integer, description: 'Which amendment, from 1.' }) n!: number;
  @ApiProperty({ enum: ['kind', 'of', 'code', 'length'] }) field!: keyof PolicyAmendment;
  @ApiProperty(text) sentence!: string;
}

export class PolicyChangeAnswer {
  @ApiProperty({ description: 'The step or clock.' }) of!: string;
  @ApiProperty(text) before!: string;
  @ApiProperty(text) after!: string;
  @ApiProperty({
    type: [String],
    description: 'In what the later one asks less of anybody, as sentences; empty: in nothing.',
  })
  looser!: string[];
}

export class PolicyTrialAnswer {
  @ApiProperty({ type: [PolicyFaultAnswer] }) faults!: PolicyFaultAnswer[];
  @ApiProperty({ type: [PolicyChangeAnswer], description: 'Beside the newest version.' })
  changes!: PolicyChangeAnswer[];
  @ApiProperty({
    type: [String],
    description: 'Why nobody who works here could take a step that is amended, a sentence each.',
  })
  leftToNobody!: string[];
}

export class PolicyDraftAnswer extends PolicyTrialAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ type: [PolicyAmendmentAnswer] }) amendments!: PolicyAmendmentAnswer[];
  @ApiProperty(instant) changedAt!: string;
}

export class DroppedPolicyAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(instant) changedAt!: string;
  @ApiProperty(text) by!: string;
}

export class PoliciesAnswer {
  @ApiProperty({
    type: [PolicyAnswer],
    description: 'Newest first: complaints lodged now are held to the first.',
  })
  versions!: PolicyAnswer[];
  @ApiProperty({ type: PolicyDraftAnswer, nullable: true }) draft!: PolicyDraftAnswer | null;
  @ApiProperty({ type: [DroppedPolicyAnswer] }) dropped!: DroppedPolicyAnswer[];
  @ApiProperty({ description: 'Sent back with every change.' }) seen!: string;
}
