import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Stories } from '../../casework/stories';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';

/** Cases told to the public, as the people they happened to agreed. */
@ApiExcludeController()
@Controller('stories')
export class StoriesController {
  constructor(
    private readonly stories: Stories,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-stories')
  async page(@Req() request: PortalRequest, @Res() reply: FastifyReply, @Query('page') page?: unknown) {
    const model = await this.stories.page(page);
    return this.pages.show(request, reply, 'public/stories.njk', 'stories.title', { ...model });
  }
}
