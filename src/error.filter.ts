import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './api/problem';
import type { VisitedRequest } from './people/permit.guard';
import { newId } from './platform/ids';
import { Log } from './platform/log';
import { Refusal, type RefusalKind } from './platform/refusal';
import { ErrorPage } from './web/error-page';

type Request = FastifyRequest & Partial<VisitedRequest>;

const KIND_OF_STATUS: Record<number, RefusalKind> = {
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many',
  503: 'unavailable',
};

/**
 * The one place where something that went wrong becomes an answer: problem details for programs, a page for people. What nobody
 * foresaw is logged under a random id, and only that id is told.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly page: ErrorPage,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const refusal = refusalFrom(error);
    const incident = refusal ? null : newId();
    if (incident) this.log.error('unexpected error', error, { incident });
    if (request.url.startsWith('/api/')) {
      const problem = problemOf(refusal, incident, String(request.headers['accept-language'] ?? ''));
      void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
      return;
    }
    this.page.send(request as never, reply, refusal, incident);
  }
}

/** What the caller can mend, as a refusal; null for what is our fault. */
function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpException) return refusalFor(error.getStatus(), error.message);
  const { statusCode, message } = (error ?? {}) as { statusCode?: number; message?: string };
  return statusCode ? refusalFor(statusCode, message ?? '') : null;
}

function refusalFor(status: number, message: string): Refusal | null {
  if (status < 400 || status >= 500) return null;
  const kind = KIND_OF_STATUS[status] ?? 'invalid';
  const sentences: Partial<Record<RefusalKind, string>> = {
    'not-found': 'There is nothing at this address. Check it, or start again from the first page.',
    'too-large': 'This is larger than we can take at once. Shorten it, or send it in parts.',
    invalid: 'The request could not be read. Check its form and send it again.',
  };
  return new Refusal(kind, sentences[kind] ?? message);
}
