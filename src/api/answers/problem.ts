import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { integer } from './fields';

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
