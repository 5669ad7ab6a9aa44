import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../people/permits';
import { ApiExcludeController } from '../platform/api-decorators';
import { ApiDocument } from './api-document';

/** The API document, for people as a page without script and for programs as JSON. */
@ApiExcludeController()
@Controller('api')
export class DocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('docs-json')
  @Permits('read-api-document')
  json() {
    return this.document.read();
  }

  @Get('docs')
  @Permits('read-api-document')
  async page(@Res() reply: FastifyReply) {
    void reply.type('text/html; charset=utf-8').send(await this.document.page());
  }
}
