import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/api-decorators';
import type { FastifyReply } from 'fastify';
import { Policies } from '../../casework/policies/policies';
import { Permits } from '../../people/permits';
import { ROLES, STAFF_ROLES } from '../../rules/roles';
import { DeskPages, type DeskRequest } from './desk-pages';
import { actTables, stepTable } from './role-tables';

/** What each role may do, drawn from the tables that decide it. */
@ApiExcludeController()
@Controller('desk/roles')
export class RolesController {
  constructor(
    private readonly pages: DeskPages,
    private readonly policies: Policies,
  ) {}

  @Get()
  @Permits('read-roles')
  async roles(@Query('role') wanted: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const only = STAFF_ROLES.find((role) => role === wanted) ?? null;
    const choices = STAFF_ROLES.map((code) => ({ code, label: ROLES[code].label, current: code === only }));
    const title = only ? `What the role ${ROLES[only].label} may do` : 'What each role may do';
    const shown = only ? choices.filter(({ current }) => current) : choices;
    return this.pages.show(request, reply, 'desk/roles.njk', title, {
      only,
      choices,
      shown,
      tables: [...actTables(only), ...stepTable(await this.policies.newest(), only)],
    });
  }
}
