import { connect, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { keepBodiesMoving } from '../../src/platform/body-pace';
import { endConnections } from '../../src/platform/connections';

const LONG_AFTER_THE_TEST_MS = 600_000;
const LARGE = 64 * 1024 * 1024;

describe('a server that stops', () => {
  let server: FastifyInstance;
  let begun: number;
  let goOn: () => void;

  async function listen(graceMs: number): Promise<void> {
    begun = 0;
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    server = fastify();
    keepBodiesMoving(server, (socket) => socket.destroy());
    endConnections(server, graceMs);
    server.get('/', async () => 'alive');
    server.get('/slow', async () => {
      begun += 1;
      await mayGoOn;
      return 'done';
    });
    server.get('/large', async () => {
      begun += 1;
      return 'a'.repeat(LARGE);
    });
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    server.post('/refuse', async (_request, reply) => reply.status(413).send('too large'));
    server.post('/take', async ({ raw }) => {
      begun += 1;
      for await (const chunk of raw as AsyncIterable<Buffer>) void chunk;
      return 'took it';
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  }
  afterEach(() => server.close());

  /** A connection on which so much was said, and what came back; without `reads` it takes nothing of it. */
  function say(text: string, { reads = true } = {}) {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    const heard = { text: '' };
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    if (reads) socket.on('data', (chunk: Buffer) => (heard.text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.write(text);
    return { socket, heard, closed };
  }

  const until = async (isSo: () => boolean) => {
    while (!isSo()) await delay(5);
  };
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  it.each([
    ['nothing was said', '', ''],
    ['half a line was said', 'GET / HT', ''],
    ['half the headers were sent', 'GET / HTTP/1.1\r\nHost: a\r\n', ''],
    ['a request was answered', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'alive'],
    [
      'the next request is half there',
      'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n',
      'alive',
    ],
    [
      'a body goes on that was refused',
      'POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\na',
      'too large',
    ],
  ])('waits for no connection on which %s', async (_what, text, answer) => {
    await listen(LONG_AFTER_THE_TEST_MS);
    const { heard, closed } = say(text);
    while ((await connections()) < 1) await delay(5);
    await until(() => heard.text.includes(answer));
    await Promise.all([server.close(), closed]);
  });

  it('answers what had begun, whole, and keeps no connection after it', async () => {
    await listen(LONG_AFTER_THE_TEST_MS);
    const asked = [1, 2, 3].map(() => say('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n'));
    await until(() => begun === asked.length);
    const closing = server.close();
    await delay(50);
    goOn();
    await Promise.all([closing, ...asked.map(({ closed }) => closed)]);
    for (const { heard } of asked) expect(heard.text).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\ndone$/);
  });

  it.each([
    ['that is never answered', 'GET /slow HTTP/1.1\r\nHost: a\r\n\r\n', true],
    ['whose body does not come', 'POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na', true],
    ['whose answer nobody takes', 'GET /large HTTP/1.1\r\nHost: a\r\n\r\n', false],
  ])('waits no longer than its grace for a request %s', async (_what, text, reads) => {
    await listen(50);
    const { socket, closed } = say(text, { reads });
    await until(() => begun === 1);
    await server.close();
    expect(await connections()).toBe(0);
    if (!reads) socket.resume();
    await closed;
  });
});
