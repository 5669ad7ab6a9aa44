import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import {
  COMPLAINANT_ROLES,
  ComplaintForm,
  CONTACT_KINDS,
  FEARS_OF_REPRISAL,
} from '../../casework/intake/complaint-form';
import { Lodge } from '../../casework/intake/lodge';
import { newSecret } from '../../platform/ids';
import { Permits } from '../../people/permits';
import type { UnmetNeed } from '../../platform/refusal';
import { CONSENT_CODES, consentRule } from '../../rules/consents';
import { IDENTITY_MODE_CODES } from '../../rules/identity-modes';
import { CONTACT_FIELDS, contactIn } from './contact-fields';
import { formNeeds } from './form-needs';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

const TEXT_FIELDS = [
  'narrative',
  'desiredOutcome',
  'whenHappened',
  'systemKnown',
  'name',
  'reprisalText',
  'accommodation',
] as const;
const CHOICE_FIELDS = ['identityMode', 'complainantRole', 'fearOfReprisal'] as const;
/** Consents that the first form asks about; all others wait for the page of the case. */
const ASKED_CONSENTS = CONSENT_CODES.filter((code) => consentRule(code).atLodging);
const ONE_KEY = /^[\w-]{43}$/;

type Typed = Record<string, string>;

/** One plain page on which a person lodges a complaint. What was typed is never lost, and sending twice lodges once. */
@ApiExcludeController()
@Controller('lodge')
export class LodgeController {
  constructor(
    private readonly lodge: Lodge,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('anyone', 'read-lodge-form')
  form(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, { key: newSecret() }, []);
  }

  @Post()
  @Permits('anyone', 'lodge')
  async send(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const values = typedValues(body);
    const form = formOf(values, this.pages.languageFor(request));
    const needs = await formNeeds(form);
    if (needs.length > 0) return this.show(request, reply, values, needs);
    const by =
      form.identityMode === 'REPRESENTED' || form.complainantRole === 'representative' ? 'REP' : 'RH';
    const lodged = await this.lodge.run(
      form,
      { role: by },
      ONE_KEY.test(values.key ?? '') ? values.key : undefined,
    );
    return this.showReceipt(request, reply, { ...lodged }, []);
  }

  /** The page cannot be left by its button before the person says that the receipt is kept; the receipt travels in the form only. */
  @Post('saved')
  @Permits('anyone', 'confirm-receipt-saved')
  saved(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    if (typed(body, 'saved') === 'yes') return goTo(reply, this.pages.address(request, '/my-case/open'));
    const model = Object.fromEntries(
      ['reference', 'receipt', 'statement', 'ackBy'].map((field) => [field, typed(body, field)]),
    );
    return this.showReceipt(request, reply, model, [
      { name: 'saved', field: 'saved', sentence: 'error.saved-gate' },
    ]);
  }

  private showReceipt(
    request: PortalRequest,
    reply: FastifyReply,
    lodged: Record<string, unknown>,
    needs: UnmetNeed[],
  ) {
    const [due] = (lodged.dueDates as { dueLegalLatest: string }[] | undefined) ?? [];
    const model = { ...lodged, ackBy: due?.dueLegalLatest ?? lodged.ackBy };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipt.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }

  private show(request: PortalRequest, reply: FastifyReply, values: Typed, needs: UnmetNeed[]) {
    const model = {
      values: { ...values, key: values.key || newSecret() },
      offered: {
        identityMode: IDENTITY_MODE_CODES,
        complainantRole: COMPLAINANT_ROLES,
        fearOfReprisal: FEARS_OF_REPRISAL,
        'contact.kind': CONTACT_KINDS,
        consents: ASKED_CONSENTS,
      },
    };
    return this.pages.show(request, reply, 'portal/lodge.njk', 'lodge.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }
}

function typedValues(body: unknown): Typed {
  const names = [
    ...TEXT_FIELDS,
    ...CHOICE_FIELDS,
    ...CONTACT_FIELDS.map((field) => `contact.${field}`),
    ...ASKED_CONSENTS.map(consentField),
    'awareOfAiUse',
    'key',
  ];
  return Object.fromEntries(names.map((name) => [name, typed(body, name)]));
}

function consentField(code: string): string {
  return `consent.${code}`;
}

/** Browsers send line breaks as CR LF; what was typed has LF. Fields left empty were not answered. */
function formOf(values: Typed, language: string): ComplaintForm {
  const said = (name: string) => values[name]?.replaceAll('\r\n', '\n') || undefined;
  const consents = ASKED_CONSENTS.map((code) => ({ code, said: values[consentField(code)] }))
    .filter((each) => each.said === 'yes' || each.said === 'no')
    .map(({ code, said: word }) => ({ code, given: word === 'yes' }));
  return plainToInstance(ComplaintForm, {
    ...Object.fromEntries([...TEXT_FIELDS, ...CHOICE_FIELDS].map((name) => [name, said(name)])),
    narrative: said('narrative') ?? '',
    awareOfAiUse: values.awareOfAiUse === 'yes' ? true : values.awareOfAiUse === 'no' ? false : undefined,
    contact: contactIn(values) ?? undefined,
    ...(consents.length > 0 ? { consents } : {}),
    language,
    channel: 'web',
  });
}
