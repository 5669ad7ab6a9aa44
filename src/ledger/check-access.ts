import type { EntityManager } from 'typeorm';
import { ApiToken } from '../records/entities/api-token';
import { Entry } from '../records/entities/entry';
import { Invitation } from '../records/entities/invitation';
import { Recovery } from '../records/entities/recovery';
import { actIn } from './acts-in-sql';
import type { Difference } from './difference';
import { canonical, readEntry, type EntryBody } from './entry';
import { HOUSE } from './house';

type Table = 'invitations' | 'api_tokens' | 'recoveries';

/** Deeds after which no token of before opens anything for this account. */
const END_TOKENS = [
  'change-password',
  'give-up-authenticator',
  'recover-account',
  'deactivate-account',
  'end-guest-account',
  'erase-account',
];
const TOLD = [
  ...['invite', 'create-account', 'create-token', 'revoke-token', 'propose-recovery', 'refuse-recovery'],
  ...END_TOKENS,
];

/** What the history of the house says of links and tokens. */
interface Told {
  /** Facts of the deed that made each, by id. */
  made: Map<string, EntryBody['facts']>;
  /** The account that each invitation made. */
  accounts: Map<string, string>;
  /** Of tokens and recoveries. */
  over: Set<string>;
}

/**
 * Links and tokens that would open something again: what they say is bound to their secret, but that one was used, revoked or refused stands
 * in a column, or in a row that is gone, and no entry tells these. The deeds are told: a row that was made open again by hand is named.
 */
export async function wrongAccess(db: EntityManager): Promise<Difference[]> {
  const first = await faultsOf(db);
  if (first.length === 0) return [];
  // Somebody may use or revoke one between two reads: a fault is real when a second look finds it, too.
  const again = new Set((await faultsOf(db)).map(({ sentence }) => sentence));
  return first.filter(({ sentence }) => again.has(sentence));
}

async function faultsOf(db: EntityManager): Promise<Difference[]> {
  // Rows before their history: what made them is told by then.
  const [invitations, tokens, recoveries] = [
    await db.find(Invitation, { order: { id: 'ASC' } }),
    await db.find(ApiToken, { order: { id: 'ASC' } }),
    await db.find(Recovery, { order: { id: 'ASC' } }),
  ];
  const { made, accounts, over } = await toldOf(db);
  const differences: Difference[] = [];
  const add = (table: Table, id: string, column: string | null, what: string) =>
    differences.push({
      ledgerId: HOUSE,
      n: null,
      table,
      column,
      sentence: `the house: ${table} ${id}${what}`,
    });
  const compare = (table: Table, id: string, says: Record<string, unknown>) => {
    const facts = made.get(id);
    if (!facts) return add(table, id, null, ' stands in the database, but the history does not know it.');
    for (const [column, value] of Object.entries(says)) {
      const name = column === 'personId' ? 'person' : column;
      // What is not told was made by a version that did not tell it.
      if (name in facts && canonical(facts[name]) !== canonical(value))
        add(table, id, column, `: column ${column} is not what the history says.`);
    }
  };
  for (const { id, roles, usedAt } of invitations) {
    compare('invitations', id, { roles });
    const person = accounts.get(id);
    if (person && usedAt === null)
      add('invitations', id, 'usedAt', `: it made the account ${person}, but is said to be unused.`);
  }
  for (const { id, personId, scopes, expiresAt } of tokens) {
    compare('api_tokens', id, { personId, scopes, expiresAt });
    if (over.has(id)) add('api_tokens', id, null, ' was ended, but stands in the database again.');
  }
  for (const { id, personId, endedAt } of recoveries) {
    compare('recoveries', id, { personId });
    if (over.has(id) && endedAt === null)
      add('recoveries', id, 'endedAt', ': it was used, refused or replaced, but is said to be open.');
  }
  // Rows of tokens go when they end, some without an entry; these two stay for good.
  const there = new Set([...invitations, ...recoveries].map(({ id }) => id));
  for (const [id, facts] of made)
    if (!('token' in facts) && !there.has(id))
      add(
        'invitation' in facts ? 'invitations' : 'recoveries',
        id,
        null,
        ' is missing from the database; the history knows it.',
      );
  return differences;
}

async function toldOf(db: EntityManager): Promise<Told> {
  const { condition, parameters } = actIn(TOLD, 'told');
  const found = await db
    .createQueryBuilder(Entry, 'e')
    .where('e.ledgerId = :house', { house: HOUSE })
    .andWhere(condition, parameters)
    .orderBy('e.n')
    .getMany();
  const told: Told = { made: new Map(), accounts: new Map(), over: new Set() };
  /** By account: its tokens, and the recovery that is open. */
  const tokensOf = new Map<string, string[]>();
  const recoveryOf = new Map<string, string>();
  for (const { body } of found) {
    const entry = readEntry(body);
    if (entry) tell(entry, told, { tokensOf, recoveryOf });
  }
  return told;
}

function tell(
  { act, facts }: EntryBody,
  { made, accounts, over }: Told,
  { tokensOf, recoveryOf }: { tokensOf: Map<string, string[]>; recoveryOf: Map<string, string> },
): void {
  const idOf = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '');
  const [person, token, recovery, invitation] = ['person', 'token', 'recovery', 'invitation'].map(idOf) as [
    string,
    string,
    string,
    string,
  ];
  const endRecovery = () => {
    const open = recoveryOf.get(person);
    if (open) over.add(open);
  };
  if (act === 'invite') made.set(invitation, facts);
  if (act === 'create-account') accounts.set(invitation, person);
  if (act === 'create-token') {
    made.set(token, facts);
    tokensOf.set(person, [...(tokensOf.get(person) ?? []), token]);
  }
  if (act === 'revoke-token') over.add(token);
  if (act === 'propose-recovery') {
    endRecovery();
    made.set(recovery, facts);
    recoveryOf.set(person, recovery);
  }
  if (act === 'refuse-recovery') over.add(recovery);
  if (act === 'recover-account') endRecovery();
  if (END_TOKENS.includes(act)) for (const each of tokensOf.get(person) ?? []) over.add(each);
}
