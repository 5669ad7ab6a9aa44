import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EXPORT_FORMATS, type ExportFormat } from '../../casework/queue/export-queue';
import { linesOf, readQueueFilter } from '../../casework/queue/queue-filter';
import { SavedViews } from '../../casework/queue/saved-views';
import type { QueueFilter } from '../../casework/queue/views';
import { Systems } from '../../casework/registers/systems';
import { Vendors } from '../../casework/registers/vendors';
import { ExportSearch } from '../../casework/search/export-search';
import { SEARCH_MAX_LENGTH, SearchCases } from '../../casework/search/search-cases';
import type { SearchPage } from '../../casework/search/views';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import { attachmentHeaders } from '../../platform/attachment';
import { Refusal } from '../../platform/refusal';
import { needsAt } from './case-page';
import { DeskPages, officerOf, typed, type DeskRequest } from './desk-pages';
import { filterLines } from './queue-lines';

interface Shown {
  /** Lines of the filter as they were sent; what says nothing is left out. */
  lines: Record<string, string>;
  words: string;
  page: SearchPage | null;
  isFirst: boolean;
}

/**
 * Search by words, within every filter of the queue. The words travel in the body alone: an address stands in histories, logs and bookmarks.
 * Filters may stand in it, and in saved views.
 */
@Controller('desk')
export class SearchController {
  constructor(
    private readonly searchCases: SearchCases,
    private readonly exportSearch: ExportSearch,
    private readonly savedViews: SavedViews,
    private readonly accounts: Accounts,
    private readonly systems: Systems,
    private readonly vendors: Vendors,
    private readonly pages: DeskPages,
  ) {}

  @Get('search')
  @Permits('read-search-form')
  async form(
    @Query() query: Record<string, unknown>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const lines = linesOf(query, officerOf(request).personId);
    return this.show(request, reply, { lines, words: '', page: null, isFirst: true });
  }

  @Post('search')
  @HttpCode(200)
  @Permits('search-cases')
  async search(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const words = typed(body, 'words');
    const cursor = typed(body, 'cursor');
    const { lines, filter } = asked(request, body);
    try {
      const page = await this.searchCases.run(request.visitor, { words, cursor, ...filter });
      return await this.show(request, reply, { lines, words, page, isFirst: cursor === '' });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const kept = words.isWellFormed() ? words.slice(0, SEARCH_MAX_LENGTH) : '';
      return this.show(request, reply, { lines, words: kept, page: null, isFirst: true }, error);
    }
  }

  /** The list from its beginning as a file; a form, as its words must stand in no address. */
  @Post('search-export/:format')
  @HttpCode(200)
  @Permits('export-queue')
  async export(
    @Param('format') format: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    if (!EXPORT_FORMATS.includes(format as ExportFormat))
      throw new Refusal('not-found', 'What was found is exported as csv or json.');
    const question = { words: typed(body, 'words'), ...asked(request, body).filter };
    const { name, content } = await this.exportSearch.run(
      question,
      officerOf(request),
      format as ExportFormat,
    );
    const bytes = Buffer.from(content, 'utf8');
    return reply.headers(attachmentHeaders(name, bytes.length)).send(bytes);
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    { lines, words, page, isFirst }: Shown,
    refusal?: Refusal,
  ): Promise<FastifyReply> {
    const visitor = officerOf(request);
    const views = await this.savedViews.list(visitor);
    const filterText = new URLSearchParams(lines).toString();
    const model = {
      words,
      page,
      isFirst,
      kept: Object.entries(lines).map(([name, value]) => ({ name, value })),
      lines: filterLines(lines, {
        people: await this.accounts.caseStaff(),
        systems: await this.systems.names(),
        vendors: await this.vendors.list(),
      }),
      isNarrowed: Object.keys(lines).length > 0,
      isNewestFirst: filterText === '' || lines.sort === 'lodged',
      views: views.map(({ name, isShared, filter }) => {
        const text = new URLSearchParams(filter).toString();
        return { name, isShared, href: `/desk/search?${text}`, current: text === filterText };
      }),
      exports: EXPORT_FORMATS.map((format) => ({ format, label: format.toUpperCase() })),
    };
    return this.pages.show(request, reply, 'desk/search.njk', 'Search', model, {
      status: refusal?.status ?? 200,
      needs: refusal ? needsAt(refusal, 'words') : [],
    });
  }
}

/** The lines of the filter in a form. Where none says anything, it is no filter of the queue: then every case is searched, newest first. */
function asked(
  request: DeskRequest,
  body: unknown,
): { lines: Record<string, string>; filter: { filter?: QueueFilter } } {
  const { personId } = officerOf(request);
  const form = (body ?? {}) as Record<string, unknown>;
  const lines = linesOf(form, personId);
  const isNarrowed = Object.keys(lines).length > 0;
  return { lines, filter: isNarrowed ? { filter: readQueueFilter(lines, personId).filter } : {} };
}
