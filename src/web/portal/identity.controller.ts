import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { ChangeIdentity } from '../../casework/change-identity';
import { IdentityForm } from '../../casework/identity-form';
import { CONTACT_KINDS } from '../../casework/intake/complaint-form';
import { ReadMyCase } from '../../casework/read-my-case';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { say } from '../../words/words';
import { CONTACT_FIELDS, contactIn, saidIn } from './contact-fields';
import { formNeeds } from '../form-needs';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

type Holder = Visitor & { kind: 'rightsholder' };
type Typed = Record<string, string>;

const ADDRESS = '/my-case/identity';

/** Who the person is to us: what that means, how to be better known, how to take a name or contact back, and who looked at it. */
@ApiExcludeController()
@Controller('my-case/identity')
export class IdentityPagesController {
  constructor(
    private readonly changeIdentity: ChangeIdentity,
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-my-identity')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply);
  }

  @Post()
  @Permits('change-identity')
  async change(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const form = plainToInstance(IdentityForm, {
      identityMode: saidIn(body, 'identityMode'),
      name: saidIn(body, 'name') ?? null,
      contact: contactIn(body),
    });
    const needs = await formNeeds(form);
    if (needs.length > 0) return this.show(request, reply, typedValues(body), needs);
    try {
      await this.changeIdentity.run(request.visitor as Holder, form);
      return goTo(reply, this.pages.savedAt(request, ADDRESS));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, typedValues(body), error.needs);
    }
  }

  private async show(
    request: PortalRequest,
    reply: FastifyReply,
    kept?: Typed,
    needs: readonly UnmetNeed[] = [],
  ) {
    const holder = request.visitor as Holder;
    const identity = await this.changeIdentity.view(holder);
    const { complaint } = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, complaint.language);
    const { name, contact } = identity;
    const held = {
      name: name ?? '',
      identityMode: '',
      ...Object.fromEntries(CONTACT_FIELDS.map((field) => [`contact.${field}`, contact?.[field] ?? ''])),
    };
    const model = {
      identity,
      values: kept ?? held,
      moves: identity.movesTo.map((mode) => ({
        value: mode,
        label: say(language, `code.identityMode.${mode}`),
      })),
      kinds: CONTACT_KINDS.map((kind) => ({
        value: kind,
        label: say(language, `code.contact.kind.${kind}`),
      })),
      openings: (await this.readMyCase.openings(holder.caseId)).filter(
        ({ act }) => act === 'reveal-identity',
      ),
    };
    return this.pages.show(request, reply, 'portal/identity.njk', 'identity.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
      questions: {
        identityMode: say(language, 'identity.move'),
        ...Object.fromEntries(
          ['name', ...CONTACT_FIELDS.map((field) => `contact.${field}`)].map((field) => [
            field,
            say(language, `lodge.${field}.label`),
          ]),
        ),
      },
      language: complaint.language,
    });
  }
}

function typedValues(body: unknown): Typed {
  const names = ['identityMode', 'name', ...CONTACT_FIELDS.map((field) => `contact.${field}`)];
  return Object.fromEntries(names.map((name) => [name, typed(body, name)]));
}
