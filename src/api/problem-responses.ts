import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '../platform/api-decorators';
import { ProblemAnswer } from './answers/problem';

/** Says in the document that every refusal is a problem (RFC 9457). */
export function ProblemResponses(): ClassDecorator {
  const schema = { $ref: `#/components/schemas/${ProblemAnswer.name}` };
  return applyDecorators(
    ApiExtraModels(ProblemAnswer),
    ApiResponse({
      status: '4XX',
      description: 'Refused; nothing was stored.',
      content: { 'application/problem+json': { schema } },
    }),
  );
}
