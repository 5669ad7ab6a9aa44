import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What is borne of senders, in milliseconds and bytes. */
export interface BodyPace {
  /** Within this time a body has to be there; a form, which may bring a file, from then on has to come at the slowest pace. */
  withinMs: number;
  /** 8 kB a second are a bad mobile connection: 20 MB take three quarters of an hour. */
  slowestBytesPerSecond: number;
  /** After an answer as much is still read: a browser shows the answer only when it could send everything. */
  drainedBytes: number;
  /** How long a sender may pause after an answer. */
  drainedPauseMs: number;
  lookEveryMs: number;
}

const PACE: BodyPace = {
  withinMs: 120_000,
  slowestBytesPerSecond: 8 * 1024,
  drainedBytes: 64 * 1024 * 1024,
  drainedPauseMs: 20_000,
  lookEveryMs: 500,
};

/** A body that is still on its way. */
interface Coming {
  socket: Socket;
  reply: FastifyReply;
  isForm: boolean;
  isAnswered: boolean;
  /** Of the socket, when the counting began: with the request, and again with its answer. */
  bytesBefore: number;
  sinceMs: number;
}

/**
 * Watches every body on its way: one that stands still gives its place to others, a slow one gets through, and one that is refused is
 * read on a while, so that the sender hears why and the connection lives. `cutOff` answers, and destroys, a socket that is too slow.
 */
export function keepBodiesMoving(
  fastify: FastifyInstance,
  cutOff: (socket: Socket) => void,
  pace: BodyPace = PACE,
): void {
  const coming = new Map<IncomingMessage, Coming>();
  const look = () => {
    for (const [raw, each] of coming)
      if (raw.complete || each.socket.destroyed) coming.delete(raw);
      else if (isTooMuch(each, pace)) {
        coming.delete(raw);
        if (each.isAnswered || each.reply.raw.headersSent) each.socket.destroy();
        else cutOff(each.socket);
      }
  };
  const timer = setInterval(look, pace.lookEveryMs).unref();

  const begin = (raw: IncomingMessage, reply: FastifyReply) => {
    // Node says `false` only of a request from the network that is still coming.
    if (raw.complete !== false || !hasBody(raw.headers)) return;
    const isForm = /^multipart\//i.test(raw.headers['content-type'] ?? '');
    coming.set(raw, { socket: raw.socket, reply, isForm, isAnswered: false, ...countingFrom(raw.socket) });
  };
  const answer = (raw: IncomingMessage) => {
    const each = coming.get(raw);
    if (!each) return;
    if (raw.complete) return void coming.delete(raw);
    Object.assign(each, { isAnswered: true, ...countingFrom(each.socket) });
    raw.unpipe();
    raw.resume();
  };
  fastify.addHook('onRequest', ({ raw }, reply, next) => {
    begin(raw, reply);
    next();
  });
  fastify.addHook('onResponse', ({ raw }, _reply, next) => {
    answer(raw);
    next();
  });
  fastify.addHook('preClose', (done) => {
    clearInterval(timer);
    done();
  });
}

function hasBody(headers: IncomingMessage['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function countingFrom(socket: Socket): Pick<Coming, 'bytesBefore' | 'sinceMs'> {
  return { bytesBefore: socket.bytesRead, sinceMs: performance.now() };
}

function isTooMuch({ socket, isForm, isAnswered, bytesBefore, sinceMs }: Coming, pace: BodyPace): boolean {
  const bytes = socket.bytesRead - bytesBefore;
  const bytesDueAfter = (ms: number) =>
    ((performance.now() - sinceMs - ms) / 1000) * pace.slowestBytesPerSecond;
  if (isAnswered) return bytes > pace.drainedBytes || bytes < bytesDueAfter(pace.drainedPauseMs);
  return isForm ? bytes < bytesDueAfter(pace.withinMs) : bytesDueAfter(pace.withinMs) > 0;
}
