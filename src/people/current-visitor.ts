import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { VisitedRequest } from './permit.guard';
import type { Visitor } from './visitor';

/** The visitor that the guard found, as a parameter of a handler. */
export const CurrentVisitor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Visitor =>
    context.switchToHttp().getRequest<VisitedRequest>().visitor,
);
