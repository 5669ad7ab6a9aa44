import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { LANGUAGES, type Language } from '../../words/words';
import { Press } from '../paper/press';
import { sendPaper } from '../portal/papers/send-paper';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';
import { paperForm } from './paper-form';

/** The form of a complaint to print, in each language. It is the same for everybody, so each is set once and kept. */
@ApiExcludeController()
@Controller('paper-form')
export class PaperFormController {
  private readonly made = new Map<Language, Promise<Buffer>>();

  constructor(
    private readonly press: Press,
    private readonly settings: Settings,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-paper-form')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const { postalAddress } = this.settings;
    return this.pages.show(request, reply, 'public/paper-form.njk', 'paper-form.title', { postalAddress });
  }

  @Get(':language')
  @Permits('read-paper-form')
  async form(@Param('language') asked: string, @Res() reply: FastifyReply) {
    const language = LANGUAGES.find((each) => each === asked);
    if (!language)
      throw new Refusal(
        'not-found',
        'There is no form in this language. Go back and choose one from the page.',
      );
    return sendPaper(reply, { fileName: `form-${language}.pdf`, content: await this.in(language) });
  }

  private in(language: Language): Promise<Buffer> {
    const kept = this.made.get(language);
    if (kept) return kept;
    const setting = this.press.pdf(paperForm(language, this.settings));
    this.made.set(language, setting);
    setting.catch(() => this.made.delete(language));
    return setting;
  }
}
