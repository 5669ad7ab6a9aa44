import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import {
  CHANNELS,
  COMPLAINANT_ROLES,
  ComplaintForm,
  CONTACT_KINDS,
  FEARS_OF_REPRISAL,
  SCOPE_MAX_LENGTH,
} from '../../casework/intake/complaint-form';
import { type EnclosedFiles, ENCLOSED_MAX_FILES } from '../../casework/intake/enclosed-files';
import { LodgeWithFiles } from '../../casework/intake/lodge-with-files';
import { ReceiveForm } from '../../casework/intake/receive-form';
import { typedComplaint } from '../../casework/intake/typed-complaint';
import { Permits } from '../../people/permits';
import { newSecret } from '../../platform/ids';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { MEGABYTE, Settings } from '../../platform/settings';
import { Time } from '../../platform/time';
import { isDay } from '../../rules/days';
import { TOLD_BASES } from '../../rules/mandates';
import { IDENTITY_MODE_CODES } from '../../rules/identity-modes';
import { say } from '../../words/words';
import { formNeeds } from '../form-needs';
import { saidAtQuestion } from '../said-at-question';
import type { StepField } from '../step-form';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';
import { OneTimeReceiptPage } from './one-time-receipt-page';

type Typed = Record<string, string>;
type Question = Pick<StepField, 'name' | 'shape' | 'label'> & { hint?: string; codes?: readonly string[] };

/** Ways in which somebody reaches intake, other than by the pages of their own. */
const CHANNELS_OF_INTAKE = CHANNELS.filter((channel) => channel !== 'web');
const CHANNEL_NAMES: Record<string, string> = {
  email: 'By e-mail',
  letter: 'By letter',
  phone: 'By telephone',
  'in-person': 'In person',
  assisted: 'Through somebody who helps them',
};
const ONE_KEY = /^[\w-]{43}$/;

const FIRST: readonly Question[] = [
  { name: 'channel', shape: 'radios', label: 'How it reached you', codes: CHANNELS_OF_INTAKE },
  {
    name: 'receivedOn',
    shape: 'day',
    label: 'The day on which it reached the organisation',
    hint: 'As 2026-11-24; today when left empty. Every period runs from this day.',
  },
  {
    name: 'consentSaid',
    shape: 'textarea',
    label: 'How the person said that you may lodge this for them, and who helped',
    hint: 'The person reads this. Without their word, nothing is lodged.',
  },
  {
    name: 'language',
    shape: 'line',
    label: 'Language of the person',
    hint: 'A code such as en, ar, am or pt-BR. Letters are in this language where we have it.',
  },
];
const SAID: readonly Question[] = [
  { name: 'narrative', shape: 'textarea', label: 'What happened, in their own words' },
  { name: 'desiredOutcome', shape: 'textarea', label: 'What they want' },
  { name: 'whenHappened', shape: 'line', label: 'When it happened, as they say it' },
  { name: 'systemKnown', shape: 'line', label: 'Which system, as far as they know' },
  {
    name: 'awareOfAiUse',
    shape: 'radios',
    label: 'Did they know that a computer system was used?',
    codes: ['yes', 'no'],
  },
  { name: 'complainantRole', shape: 'radios', label: 'Who they are', codes: COMPLAINANT_ROLES },
  {
    name: 'mandateBasis',
    shape: 'radios',
    label: 'What they rest on, where they speak for somebody else',
    hint: 'Taken as said. Nobody is turned away because a paper is missing.',
    codes: TOLD_BASES,
  },
  {
    name: 'identityMode',
    shape: 'radios',
    label: 'Who may know who they are',
    hint: 'Say it to them as it stands, and let them choose. Nobody can make it less afterwards but they themselves.',
    codes: IDENTITY_MODE_CODES,
  },
  {
    name: 'name',
    shape: 'line',
    label: 'Name',
    hint: 'Only if they want to give it. It lies sealed, apart from the case.',
  },
  {
    name: 'contact.kind',
    shape: 'radios',
    label: 'How to reach them',
    hint: 'Only if they want to be reached.',
    codes: CONTACT_KINDS,
  },
  { name: 'contact.value', shape: 'line', label: 'Number or address' },
  { name: 'contact.safeContact', shape: 'textarea', label: 'When and how it is safe to reach them' },
  {
    name: 'fearOfReprisal',
    shape: 'radios',
    label: 'Do they fear that somebody makes them suffer for this?',
    codes: FEARS_OF_REPRISAL,
  },
  { name: 'reprisalText', shape: 'textarea', label: 'What they fear' },
  {
    name: 'accommodation',
    shape: 'textarea',
    label: 'What they need: an interpreter, large print, a quiet room',
  },
];
const NEEDED = ['channel', 'consentSaid', 'narrative'];
const PLACES = Array.from({ length: ENCLOSED_MAX_FILES }, (_, index) => index + 1);
const QUESTIONS = Object.fromEntries([
  ...[...FIRST, ...SAID].map(({ name, label }): [string, string] => [name, label]),
  ...PLACES.map((n): [string, string] => [`describes-${n}`, whatShows(n)]),
]);

/** Intake lodges for somebody who cannot or does not want to use the pages, and hands over to them (features of the field 5 and 6). */
@Controller('desk/lodge-for-somebody')
export class LodgeForSomebodyController {
  constructor(
    private readonly receiveForm: ReceiveForm,
    private readonly lodge: LodgeWithFiles,
    private readonly oneTimeReceipt: OneTimeReceiptPage,
    private readonly settings: Settings,
    private readonly time: Time,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-lodge-for-form')
  form(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, {});
  }

  @Post()
  @Permits('lodge-for-somebody')
  async send(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    if (!request.isMultipart())
      throw new Refusal('invalid', 'Send this form as multipart/form-data, as the page does.');
    const { fields, files } = await this.receiveForm.run(request.parts(this.receiveForm.reading));
    const form = formOf(fields);
    const needs = [...this.ownNeeds(fields), ...(await formNeeds(form))];
    const { personId } = officerOf(request);
    const receivedOn = fields.receivedOn?.trim() || undefined;
    const key = ONE_KEY.test(fields.key ?? '') ? fields.key : undefined;
    try {
      const by = { role: 'INT' as const, personId, receivedOn };
      const { reference, receipt, oneTimeUntil } = await this.lodge.run({ form, needs }, files, by, key);
      const made = { receipt, oneTimeUntil: oneTimeUntil ?? null };
      return await this.oneTimeReceipt.show(request, reply, reference, made);
    } catch (error) {
      if (!(error instanceof Refusal) || error.needs.length === 0) throw error;
      return this.show(request, reply, fields, { status: error.status, needs: error.needs, files });
    }
  }

  /** What is asked of intake besides the complaint itself. */
  private ownNeeds({ channel = '', receivedOn = '', consentSaid = '' }: Typed): UnmetNeed[] {
    const needs: UnmetNeed[] = [];
    const add = (field: string, sentence: string) => needs.push({ name: field, field, sentence });
    if (!(CHANNELS_OF_INTAKE as readonly string[]).includes(channel))
      add('channel', 'Say how it reached you.');
    const day = receivedOn.trim();
    if (day !== '' && (!isDay(day) || day > this.time.today()))
      add('receivedOn', 'Give a day that is not after today, as 2026-11-24, or leave it empty for today.');
    if (consentSaid.trim() === '' || consentSaid.length > SCOPE_MAX_LENGTH)
      add(
        'consentSaid',
        `Say in at most ${SCOPE_MAX_LENGTH} characters how the person agreed that you lodge this for them.`,
      );
    return needs;
  }

  private show(
    request: DeskRequest,
    reply: FastifyReply,
    fields: Typed,
    {
      status = 200,
      needs = [],
      files,
    }: { status?: number; needs?: readonly UnmetNeed[]; files?: EnclosedFiles } = {},
  ) {
    const said = needs.map((need) => ({
      ...need,
      sentence: saidAtQuestion(need.sentence, QUESTIONS[need.field ?? ''], 'en', need.measure),
    }));
    const errorOf = (name: string) => said.find(({ field }) => field === name)?.sentence ?? null;
    const isSentBefore = needs.some(({ name }) => name === 'idempotencyKey');
    const model = {
      key: isSentBefore ? newSecret() : fields.key || newSecret(),
      fields: [...FIRST, ...SAID].map((question) => fieldOf(question, fields, errorOf)),
      places: PLACES.map((n) => ({
        n,
        chosen: files?.chosen.get(n),
        error: errorOf(`file-${n}`),
        describes: fields[`describes-${n}`] ?? '',
        describesLabel: whatShows(n),
        describesError: errorOf(`describes-${n}`),
      })),
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
    };
    return this.pages.show(request, reply, 'desk/lodge-for-somebody.njk', 'Lodge for somebody', model, {
      status,
      needs: said,
    });
  }
}

function whatShows(n: number): string {
  return `What file ${n} shows`;
}

function formOf(fields: Typed): ComplaintForm {
  const asked = [...SAID.map(({ name }) => name), 'language', 'channel'];
  const hasContact = fields['contact.value'] || fields['contact.safeContact'];
  const names = asked.filter((name) => hasContact || !name.startsWith('contact.'));
  const taken = Object.fromEntries(names.map((name) => [name, fields[name] ?? '']));
  const scope = fields.consentSaid?.trim() ?? '';
  const consents = scope === '' ? {} : { consents: [{ code: 'CN-INTAKE', given: true, scope }] };
  return plainToInstance(ComplaintForm, { ...typedComplaint(taken), ...consents });
}

function fieldOf(
  { codes = [], hint, ...question }: Question,
  fields: Typed,
  errorOf: (name: string) => string | null,
): StepField {
  const value = fields[question.name] ?? '';
  return {
    ...question,
    hint: hint ?? null,
    action: null,
    optional: !NEEDED.includes(question.name),
    choices: codes.map((code) => ({
      value: code,
      label: CHANNEL_NAMES[code] ?? labelOf(question.name, code),
      chosen: code === value,
    })),
    chosen: [value],
    value,
    error: errorOf(question.name),
  };
}

function labelOf(name: string, code: string): string {
  return say('en', name === 'awareOfAiUse' ? `page.${code}` : `code.${name}.${code}`);
}
