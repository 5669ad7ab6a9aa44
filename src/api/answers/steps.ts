import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { ASKS, type AskName } from '../../rules/asks';
import type { State } from '../../rules/states';
import { READINESS, type Readiness } from '../../rules/workflow';
import { day, dayOrNull, text, textOrNull, integer, state, role, anything, yesNo } from './fields';
import { ReceiptAnswer } from './my-case';
import { NeedAnswer } from './problem';

export class MyStepTakenAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty({ description: 'True where the step waits for a second person.' }) proposed!: boolean;
  @ApiPropertyOptional({
    description: 'Of make-join-code alone: the code with which people join, told this once.',
  })
  joinCode?: string;
}

export class StepTakenAnswer extends MyStepTakenAnswer {
  @ApiProperty(integer) revision!: number;
  @ApiPropertyOptional({
    description: 'Of invite-guest alone: the one-time link to hand to the guest, told this once.',
  })
  link?: string;
  @ApiPropertyOptional({
    type: ReceiptAnswer,
    description:
      'Of issue-receipt alone: what to hand to the person for whom it was lodged, told this once, to whoever agreed where a second person had to.',
  })
  receipt?: ReceiptAnswer;
}

export class ProposalAnswer {
  @ApiProperty({ ...text, description: 'Name.' }) proposedBy!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) proposedOn!: string;
  @ApiProperty({
    ...dayOrNull,
    description: 'When the person last said that they never said this; null where they did not.',
  })
  deniedOn!: string | null;
  @ApiProperty(anything) answers!: Record<string, unknown>;
  @ApiProperty({
    description: 'Whether you are a second person, who refuses it or, where nothing is unmet, agrees.',
  })
  maySettle!: boolean;
}

export class OpenStepAnswer {
  @ApiProperty(text) step!: string;
  @ApiProperty(state) to!: State;
  @ApiProperty(role) by!: string;
  @ApiProperty({ type: [String], enum: Object.keys(ASKS) }) asks!: AskName[];
  @ApiProperty({ type: [String], enum: Object.keys(ASKS) }) mayAsk!: AskName[];
  @ApiProperty({
    enum: READINESS,
    description:
      'READY: nothing but its answers is missing. MISSING: something has to be done before. NOTHING_THERE: what it acts on is not there. PROPOSED: it waits for a second person.',
  })
  readiness!: Readiness;
  @ApiProperty({ type: [NeedAnswer], description: 'Of what is proposed: why you cannot agree now.' })
  unmet!: NeedAnswer[];
  @ApiProperty(textOrNull) agreedBy!: string | null;
  @ApiProperty({
    type: ProposalAnswer,
    nullable: true,
    description: 'That it waits for a second person; to propose it anew replaces it.',
  })
  proposal!: ProposalAnswer | null;
  @ApiProperty({
    ...yesNo,
    description: 'Whether it is a step of the person, to be written down for them where they say it to you.',
  })
  dictated!: boolean;
}

export class ReasonsPartAnswer {
  @ApiProperty({ enum: ['complaint', 'findings', 'done', 'remedy', 'review'] })
  about!: 'complaint' | 'findings' | 'done' | 'remedy' | 'review';
  @ApiProperty(text) text!: string;
}

export class ReasonsDraftAnswer {
  @ApiProperty({ description: 'Of the text: that of the case, or English where there are no words in it.' })
  language!: string;
  @ApiProperty({ ...integer, description: 'Of the way in which drafts are put together.' }) version!: number;
  @ApiProperty({ description: 'To be finished and sent as the answer `reasons` of the step.' }) text!: string;
  @ApiProperty({ type: [ReasonsPartAnswer], description: 'What it was drafted from, in English.' })
  inEnglish!: ReasonsPartAnswer[];
}
