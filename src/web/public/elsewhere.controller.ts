import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Settings } from '../../platform/settings';
import { countryOptions } from '../portal/lodge-questions';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';
import { Signposts } from '../signposts';

/** Where else one can turn, for whoever asks, before a complaint and long after it: in the country of the house until another is chosen. */
@ApiExcludeController()
@Controller('elsewhere')
export class ElsewhereController {
  constructor(
    private readonly pages: PortalPages,
    private readonly signposts: Signposts,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Permits('read-elsewhere')
  page(@Query('country') chosen: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const country = typeof chosen === 'string' ? chosen : this.settings.country;
    const model = {
      country,
      countries: countryOptions(this.signposts.countries, this.pages.languageFor(request)),
      signposts: this.signposts.of(country),
    };
    return this.pages.show(request, reply, 'public/elsewhere.njk', 'elsewhere.title', model);
  }
}
