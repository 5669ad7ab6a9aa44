import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../casework/registers/register-form';
import { Systems } from '../casework/registers/systems';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiTags,
} from '../platform/api-decorators';
import { STRIKE_FORM, SYSTEM_FORM, SYSTEM_RECORD_FORM } from '../rules/ai-systems';
import { SystemAnswer, SystemRowAnswer } from './answers/registers';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';
import { RetirementForm, schemaOf, type AskedForm } from './register-forms';

const IF_MATCH = { name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' };

/** The register of AI systems. Every change answers with the system as it is then. */
@ApiTags('registers')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/systems')
export class SystemsController {
  constructor(private readonly systems: Systems) {}

  @Get()
  @Permits('read-registers')
  @ApiOkResponse({ type: [SystemRowAnswer] })
  list(@CurrentVisitor() visitor: Visitor): Promise<SystemRowAnswer[]> {
    return this.systems.list(visitor);
  }

  @Post()
  @Permits('keep-systems')
  @ApiBody({ schema: schemaOf(SYSTEM_FORM) })
  @ApiCreatedResponse({ type: SystemAnswer })
  async add(@CurrentVisitor() visitor: Visitor, @Body() form: AskedForm): Promise<SystemAnswer> {
    return this.systems.view(visitor, await this.systems.add(visitor, form));
  }

  @Get(':number')
  @Permits('read-registers')
  @ApiOkResponse({
    type: SystemAnswer,
    headers: { ETag: { description: 'Revision, for If-Match.', schema: { type: 'string' } } },
  })
  async one(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SystemAnswer> {
    const view = await this.systems.view(visitor, registerNumber(number));
    void reply.header('etag', `"${view.revision}"`);
    return view;
  }

  @Put(':number')
  @Permits('keep-systems')
  @ApiHeader(IF_MATCH)
  @ApiBody({ schema: schemaOf(SYSTEM_FORM) })
  @ApiOkResponse({ type: SystemAnswer })
  async replace(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: AskedForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<SystemAnswer> {
    const which = registerNumber(number);
    await this.systems.replace(visitor, which, revisionIn(ifMatch), form);
    return this.systems.view(visitor, which);
  }

  @Post(':number/retirement')
  @HttpCode(200)
  @Permits('retire-system')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: SystemAnswer })
  async retire(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: RetirementForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<SystemAnswer> {
    const which = registerNumber(number);
    await this.systems.retire(visitor, which, revisionIn(ifMatch), form.retired);
    return this.systems.view(visitor, which);
  }

  @Post(':number/records')
  @Permits('record-of-system')
  @ApiBody({ schema: schemaOf(SYSTEM_RECORD_FORM) })
  @ApiCreatedResponse({ type: SystemAnswer })
  async record(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: AskedForm,
  ): Promise<SystemAnswer> {
    const which = registerNumber(number);
    await this.systems.record(visitor, which, form);
    return this.systems.view(visitor, which);
  }

  @Post(':number/records/:n/strike')
  @HttpCode(200)
  @Permits('strike-record-of-system')
  @ApiBody({ schema: schemaOf(STRIKE_FORM) })
  @ApiOkResponse({ type: SystemAnswer })
  async strike(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Param('n') n: string,
    @Body() form: AskedForm,
  ): Promise<SystemAnswer> {
    const which = registerNumber(number);
    await this.systems.strike(visitor, which, registerNumber(n), form);
    return this.systems.view(visitor, which);
  }
}
