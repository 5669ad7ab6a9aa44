import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerProcess } from '../bench/server-process';
import { createTestDatabase, engines } from '../harness/database';
import { looksOf, plant, PLANT, plantsIn } from '../harness/plants';
import { openRecords } from '../records/open-records';

/** Of a client, as a proxy that is believed tells it. */
const ADDRESS = '203.0.113.77';

/** What time does and not a request. */
const OF_TIME = ['cases due for erasure, which two people have to agree to'];

/** Sends a file whose sender is gone in the middle of it, and waits until the server knows. */
async function breakOff(url: string, headers: Record<string, string>): Promise<void> {
  const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': 2_000_000 } });
  sent.on('error', () => undefined);
  sent.write(
    `--sign\r\ncontent-disposition: form-data; name="file"; filename="letter.txt"\r\n\r\n${plant().repeat(2000)}`,
  );
  await delay(300);
  sent.destroy();
  await delay(300);
}

describe.each(engines())('a server that tells everything to its log, on %s', (engine) => {
  it('writes down nothing of what was sent to it, sound or broken, nor of who sent it', async () => {
    const database = await createTestDatabase(engine);
    let running: ChildProcess | undefined;
    try {
      const child = (running = ServerProcess.spawn('sources', {
        dataDir: database.dataDir,
        databaseUrl: database.url,
        env: { LOG_LEVEL: 'trace', TRUSTED_PROXIES: '127.0.0.0/8' },
      }));
      const said: Buffer[] = [];
      const words = () => Buffer.concat(said).toString();
      child.stdout!.on('data', (chunk: Buffer) => said.push(chunk));
      child.stderr!.on('data', (chunk: Buffer) => said.push(chunk));
      const gone = new Promise((resolve) => child.once('exit', resolve));
      while (!/\(port (\d+)\)/.test(words()) && child.exitCode === null) await delay(50);
      const origin = `http://127.0.0.1:${/\(port (\d+)\)/.exec(words())![1]}`;
      const ofClient = () => plant('agent').replaceAll(/[^\x20-\x7e]/g, '');
      const send = (path: string, body: string, type = 'application/json', more = {}) =>
        fetch(`${origin}${path}`, {
          method: 'POST',
          body,
          headers: {
            'content-type': type,
            'user-agent': ofClient(),
            'accept-language': ofClient(),
            referer: `https://example.org/${PLANT}`,
            'x-forwarded-for': ADDRESS,
            ...more,
          },
        });
      const lodged = await send('/api/v1/complaints', JSON.stringify({ narrative: plant() }));
      expect(lodged.status).toBe(201);
      const { receipt } = (await lodged.json()) as { receipt: string };
      const opened = await send('/api/v1/complaint-sessions', JSON.stringify({ receipt }));
      const { token } = (await opened.json()) as { token: string };
      const hers = { authorization: `Bearer ${token}` };
      const message = JSON.stringify({ text: plant() });
      expect((await send('/api/v1/my-case/messages', message, 'application/json', hers)).status).toBe(201);
      const form = 'application/x-www-form-urlencoded';
      const begun = await send('/lodge/what-happened', `narrative=${encodeURIComponent(plant())}`, form);
      // The draft is there; the page after it tells that no cookie was kept.
      expect([begun.status, begun.redirected]).toEqual([409, true]);
      for (const [path, body, type] of [
        ['/api/v1/complaints', `{"narrative": "${PLANT}`],
        ['/api/v1/complaints', JSON.stringify({ [PLANT]: plant(), narrative: plant() })],
        ['/api/v1/complaints', JSON.stringify({ narrative: [plant()], language: PLANT })],
        ['/api/v1/complaint-sessions', JSON.stringify({ receipt: plant() })],
        [`/api/v1/${PLANT}?${PLANT}=${PLANT}`, plant()],
        [`/lodge/files?_csrf=${PLANT}`, PLANT, `multipart/form-data; boundary=${PLANT}`],
        ['/lodge/what-happened', `narrative=${PLANT}&_csrf=${PLANT}`, 'application/x-www-form-urlencoded'],
        ['/lodge/continue', `code=${PLANT}`, 'application/x-www-form-urlencoded'],
        [
          '/desk/sign-in',
          `email=${PLANT}%40example.org&password=${PLANT}`,
          'application/x-www-form-urlencoded',
        ],
      ] as [string, string, string?][]) {
        const { status } = await send(path, body, type);
        expect({ path, isRefused: status >= 400 && status < 500 }).toEqual({ path, isRefused: true });
      }
      for (const type of ['application/json', 'multipart/form-data; boundary=sign'])
        await breakOff(`${origin}/api/v1/my-case/evidence`, { ...hers, 'content-type': type });
      child.kill('SIGTERM');
      await gone;
      expect(words()).toMatch(/port \d+/);
      expect(looksOf(Buffer.concat(said))).toEqual([]);
      // Each line bears its time: one that a request caused would tell when somebody was here.
      const events = [...words().matchAll(/"msg":"([^"]*)"/g)].map(([, event]) => event);
      expect(events.filter((event) => !OF_TIME.includes(event!))).toEqual([]);
      for (const secret of [ADDRESS, receipt, token]) expect(words()).not.toContain(secret);
      expect(plantsIn(database.dataDir)).toEqual([]);
      const records = await openRecords(database);
      try {
        for (const { tableName } of records.read.entityMetadatas) {
          const rows = JSON.stringify(await records.read.query(`SELECT * FROM "${tableName}"`));
          const told = [ADDRESS, receipt, token].filter((secret) => rows.includes(secret));
          expect([tableName, looksOf(Buffer.from(rows)), told]).toEqual([tableName, [], []]);
        }
      } finally {
        await records.close();
      }
    } finally {
      running?.kill('SIGKILL');
      await database.drop();
    }
  });
});
