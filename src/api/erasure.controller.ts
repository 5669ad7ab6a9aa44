import { Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { EraseOnRequest } from '../casework/erasure/erase-on-request';
import { Openings } from '../casework/openings';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { ErasedAnswer } from './answers/erasure';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';

/** The data protection officer carries out what the complainant asked for; refusing it is a step of the case. */
@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/cases/:reference/erasure')
export class ErasureController {
  constructor(
    private readonly eraseOnRequest: EraseOnRequest,
    private readonly openings: Openings,
  ) {}

  @Post()
  @HttpCode(200)
  @Permits('erase-on-request')
  @ApiHeader({ name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' })
  @ApiOkResponse({ type: ErasedAnswer })
  erase(
    @CurrentVisitor() visitor: Visitor,
    @Param('reference') reference: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ErasedAnswer> {
    const revision = revisionIn(ifMatch);
    return this.openings.ofRefusal(visitor, reference, () =>
      this.eraseOnRequest.run(visitor, reference, revision),
    );
  }
}
