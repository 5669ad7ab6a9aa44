import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { ROLE_CODES } from '../../rules/roles';
import { integer } from './fields';

export class MeetingStepAnswer {
  @ApiProperty() step!: string;
  @ApiProperty({ type: [String], enum: ROLE_CODES, description: 'Who takes it.' }) by!: string[];
  @ApiProperty({ description: 'Whether it can be taken in the state the case is in.' }) isOpen!: boolean;
}

export class NeedAnswer {
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'What to do about it.' }) sentence!: string;
  @ApiPropertyOptional() field?: string;
  @ApiPropertyOptional({ type: [MeetingStepAnswer], description: 'Steps that meet it.' })
  metBy?: MeetingStepAnswer[];
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
