import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { broughtBy } from '../../casework/custody';
import { ReadCase } from '../../casework/read-case';
import { ReadHouse } from '../../casework/read-house';
import { ReadCustody } from '../../casework/read-custody';
import { Permits } from '../../people/permits';
import { factLines } from '../desk/answer-lines';
import { custodyModel } from '../desk/custody-model';
import { DeskPages, numberIn, typed, type DeskRequest } from '../desk/desk-pages';

/** What auditors see: every history whole and checked, and nobody's words, name or contact. */
@Controller('audit')
export class AuditPagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly readHouse: ReadHouse,
    private readonly readCustody: ReadCustody,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-audit-list')
  async list(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const cursor = typed(query, 'cursor');
    const page = await this.readCase.auditList(request.visitor, cursor);
    const nextHref = page.next === null ? null : `/audit?cursor=${encodeURIComponent(page.next)}`;
    const model = { cases: page.cases, nextHref, isFirst: cursor === '' };
    return this.pages.show(request, reply, 'audit/list.njk', 'Histories', model);
  }

  @Get('house')
  @Permits('audit-house')
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
  @Permits('audit-case')
  async history(
    @Param('ledgerId') ledgerId: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const audited = await this.readCase.audit(ledgerId, request.visitor);
    const lines = audited.entries.map((entry) => ({ ...entry, facts: factLines(entry.facts) }));
    const files = audited.entries.flatMap(broughtBy);
    const model = { audited, lines, files };
    return this.pages.show(request, reply, 'audit/history.njk', `History ${audited.reference}`, model);
  }

  @Get('cases/:ledgerId/evidence/:n')
  @Permits('audit-custody')
  async custody(
    @Param('ledgerId') ledgerId: string,
    @Param('n') n: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const number = /^\d{1,6}$/.test(n) ? Number(n) : NaN;
    const before = numberIn(query, 'lines');
    const custody = await this.readCustody.of(request.visitor, { ledgerId }, number, before);
    const back = { href: `/audit/cases/${encodeURIComponent(ledgerId)}`, text: 'History' };
    return this.pages.show(request, reply, 'desk/custody.njk', `Custody of file ${custody.n}`, {
      ...custodyModel(custody, `${back.href}/evidence/${custody.n}`, before),
      back,
    });
  }
}
