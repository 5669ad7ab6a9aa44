import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EvidenceFiles } from '../../casework/evidence-files';
import { fileNumber } from '../../casework/file-form';
import { OpenCase } from '../../casework/intake/open-case';
import { ReadMyCase } from '../../casework/read-my-case';
import { CASE_COOKIE, sessionIn } from '../../people/cookies';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { sendFile } from '../send-file';
import { CasePage } from './my-case/case-page';
import { StepPage } from './my-case/step-page';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

type Holder = Visitor & { kind: 'rightsholder' };

/** The case of the person who holds the receipt, to be read: the case, its files, and the forms of own steps. */
@ApiExcludeController()
@Controller('my-case')
export class MyCasePagesController {
  constructor(
    private readonly openCase: OpenCase,
    private readonly readMyCase: ReadMyCase,
    private readonly evidence: EvidenceFiles,
    private readonly casePage: CasePage,
    private readonly stepPage: StepPage,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  @Get('open')
  @Permits('read-open-form')
  openForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.pages.show(request, reply, 'portal/open.njk', 'open.title', {
      form: this.openCase.newForm(),
    });
  }

  /** Between the receipt and the case, so that a browser that keeps no cookie is told; nobody goes back to this address. */
  @Get('opened')
  @Permits('read-open-form')
  opened(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    if (sessionIn(request, this.settings, CASE_COOKIE))
      return goTo(reply, this.pages.address(request, '/my-case'));
    const needs = [{ name: 'receipt', field: 'receipt', sentence: 'error.receipt.cookie' }];
    const model = { form: this.openCase.newForm() };
    return this.pages.show(request, reply, 'portal/open.njk', 'open.title', model, { status: 409, needs });
  }

  @Get()
  @Permits('read-my-case')
  async page(@Query() query: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const erasure = await this.readMyCase.erasure(request.visitor as Holder);
    if (erasure) return this.casePage.showErased(request, reply, erasure, numberIn(query, 'timeline'));
    return this.casePage.showCase(
      request,
      reply,
      200,
      [],
      {},
      {
        messages: numberIn(query, 'messages'),
        letters: numberIn(query, 'letters'),
        evidence: numberIn(query, 'evidence'),
        timeline: numberIn(query, 'timeline'),
      },
    );
  }

  @Get('evidence/:n')
  @Permits('open-my-evidence')
  async openEvidence(@Param('n') n: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    try {
      return sendFile(reply, await this.evidence.open(request.visitor, fileNumber(n)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.needs.length === 0) throw error;
      return this.casePage.showCase(request, reply, error.status, error.needs, {});
    }
  }

  @Get('steps/:step')
  @Permits('read-my-step')
  stepForm(@Param('step') step: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.stepPage.showStep(request, reply, step, 200, {}, []);
  }

  /** One form for everything that is said to be done; the answers decide which step they are. */
  @Get('check')
  @Permits('read-my-step')
  checkForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.stepPage.showCheck(request, reply, 200, {}, []);
  }
}

/** A number in an address; undefined for anything else that stands there. */
function numberIn(query: unknown, field: string): number | undefined {
  const value = typed(query, field);
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}
