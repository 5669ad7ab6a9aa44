import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { IsNull, Not, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { HOUSE } from '../../src/ledger/house';
import { rootOf } from '../../src/ledger/merkle';
import { verifyLedger } from '../../src/ledger/verify';
import { SystemTime } from '../../src/platform/time';
import { Case } from '../../src/records/entities/case';
import { Clock } from '../../src/records/entities/clock';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { Evidence } from '../../src/records/entities/evidence';
import { IdempotencyKey } from '../../src/records/entities/idempotency-key';
import { LogCheckpoint } from '../../src/records/entities/log-checkpoint';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { Notice } from '../../src/records/entities/notice';
import { Party } from '../../src/records/entities/party';
import { ServerProcess } from '../bench/server-process';
import { createTestDatabase, engines, type TestDatabase } from '../harness/database';
import { openRecords, type OpenRecords } from '../records/open-records';

const ROUNDS = { sqlite: 20, postgres: 5 };
const COMPLAINANTS = 8;
/** The log is built once a second: every fifth round lives long enough to die while that happens. */
const LONG_ROUND = 5;

interface Lodged {
  reference: string;
  receipt: string;
  statement: string;
  state: string;
  dueDates: { code: string }[];
}

interface Attempt {
  key: string;
  narrative: string;
  answer: Lodged | null;
}

interface Upload {
  receipt: string;
  n: number;
  sha256: string;
}

/** Everything that was sent to a server that is killed again and again, and what it answered. */
class Complainants {
  readonly attempts: Attempt[] = [];
  readonly uploads: Upload[] = [];

  constructor(private server: ServerProcess) {}

  comeBackTo(server: ServerProcess): void {
    this.server = server;
  }

  /** Lodges, one complaint after the other, until the server is gone. */
  async lodgeUntilKilled(): Promise<void> {
    for (;;) {
      const n = this.attempts.length;
      const attempt: Attempt = {
        key: randomBytes(16).toString('hex'),
        narrative: `Complaint ${n}: the system refused me.\n\tمرفوض «${randomBytes(40 + (n % 400)).toString('base64')}» 🙁 `,
        answer: null,
      };
      this.attempts.push(attempt);
      if (!(await this.survives(async () => void (await this.send(attempt))))) return;
    }
  }

  /** Lodges one complaint and adds files to it until the server is gone. */
  async uploadUntilKilled(): Promise<void> {
    const attempt: Attempt = { key: randomBytes(16).toString('hex'), narrative: 'With files.', answer: null };
    this.attempts.push(attempt);
    await this.survives(async () => {
      const { receipt } = await this.send(attempt);
      const authorization = await this.open(receipt);
      for (;;) {
        const bytes = Buffer.from(randomBytes(1 + Math.floor(Math.random() * 150_000)).toString('hex'));
        const form = new FormData();
        form.append('file', new Blob([bytes]), 'letter.txt');
        const answer = await this.ask('/my-case/evidence', {
          method: 'POST',
          headers: { authorization },
          body: form,
        });
        const { n, sha256 } = (await answer.json()) as Upload;
        if (answer.status !== 201) throw new Error(`A file was answered ${answer.status}.`);
        expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
        this.uploads.push({ receipt, n, sha256 });
      }
    });
  }

  /** Sends a complaint under its key; the first answer and every later one have to be the same. */
  async send(attempt: Attempt): Promise<Lodged> {
    const answer = await this.ask('/complaints', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': attempt.key },
      body: JSON.stringify({ narrative: attempt.narrative }),
    });
    const body = (await answer.json()) as Lodged;
    if (answer.status !== 201)
      throw new Error(`A complaint was answered ${answer.status}: ${JSON.stringify(body)}`);
    if (attempt.answer) expect(body).toEqual(attempt.answer);
    attempt.answer = body;
    return body;
  }

  /** What the holder of the receipt reads. */
  async read(receipt: string): Promise<{ narrative: string; reference: string; statement: string }> {
    const authorization = await this.open(receipt);
    const answer = await this.ask('/my-case', { headers: { authorization } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { narrative: string; reference: string; statement: string };
  }

  async hashOfFile({ receipt, n }: Upload): Promise<string> {
    const authorization = await this.open(receipt);
    const answer = await this.ask(`/my-case/evidence/${n}`, { headers: { authorization } });
    expect(answer.status).toBe(200);
    return createHash('sha256')
      .update(Buffer.from(await answer.arrayBuffer()))
      .digest('hex');
  }

  private async open(receipt: string): Promise<string> {
    const answer = await this.ask('/complaint-sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receipt }),
    });
    expect(answer.status).toBe(201);
    return `Bearer ${((await answer.json()) as { token: string }).token}`;
  }

  private ask(path: string, request: RequestInit): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.server.port}/api/v1${path}`, request);
  }

  /** False when the connection broke because the server was killed; any other failure is the test's. */
  private async survives(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      // Jest gives tests a TypeError of their own, so that instanceof does not know the one of fetch.
      const { name, message } = error as Error;
      if (name !== 'TypeError' || !/fetch failed|terminated/.test(message)) throw error;
      return false;
    }
  }
}

/** Does the work for each, a few at a time. */
async function forEach<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  await Promise.all(
    Array.from({ length: COMPLAINANTS }, async () => {
      for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) await work(each);
    }),
  );
}

describe.each(engines())('a server that is killed while people write to it on %s', (engine) => {
  let database: TestDatabase;
  let server: ServerProcess;
  let complainants: Complainants;
  let records: OpenRecords;

  const start = async () => {
    server = await ServerProcess.start('sources', { dataDir: database.dataDir, databaseUrl: database.url });
  };

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    await start();
    complainants = new Complainants(server);
    for (let round = 1; round <= ROUNDS[engine]; round++) {
      const people = [
        ...Array.from({ length: COMPLAINANTS }, () => complainants.lodgeUntilKilled()),
        complainants.uploadUntilKilled(),
      ];
      const life = round % LONG_ROUND === 0 ? 900 + Math.random() * 400 : 20 + Math.random() * 280;
      await Promise.race([delay(life), ...people]);
      // A long round outlives the first file that is acknowledged, however slow the machine.
      if (round % LONG_ROUND === 0) while (complainants.uploads.length === 0) await delay(20);
      await server.end('SIGKILL');
      await Promise.all(people);
      await start();
      complainants.comeBackTo(server);
      // Whoever got no answer sends the same complaint again, twice.
      const unanswered = complainants.attempts.filter(({ answer }) => answer === null);
      await forEach(unanswered, async (attempt) => {
        await complainants.send(attempt);
        await complainants.send(attempt);
      });
    }
  });

  afterAll(async () => {
    await records?.close();
    await server?.end('SIGKILL');
    await database?.drop();
  });

  it('keeps every complaint that it acknowledged, readable with its receipt and as it was written', async () => {
    const { attempts } = complainants;
    expect(attempts.length).toBeGreaterThan(ROUNDS[engine] * COMPLAINANTS);
    await forEach(attempts, async ({ narrative, answer }) => {
      const { reference, receipt, statement } = answer!;
      expect(await complainants.read(receipt)).toMatchObject({ narrative, reference, statement });
    });
  });

  it('keeps every file that it acknowledged, byte for byte', async () => {
    expect(complainants.uploads.length).toBeGreaterThan(0);
    await forEach(complainants.uploads, async (upload) => {
      expect(await complainants.hashOfFile(upload)).toBe(upload.sha256);
    });
  });

  it('holds each complaint once, and none by half', async () => {
    await server.end('SIGKILL');
    records = await openRecords(database);
    const { attempts } = complainants;
    await records.transactions.read(async (db) => {
      const cases = await db.find(Case);
      const references = attempts.map(({ answer }) => answer!.reference);
      expect(cases.map(({ reference }) => reference).sort()).toEqual([...references].sort());
      const caseIds = cases.map(({ id }) => id).sort();
      const owners = async <T extends ObjectLiteral>(entity: EntityTarget<T>, column: keyof T & string) =>
        (await db.find(entity)).map((row) => row[column] as string).sort();
      expect(await owners(Party, 'caseId')).toEqual(caseIds);
      expect(await db.countBy(Party, { receiptHash: IsNull() })).toBe(0);
      expect(await owners(Notice, 'caseId')).toEqual(caseIds);
      expect((await db.findBy(DataKey, { ownerKind: 'case' })).map(({ ownerId }) => ownerId).sort()).toEqual(
        caseIds,
      );
      expect(await db.count(IdempotencyKey)).toBe(attempts.length);
      const clocks = attempts.flatMap(({ answer }) => answer!.dueDates.map(({ code }) => code));
      expect(await db.count(Clock)).toBe(clocks.length);
      expect(clocks.length).toBeGreaterThanOrEqual(attempts.length);
      // Each start without an account invites the first administrator: that stands in the history of the house.
      const entries = await db.find(Entry, {
        select: { ledgerId: true, n: true },
        where: { ledgerId: Not(HOUSE) },
      });
      const told = new Map(cases.map(({ ledgerId }) => [ledgerId, 0]));
      for (const { ledgerId } of entries) told.set(ledgerId, told.get(ledgerId)! + 1);
      for (const { ledgerId, revision } of cases) expect(told.get(ledgerId)).toBe(revision);
      expect(entries.length).toBe(cases.length + (await db.count(Evidence)));
      expect(await db.count(Evidence)).toBeGreaterThanOrEqual(complainants.uploads.length);
    });
  });

  it('leaves histories and a log that verify', async () => {
    await records.transactions.read(async (db) => {
      const { cases, differences } = await verifyLedger(db, new SystemTime().today());
      expect(differences).toEqual([]);
      expect(cases).toBe(complainants.attempts.length);
      const leaves = (await db.find(LogLeaf, { order: { index: 'ASC' } })).map(({ leafHash }) => leafHash);
      const checkpoints = await db.find(LogCheckpoint);
      expect(checkpoints.length).toBeGreaterThan(0);
      for (const { size, rootHash } of checkpoints) expect(rootOf(leaves.slice(0, size))).toBe(rootHash);
    });
  });
});
