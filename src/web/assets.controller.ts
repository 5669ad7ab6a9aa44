import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../people/permits';
import { ApiExcludeController } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { Styles } from './styles';

/** The style sheets; their address changes with their content, so browsers keep them for ever. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  constructor(private readonly styles: Styles) {}

  @Get(':name')
  @Permits('read-asset')
  sheet(
    @Param('name') name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const direction = /^redress\.(ltr|rtl)\.[0-9a-f]{12}\.css$/.exec(name)?.[1] as 'ltr' | 'rtl' | undefined;
    if (!direction || `/assets/${name}` !== this.styles.addressFor(direction))
      throw new Refusal('not-found', 'There is nothing at this address. Reload the page.');
    const sheet = this.styles.sheet(direction);
    const encoding = /\bbr\b/.test(encodings ?? '') ? 'br' : /\bgzip\b/.test(encodings ?? '') ? 'gzip' : null;
    if (encoding) void reply.header('content-encoding', encoding);
    void reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type('text/css; charset=utf-8')
      .send(encoding === 'br' ? sheet.brotli() : encoding === 'gzip' ? sheet.gzip() : sheet.plain);
  }
}
