import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../people/permits';
import { ApiExcludeController } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { OwnScripts } from './own-scripts';
import { Styles } from './styles';

/** Style sheets and the scripts; their addresses change with their content, so browsers keep them for ever. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  constructor(
    private readonly styles: Styles,
    private readonly scripts: OwnScripts,
  ) {}

  @Get(':name')
  @Permits('read-asset')
  asset(
    @Param('name') name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const address = `/assets/${name}`;
    const asset = this.styles.at(address) ?? this.scripts.at(address);
    if (!asset) throw new Refusal('not-found', 'There is nothing at this address. Reload the page.');
    const encoding = /\bbr\b/.test(encodings ?? '') ? 'br' : /\bgzip\b/.test(encodings ?? '') ? 'gzip' : null;
    if (encoding) void reply.header('content-encoding', encoding);
    void reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.type)
      .send(encoding === 'br' ? asset.brotli() : encoding === 'gzip' ? asset.gzip() : asset.plain);
  }
}
