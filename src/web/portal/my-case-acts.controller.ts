import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type {} from '@fastify/multipart';
import { EvidenceFiles } from '../../casework/evidence-files';
import { readFileForm } from '../../casework/file-form';
import { OpenCase } from '../../casework/intake/open-case';
import { Messages } from '../../casework/messages';
import { ReadMyCase } from '../../casework/read-my-case';
import { TakeStep } from '../../casework/take-step';
import { CASE_COOKIE, dropSession, keepSession, sessionIn } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { isId } from '../../platform/ids';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { say } from '../../words/words';
import { answersOf } from '../step-form';
import { CasePage } from './my-case/case-page';
import { checkedAnswers } from './my-case/step-fields';
import { StepPage } from './my-case/step-page';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';

type Holder = Visitor & { kind: 'rightsholder' };

/** What the person who holds the receipt does in the case: open it, write, send files, take own steps, leave. */
@ApiExcludeController()
@Controller('my-case')
export class MyCaseActsController {
  constructor(
    private readonly openCase: OpenCase,
    private readonly readMyCase: ReadMyCase,
    private readonly messages: Messages,
    private readonly evidence: EvidenceFiles,
    private readonly takeStep: TakeStep,
    private readonly sessions: Sessions,
    private readonly pace: GuessPace,
    private readonly settings: Settings,
    private readonly casePage: CasePage,
    private readonly stepPage: StepPage,
    private readonly pages: PortalPages,
  ) {}

  @Post('open')
  @Permits('open-case')
  async open(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const receipt = typed(body, 'receipt').slice(0, 200);
    try {
      const { token, taken } = await this.pace.slowingMisses(request, () =>
        this.openCase.byReceipt(receipt, 'page', typed(body, 'form')),
      );
      keepSession(reply, this.settings, CASE_COOKIE, token);
      if (taken) return await this.showTaken(request, reply, taken);
      return goTo(reply, this.pages.address(request, '/my-case/opened'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      const isTooOld = error.needs.some(({ sentence }) => sentence === 'error.receipt.too-old');
      const sentence = isTooOld ? 'error.receipt.too-old' : 'error.receipt';
      const needs = [{ name: 'receipt', field: 'receipt', sentence }];
      const model = { receipt, form: this.openCase.newForm() };
      return this.pages.show(request, reply, 'portal/open.njk', 'open.title', model, { status: 404, needs });
    }
  }

  /** After a receipt that worked once: the person's own, which has to be kept before the page is left by its button. */
  private async showTaken(
    request: PortalRequest,
    reply: FastifyReply,
    { receipt, reference }: { receipt: string; reference: string },
  ) {
    const model = {
      ...(await shownReceipt(receipt)),
      reference,
      comeBackAt: this.pages.comeBackAt(request),
    };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipts.taken-over.title', {
      ...model,
      lead: say(this.pages.languageFor(request), 'receipts.taken-over.lead'),
    });
  }

  @Post('messages')
  @Permits('write-my-message')
  async write(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const text = typed(body, 'text').replaceAll('\r\n', '\n');
    const language = typed(body, 'language');
    return this.orAgain(request, reply, { text, language }, async () => {
      const form = typed(body, 'form');
      await this.messages.write(request.visitor, text, undefined, language, isId(form) ? form : undefined);
      return '/my-case';
    });
  }

  @Post('evidence')
  @Permits('add-my-evidence')
  async addEvidence(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const kept: Record<string, string> = {};
    return this.orAgain(request, reply, kept, async () => {
      const form = request.isMultipart() ? await readFileForm(request.parts()) : null;
      kept.describes = form?.describedBefore ?? '';
      if (!form?.fileName)
        throw new Refusal('invalid', 'error.evidence.none', [
          { name: 'evidence', field: 'file', sentence: 'error.evidence.none' },
        ]);
      await this.evidence.add(request.visitor, form);
      return '/my-case';
    });
  }

  @Post('steps/:step')
  @Permits('take-my-step')
  async take(
    @Param('step') step: string,
    @Body() body: Record<string, unknown>,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    const answers = answersOf(body ?? {});
    const revision = typed(body, 'seen') || undefined;
    try {
      const take = () => this.takeStep.run({ visitor: request.visitor, step, answers, revision });
      // Whoever has a case could try codes of collective complaints, too.
      const { joinCode } = await (step === 'join-group' ? this.pace.slowingMisses(request, take) : take());
      if (joinCode) return await this.showJoinCode(request, reply, joinCode);
      return goTo(reply, this.pages.address(request, '/my-case'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      if (error.kind === 'not-found' && error.needs.length === 0) throw error;
      if (await this.wasSentTwice(request, error, step, answers, revision))
        return goTo(reply, this.pages.address(request, '/my-case'));
      return this.stepPage.showStep(request, reply, step, error.status, answers, [
        ...staleNeed(error),
        ...error.needs,
      ]);
    }
  }

  /** The only time that the code is shown. */
  private async showJoinCode(request: PortalRequest, reply: FastifyReply, joinCode: string) {
    const { complaint } = await this.readMyCase.view(request.visitor as Holder);
    const model = { joinCode, joinAt: this.pages.joinAt(request) };
    return this.pages.show(request, reply, 'portal/join-code.njk', 'join-code.title', model, {
      language: complaint.language,
    });
  }

  @Post('check')
  @Permits('take-my-step')
  async check(
    @Body() body: Record<string, unknown>,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    const answers = answersOf(body ?? {});
    const revision = typed(body, 'seen') || undefined;
    try {
      const { actions } = await this.readMyCase.view(request.visitor as Holder);
      const { step, ...said } = checkedAnswers(answers, actions);
      try {
        await this.takeStep.run({ visitor: request.visitor, step, answers: said, revision });
      } catch (error) {
        if (!(await this.wasSentTwice(request, error, step, said, revision))) throw error;
      }
      return goTo(reply, this.pages.address(request, '/my-case'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not-found' || error.isOfServer) throw error;
      return this.stepPage.showCheck(request, reply, error.status, answers, [
        ...staleNeed(error),
        ...error.needs,
      ]);
    }
  }

  /** Whether a step was refused only because the same form had been sent before: then it is done. A code that is shown once has to be made anew. */
  private async wasSentTwice(
    { visitor }: PortalRequest,
    error: unknown,
    step: string,
    answers: Record<string, unknown>,
    seen: string | undefined,
  ): Promise<boolean> {
    if (!(error instanceof Refusal) || error.kind !== 'stale' || seen === undefined) return false;
    return (
      step !== 'make-join-code' &&
      (await this.readMyCase.tookAlready(visitor as Holder, { step, answers, seen }))
    );
  }

  @Post('leave')
  @Permits('leave-case')
  async leave(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, CASE_COOKIE);
    if (token) await this.sessions.end(token);
    dropSession(reply, this.settings, CASE_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  /** Does it and goes on, or shows the case again with what was wrong and what was typed. */
  private async orAgain(
    request: PortalRequest,
    reply: FastifyReply,
    kept: Record<string, string>,
    work: () => Promise<string>,
  ) {
    try {
      return goTo(reply, this.pages.address(request, await work()));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A file that cannot be looked at is told beside its field; a server that saves nothing, on the page of errors.
      if (error.isOfServer && error.needs.length === 0) throw error;
      return this.casePage.showCase(
        request,
        reply,
        error.status,
        error.needs.length > 0 ? error.needs : [{ name: error.kind, sentence: error.message }],
        kept,
      );
    }
  }
}

function staleNeed({ kind }: Refusal): UnmetNeed[] {
  return kind === 'stale' ? [{ name: 'stale', sentence: 'need.stale' }] : [];
}
