import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type {} from '@fastify/multipart';
import { AddDraftFiles } from '../../casework/intake/add-draft-files';
import { Drafts } from '../../casework/intake/drafts';
import { ENCLOSED_MAX_FILES } from '../../casework/intake/enclosed-files';
import { ReceiveForm } from '../../casework/intake/receive-form';
import { DRAFT_COOKIE, dropSession, keepSession } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { MEGABYTE, Settings } from '../../platform/settings';
import { DRAFT_DAYS, lodgingQuestion, placeOf, questionsFor } from '../../rules/lodging-questions';
import { say } from '../../words/words';
import { fromIn, LodgePages, needOf, refuseForeign, type Held } from './lodge-pages';
import { titleKeyOf } from './lodge-questions';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

/** The files of a draft, and its life: a code to go on from any device, leaving it, deleting it. */
@ApiExcludeController()
@Controller('lodge')
export class DraftController {
  constructor(
    private readonly drafts: Drafts,
    private readonly lodgePages: LodgePages,
    private readonly addDraftFiles: AddDraftFiles,
    private readonly receiveForm: ReceiveForm,
    private readonly guessPace: GuessPace,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  @Get('files')
  @Permits('read-draft')
  async files(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.held(request);
    if (!held) return goTo(reply, this.pages.address(request, '/lodge'));
    return this.showFiles(request, reply, held, { from: fromIn(request.query) });
  }

  /** A form with a file brings the token of its draft in the address, as its fields are read only after that was looked at. */
  @Post('files')
  @Permits('add-draft-file')
  async addFile(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.heldWith(request, typed(request.query, '_csrf'));
    if (!held || !request.isMultipart()) return this.lodgePages.showClosed(request, reply);
    const parts = request.parts(this.receiveForm.reading);
    const { fields, isWithout, ...received } = await this.addDraftFiles.run(held.token, parts);
    const refusal = received.refusal ?? (isWithout && fields.go === 'add' ? noFile() : null);
    if (refusal?.kind === 'gone') return this.lodgePages.showClosed(request, reply, fields);
    const from = fromIn(fields);
    if (refusal) {
      const needs = refusal.needs.length > 0 ? refusal.needs : [needOf(refusal)];
      const after = (await this.drafts.open(held.token)) ?? held.draft;
      return this.showFiles(
        request,
        reply,
        { ...held, draft: after },
        {
          status: refusal.status,
          needs,
          describes: fields['describes-1'],
          from,
        },
      );
    }
    const question = lodgingQuestion('files')!;
    return goTo(
      reply,
      fields.go === 'add'
        ? this.lodgePages.at(request, 'files', from)
        : this.lodgePages.onward(request, question, held.draft.answers, fields.go, from),
    );
  }

  @Post('files/remove')
  @Permits('remove-draft-file')
  async removeFile(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.heldWith(request, typed(body, '_csrf'));
    if (!held) return this.lodgePages.showClosed(request, reply);
    await this.drafts.removeFile(held.token, typed(body, 'file'));
    return goTo(reply, this.lodgePages.at(request, 'files', fromIn(body)));
  }

  @Get('later')
  @Permits('read-draft')
  async later(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.held(request);
    return held ? this.showLater(request, reply, held) : goTo(reply, this.pages.address(request, '/lodge'));
  }

  @Post('later')
  @Permits('show-draft-code')
  async makeCode(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.heldWith(request, typed(body, '_csrf'));
    if (!held) return this.lodgePages.showClosed(request, reply);
    return this.showLater(request, reply, held, await this.drafts.makeCode(held.token));
  }

  @Get('continue')
  @Permits('read-lodge-form')
  continueForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showContinue(request, reply);
  }

  @Post('continue')
  @Permits('open-draft')
  async continue(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    refuseForeign(request);
    const code = typed(body, 'code').slice(0, 200);
    try {
      const token = await this.guessPace.slowingMisses(request, () => this.drafts.openByCode(code));
      keepSession(reply, this.settings, DRAFT_COOKIE, token);
      return goTo(reply, this.lodgePages.begunAt(request, '/lodge/check'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      return this.showContinue(request, reply, code, error);
    }
  }

  @Post('leave')
  @Permits('leave-draft')
  leave(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = this.lodgePages.tokenIn(request);
    if (token && !this.drafts.isFormOf(token, typed(body, '_csrf')))
      return this.lodgePages.showClosed(request, reply);
    if (token) dropSession(reply, this.settings, DRAFT_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  @Post('delete')
  @Permits('delete-draft')
  async delete(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = this.lodgePages.tokenIn(request);
    if (token && !this.drafts.isFormOf(token, typed(body, '_csrf')))
      return this.lodgePages.showClosed(request, reply);
    if (token) await this.drafts.delete(token);
    if (token) dropSession(reply, this.settings, DRAFT_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  private showFiles(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    page: { status?: number; needs?: UnmetNeed[]; describes?: string; from?: string },
  ) {
    const question = lodgingQuestion('files')!;
    const asked = questionsFor(draft.answers, question);
    const { status, needs, describes = '', from = '' } = page;
    const model = {
      n: placeOf(question, asked),
      of: asked.length,
      files: draft.files,
      isFull: draft.files.length >= ENCLOSED_MAX_FILES,
      mostFiles: ENCLOSED_MAX_FILES,
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
      draftToken: draft.csrfToken,
      describes,
      from,
    };
    return this.pages.show(request, reply, 'portal/lodge-files.njk', titleKeyOf(question), model, {
      status,
      needs,
      questions: { 'describes-1': say(this.pages.languageFor(request), 'lodge.file.describes') },
    });
  }

  private showLater(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    code: string | null = null,
  ) {
    const model = { draftToken: draft.csrfToken, days: DRAFT_DAYS, code };
    return this.pages.show(request, reply, 'portal/lodge-later.njk', 'lodge.later.title', model);
  }

  private showContinue(request: PortalRequest, reply: FastifyReply, code = '', refusal?: Refusal) {
    return this.pages.show(
      request,
      reply,
      'portal/lodge-continue.njk',
      'lodge.continue.title',
      { code },
      {
        status: refusal?.status,
        needs: refusal?.needs,
      },
    );
  }
}

function noFile(): Refusal {
  return new Refusal('invalid', 'No file was chosen.', [
    { name: 'evidence', field: 'file-1', sentence: 'error.evidence.none' },
  ]);
}
