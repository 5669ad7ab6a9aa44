import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerProcess } from '../bench/server-process';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';

const MB = 1024 * 1024;
const FILM = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\0mdat', 'latin1')]);
const HEAD = Buffer.from(
  '--xx\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n',
);
const TAIL = Buffer.from('\r\n--xx--\r\n');
/** What is announced, and never comes: of it, 64 MB and what arrives between two looks are heard. */
const ANNOUNCED_BYTES = 5 * 1024 * MB;
const FORM = { 'content-type': 'multipart/form-data; boundary=xx' };

interface Heard {
  status: number;
  text: string;
  sha256: string;
}

async function heard(response: IncomingMessage): Promise<Heard> {
  const hash = createHash('sha256');
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (text.length < 5_000) text += chunk.toString('latin1', 0, 5_000);
  }
  return { status: response.statusCode!, text, sha256: hash.digest('hex') };
}

async function ask(port: number, method: string, path: string, token = '', json?: unknown): Promise<Heard> {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = request({ port, method, path, headers });
  sent.end(json === undefined ? undefined : JSON.stringify(json));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return heard(response);
}

async function lodge(port: number): Promise<string> {
  const lodged = await ask(port, 'POST', '/api/v1/complaints', '', { narrative: 'I have a film of it.' });
  const { receipt } = JSON.parse(lodged.text) as { receipt: string };
  const session = await ask(port, 'POST', '/api/v1/complaint-sessions', '', { receipt });
  return (JSON.parse(session.text) as { token: string }).token;
}

/** Sends a film of so many megabytes as it is made, and says what it was. */
async function sendFilm(port: number, token: string, megabytes: number): Promise<Heard & { sent: string }> {
  const piece = Buffer.alloc(MB, 'a frame of the film ');
  const hash = createHash('sha256').update(FILM);
  const sent = request({
    port,
    method: 'POST',
    path: '/api/v1/my-case/evidence',
    headers: {
      ...FORM,
      authorization: `Bearer ${token}`,
      'content-length': HEAD.length + FILM.length + megabytes * MB + TAIL.length,
    },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.write(Buffer.concat([HEAD, FILM]));
  for (let n = 0; n < megabytes; n += 1) {
    piece.writeUInt32BE(n);
    hash.update(piece);
    if (!sent.write(Buffer.from(piece))) await once(sent, 'drain');
  }
  sent.end(TAIL);
  return { ...(await heard((await answered)[0])), sent: hash.digest('hex') };
}

/** Resident memory of a process at its highest while the work lasts. */
async function highestMemory<T>(pid: number, work: () => Promise<T>): Promise<{ bytes: number; result: T }> {
  let bytes = 0;
  let isOver = false;
  const watched = (async () => {
    while (!isOver) {
      bytes = Math.max(bytes, residentBytes(pid));
      await delay(20);
    }
  })();
  const result = await work().finally(() => (isOver = true));
  await watched;
  return { bytes, result };
}

function residentBytes(pid: number): number {
  if (process.platform !== 'linux')
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
}

it('takes and gives a film of 500 MB without more memory than for one of 50 MB', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'redress-large-'));
  writeFileSync(join(dataDir, '.env'), 'EVIDENCE_MAX_MB=600\n');
  const server = await ServerProcess.start('sources', { dataDir });
  try {
    const token = await lodge(server.port);
    const both = async (n: number, megabytes: number) => {
      const added = await sendFilm(server.port, token, megabytes);
      expect([added.status, added.text]).toEqual([201, expect.stringContaining('"heldReason":"TOO-LARGE"')]);
      const given = await ask(server.port, 'GET', `/api/v1/my-case/evidence/${n}`, token);
      expect([given.status, given.sha256]).toEqual([200, added.sent]);
    };
    const small = await highestMemory(server.pid, () => both(1, 50));
    const large = await highestMemory(server.pid, () => both(2, 500));
    expect((large.bytes - small.bytes) / MB).toBeLessThan(60);
  } finally {
    await server.end();
    rmSync(dataDir, { recursive: true });
  }
});

describe.each(engines())('a file that is too large on %s', (engine) => {
  let app: TestApp;
  let port: number;
  let token: string;
  let before: Record<string, number>;

  beforeAll(async () => {
    app = await TestApp.start(engine, { evidenceMaxBytes: MB });
    await app.nest.listen(0, '127.0.0.1');
    ({ port } = app.nest.getHttpServer().address() as AddressInfo);
    ({ token } = await app.lodge());
    before = await app.rowCounts();
  });
  afterAll(() => app.close());

  /** Sends a beginning and then, as long as the connection takes it, more and more; says what came back and how much was sent. */
  async function pour(head: string, piece?: Buffer): Promise<{ answer: string; sentBytes: number }> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let sentBytes = 0;
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    const answered = new Promise<void>((resolve) =>
      socket.on('data', (chunk: Buffer) => {
        answer += chunk.toString('latin1');
        resolve();
      }),
    );
    socket.on('error', () => undefined);
    socket.write(head);
    if (!piece) await answered;
    while (piece && !socket.closed && sentBytes < ANNOUNCED_BYTES) {
      sentBytes += piece.length;
      await Promise.race([closed, new Promise((written) => socket.write(piece, written))]);
    }
    socket.destroy();
    await closed;
    return { answer, sentBytes };
  }

  const beginning = (length: string) =>
    `POST /api/v1/my-case/evidence HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${FORM['content-type']}\r\n${length}\r\n\r\n`;

  async function expectNothingKept(): Promise<void> {
    expect(await app.rowCounts()).toEqual(before);
    expect(readdirSync(app.database.dataDir).includes('evidence') ? evidence() : []).toEqual([]);
    expect((await ask(port, 'GET', '/api/v1/my-case', token)).status).toBe(200);
  }
  const evidence = () => readdirSync(join(app.database.dataDir, 'evidence'));

  it('is refused at its announcement, before a byte of it is sent', async () => {
    const { answer } = await pour(beginning(`Content-Length: ${ANNOUNCED_BYTES}`));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('larger than we can take');
    await expectNothingKept();
  });

  it('is heard out a little after its announcement was refused, then cut off', async () => {
    const { answer, sentBytes } = await pour(
      beginning(`Content-Length: ${ANNOUNCED_BYTES}`),
      Buffer.alloc(256 * 1024),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sentBytes).toBeLessThan(ANNOUNCED_BYTES);
    await expectNothingKept();
  });

  it('is cut off at the limit when it does not say how large it is', async () => {
    const chunk = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    const { answer, sentBytes } = await pour(
      `${beginning('Transfer-Encoding: chunked')}${chunk(Buffer.concat([HEAD, FILM])).toString('latin1')}`,
      chunk(Buffer.alloc(256 * 1024)),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('larger than 1 MB');
    expect(sentBytes).toBeLessThan(ANNOUNCED_BYTES);
    await expectNothingKept();
  });

  it('is refused also where its announcement, which counts the whole form, was not too large', async () => {
    const { body } = await app.ask<{ detail: string }>('POST', '/api/v1/my-case/evidence', {
      token,
      headers: FORM,
      body: Buffer.concat([HEAD, Buffer.alloc(MB + 1), TAIL]),
    });
    expect(body.detail).toContain('larger than 1 MB');
    await expectNothingKept();
  });

  it('of exactly the limit is taken', async () => {
    const { status } = await app.ask('POST', '/api/v1/my-case/evidence', {
      token,
      headers: FORM,
      body: Buffer.concat([HEAD, FILM, Buffer.alloc(MB - FILM.length), TAIL]),
    });
    expect(status).toBe(201);
  });
});
