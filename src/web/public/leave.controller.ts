// Source: W3C Clear Site Data; GOV.UK Design System, “Exit this page”.
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CASE_COOKIE, DRAFT_COOKIE, dropSession, sessionIn } from '../../people/cookies';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Settings } from '../../platform/settings';
import type { PortalRequest } from '../portal/portal-pages';

/**
 * The way out in a hurry: closes the case and the draft on this device, lets the browser forget what it kept of this site, and goes to a
 * page of somebody else. Our cookies go by name, too: not every browser heeds `Clear-Site-Data`. A plain link, so that it works without
 * script and asks nothing. Other sites can send people here, too: browsers then bring no cookie of ours, so no session is ended for them.
 */
@ApiExcludeController()
@Controller('leave')
export class LeaveController {
  constructor(
    private readonly sessions: Sessions,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Permits('leave-quickly')
  async leave(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, CASE_COOKIE);
    if (token) await this.sessions.end(token);
    dropSession(reply, this.settings, CASE_COOKIE);
    dropSession(reply, this.settings, DRAFT_COOKIE);
    return reply.header('clear-site-data', '"cache", "cookies"').redirect(this.settings.exitUrl, 303);
  }
}
