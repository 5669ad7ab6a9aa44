import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { keepBodiesMoving } from '../../src/platform/body-pace';

const PACE = {
  withinMs: 300,
  slowestBytesPerSecond: 2_000,
  drainedBytes: 4 * 1024 * 1024,
  drainedPauseMs: 300,
  lookEveryMs: 20,
};
const FORM = 'Content-Type: multipart/form-data; boundary=xx';

describe('a body on its way', () => {
  let server: FastifyInstance;
  let port: number;

  beforeEach(async () => {
    server = fastify();
    keepBodiesMoving(server, (socket) => socket.destroySoon(), PACE);
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    server.post('/refuse', async (_request, reply) => reply.status(413).send('too large'));
    server.post('/refuse-late', async ({ raw }, reply) => {
      await once(raw, 'data');
      raw.pause();
      return reply.status(413).send('too large');
    });
    server.post('/take', async ({ raw }) => {
      let bytes = 0;
      for await (const chunk of raw as AsyncIterable<Buffer>) bytes += chunk.length;
      return `took ${bytes}`;
    });
    server.get('/', async () => 'alive');
    await server.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = server.server.address() as AddressInfo);
  });
  afterEach(() => server.close());

  /** A connection on which a body of so many bytes was announced. */
  function begin(path: string, length: number, header = FORM) {
    const socket = connect(port, '127.0.0.1');
    const heard = { text: '' };
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('data', (chunk: Buffer) => (heard.text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\n${header}\r\nContent-Length: ${length}\r\n\r\n`);
    return { socket, heard, closed };
  }

  const write = (socket: Socket, bytes: number) =>
    new Promise<void>((written) => socket.write(Buffer.alloc(bytes, 'a'), () => written()));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await delay(10);
  };

  it.each(['/refuse', '/refuse-late'])(
    'that %s refuses is read to its end, and the connection answers the next request',
    async (path) => {
      const { socket, heard } = begin(path, 3_000_000);
      for (let n = 0; n < 30; n += 1) await write(socket, 100_000);
      await until(() => heard.text.includes('too large'));
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await until(() => heard.text.includes('alive'));
      socket.destroy();
    },
  );

  it.each(['/refuse', '/refuse-late'])('that %s refuses and that never ends is cut off', async (path) => {
    const { socket, heard, closed } = begin(path, 10 ** 12);
    while (!socket.closed) await Promise.race([write(socket, 500_000), closed]);
    expect(heard.text).toMatch(/^HTTP\/1\.1 413 /);
    expect(socket.bytesWritten).toBeLessThan(400_000_000);
  });

  it('that was refused and stands still is cut off', async () => {
    const { socket, heard, closed } = begin('/refuse-late', 3_000_000);
    await write(socket, 100);
    await closed;
    expect(heard.text).toContain('too large');
  });

  it('of a form is taken however long it lasts, as long as it comes on', async () => {
    const { socket, heard } = begin('/take', 20 * 4_000);
    for (let n = 0; n < 20; n += 1) {
      await write(socket, 4_000);
      await delay(50);
    }
    await until(() => heard.text.includes('took 80000'));
    socket.destroy();
  });

  it.each([
    ['of a form that only drips', FORM],
    ['of anything else that is not there in time', 'Content-Type: application/json'],
  ])('%s is cut off', async (_what, header) => {
    const { socket, heard, closed } = begin('/take', 1_000, header);
    const drip = setInterval(() => socket.write('a'), 20);
    await closed;
    clearInterval(drip);
    expect(heard.text).toBe('');
  });
});
