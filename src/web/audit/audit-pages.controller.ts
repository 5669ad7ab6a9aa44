import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadCase } from '../../casework/read-case';
import { ReadHouse } from '../../casework/read-house';
import { Permits } from '../../people/permits';
import { factLines } from '../desk/answer-lines';
import { DeskPages, typed, type DeskRequest } from '../desk/desk-pages';

/** What auditors see: every history whole and checked, and nobody's words, name or contact. */
@Controller('audit')
export class AuditPagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly readHouse: ReadHouse,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits(['AUD'], 'read-audit-list')
  async list(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const cursor = typed(query, 'cursor');
    const page = await this.readCase.auditList(request.visitor, cursor);
    const nextHref = page.next === null ? null : `/audit?cursor=${encodeURIComponent(page.next)}`;
    const model = { cases: page.cases, nextHref, isFirst: cursor === '' };
    return this.pages.show(request, reply, 'audit/list.njk', 'Histories', model);
  }

  @Get('house')
  @Permits(['AUD'], 'audit-house')
  async house(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const before = /^\d{1,9}$/.test(typed(query, 'before')) ? Number(typed(query, 'before')) : undefined;
    const { entries, differences, next } = await this.readHouse.page(request.visitor, before);
    const model = {
      differences,
      lines: entries.map((entry) => ({ ...entry, facts: factLines(entry.facts) })),
      nextHref: next === null ? null : `/audit/house?before=${next}`,
      isFirst: before === undefined,
    };
    return this.pages.show(request, reply, 'audit/house.njk', 'History of the house', model);
  }

  @Get('cases/:ledgerId')
  @Permits(['AUD'], 'audit-case')
  async history(
    @Param('ledgerId') ledgerId: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const audited = await this.readCase.audit(ledgerId, request.visitor);
    const lines = audited.entries.map((entry) => ({ ...entry, facts: factLines(entry.facts) }));
    const model = { audited, lines };
    return this.pages.show(request, reply, 'audit/history.njk', `History ${audited.reference}`, model);
  }
}
