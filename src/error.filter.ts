import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './api/problem';
import type { VisitedRequest } from './people/permit.guard';
import { newId } from './platform/ids';
import { Log } from './platform/log';
import { Refusal, type RefusalKind } from './platform/refusal';
import { ErrorPage } from './web/error-page';
import { typedInForm } from './web/typed-texts';

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

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const refusal = refusalFrom(error);
    const incident = refusal ? null : newId();
    if (incident) this.log.error('unexpected error', withoutRowValues(error), { incident });
    if (request.url.startsWith('/api/')) {
      const problem = problemOf(refusal, incident, String(request.headers['accept-language'] ?? ''));
      void reply
        .status(problem.status)
        .type('application/problem+json; charset=utf-8')
        .send(JSON.stringify(problem));
      return;
    }
    try {
      this.page.send(request, reply, refusal, incident, await typedInForm(request));
    } catch (failure) {
      this.log.error('the error page cannot be drawn', failure);
      const sentence =
        refusal?.message ?? `Something went wrong on our side. Number of the incident: ${incident}.`;
      void reply
        .status(refusal?.status ?? 500)
        .type('text/plain; charset=utf-8')
        .send(sentence);
    }
  }
}

/** A database may quote the row in its message: only the kind of the error and its place in the code are logged. */
function withoutRowValues(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'QueryFailedError') return error;
  const { code } = (error as { driverError?: { code?: unknown } }).driverError ?? {};
  const bare = new Error(
    `The database refused a statement (${typeof code === 'string' ? code : 'no code'}).`,
  );
  bare.name = error.name;
  bare.stack = [
    `${bare.name}: ${bare.message}`,
    ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  ].join('\n');
  return bare;
}

/** What the caller can mend, as a refusal; null for what is our fault. */
function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof HttpException) return refusalFor(error.getStatus(), error.message);
  const { statusCode, message, code } = (error ?? {}) as {
    statusCode?: number;
    message?: string;
    code?: string;
  };
  // The reader of multipart forms throws bare errors, known by their words alone; Node says “aborted” of a sender who is gone.
  if (/^(Multipart: |Unexpected end of multipart data|Part terminated early|aborted$)/.test(message ?? ''))
    return new Refusal('invalid', 'The form with the file was damaged on its way. Send it again.');
  const sentence =
    (code && SENTENCES[code]) || (error instanceof SyntaxError && statusCode === 400 ? NOT_JSON : null);
  if (sentence && statusCode && statusCode < 500)
    return new Refusal(KIND_OF_STATUS[statusCode] ?? 'invalid', sentence);
  return statusCode ? refusalFor(statusCode, message ?? '') : null;
}

const NOT_JSON =
  'The body is not JSON that we can take. Check its brackets and quotes, and send it as application/json in UTF-8.';

/** What the server below says by code, in words that say what to do. */
const SENTENCES: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: NOT_JSON,
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'This type of content is not taken here. Send JSON as application/json, or a file as multipart/form-data.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    'Content-Length does not fit the body. Send the request again with a usual client.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'This is larger than 1 MB. Shorten it, send it in parts, or add it as a file.',
  FST_REQ_FILE_TOO_LARGE: 'This file is larger than what is taken here. Send it in parts, or a smaller copy.',
  FST_FILES_LIMIT: 'These are more files than one form can bring. Send fewer at a time.',
  FST_PARTS_LIMIT: 'This form has too many parts. Send only the fields that are asked.',
  FST_FIELDS_LIMIT: 'This form has too many fields. Send only those that are asked.',
};

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
