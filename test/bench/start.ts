import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { figure, type Figure } from './figures';
import { KeepAlive } from './keep-alive';
import { ServerProcess } from './server-process';

const ROUNDS = 5;
const REST_IN_MS = 5000;
const MOST_SECONDS = 2;
const MOST_MEGABYTES = 180;

/** From the spawning of the process, on an empty folder, to the first 200 of the first page; then its memory at rest. */
export async function measureStart(): Promise<Figure[]> {
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'redress-bench-start-'));
    const port = await freePort();
    const started = performance.now();
    const child = ServerProcess.spawn('built', { dataDir, port });
    child.stdout!.resume();
    child.stderr!.resume();
    try {
      await untilFirstPage(port, () => child.exitCode);
      seconds.push((performance.now() - started) / 1000);
      if (round === ROUNDS - 1 && process.platform === 'linux') {
        await delay(REST_IN_MS);
        megabytes.push(residentMegabytes(child.pid!));
      }
    } finally {
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill();
        await gone;
      }
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  const start = figure('cold start to the first page', 's', seconds, { atMost: MOST_SECONDS });
  if (megabytes.length === 0) return [start];
  return [start, figure('memory at rest, after 5 s', 'MB', megabytes, { atMost: MOST_MEGABYTES })];
}

async function untilFirstPage(port: number, exitCode: () => number | null): Promise<void> {
  for (;;) {
    if (exitCode() !== null) throw new Error(`The server ended with ${exitCode()} before it answered.`);
    try {
      const connection = await KeepAlive.open(port);
      const { status } = await connection.ask({ method: 'GET', path: '/' });
      connection.close();
      if (status === 200) return;
    } catch {
      // Nobody listens yet.
    }
    await delay(5);
  }
}

/** Resident memory as Linux counts it, in megabytes of 10^6 bytes. */
function residentMegabytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
