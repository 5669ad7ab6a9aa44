import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyLedger } from '../../src/ledger/verify';
import { SystemTime } from '../../src/platform/time';
import { Case } from '../../src/records/entities/case';
import { ServerProcess } from '../bench/server-process';
import { createTestDatabase, engines } from '../harness/database';
import { openRecords } from '../records/open-records';

const LODGERS = 32;
const BEFORE = 100;

/** Lodges over kept connections, the next complaint as soon as one is acknowledged, until nobody answers any more. */
class Lodgers {
  readonly acknowledged: string[] = [];
  /** What was answered otherwise than with an acknowledgement or not to its end. */
  readonly faults: string[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: LODGERS });

  constructor(private readonly port: number) {}

  async lodgeUntilGone(): Promise<void> {
    await Promise.all(
      Array.from({ length: LODGERS }, async () => {
        while (await this.lodge());
      }),
    );
    this.agent.destroy();
  }

  /** False once the connection was refused, or ended before any answer. */
  private lodge(): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = request({
        agent: this.agent,
        host: '127.0.0.1',
        port: this.port,
        path: '/api/v1/complaints',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      asked.on('error', () => resolve(false));
      asked.on('response', (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('error', () => this.faults.push(`half an answer: ${text}`));
        answer.on('close', () => {
          if (answer.statusCode === 201 && answer.complete)
            this.acknowledged.push((JSON.parse(text) as { reference: string }).reference);
          else if (answer.statusCode !== 503) this.faults.push(`${answer.statusCode}: ${text}`);
          resolve(answer.statusCode === 201);
        });
      });
      asked.end(JSON.stringify({ narrative: 'The rota refused me.' }));
    });
  }
}

describe.each(engines())('a server that is told to stop while people write to it, on %s', (engine) => {
  it('takes nothing new, answers what it has begun, and ends, whoever still holds a connection', async () => {
    const database = await createTestDatabase(engine);
    let server: ServerProcess | undefined;
    try {
      server = await ServerProcess.start('sources', {
        dataDir: database.dataDir,
        databaseUrl: database.url,
      });
      const silent = connect(server.port, '127.0.0.1');
      await once(silent, 'connect');
      const ended = once(silent, 'close');
      const lodgers = new Lodgers(server.port);
      const lodging = lodgers.lodgeUntilGone();
      while (lodgers.acknowledged.length < BEFORE) await delay(10);
      const before = lodgers.acknowledged.length;
      await server.end('SIGTERM');
      await Promise.all([lodging, ended]);
      expect(lodgers.faults).toEqual([]);
      // What was under way for each, and what slipped in before the signal was heard.
      expect(lodgers.acknowledged.length - before).toBeLessThan(LODGERS * 20);

      const records = await openRecords(database);
      try {
        await records.transactions.read(async (db) => {
          const references = (await db.find(Case)).map(({ reference }) => reference);
          expect(references).toEqual(expect.arrayContaining(lodgers.acknowledged));
          expect(references.length).toBe(new Set(references).size);
          expect((await verifyLedger(db, new SystemTime().today())).differences).toEqual([]);
        });
      } finally {
        await records.close();
      }
    } finally {
      await server?.end('SIGKILL');
      await database.drop();
    }
  });
});

describe('a server that waits for a mailbox which says nothing', () => {
  it('ends when it is told to a second time', async () => {
    const database = await createTestDatabase('sqlite');
    const mailbox = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    let child: ChildProcess | undefined;
    try {
      await once(mailbox, 'listening');
      const passwordFile = join(database.dataDir, 'password');
      writeFileSync(passwordFile, 'secret', { mode: 0o600 });
      const visited = once(mailbox, 'connection');
      child = ServerProcess.spawn('sources', {
        dataDir: database.dataDir,
        env: {
          MAIL_IN_URL: `imap://name@127.0.0.1:${(mailbox.address() as AddressInfo).port}`,
          MAIL_IN_PASSWORD_FILE: passwordFile,
        },
      });
      let said = '';
      child.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await visited;
      const gone = once(child, 'exit');
      child.kill('SIGINT');
      // One that is passed on twice at once counts once.
      child.kill('SIGINT');
      await delay(2000);
      expect(child.signalCode).toBeNull();
      for (let more = 0; child.signalCode === null && more < 20; more++) {
        child.kill('SIGINT');
        await delay(500);
      }
      expect(await gone).toEqual([null, 'SIGINT']);
      expect(said).not.toContain('GREETING_TIMEOUT');
    } finally {
      child?.kill('SIGKILL');
      mailbox.close();
      await database.drop();
    }
  });
});
