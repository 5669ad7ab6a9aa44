import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AlertForm } from '../casework/alerts/alert-form';
import { Alerts } from '../casework/alerts/alerts';
import { ChangeIdentity } from '../casework/change-identity';
import { SurveyForm, Surveys } from '../casework/closure/surveys';
import { Consents } from '../casework/consents';
import { EvidenceFiles } from '../casework/evidence-files';
import { IdentityForm } from '../casework/identity-form';
import { fileNumber } from '../casework/file-form';
import { Messages } from '../casework/messages';
import { ReadMyCase } from '../casework/read-my-case';
import { Receipts } from '../casework/receipts';
import { TakeStep } from '../casework/take-step';
import { CurrentVisitor } from '../people/current-visitor';
import { GuessPace } from '../people/guess-pace';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '../platform/api-decorators';
import { AlertAnswer } from './answers/alert';
import { ConsentAnswer } from './answers/consent';
import { MessageAnswer } from './answers/correspondence';
import { EvidenceAnswer } from './answers/evidence';
import { MyIdentityAnswer } from './answers/identity';
import {
  MyCaseAnswer,
  MySurveyAnswer,
  ReceiptAnswer,
  ReceiptListAnswer,
  TimelineAnswer,
} from './answers/my-case';
import { MyStepTakenAnswer, OpenStepAnswer } from './answers/steps';
import {
  DecisionForm,
  MessageForm,
  FurtherReceiptForm,
  RIGHTSHOLDER_STEPS,
  StepForm,
  type StepAnswersForm,
} from './forms';
import { SURVEY_COMMENT_MAX_LENGTH, SURVEY_QUESTIONS } from '../rules/survey';
import { ApiBefore, ApiPage, numberIn, pageIn, withNext } from './pages';
import { ProblemResponses } from './problem-responses';
import { BYTES, FILE_FORM, sendFile, uploadedFile } from './files';

const SCORE = { type: 'integer', minimum: 1, maximum: 5, nullable: true } as const;
const SURVEY_FORM = {
  type: 'object',
  properties: {
    ...Object.fromEntries(SURVEY_QUESTIONS.map((question) => [question, SCORE])),
    comment: { type: 'string', maxLength: SURVEY_COMMENT_MAX_LENGTH, nullable: true },
  },
};

type Holder = Visitor & { kind: 'rightsholder' };

@ApiTags('my case')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/my-case')
export class MyCaseController {
  constructor(
    private readonly readMyCase: ReadMyCase,
    private readonly messages: Messages,
    private readonly evidence: EvidenceFiles,
    private readonly receipts: Receipts,
    private readonly changeIdentity: ChangeIdentity,
    private readonly alerts: Alerts,
    private readonly consents: Consents,
    private readonly surveys: Surveys,
    private readonly takeStep: TakeStep,
    private readonly pace: GuessPace,
  ) {}

  @Get()
  @Permits('read-my-case')
  @ApiQuery({ name: 'lang', required: false, description: 'Language of the letters.' })
  @ApiBefore('letters', 'evidence')
  @ApiOkResponse({
    type: MyCaseAnswer,
    description: 'The case, and what was said at lodging as it was written.',
  })
  async view(
    @CurrentVisitor() visitor: Holder,
    @Query() query: Record<string, unknown>,
  ): Promise<MyCaseAnswer> {
    const language = typeof query.lang === 'string' ? query.lang : undefined;
    const pages = { letters: numberIn(query, 'letters'), evidence: numberIn(query, 'evidence') };
    await this.alerts.opened(visitor);
    const { complaint, seen: _, ...view } = await this.readMyCase.view(visitor, language, pages);
    return { ...complaint, ...view };
  }

  @Get('timeline')
  @Permits('read-my-timeline')
  @ApiPage()
  @ApiOkResponse({ type: [TimelineAnswer] })
  async timeline(
    @CurrentVisitor() visitor: Holder,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TimelineAnswer[]> {
    const page = pageIn(query);
    return withNext(reply, '/api/v1/my-case/timeline', page, await this.readMyCase.timeline(visitor, page));
  }

  @Get('messages')
  @Permits('read-my-messages')
  @ApiPage()
  @ApiOkResponse({ type: [MessageAnswer] })
  async listMessages(
    @CurrentVisitor() visitor: Holder,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageAnswer[]> {
    const page = pageIn(query);
    await this.alerts.opened(visitor);
    return withNext(reply, '/api/v1/my-case/messages', page, await this.messages.page(visitor, page));
  }

  @Post('messages')
  @Permits('write-my-message')
  @ApiCreatedResponse({ type: MessageAnswer })
  writeMessage(@CurrentVisitor() visitor: Visitor, @Body() form: MessageForm): Promise<MessageAnswer> {
    return this.messages.write(visitor, form.text, undefined, form.language);
  }

  @Get('evidence')
  @Permits('read-my-evidence')
  @ApiPage()
  @ApiOkResponse({ type: [EvidenceAnswer] })
  async listEvidence(
    @CurrentVisitor() visitor: Visitor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvidenceAnswer[]> {
    const page = pageIn(query);
    return withNext(reply, '/api/v1/my-case/evidence', page, await this.evidence.page(visitor, page));
  }

  @Post('evidence')
  @Permits('add-my-evidence')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE_FORM })
  @ApiCreatedResponse({ type: EvidenceAnswer })
  async addEvidence(
    @CurrentVisitor() visitor: Visitor,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceAnswer> {
    return this.evidence.add(visitor, await uploadedFile(request));
  }

  @Get('evidence/:n')
  @Permits('open-my-evidence')
  @ApiOkResponse(BYTES)
  async openEvidence(@CurrentVisitor() visitor: Visitor, @Param('n') n: string, @Res() reply: FastifyReply) {
    sendFile(reply, await this.evidence.open(visitor, fileNumber(n)));
  }

  @Get('receipts')
  @Permits('read-my-receipts')
  @ApiOkResponse({
    type: [ReceiptListAnswer],
    description: 'Who can open the case; never the receipts themselves.',
  })
  listReceipts(@CurrentVisitor() visitor: Holder): Promise<ReceiptListAnswer[]> {
    return this.receipts.list(visitor);
  }

  @Post('receipts')
  @Permits('add-receipt')
  @ApiCreatedResponse({ type: ReceiptAnswer })
  async addReceipt(
    @CurrentVisitor() visitor: Holder,
    @Body() form: FurtherReceiptForm,
  ): Promise<ReceiptAnswer> {
    return this.receipts.add(visitor, form.holder);
  }

  @Post('receipts/replacement')
  @Permits('replace-receipt')
  @ApiCreatedResponse({ type: ReceiptAnswer, description: 'The old receipt opens nothing any more.' })
  async replaceReceipt(@CurrentVisitor() visitor: Holder): Promise<ReceiptAnswer> {
    return { receipt: await this.receipts.replace(visitor), oneTimeUntil: null };
  }

  @Delete('receipts/:id')
  @HttpCode(204)
  @Permits('end-receipt')
  endReceipt(@CurrentVisitor() visitor: Holder, @Param('id') id: string): Promise<void> {
    return this.receipts.end(visitor, id);
  }

  @Get('identity')
  @Permits('read-my-identity')
  @ApiOkResponse({ type: MyIdentityAnswer })
  readIdentity(@CurrentVisitor() visitor: Holder): Promise<MyIdentityAnswer> {
    return this.changeIdentity.view(visitor);
  }

  @Post('identity')
  @Permits('change-identity')
  @ApiCreatedResponse({ type: MyIdentityAnswer })
  async changeMyIdentity(
    @CurrentVisitor() visitor: Holder,
    @Body() form: IdentityForm,
  ): Promise<MyIdentityAnswer> {
    await this.changeIdentity.run(visitor, form);
    return this.changeIdentity.view(visitor);
  }

  @Get('alerts')
  @Permits('read-my-alert')
  @ApiOkResponse({ type: AlertAnswer })
  readAlert(@CurrentVisitor() visitor: Holder): Promise<AlertAnswer> {
    return this.alerts.view(visitor);
  }

  @Put('alerts')
  @Permits('set-my-alert')
  @ApiOkResponse({ type: AlertAnswer })
  async setAlert(@CurrentVisitor() visitor: Holder, @Body() { address }: AlertForm): Promise<AlertAnswer> {
    await this.alerts.set(visitor, address);
    return this.alerts.view(visitor);
  }

  @Delete('alerts')
  @Permits('end-my-alert')
  @ApiOkResponse({ type: AlertAnswer })
  async endAlert(@CurrentVisitor() visitor: Holder): Promise<AlertAnswer> {
    await this.alerts.end(visitor);
    return this.alerts.view(visitor);
  }

  @Get('consents')
  @Permits('read-my-consents')
  @ApiQuery({
    name: 'lang',
    required: false,
    description: 'Language of the words; that of the case when left out.',
  })
  @ApiOkResponse({ type: [ConsentAnswer] })
  listConsents(@CurrentVisitor() visitor: Holder, @Query('lang') lang?: unknown): Promise<ConsentAnswer[]> {
    return this.consents.list(visitor, typeof lang === 'string' ? lang : undefined);
  }

  @Post('consents')
  @Permits('decide-consents')
  @ApiCreatedResponse({ type: ConsentAnswer })
  async decideConsent(@CurrentVisitor() visitor: Holder, @Body() form: DecisionForm): Promise<ConsentAnswer> {
    const { language, ...decision } = form;
    await this.consents.decide(visitor, [decision], language);
    return (await this.consents.list(visitor, language)).find(({ code }) => code === form.code)!;
  }

  @Get('survey')
  @Permits('read-my-survey')
  @ApiOkResponse({ type: MySurveyAnswer })
  readSurvey(@CurrentVisitor() visitor: Visitor): Promise<MySurveyAnswer> {
    return this.surveys.view(visitor);
  }

  @Post('survey')
  @Permits('answer-my-survey')
  @ApiBody({ schema: SURVEY_FORM })
  @ApiCreatedResponse({ type: MySurveyAnswer })
  async giveSurvey(@CurrentVisitor() visitor: Visitor, @Body() form: SurveyForm): Promise<MySurveyAnswer> {
    await this.surveys.give(visitor, form);
    return this.surveys.view(visitor);
  }

  @Get('steps')
  @Permits('read-my-steps')
  @ApiOkResponse({ type: [OpenStepAnswer] })
  steps(@CurrentVisitor() visitor: Visitor): Promise<OpenStepAnswer[]> {
    return this.readMyCase.steps(visitor);
  }

  @Post('steps/:step')
  @Permits('take-my-step')
  @ApiParam({ name: 'step', enum: RIGHTSHOLDER_STEPS })
  @ApiBody({ type: StepForm })
  @ApiCreatedResponse({ type: MyStepTakenAnswer })
  async take(
    @CurrentVisitor() visitor: Visitor,
    @Param('step') step: string,
    @Body() body: StepAnswersForm,
    @Req() request: FastifyRequest,
  ): Promise<MyStepTakenAnswer> {
    const { answers } = StepForm.read(body);
    const run = () => this.takeStep.run({ visitor, step, answers });
    const taken = await (step === 'join-group' ? this.pace.slowingMisses(request, run) : run());
    const { revision: _, ...told } = taken;
    return told;
  }
}
