import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SEARCH_MAX_LENGTH, SearchCases } from '../../casework/search/search-cases';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { needsAt } from './case-page';
import { DeskPages, typed, type DeskRequest } from './desk-pages';

/** Search by words. They travel in the body alone: an address stands in histories, logs and bookmarks. */
@Controller('desk/search')
export class SearchController {
  constructor(
    private readonly searchCases: SearchCases,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-search-form')
  async form(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, { words: '', page: null, isFirst: true });
  }

  @Post()
  @HttpCode(200)
  @Permits('search-cases')
  async search(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const words = typed(body, 'words');
    const cursor = typed(body, 'cursor');
    try {
      const page = await this.searchCases.run(request.visitor, { words, cursor });
      return this.show(request, reply, { words, page, isFirst: cursor === '' });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const kept = words.isWellFormed() ? words.slice(0, SEARCH_MAX_LENGTH) : '';
      return this.show(request, reply, { words: kept, page: null, isFirst: true }, error);
    }
  }

  private show(
    request: DeskRequest,
    reply: FastifyReply,
    model: Record<string, unknown>,
    refusal?: Refusal,
  ): Promise<FastifyReply> {
    return this.pages.show(request, reply, 'desk/search.njk', 'Search', model, {
      status: refusal?.status ?? 200,
      needs: refusal ? needsAt(refusal, 'words') : [],
    });
  }
}
