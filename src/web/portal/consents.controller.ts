import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { Consents } from '../../casework/consents';
import { ConsentForm } from '../../casework/intake/complaint-form';
import { ReadMyCase } from '../../casework/read-my-case';
import type { ConsentView, PassedPart } from '../../casework/party-views';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { CONSENT_CODES } from '../../rules/consents';
import { COMPLAINT_PARTS } from '../../rules/sharing';
import { say } from '../../words/words';
import { saidIn } from './contact-fields';
import { formNeeds } from '../form-needs';
import { consentStatus } from './consent-status';
import { goTo, PortalPages, roleSeen, typed, type PortalRequest } from './portal-pages';

type Holder = Visitor & { kind: 'rightsholder' };

const ADDRESS = '/my-case/consents';

/** What the person agrees to, each on its own: what was decided, what happened under it, and a new decision from today on. */
@ApiExcludeController()
@Controller('my-case/consents')
export class ConsentPagesController {
  constructor(
    private readonly consents: Consents,
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-my-consents')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply);
  }

  @Post()
  @Permits('decide-consents')
  async decide(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const holder = request.visitor as Holder;
    const decisions = decisionsIn(body, await this.consents.list(holder, await this.languageOf(request)));
    const needs = (
      await Promise.all(
        decisions.map(async (decision) =>
          (await formNeeds(decision)).map((need) => ({
            ...need,
            field: need.field === 'given' ? decision.code : `${decision.code}.${need.field}`,
          })),
        ),
      )
    ).flat();
    if (needs.length > 0) return this.show(request, reply, body, needs);
    try {
      await this.consents.decide(holder, decisions, await this.languageOf(request));
    } catch (error) {
      if (!(error instanceof Refusal) || !['too-many', 'unmet'].includes(error.kind)) throw error;
      return this.show(request, reply, body, error.needs, error.status);
    }
    return goTo(reply, this.pages.savedAt(request, ADDRESS));
  }

  private async show(
    request: PortalRequest,
    reply: FastifyReply,
    body?: unknown,
    needs: readonly UnmetNeed[] = [],
    status = needs.length > 0 ? 400 : 200,
  ) {
    const holder = request.visitor as Holder;
    const language = await this.languageOf(request);
    const roleName = (code: string) => roleSeen(code, language, request);
    const views = await this.consents.list(holder, language);
    const model = {
      consents: views.map((view) => ({
        ...view,
        status: consentStatus(view, language, roleName),
        disclosures: view.disclosures.map((done) => ({
          ...done,
          parts: done.parts.map((part) => partWords(part, language)),
        })),
        chosen: body === undefined ? chosenOf(view) : typed(body, view.code),
        limits: body === undefined ? (view.scope ?? '') : typed(body, `${view.code}.scope`),
      })),
      mayDecide: await this.consents.mayDecide(holder),
      answers: ['yes', 'no'].map((value) => ({ value, label: say(language, `page.${value}`) })),
    };
    return this.pages.show(request, reply, 'portal/consents.njk', 'consents.title', model, {
      status,
      needs,
      questions: Object.fromEntries(
        views.flatMap(({ code, text }) => [
          [code, text],
          [`${code}.scope`, `${text} – ${say(language, 'consents.scope')}`],
        ]),
      ),
      language,
    });
  }

  private async languageOf(request: PortalRequest) {
    const { complaint } = await this.readMyCase.view(request.visitor as Holder);
    return this.pages.languageFor(request, complaint.language);
  }
}

const GIVEN: Record<string, boolean | undefined> = { yes: true, no: false };

/** What was answered; a consent that was left open is not decided, unless limits were written for it that would be lost. */
function decisionsIn(body: unknown, held: readonly ConsentView[]): ConsentForm[] {
  const isSaid = (code: string) => {
    const scope = saidIn(body, `${code}.scope`);
    return typed(body, code) !== '' || (scope && scope !== held.find((each) => each.code === code)?.scope);
  };
  return CONSENT_CODES.filter(isSaid).map((code) =>
    plainToInstance(ConsentForm, {
      code,
      given: GIVEN[typed(body, code)],
      scope: saidIn(body, `${code}.scope`),
    }),
  );
}

/** One text or file that was handed over: which it was, and whether parts of it were masked. */
function partWords({ kind, n, isMasked }: PassedPart, language: string): string {
  if (kind !== 'COMPLAINT') {
    const what = say(language, `code.sharedKind.${kind}`);
    return say(language, isMasked ? 'consents.passed.masked' : 'consents.passed.whole', { what, n });
  }
  const part = COMPLAINT_PARTS[n - 1]!;
  const family = part === 'groupDefinition' || part === 'groupByStaff' ? 'sharedKind' : 'amendedPart';
  const what = say(language, `code.${family}.${part}`);
  return say(language, isMasked ? 'consents.passed.part-masked' : 'consents.passed.part-whole', { what });
}

/** The answer that stands; none where the words have changed since, so that nobody agrees to new words by sending the form. */
function chosenOf({ given, answeredVersion, version }: ConsentView): string {
  return given === null || answeredVersion !== version ? '' : given ? 'yes' : 'no';
}
