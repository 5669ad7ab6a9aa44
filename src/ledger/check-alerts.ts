import { In, Like, type EntityManager } from 'typeorm';
import { Alert } from '../records/entities/alert';
import { Case } from '../records/entities/case';
import { DataKey } from '../records/entities/data-key';
import { Entry } from '../records/entities/entry';
import { Party } from '../records/entities/party';
import { ALERT_STATUSES } from '../rules/alerts';
import { holderRole } from '../rules/roles';
import type { Difference } from './difference';
import { readEntry } from './entry';
import { nameOfHistory } from './house';

const CASES_AT_ONCE = 500;

/** The act that switches one on, and those after which there is none. */
const SET = 'set-alert';
const ENDING = ['end-alert', 'erase-person', 'erase-identities', 'erase-case'];

/**
 * E-mails about news that somebody took away, put in or holds back: no history tells the columns of these rows, but the history of the case says
 * who has one. Stops collecting after `most`.
 */
export async function wrongAlerts(db: EntityManager, most: number): Promise<Difference[]> {
  return [...(await unfit(db, most)), ...(await gone(db, most))];
}

/** Rows that nobody set who can open the case, or that would never be sent. */
async function unfit(db: EntityManager, most: number): Promise<Difference[]> {
  const fits = [
    'p.id IS NOT NULL',
    'p.receiptHash IS NOT NULL',
    'k.ownerId IS NOT NULL',
    'a.seenRevision <= c.revision',
    `(a.sentOn IS NOT NULL OR a.status = 'ON')`,
    'a.status IN (:...statuses)',
    `EXISTS ${db
      .createQueryBuilder()
      .subQuery()
      .select('1')
      .from(Entry, 'e')
      .where('e.ledgerId = c.ledgerId')
      .andWhere('e.body LIKE :set')
      .getQuery()}`,
  ];
  const rows: { id: string; ledgerId: string }[] = await db
    .createQueryBuilder(Alert, 'a')
    .select('a.id', 'id')
    .addSelect('c.ledgerId', 'ledgerId')
    .innerJoin(Case, 'c', 'c.id = a.caseId')
    .leftJoin(Party, 'p', 'p.id = a.partyId AND p.caseId = a.caseId')
    .leftJoin(DataKey, 'k', 'k.ownerId = a.id')
    .where(`NOT (${fits.join(' AND ')})`, { statuses: ALERT_STATUSES, set: bodyOf(SET) })
    .limit(most)
    .getRawMany();
  return rows.map(({ id, ledgerId }) =>
    difference(ledgerId, `the e-mail about news ${id} is none that its history, its party and its day allow`),
  );
}

/** Those of the person herself that her history tells of, and that are not there. */
async function gone(db: EntityManager, most: number): Promise<Difference[]> {
  const differences: Difference[] = [];
  const on = await whereItIsOn(db);
  for (let at = 0; at < on.length && differences.length < most; at += CASES_AT_ONCE)
    for (const ledgerId of await without(db, on.slice(at, at + CASES_AT_ONCE)))
      if (await isStillGone(db, ledgerId))
        differences.push(difference(ledgerId, 'the person’s e-mail about news is on, and its row is gone'));
  return differences;
}

/** She may have switched it on or off between two reads. */
async function isStillGone(db: EntityManager, ledgerId: string): Promise<boolean> {
  const on = await whereItIsOn(db, ledgerId);
  return on.length > 0 && (await without(db, on)).length > 0;
}

/** Histories, or of this one whether it is such a one, in which the last that tells of the person’s own alert is that it was switched on. */
async function whereItIsOn(db: EntityManager, only?: string): Promise<string[]> {
  const where = { body: Like(bodyOf(SET)), ...(only === undefined ? {} : { ledgerId: only }) };
  const setAt = new Map<string, number>();
  for (const { ledgerId, n, body } of await db.find(Entry, { where }))
    if (readEntry(body)?.by.role === 'RH') setAt.set(ledgerId, Math.max(n, setAt.get(ledgerId) ?? 0));
  const ledgerIds = [...setAt.keys()];
  for (let at = 0; at < ledgerIds.length; at += CASES_AT_ONCE) {
    const ledgerId = In(ledgerIds.slice(at, at + CASES_AT_ONCE));
    for (const entry of await db.find(Entry, {
      where: ENDING.map((act) => ({ ledgerId, body: Like(bodyOf(act)) })),
    }))
      if (entry.n > (setAt.get(entry.ledgerId) ?? Infinity) && endsHers(entry)) setAt.delete(entry.ledgerId);
  }
  return [...setAt.keys()];
}

function endsHers({ body }: Entry): boolean {
  const entry = readEntry(body);
  return entry?.act !== 'end-alert' || entry.by.role === 'RH';
}

/** Those of these histories whose person has no alert. */
async function without(db: EntityManager, ledgerIds: readonly string[]): Promise<string[]> {
  const rows: { ledgerId: string; role: string }[] = await db
    .createQueryBuilder(Alert, 'a')
    .select('c.ledgerId', 'ledgerId')
    .addSelect('p.role', 'role')
    .innerJoin(Case, 'c', 'c.id = a.caseId')
    .innerJoin(Party, 'p', 'p.id = a.partyId')
    .where('c.ledgerId IN (:...ledgerIds)', { ledgerIds })
    .getRawMany();
  const has = new Set(rows.filter(({ role }) => holderRole(role) === 'RH').map((row) => row.ledgerId));
  return ledgerIds.filter((ledgerId) => !has.has(ledgerId));
}

/** How an entry of this act begins: names in canonical JSON are sorted. */
function bodyOf(act: string): string {
  return `{"act":"${act}"%`;
}

function difference(ledgerId: string, what: string): Difference {
  const sentence = `${nameOfHistory(ledgerId)}: alerts: ${what}.`;
  return { ledgerId, n: null, table: 'alerts', column: null, sentence };
}
