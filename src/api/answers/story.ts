import { ApiProperty } from '../../platform/api-decorators';
import { STORY_LANGUAGES } from '../../rules/stories';
import { dayOrNull, integer, text } from './fields';

export class PublicStoryAnswer {
  @ApiProperty({ enum: STORY_LANGUAGES }) language!: string;
  @ApiProperty(text) text!: string;
}

export class StoryAnswer extends PublicStoryAnswer {
  @ApiProperty({
    enum: ['PROPOSED', 'SHOWN', 'TAKEN_DOWN'],
    description: 'PROPOSED: waits for the protection officer, and nobody outside the case can read it.',
  })
  status!: 'PROPOSED' | 'SHOWN' | 'TAKEN_DOWN';
  @ApiProperty(dayOrNull) publishedOn!: string | null;
}

export class PublicStoriesAnswer {
  @ApiProperty({ type: [PublicStoryAnswer] }) stories!: PublicStoryAnswer[];
  @ApiProperty({ ...integer, nullable: true, description: 'Number of the next page.' }) next!: number | null;
}
