import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a request that had begun may still take when the server stops, in milliseconds: below the 10 s after which containers are killed. */
const GRACE_MS = 5_000;

/**
 * Lets a server stop although somebody holds a connection to it: one on which nothing is asked, not even half a request, ends at once, one
 * that is being answered after its answer, and every one after `graceMs`. Node itself would wait for as long as the other side likes.
 */
export function endConnections(fastify: FastifyInstance, graceMs = GRACE_MS): void {
  const server = fastify.server;
  /** How many requests each connection waits for. */
  const waitsFor = new Map<Socket, number>();
  let isClosing = false;
  const endIfIdle = (socket: Socket) => {
    if (isClosing && waitsFor.get(socket) === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    waitsFor.set(socket, 0);
    socket.once('close', () => waitsFor.delete(socket));
    endIfIdle(socket);
  });
  server.on('request', ({ socket }, response) => {
    waitsFor.set(socket, waitsFor.get(socket)! + 1);
    response.once('close', () => {
      if (!waitsFor.has(socket)) return;
      waitsFor.set(socket, waitsFor.get(socket)! - 1);
      endIfIdle(socket);
    });
  });

  fastify.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of waitsFor.keys()) endIfIdle(socket);
    setTimeout(() => waitsFor.forEach((_requests, socket) => socket.destroy()), graceMs).unref();
    done();
  });
}
