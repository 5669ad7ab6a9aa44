import { Controller, Get, Query } from '@nestjs/common';
import { Stories } from '../casework/stories';
import { Permits } from '../people/permits';
import { ApiOkResponse, ApiQuery, ApiTags } from '../platform/api-decorators';
import { PublicStoriesAnswer } from './answers/story';
import { ProblemResponses } from './problem-responses';

@ApiTags('stories')
@ProblemResponses()
@Controller('api/v1/stories')
export class StoriesController {
  constructor(private readonly stories: Stories) {}

  @Get()
  @Permits('read-stories')
  @ApiQuery({ name: 'page', required: false, description: 'From 1, twenty stories each.' })
  @ApiOkResponse({
    type: PublicStoriesAnswer,
    description: 'Cases told to the public, while the consent of the person holds; in no order of time.',
  })
  read(@Query('page') page?: unknown): Promise<PublicStoriesAnswer> {
    return this.stories.page(page);
  }
}
