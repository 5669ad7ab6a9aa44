import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Permits } from '../people/permits';
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
  page(@Res() reply: FastifyReply) {
    void reply.type('text/html; charset=utf-8').send(this.document.page());
  }
}
