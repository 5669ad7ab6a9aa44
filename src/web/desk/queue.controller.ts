import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LookAtMailbox } from '../../casework/intake/mail/look-at-mailbox';
import { ReadQueue } from '../../casework/read-queue';
import type { QueueFilter } from '../../casework/views';
import { Permits } from '../../people/permits';
import { TIERS } from '../../rules/severity';
import { STATE_CODES, type State } from '../../rules/states';
import { DeskPages, officerOf, typed, type DeskRequest } from './desk-pages';

/** The queue: what is due next, across all cases. */
@Controller('desk')
export class QueueController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly lookAtMailbox: LookAtMailbox,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-queue')
  async queue(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const chosen = choicesOf(query);
    const filter: QueueFilter = {
      ...(chosen.state ? { state: chosen.state as State } : {}),
      ...(chosen.tier ? { tier: chosen.tier } : {}),
      ...(chosen.overdue ? { overdue: true } : {}),
      ...(chosen.mine ? { assignedTo: officerOf(request).personId } : {}),
      ...(typed(query, 'cursor') ? { cursor: typed(query, 'cursor') } : {}),
      sort: chosen.sort,
    };
    const page = await this.readQueue.page(filter, request.visitor);
    const model = {
      page,
      alerts: await this.readQueue.alerts(request.visitor),
      mailbox: await this.lookAtMailbox.run(request.visitor),
      chosen,
      states: STATE_CODES,
      tiers: TIERS,
      isFirst: filter.cursor === undefined,
      firstHref: `/desk?${addressOf(chosen)}`,
      nextHref: page.next === null ? null : `/desk?${addressOf(chosen, page.next)}`,
    };
    return this.pages.show(request, reply, 'desk/queue.njk', 'Queue', model);
  }
}

interface Chosen {
  state: string;
  tier: string;
  overdue: boolean;
  mine: boolean;
  sort: 'due' | 'lodged';
}

/** A filter that no form of ours offers is left out: an old bookmark still shows the queue. */
function choicesOf(query: unknown): Chosen {
  const among = (name: string, codes: readonly string[]) =>
    codes.includes(typed(query, name)) ? typed(query, name) : '';
  return {
    state: among('state', STATE_CODES),
    tier: among('tier', TIERS),
    overdue: typed(query, 'overdue') === 'yes',
    mine: typed(query, 'mine') === 'yes',
    sort: typed(query, 'sort') === 'lodged' ? 'lodged' : 'due',
  };
}

function addressOf({ state, tier, overdue, mine, sort }: Chosen, cursor?: string): string {
  return new URLSearchParams({
    ...(state ? { state } : {}),
    ...(tier ? { tier } : {}),
    ...(overdue ? { overdue: 'yes' } : {}),
    ...(mine ? { mine: 'yes' } : {}),
    sort,
    ...(cursor ? { cursor } : {}),
  }).toString();
}
