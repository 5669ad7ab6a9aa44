import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ComplaintForm } from '../../src/casework/intake/complaint-form';
import { Lodge } from '../../src/casework/intake/lodge';
import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { IndexCases } from '../../src/casework/search/index-cases';
import { TakeStep } from '../../src/casework/take-step';
import { GlobalLog } from '../../src/ledger/log';
import { CASE_TABLES } from '../../src/ledger/case-tables';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { newId, newIdInOrder, randomLetters } from '../../src/platform/ids';
import { Assignment } from '../../src/records/entities/assignment';
import { CaseStay } from '../../src/records/entities/case-stay';
import { Case } from '../../src/records/entities/case';
import { Clock } from '../../src/records/entities/clock';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { Party } from '../../src/records/entities/party';
import { QueuePlace } from '../../src/records/entities/queue-place';
import { SearchProgress } from '../../src/records/entities/search-progress';
import { SearchWord } from '../../src/records/entities/search-word';
import { SearchedGroup } from '../../src/records/entities/searched-group';
import { SearchedCase } from '../../src/records/entities/searched-case';
import { insert } from '../../src/records/insert';
import { Transactions } from '../../src/records/transactions';
import { update } from '../../src/records/update';
import { addDays } from '../../src/rules/counting';
import { placesOn } from '../../src/rules/queue';
import type { RoleCode } from '../../src/rules/roles';
import { TIERS } from '../../src/rules/severity';
import { staysOf } from '../../src/rules/stays';
import { USE_DOMAIN_CODES } from '../../src/rules/use-domains';
import { SearchIndex } from '../../src/vault/search-index';
import { Vault } from '../../src/vault/vault';

type Row = Record<string, unknown>;
type KeyOwner = Parameters<Vault['createKey']>[1];
type Table = EntityTarget<ObjectLiteral> & (new () => ObjectLiteral);

const WORKED_ON = 20;
/** One in ten copies has it. */
export const GROUP_OF_SOME = 'AG-WORKER';
const ONLY_LODGED = 5;
const CASES_IN_ONE_CHANGE = 200;
/** An old desk: of ten cases nine are closed. */
const CLOSED_OF_TEN = 9;
const ASSIGNED_TO_OFFICER = 40;
/** How far back the oldest case lies; rows stand in the order of lodging, as a desk fills. */
const DAYS = 700;
/** A law runs in every open case; so many of 40 have a day that has passed. */
const LATE_OF_40 = 14;
const VOCABULARY = 20_000;
const WORDS_OF_A_COPY = 6;
const WORDS_OF_A_CASE = 30;

/** What the pages are asked for. */
export interface ManyCases {
  /** Token for the cookie of a member of the case staff. */
  officerToken: string;
  officerId: string;
  /** Cases that were really worked on; a copy cannot be opened. */
  references: string[];
}

/**
 * Fills a database for measuring pages: 20 cases worked on by real steps, 5 that were only lodged, all others copies of the rows of
 * those 5 under new ids, nine of ten of them closed. Copies keep the sealed texts and entries of another case, so they can be
 * listed, not opened, and a database filled like this does not verify. `searchable` puts the words of all into the index; whoever leaves
 * it out does so itself.
 */
export async function fillCases(
  house: INestApplicationContext,
  count: number,
  { searchable = false } = {},
): Promise<ManyCases> {
  const officer = await hireOfficer(house);
  const draw = zipf(VOCABULARY);
  const references: string[] = [];
  for (let n = 0; n < WORKED_ON; n++) references.push(await workOn(house, officer, complaint(n, draw)));
  const lodge = house.get(Lodge, { strict: false });
  const lodged: string[] = [];
  for (let n = 0; n < ONLY_LODGED; n++)
    lodged.push((await lodge.run(complaint(n, draw), { role: 'RH' })).reference);
  while ((await house.get(GlobalLog, { strict: false }).integrate()) > 0);
  const hashes = searchable ? await indexed(house) : null;
  const group = house.get(SearchIndex, { strict: false }).hashOfGroup(GROUP_OF_SOME);
  const transactions = house.get(Transactions, { strict: false });
  const vault = house.get(Vault, { strict: false });
  const { originals, places } = await transactions.read(async (db) => ({
    originals: await Promise.all(
      lodged.map(async (reference) => original(db, await db.findOneByOrFail(Case, { reference }))),
    ),
    places: await db.count(LogLeaf),
  }));
  let place = places;
  for (let made = WORKED_ON + ONLY_LODGED; made < count; made += CASES_IN_ONE_CHANGE) {
    const rows = new Map<Table, Row[]>();
    const owners: KeyOwner[] = [];
    const put = (table: Table, row: Row) => {
      const list = rows.get(table);
      if (list) list.push(row);
      else rows.set(table, [row]);
    };
    for (let n = made; n < Math.min(made + CASES_IN_ONE_CHANGE, count); n++) {
      const row = copied(
        originals[n % originals.length]!,
        { n, count },
        officer.personId,
        put,
        owners,
        place,
      );
      place = row.nextPlace;
      if (hashes) putWords(row, hashes, draw, put);
      if (n % 20 === 9) put(SearchedGroup, { groupHash: group, ...row.place, caseId: row.id });
    }
    await transactions.change(async (db) => {
      for (const [table, list] of rows) await insert(db, table, list);
      // A server looks at start whether its keys open what is stored.
      for (const owner of owners) await vault.createKey(db, owner);
    });
  }
  if (searchable)
    await transactions.change((db) => update(db, SearchProgress, { name: 'FOLLOW' }, { next: place }));
  const { token } = await house.get(Sessions, { strict: false }).startOfficer(officer.personId, null);
  return { officerToken: token, officerId: officer.personId, references };
}

/** Puts the real cases into the index, and says by which hashes it knows the words of the vocabulary. */
async function indexed(house: INestApplicationContext): Promise<string[]> {
  while ((await house.get(IndexCases, { strict: false }).follow()) > 0);
  return house
    .get(SearchIndex, { strict: false })
    .hashesOf(Array.from({ length: VOCABULARY }, (_, n) => wordOf(n)));
}

/** Words are numbered by how frequent they are, as in any language: the tenth is a tenth as frequent as the first. */
export function wordOf(rank: number): string {
  return `word${rank + 1}`;
}

/** Gives ranks from 0 on, each with a chance that falls as its rank rises; the same ones in every run. */
export function zipf(ranks: number): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= ranks; rank++) sums.push((sum += 1 / rank));
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    const wanted = (seed / 2_147_483_647) * sum;
    let low = 0;
    let high = ranks - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function complaint(n: number, draw: () => number): ComplaintForm {
  const words = Array.from({ length: WORDS_OF_A_CASE }, () => wordOf(draw())).join(' ');
  return {
    narrative: `The system closed my account at night and nobody looked at it. ${'I asked again. '.repeat(30)}${words} (${n})`,
    desiredOutcome: 'A person looks at it.',
    systemKnown: 'FaceCheck',
    contact: { kind: 'email', value: 'someone@example.org' },
  };
}

type Officer = Visitor & { kind: 'officer' };

async function hireOfficer(house: INestApplicationContext): Promise<Officer> {
  const accounts = house.get(Accounts, { strict: false });
  const invitations = house.get(Invitations, { strict: false });
  const password = 'a long enough phrase for a bench';
  const link = await invitations.createFirst();
  const administrator = await accounts.acceptInvitation(link!.slice('/join/'.length), {
    name: 'Ada Administrator',
    email: 'ada@example.org',
    password,
  });
  const roles: RoleCode[] = ['INT', 'TRI'];
  const secret = await invitations.invite({ roles, unit: null, invitedBy: administrator.id });
  const person = await accounts.acceptInvitation(secret, {
    name: 'Tara Triage',
    email: 'tara@example.org',
    password,
  });
  return { kind: 'officer', personId: person.id, roles, unitHash: null, sessionHash: '' };
}

/** Lodged, acknowledged, accepted, with an assignment and a dialogue: what a desk has open on a usual day. */
async function workOn(
  house: INestApplicationContext,
  visitor: Officer,
  form: ComplaintForm,
): Promise<string> {
  const get = <T>(type: new (...args: never[]) => T) => house.get<T>(type, { strict: false });
  const { reference, receipt } = await get(Lodge).run(form, { role: 'RH' });
  const step = (name: string, answers: Row) => get(TakeStep).run({ reference, step: name, visitor, answers });
  await step('acknowledge', {
    safeChannelChosen: true,
    noConflict: true,
    jurisdiction: 'EU',
    isDataRightsRequest: false,
    reporterIsWorker: false,
    concernsListedLaw: false,
  });
  await step('begin-eligibility', { noConflict: true });
  await step('accept', { affectsPeople: true, plausibleLink: true });
  await step('assign', { role: 'TRI', person: visitor.personId, noConflict: true });
  const { token } = await get(OpenCase).byReceipt(receipt, 'program');
  const holder = (await get(Sessions).resolve(token))!.visitor;
  await get(Messages).write(holder, 'Here is the date of the letter: the second of June.');
  await get(Messages).write(visitor, 'Thank you. We look at it this week.', reference);
  return reference;
}

interface Original {
  row: Case;
  children: { table: Table; rows: Row[] }[];
  parties: Row[];
  keys: Row[];
  entries: Row[];
  leaves: Row[];
}

async function original(db: EntityManager, row: Case): Promise<Original> {
  const where = { caseId: row.id };
  const inOrder = { where: { ledgerId: row.ledgerId }, order: { n: 'ASC' as const } };
  const children: Original['children'] = [];
  for (const table of CASE_TABLES as unknown as Table[])
    if (table !== (Case as unknown) && table !== (Party as unknown))
      children.push({ table, rows: await db.findBy(table, where) });
  const parties = await db.findBy(Party, where);
  const owners = [{ ownerId: row.id }, ...parties.map(({ id }) => ({ ownerId: id }))];
  return {
    row,
    children,
    parties: parties as unknown as Row[],
    keys: (await db.findBy(DataKey, owners)) as unknown as Row[],
    entries: (await db.find(Entry, inOrder)) as unknown as Row[],
    leaves: (await db.find(LogLeaf, inOrder)) as unknown as Row[],
  };
}

/** What triage says of the cases, all kinds of them: frequent, rare, and not yet. */
function assessed(n: number): Partial<Case> {
  const kind = Math.imul(n, 2_654_435_761) >>> 0;
  return {
    tier: kind % 5 === 0 ? null : TIERS[kind % TIERS.length]!,
    delayMakesIrremediable: kind % 7 === 0,
    useDomain: USE_DOMAIN_CODES[kind % USE_DOMAIN_CODES.length]!,
    reprisalLevel: kind % 997 === 0 ? 'CRITICAL' : 'LOW',
  };
}

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference for each number: of a million random ones, two are soon the same. */
function referenceOf(n: number): string {
  const spread = (BigInt(n) * 387_420_489_007n) % 2n ** 40n;
  const letters = Array.from({ length: 8 }, (_, i) => DIGITS[Number((spread >> BigInt(5 * i)) % 32n)]).join(
    '',
  );
  return `RD-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

type Put = (table: Table, row: Row) => void;

/** What a copy is found by, and the next free place in the log. */
interface Copied extends Pick<Case, 'id' | 'lodgedOn' | 'revision'> {
  place: Pick<QueuePlace, 'lane' | 'urgency' | 'dueOn'>;
  nextPlace: number;
}

/** Puts the rows of one copy; its keys are made by whoever asks. */
function copied(
  source: Original,
  { n, count }: { n: number; count: number },
  officerId: string,
  put: Put,
  owners: KeyOwner[],
  place: number,
): Copied {
  const caseId = newIdInOrder();
  const ledgerId = newIdInOrder();
  const ids = new Map([[source.row.id, caseId]]);
  const isClosed = n % 10 < CLOSED_OF_TEN;
  const isMine = n % 10 === 9 && n < 10 * ASSIGNED_TO_OFFICER;
  const today = source.row.lodgedOn;
  const row: Case = {
    ...source.row,
    ...assessed(n),
    id: caseId,
    ledgerId,
    reference: referenceOf(n),
    lodgedOn: addDays(today, -Math.floor(((count - n) * DAYS) / count)),
    ...(isClosed
      ? { state: 'closed', closureCode: 'REMEDIED', closedOn: today, nextDueOn: null }
      : { nextDueOn: addDays(today, (n % 60) - 20) }),
  };
  put(Case, row as unknown as Row);
  const clocks = clocksOf(source, { n, isClosed, today });
  for (const clock of clocks) put(Clock, { ...clock, id: newId(), caseId });
  const stands = placesOn(today, row, isClosed ? [] : clocks);
  for (const stand of stands) put(QueuePlace, { ...stand, caseId });
  const { lane, urgency, dueOn } = stands[0]!;
  // Open ones have gone no further; of the others each was in four states before.
  const moves = isClosed ? ['received', 'acknowledged', 'eligibility', 'triage', 'closed'] : ['received'];
  for (const stay of staysOf(moves.map((state, m) => ({ state, on: addDays(row.lodgedOn, m * (n % 30)) }))))
    put(CaseStay, { ...stay, caseId });
  for (const party of source.parties) {
    const id = newId();
    ids.set(party.id as string, id);
    put(Party, { ...party, id, caseId, receiptHash: randomBytes(32).toString('hex') });
  }
  for (const { table, rows } of source.children)
    if (table !== (Clock as Table)) for (const row of rows) put(table, { ...row, id: newId(), caseId });
  if (isMine)
    put(Assignment, { id: newId(), caseId, personId: officerId, role: 'TRI', conflictDeclared: 'NONE' });
  for (const { ownerKind, ownerId } of source.keys)
    owners.push({ kind: ownerKind as KeyOwner['kind'], id: ids.get(ownerId as string)! });
  const hashes = source.entries.map(() => randomBytes(32).toString('hex'));
  source.entries.forEach((row, i) => put(Entry, { ...row, ledgerId, leafHash: hashes[i] }));
  source.leaves.forEach((row, i) =>
    put(LogLeaf, { ...row, ledgerId, leafHash: hashes[i], index: place + i }),
  );
  return { ...row, place: { lane, urgency, dueOn }, nextPlace: place + source.leaves.length };
}

/** The clocks of a copy: stopped where it is closed; in an open one a law runs, too. */
function clocksOf(
  { children }: Original,
  { n, isClosed, today }: { n: number; isClosed: boolean; today: string },
): Clock[] {
  const rows = children.find(({ table }) => table === (Clock as Table))!.rows as unknown as Clock[];
  if (isClosed) return rows.map((clock) => ({ ...clock, status: 'STOPPED', stoppedOn: today }));
  const due = addDays(today, (Math.floor(n / 10) % 40) - LATE_OF_40);
  const law = { code: 'GDPR-RTS', basis: 'legal', dueInternal: due, dueLegalLatest: due };
  return [...rows, { ...rows[0]!, ...law }];
}

/** Words of a copy are made up, as nobody can open it. */
function putWords({ id, lodgedOn, revision }: Copied, hashes: string[], draw: () => number, put: Put): void {
  const words = new Set<string>();
  while (words.size < WORDS_OF_A_COPY) words.add(hashes[draw()]!);
  const place = `${lodgedOn.replaceAll('-', '')}${randomLetters(8)}`;
  put(SearchedCase, { caseId: id, place, revision, words: words.size });
  for (const wordHash of words) put(SearchWord, { wordHash, place });
}
