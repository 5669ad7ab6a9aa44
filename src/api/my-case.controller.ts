import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvidenceFiles } from '../casework/evidence-files';
import { Messages } from '../casework/messages';
import { ReadMyCase } from '../casework/read-my-case';
import { TakeStep } from '../casework/take-step';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { StepTakenAnswer } from './answers';
import { MessageForm, StepForm, type StepAnswersForm } from './forms';
import { ProblemResponses } from './problem-responses';
import { sendFile, uploadedFile } from './files';

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
    private readonly takeStep: TakeStep,
  ) {}

  @Get()
  @Permits('rightsholder', 'read-my-case')
  @ApiOkResponse({ description: 'The case, and what was said at lodging as it was written.' })
  async view(@CurrentVisitor() visitor: Holder, @Query('lang') language?: string) {
    const { complaint, ...view } = await this.readMyCase.view(visitor.caseId, language);
    return { ...complaint, ...view };
  }

  @Get('timeline')
  @Permits('rightsholder', 'read-my-timeline')
  timeline(@CurrentVisitor() visitor: Holder) {
    return this.readMyCase.timeline(visitor.caseId);
  }

  @Get('messages')
  @Permits('rightsholder', 'read-my-messages')
  listMessages(@CurrentVisitor() visitor: Visitor) {
    return this.messages.list(visitor);
  }

  @Post('messages')
  @Permits('rightsholder', 'write-message')
  @ApiCreatedResponse()
  writeMessage(@CurrentVisitor() visitor: Visitor, @Body() form: MessageForm) {
    return this.messages.write(visitor, form.text);
  }

  @Get('evidence')
  @Permits('rightsholder', 'read-my-evidence')
  listEvidence(@CurrentVisitor() visitor: Visitor) {
    return this.evidence.list(visitor);
  }

  @Post('evidence')
  @Permits('rightsholder', 'add-evidence')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' }, describes: { type: 'string' } } } })
  async addEvidence(@CurrentVisitor() visitor: Visitor, @Req() request: FastifyRequest) {
    return this.evidence.add(visitor, await uploadedFile(request));
  }

  @Get('evidence/:n')
  @Permits('rightsholder', 'open-my-evidence')
  async openEvidence(@CurrentVisitor() visitor: Visitor, @Param('n') n: string, @Res() reply: FastifyReply) {
    sendFile(reply, await this.evidence.open(visitor, Number(n)));
  }

  @Get('steps')
  @Permits('rightsholder', 'read-my-steps')
  steps(@CurrentVisitor() visitor: Visitor) {
    return this.readMyCase.steps(visitor);
  }

  @Post('steps/:step')
  @Permits('rightsholder', 'take-step')
  @ApiBody({ type: StepForm })
  @ApiCreatedResponse({ type: StepTakenAnswer })
  take(@CurrentVisitor() visitor: Visitor, @Param('step') step: string, @Body() body: StepAnswersForm): Promise<StepTakenAnswer> {
    const { answers } = StepForm.read(body);
    return this.takeStep.run({ visitor, step, answers });
  }
}
