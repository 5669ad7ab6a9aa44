import { ApiProperty } from '../../platform/api-decorators';
import { integer, text, yesNo } from './fields';
import { QueueCountAnswer } from './queue';

export class SavedViewAnswer {
  @ApiProperty(text) id!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Lines of the filter of `GET /cases`. “me” is whoever asks.',
  })
  filter!: Record<string, string>;
  @ApiProperty({ ...yesNo, description: 'Colleagues have it in their list, too.' }) isShared!: boolean;
  @ApiProperty({ ...yesNo, description: 'Only whoever saved it changes or removes it.' }) isOwn!: boolean;
}

export class CountedViewAnswer extends SavedViewAnswer {
  @ApiProperty({
    type: QueueCountAnswer,
    nullable: true,
    description: 'How many cases you find in it; null of a group, which is not searched for before you ask.',
  })
  count!: QueueCountAnswer | null;
}

export class CaseOutcomeAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty({ ...integer, description: 'As it was sent.' }) revision!: number;
  @ApiProperty({ type: [String], description: 'Why not; empty: it is done, or would be.' })
  problems!: string[];
}
