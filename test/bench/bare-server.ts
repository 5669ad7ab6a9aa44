import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * The least that a durable lodging can be: Node's own HTTP server and the same driver under the same pragmas as the house sets them. Each
 * request is parsed, stored as one case row and one event row in one transaction of its own, and answered after the commit.
 */
const database = new Database(join(process.env.DATA_DIR ?? '.', 'bare.sqlite'));
for (const pragma of [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'recursive_triggers = ON',
  'secure_delete = ON',
  'temp_store = MEMORY',
  'cache_size = -8000',
  'wal_autocheckpoint = 16000',
  `mmap_size = ${2 ** 30}`,
])
  database.pragma(pragma);
database.exec(`
  CREATE TABLE cases (id varchar(36) PRIMARY KEY, reference varchar(64) UNIQUE, state varchar(64), lodged_on varchar(10), narrative text);
  CREATE TABLE events (case_id varchar(36) REFERENCES cases (id), n integer, body text, PRIMARY KEY (case_id, n));
`);
const insertCase = database.prepare('INSERT INTO cases VALUES (?, ?, ?, ?, ?)');
const insertEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?)');

const store = database.transaction((narrative: string): string => {
  const id = randomUUID();
  const reference = `RD-${randomBytes(5).toString('hex')}`;
  const today = new Date().toISOString().slice(0, 10);
  insertCase.run(id, reference, 'received', today, narrative);
  insertEvent.run(id, 1, JSON.stringify({ act: 'lodge', on: today, from: 'new', to: 'received' }));
  return reference;
});

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { narrative } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { narrative: string };
    const answer = JSON.stringify({ reference: store.immediate(narrative), state: 'received' });
    response.writeHead(201, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});

process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`The bare server answers (port ${(server.address() as AddressInfo).port}).\n`);
});
