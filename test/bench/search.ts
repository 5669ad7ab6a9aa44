import type { INestApplicationContext } from '@nestjs/common';
import { CaseworkModule } from '../../src/casework/casework.module';
import { ApiTokens } from '../../src/people/api-tokens';
import { Case } from '../../src/records/entities/case';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { SearchProgress } from '../../src/records/entities/search-progress';
import { insert } from '../../src/records/insert';
import { Transactions } from '../../src/records/transactions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { SearchIndex } from '../../src/vault/search-index';
import { benchFolder, inBenchHouse } from './bench-house';
import { figure, quantile, type Figure } from './figures';
import { KeepAlive } from './keep-alive';
import { fillCases, wordOf, zipf } from './many-cases';
import { ServerProcess } from './server-process';

const ROUNDS = 5;
const ASKED_IN_ONE_ROUND = 40;
const SIZES = [1000, 100_000] as const;
const WORDS_OF_A_CASE = 100;
const VOCABULARY = 20_000;
const CASES_IN_ONE_CHANGE = 200;

/** Words are numbered by how frequent they are, as in any language: the tenth is a tenth as frequent as the first. */
const SEARCHES = [
  { name: 'search, a rare word', words: 'word1000' },
  { name: 'search, a frequent word', words: 'word3' },
  { name: 'search, a rare and a frequent word', words: 'word500 word3' },
  { name: 'search, a rare and two frequent words', words: 'word2 word500 word5' },
  { name: 'search, three frequent words', words: 'word2 word30 word60' },
  { name: 'search, a word that nobody wrote', words: 'nowhere' },
] as const;

interface Desk {
  size: number;
  token: string;
  server: ServerProcess;
}

/** Search over HTTP, with the entry that each one writes, with few and with many cases; every round asks both servers each search. */
export async function measureSearch(sizes: readonly [few: number, many: number] = SIZES): Promise<Figure[]> {
  const folders = sizes.map((size) => benchFolder(`search-${size}`));
  const desks: Desk[] = [];
  const indexed: Figure[] = [];
  try {
    for (const [i, size] of sizes.entries()) {
      const { dataDir } = folders[i]!;
      const { token, perSecond } = await inBenchHouse(CaseworkModule, (house) => fill(house, size), {
        dataDir,
      });
      indexed.push(figure(`search, ${size} cases: put into the index`, 'cases/s', [perSecond]));
      desks.push({ size, token, server: await ServerProcess.start('built', { dataDir }) });
    }
    for (const desk of desks) for (const { words } of SEARCHES) await ask(desk, words, ASKED_IN_ONE_ROUND);
    return [...indexed, ...(await rounds(desks))];
  } finally {
    for (const { server } of desks) await server.end();
    folders.forEach((folder) => folder.remove());
  }
}

/** Copies of cases cannot be opened, so their words are made up and put straight into the index; then all counts as read. */
async function fill(
  house: INestApplicationContext,
  size: number,
): Promise<{ token: string; perSecond: number }> {
  const { officerId } = await fillCases(house, size);
  const transactions = house.get(Transactions, { strict: false });
  const index = house.get(SearchIndex, { strict: false });
  const hashes = index.hashesOf(Array.from({ length: VOCABULARY }, (_, n) => wordOf(n)));
  const draw = zipf(VOCABULARY);
  const cases = await transactions.read((db) =>
    db.find(Case, { select: { id: true, lodgedOn: true, revision: true } }),
  );
  const started = performance.now();
  for (let from = 0; from < cases.length; from += CASES_IN_ONE_CHANGE)
    await transactions.change(async (db) => {
      for (const { id: caseId, lodgedOn, revision } of cases.slice(from, from + CASES_IN_ONE_CHANGE)) {
        const words = new Set<string>();
        while (words.size < WORDS_OF_A_CASE) words.add(hashes[draw()]!);
        await index.add(db, { caseId, lodgedOn, after: 0, upTo: revision }, [...words]);
      }
    });
  const perSecond = cases.length / ((performance.now() - started) / 1000);
  await transactions.change(async (db) => {
    const places = ((await db.maximum(LogLeaf, 'index')) ?? -1) + 1;
    await insert(db, SearchProgress, { name: 'FOLLOW', next: places, until: null });
  });
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const tokens = house.get(ApiTokens, { strict: false });
  const { token } = await tokens.create({
    personId: officerId,
    label: 'bench',
    scopes: SCOPE_CODES,
    expiresAt,
  });
  return { token, perSecond };
}

async function rounds(desks: Desk[]): Promise<Figure[]> {
  const medians = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, words } of SEARCHES)
      for (const desk of round % 2 === 0 ? desks : [...desks].reverse()) {
        const key = `${name} ${desk.size}`;
        const took = await ask(desk, words, ASKED_IN_ONE_ROUND);
        medians.set(key, [...(medians.get(key) ?? []), quantile(took, 0.5)]);
      }
  const [small, large] = desks.map(({ size }) => size) as [number, number];
  return SEARCHES.flatMap(({ name }) => [
    ...[small, large].map((size) =>
      figure(`${name}, ${size} cases: median`, 'ms', medians.get(`${name} ${size}`)!),
    ),
    figure(
      `${name}: ${large} to ${small} cases`,
      'ratio',
      medians.get(`${name} ${large}`)!.map((took, round) => took / medians.get(`${name} ${small}`)![round]!),
    ),
  ]);
}

/** Milliseconds of each answer. */
async function ask({ server, token }: Desk, words: string, count: number): Promise<number[]> {
  const connection = await KeepAlive.open(server.port);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    const answer = await connection.ask({
      method: 'POST',
      path: '/api/v1/cases/search',
      headers,
      body: JSON.stringify({ words }),
    });
    took.push(performance.now() - started);
    const isEmpty = answer.body.startsWith('{"cases":[]');
    if (answer.status !== 200 || isEmpty !== (words === 'nowhere'))
      throw new Error(`The search for ${words} answered ${answer.status}, not as asked:\n${answer.body}`);
  }
  connection.close();
  return took;
}
