import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LookAtMailbox } from '../../casework/intake/mail/look-at-mailbox';
import { EXPORT_FORMATS, ExportQueue, type ExportFormat } from '../../casework/queue/export-queue';
import { linesOf, readQueueFilter } from '../../casework/queue/queue-filter';
import { DEFAULT_LIMIT, ReadQueue } from '../../casework/queue/read-queue';
import { SavedViews } from '../../casework/queue/saved-views';
import type { QueueCount } from '../../casework/queue/views';
import { Systems } from '../../casework/registers/systems';
import { Vendors } from '../../casework/registers/vendors';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import { attachmentHeaders } from '../../platform/attachment';
import { Refusal } from '../../platform/refusal';
import { needsAt } from './case-page';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { filterLines } from './queue-lines';

type Lines = Record<string, string>;

const PAGE_SIZES = [25, 50, 100];

/** The queue: what needs somebody now, across all cases; its views and its files. */
@Controller('desk')
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly exportQueue: ExportQueue,
    private readonly savedViews: SavedViews,
    private readonly lookAtMailbox: LookAtMailbox,
    private readonly accounts: Accounts,
    private readonly systems: Systems,
    private readonly vendors: Vendors,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-queue')
  async queue(
    @Query() query: Record<string, unknown>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, query);
  }

  /** The list from its beginning as a file, not only the page that is shown. */
  @Get('queue-export/:format')
  @Permits('export-queue')
  async export(
    @Param('format') format: string,
    @Query() query: Record<string, unknown>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    if (!EXPORT_FORMATS.includes(format as ExportFormat))
      throw new Refusal('not-found', 'The queue is exported as csv or json.');
    const visitor = officerOf(request);
    const { cursor: _, limit: __, ...lines } = readQueueFilter(query, visitor.personId).filter;
    const { name, content } = await this.exportQueue.run(lines, visitor, format as ExportFormat);
    const bytes = Buffer.from(content, 'utf8');
    return reply.headers(attachmentHeaders(name, bytes.length)).send(bytes);
  }

  @Post('views')
  @HttpCode(200)
  @Permits('keep-views')
  async saveView(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const query = Object.fromEntries(new URLSearchParams(typed(body, 'filter')));
    const name = typed(body, 'name');
    const isShared = typed(body, 'isShared') === 'yes';
    try {
      await this.savedViews.save(officerOf(request), { name, query, isShared });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, query, { name, isShared, refusal: error });
    }
    return redirect(reply, addressOf(linesOf(query, officerOf(request).personId)));
  }

  @Post('views/:id')
  @HttpCode(200)
  @Permits('keep-views')
  async changeView(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const name = typed(body, 'name');
    const isShared = typed(body, 'isShared') === 'yes';
    try {
      const { filter } = await this.savedViews.change(officerOf(request), id, { name, isShared });
      return redirect(reply, addressOf(filter));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const query = Object.fromEntries(new URLSearchParams(typed(body, 'filter')));
      return this.show(request, reply, query, { name, isShared, refusal: error });
    }
  }

  @Post('views/:id/remove')
  @Permits('keep-views')
  async removeView(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    await this.savedViews.remove(officerOf(request), id);
    return redirect(reply, '/desk');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    query: Record<string, unknown>,
    view?: { name: string; isShared: boolean; refusal: Refusal },
  ) {
    const visitor = officerOf(request);
    const { filter } = readQueueFilter(query, visitor.personId);
    // An old bookmark still shows the queue.
    const lines = linesOf(query, visitor.personId);
    const page = await this.readQueue.page(filter, visitor);
    const people = await this.accounts.caseStaff();
    const address = addressOf(lines);
    // How it is shown, and not which cases: a kept view says nothing of it.
    const size: Lines = filter.limit === undefined ? {} : { limit: String(filter.limit) };
    const here: Lines = {
      ...lines,
      ...size,
      ...(filter.cursor === undefined ? {} : { cursor: filter.cursor }),
    };
    const isAllChosen = typed(query, 'choose') === 'all';
    const views = await this.savedViews.counted(visitor);
    const own = views.find(({ isOwn, filter: kept }) => isOwn && addressOf(kept) === address);
    const model = {
      page,
      alerts: await this.readQueue.alerts(visitor),
      mailbox: await this.lookAtMailbox.run(visitor),
      lines: filterLines(lines, {
        people,
        systems: await this.systems.names(),
        vendors: await this.vendors.list(),
      }),
      isNewestFirst: lines.sort === 'lodged',
      isFirst: filter.cursor === undefined,
      views: views.map((each) => ({
        ...each,
        href: addressOf(each.filter),
        current: addressOf(each.filter) === address,
        count: countText(each.count),
      })),
      // What is shown is a view of one's own: it can be changed here.
      ownView: own ?? null,
      viewName: view?.name ?? own?.name ?? '',
      viewIsShared: view?.isShared ?? own?.isShared ?? false,
      filterText: new URLSearchParams(lines).toString(),
      isAllChosen,
      chooseHref: addressOf(isAllChosen ? here : { ...here, choose: 'all' }),
      chosenLimit: filter.limit ?? null,
      sizes: PAGE_SIZES.map((limit) => ({
        limit,
        href: addressOf({ ...lines, limit: String(limit) }),
        current: limit === (filter.limit ?? DEFAULT_LIMIT),
      })),
      firstHref: addressOf({ ...lines, ...size }),
      nextHref: page.next === null ? null : addressOf({ ...lines, ...size, cursor: page.next }),
      exports: EXPORT_FORMATS.map((format) => ({
        href: `/desk/queue-export/${format}?${new URLSearchParams(lines).toString()}`,
        label: format.toUpperCase(),
      })),
    };
    return this.pages.show(request, reply, 'desk/queue.njk', 'Queue', model, {
      status: view?.refusal.status ?? 200,
      needs: view ? needsAt(view.refusal, 'name') : [],
    });
  }
}

/** As it stands behind the name of a view; null where nothing is known of it. */
function countText(count: QueueCount | null): string | null {
  if (!count || (count.isMore && count.cases === 0)) return null;
  return `${count.cases}${count.isMore ? '+' : ''}`;
}

function addressOf(lines: Lines): string {
  return `/desk?${new URLSearchParams(lines).toString()}`;
}
