import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';

@ApiExcludeController()
@Controller()
export class StartController {
  constructor(private readonly pages: PortalPages) {}

  @Get()
  @Permits('read-start')
  start(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.pages.show(request, reply, 'public/start.njk', 'start.title', {});
  }
}
