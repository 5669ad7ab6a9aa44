import 'reflect-metadata';
import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { parse as parseForm } from 'node:querystring';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiDocument } from './api/api-document';
import { apiDocument } from './api/document';
import { AppModule } from './app.module';
import { problemOf } from './api/problem';
import { FormPipe } from './api/validation';
import { ENCLOSED_MAX_FILES } from './casework/intake/enclosed-files';
import { everyRouteDeclares } from './people/declared-permits';
import { keepBodiesMoving } from './platform/body-pace';
import { endConnections } from './platform/connections';
import { Log } from './platform/log';
import { originOf } from './platform/origins';
import { Refusal } from './platform/refusal';
import { SAFE_HEADERS, strictTransport } from './platform/safe-headers';
import { Settings } from './platform/settings';
import { graphFaults } from './rules/workflow';

const BODY_MAX_BYTES = 1024 * 1024;
const DEEPEST_BODY = 32;

/** The life of a request, read from top to bottom. The application listens to nothing yet. */
export async function createApp(module: Type<unknown> = AppModule): Promise<NestFastifyApplication> {
  refuseUnsoundTable();
  const app = await NestFactory.create<NestFastifyApplication>(module, newAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  await prepareApp(app);
  // Why a start fails is told by whoever starts.
  app.useLogger(nestLogger());
  return app;
}

/** The server below Nest. It logs nothing itself: no address and no user agent is written anywhere. */
export function newAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_MAX_BYTES,
    logger: false,
    trustProxy: false,
    // Headers have Node's own time; how long a body may take is watched by its pace.
    requestTimeout: 0,
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
}

/** Forms are validated by their classes. Fastify would load two compilers of JSON schemas at every start, to use neither. */
function noSchemas(): never {
  throw new Error('A route has a JSON schema, but nothing here compiles it. Validate with a form class.');
}

/** An address that cannot even be decoded reaches neither controllers nor the filter. */
function answerUnroutable(_error: unknown, _request: unknown, reply: FastifyReply): void {
  const refusal = new Refusal(
    'invalid',
    'This address cannot be read. Check it, above all its % signs, and try again.',
  );
  void reply
    .status(refusal.status)
    .headers(SAFE_HEADERS)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal, null, '')));
}

/** What is not HTTP, or whose headers are too large, is answered on the bare connection. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const detail = 'This request cannot be read as HTTP. Send it with a usual client and shorter headers.';
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ type: 'urn:redress:problem:invalid', title, status, detail, needs: [] });
  const headers = {
    ...SAFE_HEADERS,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable) socket.write([`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n'));
  socket.destroy(error);
}

function answerTooSlow(socket: Socket): void {
  answerUnreadable(Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
}

/** Sets up what stands before and around the controllers; tests give an application of their own. */
export async function prepareApp(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  const fastify = app.getHttpAdapter().getInstance();
  const settings = app.get(Settings);
  sendHeaders(fastify, settings);
  keepBodiesMoving(fastify, answerTooSlow);
  endConnections(fastify);
  refuseLargeForms(fastify, settings.evidenceMaxBytes * ENCLOSED_MAX_FILES + BODY_MAX_BYTES);
  readBodies(fastify);
  await app.register(cookie as never);
  await app.register(multipart, {
    limits: {
      fileSize: settings.evidenceMaxBytes + 1,
      files: 1,
      fields: 20,
      fieldSize: 100_000,
      parts: 21,
    },
  });
  app.useGlobalPipes(new FormPipe());
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  everyRouteDeclares(app);
  app.get(ApiDocument).makeWith(() => apiDocument(app));
  return app;
}

function refuseUnsoundTable(): void {
  const faults = graphFaults();
  if (faults.length > 0) throw new Error(`The table of steps is not sound:\n- ${faults.join('\n- ')}`);
}

function sendHeaders(fastify: FastifyInstance, settings: Settings): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    void reply.headers({ ...SAFE_HEADERS, ...strictTransport(originOf(request, settings), settings) });
    next();
  });
}

/** JSON and forms, as valid UTF-8 only: wrong bytes would be replaced silently and the text would not be as written. */
function readBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isUtf8(body)) return done(notUtf8());
    if (body.length === 0) return done(null, {});
    const text = body.toString('utf8');
    if (isDeeplyNested(text))
      return done(
        new Refusal(
          'invalid',
          'The body is nested too deeply. Send plain fields, as the API document shows them.',
        ),
      );
    void parseJson(request, text, done);
  });
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, body: Buffer, done) => {
      if (!isUtf8(body)) return done(notUtf8());
      const text = body.toString('utf8');
      if (/%(?![0-9a-f]{2})/i.test(text))
        return done(new Refusal('invalid', 'The form was damaged on its way. Send it again.'));
      done(null, { ...parseForm(text, '&', '=', { maxKeys: 500 }) });
    },
  );
}

/** A form that says it is too large is refused before it is read. */
function refuseLargeForms(fastify: FastifyInstance, maxBytes: number): void {
  fastify.addHook('onRequest', (request, _reply, next) => {
    const isForm = /^multipart\//i.test(request.headers['content-type'] ?? '');
    const isTooLarge = isForm && Number(request.headers['content-length'] ?? 0) > maxBytes;
    next(isTooLarge ? tooLarge() : undefined);
  });
}

function tooLarge(): Refusal {
  return new Refusal(
    'too-large',
    'This file is larger than what is taken here. Send it in parts, or a smaller copy.',
    [{ name: 'evidence', field: 'file', sentence: 'error.evidence.size' }],
  );
}

/** Validation walks down a body by calling itself: thousands of levels would end it with a full stack. */
function isDeeplyNested(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (isText) {
      if (sign === '\\') i++;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '{' || sign === '[') {
      if (++depth > DEEPEST_BODY) return true;
    } else if (sign === '}' || sign === ']') depth--;
  }
  return false;
}

function notUtf8(): Refusal {
  return new Refusal('invalid', 'The text is not valid UTF-8. Send it again as UTF-8.');
}

/** Nest's own chatter is left out; its errors go to the log of the house. */
function nestLogger(): LoggerService {
  const log = new Log(process.env.NODE_ENV === 'test' ? 'silent' : 'warn');
  const line = (message: unknown) => (message instanceof Error ? message : new Error(String(message)));
  return {
    log: () => undefined,
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown, stack?: string) => {
      const error = line(message);
      if (stack) error.stack = stack;
      log.error('framework error', error);
    },
  };
}
