import { Controller, Headers, Post, Req } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyRequest } from 'fastify';
import { ComplaintForm } from '../casework/intake/complaint-form';
import { LodgeWithFiles } from '../casework/intake/lodge-with-files';
import { ReceiveForm } from '../casework/intake/receive-form';
import { typedComplaint } from '../casework/intake/typed-complaint';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiHeader, ApiTags } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { Lodged } from './answers/lodging';
import { checkedKey, lodgedBy } from './complaints.controller';
import { COMPLAINT_WITH_FILES } from './files';
import { ProblemResponses } from './problem-responses';
import { faultsOf } from './validation';

/** The complaint with its files in one form, lodged in one act: the fields are those of the JSON complaint. */
@ApiTags('complaints')
@ProblemResponses()
@Controller('api/v1/complaints/with-files')
export class ComplaintsWithFilesController {
  constructor(
    private readonly receiveForm: ReceiveForm,
    private readonly lodge: LodgeWithFiles,
  ) {}

  @Post()
  @Permits('lodge')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Any printable text up to 200 characters; the same key gets the first answer again.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: COMPLAINT_WITH_FILES })
  @ApiCreatedResponse({ type: Lodged })
  async lodgeWithFiles(
    @CurrentVisitor() visitor: Visitor,
    @Req() request: FastifyRequest,
    @Headers('idempotency-key') key?: string,
  ): Promise<Lodged> {
    if (!request.isMultipart())
      throw new Refusal('invalid', 'Send the complaint and its files as multipart/form-data.');
    const idempotencyKey = checkedKey(key);
    const { fields, files } = await this.receiveForm.run(request.parts(this.receiveForm.reading));
    const said = Object.entries(fields).filter(([name]) => !/^describes-\d+$/.test(name));
    const form = plainToInstance(ComplaintForm, typedComplaint(Object.fromEntries(said)));
    return this.lodge.run({ form, needs: faultsOf(form) }, files, lodgedBy(visitor, form), idempotencyKey);
  }
}
