import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ClamavScanner, NoScanner, ScannerUnavailable, scannerOf } from '../../../src/vault/scan/clamav';
import { EICAR, type Manners, StubClamd } from './stub-clamd';

const MB = 1024 * 1024;
let clamd: StubClamd;

beforeEach(async () => {
  clamd = await StubClamd.start('tcp');
});

afterEach(() => clamd.close());

/** A scanner of the stub that does not wait long. */
function scanner(silenceInMs = 5000, answerInMs = 5000): ClamavScanner {
  const { hostname: host, port } = new URL(clamd.address.replace('tcp:', 'http:'));
  return new ClamavScanner({ host, port: Number(port) }, { silenceInMs, answerInMs });
}

/** Chunks of 64 kB that are made when they are asked for; `made` counts them. */
function longContent(size: number): { content: Readable; made: () => number } {
  let made = 0;
  const content = Readable.from(
    (function* () {
      for (; made < size / 65_536; made += 1) yield Buffer.alloc(65_536, made);
    })(),
    { highWaterMark: 1 },
  );
  return { content, made: () => made };
}

async function unavailable(scan: Promise<unknown>, reason: RegExp): Promise<ScannerUnavailable> {
  const error: unknown = await scan.then(
    (result) => result,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(ScannerUnavailable);
  expect(error).toMatchObject({
    kind: 'unavailable',
    cause: { message: (error as ScannerUnavailable).reason },
  });
  expect((error as ScannerUnavailable).reason).toMatch(reason);
  return error as ScannerUnavailable;
}

/** Resolves when clamd sees no connection left open. */
async function closed(): Promise<void> {
  while (clamd.open > 0) await new Promise((next) => setTimeout(next, 5));
}

describe.each(['tcp', 'unix'] as const)('a scan over %s', (on) => {
  let own: StubClamd;

  beforeEach(async () => {
    own = await StubClamd.start(on);
  });

  afterEach(() => own.close());

  it('answers a ping, calls a file clean, and names what it finds', async () => {
    const scan = scannerOf(own.address);
    await scan.ping();
    expect(await scan.scan(Readable.from([Buffer.from('a letter')]))).toEqual({ verdict: 'CLEAN' });
    expect(own.streamed).toBe(8);
    expect(await scan.scan(Readable.from([Buffer.from(EICAR)]))).toEqual({
      verdict: 'INFECTED',
      signature: 'Eicar-Test-Signature',
    });
  });
});

describe('a scan', () => {
  it('calls an empty file clean once clamd has', async () => {
    expect(await scanner().scan(Readable.from([]))).toEqual({ verdict: 'CLEAN' });
    expect(clamd.streamed).toBe(0);
  });

  it('finds a virus wherever the content is cut', async () => {
    const bytes = Buffer.from(`before ${EICAR} after`);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const pieces = [bytes.subarray(0, cut), Buffer.alloc(0), bytes.subarray(cut)];
      expect(await scanner().scan(Readable.from(pieces))).toMatchObject({ verdict: 'INFECTED' });
      expect(clamd.streamed).toBe(bytes.length);
    }
  });

  it('finds a virus across the border of its own chunks, and sends none larger than 64 kB', async () => {
    for (const before of [65_536 - 30, 131_072 - 1, 3 * MB]) {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(EICAR), Buffer.alloc(100_000)]);
      expect(await scanner().scan(Readable.from([bytes]))).toMatchObject({ verdict: 'INFECTED' });
      expect(clamd.streamed).toBe(bytes.length);
    }
    expect(clamd.largestChunk).toBe(65_536);
  });

  it('understands an answer that comes letter by letter', async () => {
    clamd.manners = 'letter-by-letter';
    expect(await scanner().scan(Readable.from([Buffer.from(EICAR)]))).toMatchObject({ verdict: 'INFECTED' });
    await scanner().ping();
  });

  it('closes its connection and its stream in every case', async () => {
    const manners: Manners[] = ['honest', 'silent', 'closes', 'early:stream: OK', 'says:x\0'];
    for (const each of manners) {
      clamd.manners = each;
      const { content } = longContent(MB);
      await scanner(200, 200)
        .scan(content)
        .catch(() => undefined);
      await closed();
      expect(content.destroyed).toBe(true);
    }
  });

  it.each(['honest', 'limit-and-closes'] as const)(
    'of a file over the size limit has no verdict (%s)',
    async (manners) => {
      clamd.manners = manners;
      clamd.streamMaxLength = MB;
      const { content, made } = longContent(40 * MB);
      const error = await unavailable(scanner().scan(content), /StreamMaxLength|cannot be reached/);
      if (manners === 'honest')
        expect(error.message).toMatch(/larger than what can be checked.* smaller copy/);
      expect(made()).toBeLessThan(40 * 16);
      expect(await scanner().scan(Readable.from([Buffer.alloc(MB)]))).toEqual({ verdict: 'CLEAN' });
    },
  );

  it('does not run ahead of a clamd that reads nothing', async () => {
    clamd.manners = 'deaf';
    const { content, made } = longContent(100 * MB);
    await unavailable(scanner(300).scan(content), /silent for 300 ms/);
    expect(made()).toBeLessThan((20 * MB) / 65_536);
  });

  it('gives up on a clamd that never answers', async () => {
    clamd.manners = 'silent';
    await unavailable(scanner(5000, 200).scan(Readable.from([Buffer.from('a')])), /silent for 200 ms/);
    expect(clamd.streamed).toBe(1);
    await unavailable(scanner(5000, 200).ping(), /silent for 200 ms/);
  });

  it('waits for a slow source, whose silence is not that of clamd', async () => {
    const content = Readable.from(
      (async function* () {
        yield Buffer.from(EICAR.slice(0, 10));
        await new Promise((later) => setTimeout(later, 400));
        yield Buffer.from(EICAR.slice(10));
      })(),
    );
    expect(await scanner(100, 5000).scan(content)).toMatchObject({ verdict: 'INFECTED' });
  });

  it.each([
    ['closes', /cannot be reached|closed without an answer/],
    ['middle', /cannot be reached|closed without an answer/],
    ['says:', /closed without an answer/],
    ['says:stream: OK', /closed without an answer/],
    ['says:stream: OK\n', /closed without an answer/],
    ['says:OK\0', /clamd answered "OK"/],
    ['says:stream: OK \0', /clamd answered "stream: OK "/],
    ['says:stream: Access denied. ERROR\0', /Access denied\. ERROR/],
    ['says:UNKNOWN COMMAND\0', /UNKNOWN COMMAND/],
    ['says:stream: FOUND\0', /clamd answered/],
    ['says:stream: a\nstream: OK\0', /clamd answered/],
    ['says:INSTREAM size limit exceeded. ERROR\0', /StreamMaxLength/],
    ['says:HTTP/1.1 400 Bad Request\r\n\r\n\0', /HTTP/],
    [`says:${'x'.repeat(1100)}`, /clamd answered "x{200}"/],
  ] as const)('has no verdict from a clamd that %j', async (manners, reason) => {
    clamd.manners = manners;
    const error = await unavailable(scanner().scan(Readable.from([Buffer.alloc(300_000)])), reason);
    if (!reason.test('StreamMaxLength')) expect(error.message).toMatch(/not kept\. Send it again/);
    if (manners.startsWith('says:')) await unavailable(scanner().ping(), /./);
  });

  it('has no verdict from an answer that comes before all was sent', async () => {
    clamd.manners = 'early:stream: OK';
    const content = Readable.from(
      (async function* () {
        yield Buffer.from('a');
        await new Promise((later) => setTimeout(later, 100));
        yield Buffer.from(EICAR);
      })(),
    );
    await unavailable(scanner().scan(content), /clamd answered "stream: OK/);
  });

  it('has no verdict when nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    for (const address of [`tcp://127.0.0.1:${port}`, 'unix:/nowhere/clamd.ctl']) {
      const { content } = longContent(MB);
      await unavailable(scannerOf(address).scan(content), /cannot be reached \((ECONNREFUSED|ENOENT)\)/);
      expect(content.destroyed).toBe(true);
      await unavailable(scannerOf(address).ping(), /cannot be reached/);
    }
  });

  it('throws what its content throws', async () => {
    const error = new Error('the upload broke off');
    const content = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw error;
      })(),
    );
    await expect(scanner().scan(content)).rejects.toBe(error);
    const unread = new Readable({ read: () => undefined });
    const scanned = scanner().scan(unread);
    unread.destroy(error);
    await expect(scanned).rejects.toBe(error);
    await closed();
    expect(clamd.streamed).toBe(-1);
  });

  it('of many files at once keeps each verdict with its file', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_none, at) =>
        scanner().scan(Readable.from([Buffer.from(at % 2 ? EICAR : 'a letter')])),
      ),
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 20 }, (_none, at) => (at % 2 ? 'INFECTED' : 'CLEAN')),
    );
  });
});

describe('no scanner', () => {
  it('reads to the end and says that nobody looked', async () => {
    const { content, made } = longContent(MB);
    const scan = scannerOf('');
    expect(scan).toBeInstanceOf(NoScanner);
    await scan.ping();
    expect(await scan.scan(content)).toEqual({ verdict: 'UNSCANNED' });
    expect(made()).toBe(16);
    const broken = new Readable({ read: () => undefined });
    broken.destroy(new Error('the upload broke off'));
    await expect(scan.scan(broken)).rejects.toThrow('the upload broke off');
  });
});

describe('the setting EVIDENCE_SCANNER', () => {
  it.each(['tcp://localhost:3310', 'tcp://10.0.0.7:1', 'tcp://[::1]:65535', 'unix:/run/clamav/clamd.ctl'])(
    'may be %s',
    (setting) => expect(scannerOf(setting)).toBeInstanceOf(ClamavScanner),
  );

  it.each([
    'localhost:3310',
    'tcp://localhost',
    'tcp://localhost:0',
    'tcp://localhost:65536',
    'tcp://localhost:3310/x',
    'tcp://a b:3310',
    'http://localhost:3310',
    'unix:clamd.ctl',
    'unix:',
    ' ',
  ])('may not be %j', (setting) =>
    expect(() => scannerOf(setting)).toThrow(
      /^EVIDENCE_SCANNER is ".*"; set it to where clamd listens, tcp:/,
    ),
  );
});

describe('the files of these tests', () => {
  it('hold the test virus in one piece nowhere', () => {
    for (const folder of [__dirname, join(__dirname, '../../../src/vault/scan')])
      for (const name of readdirSync(folder))
        expect([name, readFileSync(join(folder, name), 'latin1').includes(EICAR)]).toEqual([name, false]);
    expect(EICAR).toHaveLength(68);
  });
});
