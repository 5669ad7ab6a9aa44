import {
  applyDecorators,
  Body,
  Controller,
  Get,
  HttpCode,
  Headers,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReasonsLetters } from '../casework/closure/reasons-letters';
import { EvidenceFiles } from '../casework/evidence-files';
import { fileNumber } from '../casework/file-form';
import { Messages } from '../casework/messages';
import { Openings } from '../casework/openings';
import { ReadCase } from '../casework/read-case';
import { ReadCustody } from '../casework/read-custody';
import { ReadQueue } from '../casework/queue/read-queue';
import { ReadIdentity } from '../casework/read-identity';
import { Registers } from '../casework/registers/registers';
import { TakeStep } from '../casework/take-step';
import type { CasePages } from '../casework/views';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { QUEUE_CHOICES } from '../rules/queue';
import { CaseAnswer } from './answers/case';
import { MessageAnswer } from './answers/correspondence';
import { CustodyAnswer, EvidenceAnswer } from './answers/evidence';
import { HistoryAnswer } from './answers/history';
import { IdentityAnswer } from './answers/identity';
import { QueueAnswer } from './answers/queue';
import { BesideCaseAnswer } from './answers/registers';
import { OpenStepAnswer, ReasonsDraftAnswer, StepTakenAnswer } from './answers/steps';
import { BYTES, FILE_FORM, sendFile, uploadedFile } from './files';
import { MessageForm, RevealForm, STAFF_STEPS, StepForm, type StepAnswersForm } from './forms';
import { ApiBefore, ApiPage, numberIn, pageIn, withNext } from './pages';
import { ProblemResponses } from './problem-responses';
import { queueFilter, revisionIn } from './queue-filter';

/** Each line of the filter, with what it may say. */
const QueueChoices = () =>
  applyDecorators(
    ...Object.entries(QUEUE_CHOICES).map(([name, codes]) => ApiQuery({ name, required: false, enum: codes })),
    ApiQuery({ name: 'system', required: false, description: 'Number of an AI system that the case names' }),
    ApiQuery({ name: 'vendor', required: false, description: 'Number of a vendor of such a system' }),
    ApiQuery({ name: 'language', required: false, description: 'ISO 639-1' }),
    ApiQuery({ name: 'assignee', required: false, description: 'me, nobody, or the id of a person' }),
  );

/** Lists of a case of which its answer shows a page. */
const PAGED = ['messages', 'notes', 'letters', 'evidence'] as const satisfies readonly (keyof CasePages)[];

type Officer = Visitor & { kind: 'officer' };

@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/cases')
export class CasesController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly readCase: ReadCase,
    private readonly readCustody: ReadCustody,
    private readonly messages: Messages,
    private readonly evidence: EvidenceFiles,
    private readonly readIdentity: ReadIdentity,
    private readonly takeStep: TakeStep,
    private readonly openings: Openings,
    private readonly registers: Registers,
    private readonly reasonsLetters: ReasonsLetters,
  ) {}

  @Get()
  @Permits('read-queue')
  @QueueChoices()
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
  })
  @ApiOkResponse({ type: QueueAnswer })
  queue(@CurrentVisitor() visitor: Officer, @Query() query: Record<string, unknown>): Promise<QueueAnswer> {
    return this.readQueue.page(queueFilter(query, visitor), visitor);
  }

  @Get(':reference')
  @Permits('read-case')
  @ApiBefore(...PAGED)
  @ApiOkResponse({
    type: CaseAnswer,
    headers: { ETag: { description: 'Revision, for If-Match.', schema: { type: 'string' } } },
  })
  async one(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseAnswer> {
    const pages = Object.fromEntries(PAGED.map((list) => [list, numberIn(query, list)])) as CasePages;
    const view = await this.readCase.forStaff(reference, visitor, pages);
    void reply.header('etag', `"${view.revision}"`);
    return view;
  }

  /** What of the registers was used in it, and which case law may be worth reading. */
  @Get(':reference/registers')
  @Permits('read-case-registers')
  @ApiOkResponse({ type: BesideCaseAnswer })
  besides(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
  ): Promise<BesideCaseAnswer> {
    return this.registers.besideCase(visitor, reference);
  }

  @Get(':reference/history')
  @Permits('read-history')
  @ApiPage()
  @ApiOkResponse({ type: [HistoryAnswer] })
  async history(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HistoryAnswer[]> {
    const page = pageIn(query);
    const lines = await this.readCase.history(reference, visitor, page);
    return withNext(reply, `${pathOf(reference)}/history`, page, lines);
  }

  @Get(':reference/steps')
  @Permits('read-steps')
  @ApiOkResponse({ type: [OpenStepAnswer] })
  steps(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
  ): Promise<OpenStepAnswer[]> {
    return this.readCase.openSteps(reference, visitor);
  }

  @Get(':reference/steps/:step/letter')
  @Permits('read-step')
  @ApiParam({ name: 'step', enum: STAFF_STEPS })
  @ApiOkResponse({ type: ReasonsDraftAnswer, description: 'The reasons of a step, drafted from the case.' })
  async letter(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Param('step') step: string,
  ): Promise<ReasonsDraftAnswer> {
    const draft = await this.reasonsLetters.draft(reference, step, visitor);
    if (draft) return draft;
    throw new Refusal(
      'conflict',
      'No letter is drafted for this step: it asks for no reasons that the person reads.',
    );
  }

  @Post(':reference/steps/:step')
  @Permits('take-step')
  @ApiParam({ name: 'step', enum: STAFF_STEPS })
  @ApiHeader({ name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' })
  @ApiBody({ type: StepForm })
  @ApiCreatedResponse({ type: StepTakenAnswer })
  take(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Param('step') step: string,
    @Body() body: StepAnswersForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<StepTakenAnswer> {
    const revision = revisionIn(ifMatch);
    const form = StepForm.read(body);
    return this.openings.ofRefusal(visitor, reference, () =>
      this.takeStep.run({ reference, step, visitor, revision, ...form }),
    );
  }

  @Get(':reference/messages')
  @Permits('read-messages')
  @ApiPage()
  @ApiOkResponse({ type: [MessageAnswer] })
  async listMessages(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageAnswer[]> {
    const page = pageIn(query);
    const messages = await this.messages.page(visitor, page, reference);
    return withNext(reply, `${pathOf(reference)}/messages`, page, messages);
  }

  @Post(':reference/messages')
  @Permits('write-message')
  @ApiCreatedResponse({ type: MessageAnswer })
  writeMessage(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Body() form: MessageForm,
  ): Promise<MessageAnswer> {
    return this.messages.write(visitor, form.text, reference, form.language);
  }

  @Get(':reference/evidence')
  @Permits('read-evidence')
  @ApiPage()
  @ApiOkResponse({ type: [EvidenceAnswer] })
  async listEvidence(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvidenceAnswer[]> {
    const page = pageIn(query);
    const files = await this.evidence.page(visitor, page, reference);
    return withNext(reply, `${pathOf(reference)}/evidence`, page, files);
  }

  @Post(':reference/evidence')
  @Permits('add-evidence')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE_FORM })
  @ApiCreatedResponse({ type: EvidenceAnswer })
  async addEvidence(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceAnswer> {
    return this.evidence.add(visitor, await uploadedFile(request), reference);
  }

  @Get(':reference/evidence/:n')
  @Permits('open-evidence')
  @ApiOkResponse(BYTES)
  async openEvidence(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Res() reply: FastifyReply,
  ) {
    sendFile(reply, await this.evidence.open(visitor, fileNumber(n), reference));
  }

  @Get(':reference/evidence/:n/custody')
  @Permits('read-custody')
  @ApiBefore('lines')
  @ApiOkResponse({ type: CustodyAnswer, description: 'Who sent the file, what became of it, who opened it.' })
  custody(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Query() query: Record<string, unknown>,
  ): Promise<CustodyAnswer> {
    return this.readCustody.of(visitor, { reference }, fileNumber(n), numberIn(query, 'lines'));
  }

  @Post(':reference/evidence/:n/original')
  @HttpCode(200)
  @Permits('open-original')
  @ApiOkResponse({ ...BYTES, description: 'The file as it was sent, metadata included.' })
  async openOriginal(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Body() form: RevealForm,
    @Res() reply: FastifyReply,
  ) {
    sendFile(reply, await this.evidence.openOriginal(visitor, fileNumber(n), reference, form.reason));
  }

  @Get(':reference/identity')
  @Permits('read-identity')
  @ApiOkResponse({
    type: IdentityAnswer,
    description: 'Open for a while to whoever took the step “reveal-identity”; otherwise 409.',
  })
  identity(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
  ): Promise<IdentityAnswer> {
    return this.readIdentity.run(visitor, reference);
  }
}

function pathOf(reference: string): string {
  return `/api/v1/cases/${encodeURIComponent(reference)}`;
}
