import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../casework/registers/register-form';
import { Vendors } from '../casework/registers/vendors';
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
import { VENDOR_FORM } from '../rules/ai-systems';
import { VendorAnswer, VendorWithSystemsAnswer } from './answers/registers';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';
import { RetirementForm, schemaOf, type AskedForm } from './register-forms';

const IF_MATCH = { name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' };

/** The register of the companies that AI systems come from. Every change answers with the company as it is then. */
@ApiTags('registers')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/vendors')
export class VendorsController {
  constructor(private readonly vendors: Vendors) {}

  @Get()
  @Permits('read-registers')
  @ApiOkResponse({ type: [VendorAnswer] })
  list(): Promise<VendorAnswer[]> {
    return this.vendors.list();
  }

  @Post()
  @Permits('keep-vendors')
  @ApiBody({ schema: schemaOf(VENDOR_FORM) })
  @ApiCreatedResponse({ type: VendorWithSystemsAnswer })
  async add(@CurrentVisitor() visitor: Visitor, @Body() form: AskedForm): Promise<VendorWithSystemsAnswer> {
    return this.vendors.view(await this.vendors.add(visitor, form));
  }

  @Get(':number')
  @Permits('read-registers')
  @ApiOkResponse({
    type: VendorWithSystemsAnswer,
    headers: { ETag: { description: 'Revision, for If-Match.', schema: { type: 'string' } } },
  })
  async one(
    @Param('number') number: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VendorWithSystemsAnswer> {
    const view = await this.vendors.view(registerNumber(number));
    void reply.header('etag', `"${view.revision}"`);
    return view;
  }

  @Put(':number')
  @Permits('keep-vendors')
  @ApiHeader(IF_MATCH)
  @ApiBody({ schema: schemaOf(VENDOR_FORM) })
  @ApiOkResponse({ type: VendorWithSystemsAnswer })
  async replace(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: AskedForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<VendorWithSystemsAnswer> {
    const which = registerNumber(number);
    await this.vendors.replace(visitor, which, revisionIn(ifMatch), form);
    return this.vendors.view(which);
  }

  @Post(':number/retirement')
  @HttpCode(200)
  @Permits('retire-vendor')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: VendorWithSystemsAnswer })
  async retire(
    @CurrentVisitor() visitor: Visitor,
    @Param('number') number: string,
    @Body() form: RetirementForm,
    @Headers('if-match') ifMatch?: string,
  ): Promise<VendorWithSystemsAnswer> {
    const which = registerNumber(number);
    await this.vendors.retire(visitor, which, revisionIn(ifMatch), form.retired);
    return this.vendors.view(which);
  }
}
