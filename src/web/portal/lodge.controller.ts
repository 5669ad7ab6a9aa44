import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import {
  COMPLAINANT_ROLES,
  ComplaintForm,
  CONTACT_KINDS,
  FEARS_OF_REPRISAL,
} from '../../casework/intake/complaint-form';
import { type EnclosedFiles, ENCLOSED_MAX_FILES } from '../../casework/intake/enclosed-files';
import type { Lodged } from '../../casework/intake/lodge';
import { LodgeWithFiles } from '../../casework/intake/lodge-with-files';
import { ReceiveForm } from '../../casework/intake/receive-form';
import { typedComplaint } from '../../casework/intake/typed-complaint';
import { ApiExcludeController } from '../../platform/api-decorators';
import { newSecret } from '../../platform/ids';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { MEGABYTE, Settings } from '../../platform/settings';
import { Time, type Day } from '../../platform/time';
import { CONSENT_CODES, consentRule } from '../../rules/consents';
import { IDENTITY_MODE_CODES } from '../../rules/identity-modes';
import { say } from '../../words/words';
import { CONTACT_FIELDS } from './contact-fields';
import { formNeeds } from './form-needs';
import { nextDates } from './next-dates';
import { goTo, PortalPages, sentenceOf, typed, typedLines, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';

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
const FILE_PLACES = Array.from({ length: ENCLOSED_MAX_FILES }, (_, index) => index + 1);
/** Consents that the first form asks about; all others wait for the page of the case. */
const ASKED_CONSENTS = CONSENT_CODES.filter((code) => consentRule(code).atLodging);
const ONE_KEY = /^[\w-]{43}$/;
const OF_A_FILE = /^(?:file|describes)-(\d)$/;

type Typed = Record<string, string>;

/** One plain page on which a person lodges a complaint. What was typed is never lost, and sending twice lodges once. */
@ApiExcludeController()
@Controller('lodge')
export class LodgeController {
  constructor(
    private readonly receiveForm: ReceiveForm,
    private readonly lodge: LodgeWithFiles,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  @Get()
  @Permits('read-lodge-form')
  form(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, {});
  }

  @Post()
  @Permits('lodge')
  async send(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const parts = request.isMultipart() ? request.parts(this.receiveForm.reading) : fieldsOf(request.body);
    const { fields, files } = await this.receiveForm.run(parts);
    const form = formOf(fields, this.pages.languageFor(request));
    const needs = await formNeeds(form);
    try {
      const lodged = await this.lodge.run({ form, needs }, files, { role: lodgedBy(form) }, keyIn(fields));
      return await this.showReceipt(request, reply, receiptOf(lodged, this.time.today()));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.showRefused(request, reply, fields, error, files);
    }
  }

  /** The page cannot be left by its button before the person says that the receipt is kept; the receipt travels in the form only. */
  @Post('saved')
  @Permits('confirm-receipt-saved')
  saved(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    if (typed(body, 'saved') === 'yes') return goTo(reply, this.pages.address(request, '/my-case/open'));
    const hashes = typedLines(body, 'sha256');
    const model = {
      ...Object.fromEntries(
        ['reference', 'receipt', 'statement', 'ackBy', 'lodgedOn'].map((field) => [
          field,
          typed(body, field),
        ]),
      ),
      files: typedLines(body, 'fileName').map((fileName, at) => ({ fileName, sha256: hashes[at] ?? '' })),
    };
    return this.showReceipt(request, reply, model, [
      { name: 'saved', field: 'saved', sentence: 'error.saved-gate' },
    ]);
  }

  private async showReceipt(
    request: PortalRequest,
    reply: FastifyReply,
    shown: Record<string, unknown>,
    needs: UnmetNeed[] = [],
  ) {
    const language = this.pages.languageFor(request);
    const model = {
      ...shown,
      ...(await shownReceipt(shown.receipt)),
      comeBackAt: this.pages.comeBackAt(request),
      next: nextDates(shown.lodgedOn, shown.ackBy, this.settings.country, language),
    };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipt.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }

  /** The form again, with everything that was typed. A key that another complaint was sent under is replaced, so that this one can be sent. */
  private showRefused(
    request: PortalRequest,
    reply: FastifyReply,
    fields: Typed,
    refusal: Refusal,
    files: EnclosedFiles,
  ) {
    const isSentBefore = refusal.needs.some(({ name }) => name === 'idempotencyKey');
    const needs = isSentBefore
      ? [{ name: 'sent-before', sentence: 'error.sent-before' }]
      : refusal.needs.length > 0
        ? refusal.needs
        : [{ name: refusal.kind, sentence: `error-page.${refusal.kind}.sentence` }];
    const values = isSentBefore ? { ...fields, key: '' } : fields;
    return this.show(request, reply, values, { status: refusal.status, needs, files });
  }

  private show(
    request: PortalRequest,
    reply: FastifyReply,
    values: Typed,
    { status = 200, needs = [], files }: { status?: number; needs?: UnmetNeed[]; files?: EnclosedFiles } = {},
  ) {
    const model = {
      values: { ...values, key: values.key || newSecret() },
      offered: {
        identityMode: IDENTITY_MODE_CODES,
        complainantRole: COMPLAINANT_ROLES,
        fearOfReprisal: FEARS_OF_REPRISAL,
        'contact.kind': CONTACT_KINDS,
        consents: ASKED_CONSENTS,
      },
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
      places: FILE_PLACES.map((n) => ({ n, chosen: files?.chosen.get(n) })),
      moreFiles: FILE_PLACES.some((n) => n > 1 && (files?.chosen.has(n) || values[`describes-${n}`])),
    };
    const language = this.pages.languageFor(request);
    return this.pages.show(request, reply, 'portal/lodge.njk', 'lodge.title', model, {
      status,
      needs: needs.map((need) => ofItsFile(need, language)),
    });
  }
}

/** The fields of a form that brings no files, as parts. */
async function* fieldsOf(
  body: unknown,
): AsyncGenerator<{ type: 'field'; fieldname: string; value: unknown }> {
  for (const [fieldname, value] of Object.entries(body ?? {})) yield { type: 'field', fieldname, value };
}

function formOf(fields: Typed, language: string): ComplaintForm {
  const consents = ASKED_CONSENTS.map((code) => `consent.${code}`);
  const asked = [...TEXT_FIELDS, ...CHOICE_FIELDS, ...consents, 'awareOfAiUse'];
  // Of a contact, the way alone says nothing: it is a choice that no form lets one take back.
  const contact = CONTACT_FIELDS.map((field) => `contact.${field}`);
  const hasContact = contact.some((name) => fields[name] && name !== 'contact.kind');
  const names = [...asked, ...(hasContact ? contact : [])];
  const taken = Object.fromEntries(names.map((name) => [name, fields[name] ?? '']));
  return plainToInstance(ComplaintForm, { ...typedComplaint(taken), language, channel: 'web' });
}

function lodgedBy(form: ComplaintForm): 'RH' | 'REP' {
  return form.identityMode === 'REPRESENTED' || form.complainantRole === 'representative' ? 'REP' : 'RH';
}

function keyIn({ key = '' }: Typed): string | undefined {
  return ONE_KEY.test(key) ? key : undefined;
}

function receiptOf({ dueDates, ...lodged }: Lodged, lodgedOn: Day): Record<string, unknown> {
  return { ...lodged, lodgedOn, ackBy: dueDates[0]?.dueLegalLatest };
}

/** Which file a fault is about stands in its sentence: a list of faults is read without the form beside it. */
function ofItsFile(need: UnmetNeed, language: string): UnmetNeed {
  const n = OF_A_FILE.exec(need.field ?? '')?.[1];
  if (!n) return need;
  return { ...need, sentence: say(language, 'lodge.file.fault', { n, fault: sentenceOf(need, language) }) };
}
