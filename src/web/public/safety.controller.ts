import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Settings } from '../../platform/settings';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';

/** What a device, a network and we can tell of somebody who complains, and how to be safer. */
@ApiExcludeController()
@Controller('safety')
export class SafetyController {
  constructor(
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Permits('read-safety')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const { onionUrl } = this.settings;
    return this.pages.show(request, reply, 'public/safety.njk', 'safety.title', { onionUrl });
  }
}
