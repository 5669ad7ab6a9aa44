import { In, Like, MoreThan, type EntityManager } from 'typeorm';
import { Case } from '../records/entities/case';
import { DisposalBatch } from '../records/entities/disposal-batch';
import { DisposalItem } from '../records/entities/disposal-item';
import { Entry } from '../records/entities/entry';
import { disposalListDigest } from './disposal-list';
import { leafHash, readEntry, type EntryBody } from './entry';
import { HOUSE } from './house';

const BATCHES_AT_ONCE = 50;
const FAULTS_AT_MOST = 20;

export interface DisposalFault {
  table: 'disposal_batches' | 'disposal_items';
  sentence: string;
}

/** Batches of disposal whose rows are not what the history of the house, and for what was erased that of the case, says. */
export async function wrongDisposals(db: EntityManager): Promise<DisposalFault[]> {
  const faults: DisposalFault[] = [];
  for (let after = ''; ;) {
    const batches = await db.find(DisposalBatch, {
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: BATCHES_AT_ONCE,
    });
    if (batches.length === 0) break;
    faults.push(...(await calmly(db, batches)));
    if (faults.length >= FAULTS_AT_MOST) return faults;
    after = batches.at(-1)!.id;
  }
  return [...faults, ...(await missingBatches(db))];
}

/** Somebody may agree between two reads: a fault is real when a second look finds it, too. */
async function calmly(db: EntityManager, batches: DisposalBatch[]): Promise<DisposalFault[]> {
  const first = await faultsOf(db, batches);
  if (first.length === 0) return [];
  return faultsOf(db, await db.findBy(DisposalBatch, { id: In(batches.map(({ id }) => id)) }));
}

async function faultsOf(db: EntityManager, batches: DisposalBatch[]): Promise<DisposalFault[]> {
  const batchIds = In(batches.map(({ id }) => id));
  const items = await db.find(DisposalItem, { where: { batchId: batchIds }, order: { n: 'ASC' } });
  const deeds = await deedsOfDisposals(db);
  const untold = await untoldErasures(
    db,
    items.filter(({ status }) => status === 'ERASED'),
  );
  return [
    ...batches.flatMap((batch) =>
      faultsOfBatch(
        batch,
        items.filter(({ batchId }) => batchId === batch.id),
        deeds.filter(({ facts }) => facts.batch === batch.id),
      ),
    ),
    ...untold,
  ];
}

function faultsOfBatch(batch: DisposalBatch, items: DisposalItem[], deeds: EntryBody[]): DisposalFault[] {
  const { id, schedule, status, proposedBy, settledBy, settledByRole } = batch;
  const of = (act: string) => deeds.filter((deed) => deed.act === act);
  const [proposal, ...others] = of('propose-disposal');
  const fault = (sentence: string, table: DisposalFault['table'] = 'disposal_batches') => [
    { table, sentence: `disposal ${id}: ${sentence}` },
  ];
  if (!proposal || others.length > 0)
    return fault('the history of the house does not say that somebody proposed it, once.');
  if (proposal.by.ref !== proposedBy || proposal.facts.schedule !== schedule)
    return fault('who proposed it, or its schedule, is not what the history of the house says.');
  if (proposal.facts.list !== disposalListDigest(schedule, items))
    return fault(
      'its list of cases is not the one that was proposed; it does not have the digest that the history of the house recorded.',
      'disposal_items',
    );
  const settled = [...of('agree-to-disposal'), ...of('refuse-disposal')];
  const [decision] = settled;
  const isDecided =
    settled.length === 1 &&
    decision!.act === (status === 'REFUSED' ? 'refuse-disposal' : 'agree-to-disposal') &&
    decision!.by.ref === settledBy &&
    decision!.by.role === settledByRole;
  if (status === 'PROPOSED' ? settled.length > 0 : !isDecided)
    return fault(`it is ${status}, but the history of the house does not say that this person decided so.`);
  return of('end-disposal').length === (status === 'DONE' ? 1 : 0)
    ? []
    : fault(`it is ${status}, but the history of the house does not say the same of its end.`);
}

/** Items said to be erased whose case tells nothing of it, where they say. */
async function untoldErasures(db: EntityManager, erased: DisposalItem[]): Promise<DisposalFault[]> {
  const cases = await db.find(Case, {
    where: { id: In(erased.map(({ caseId }) => caseId)) },
    select: { id: true, ledgerId: true },
  });
  const ledgerIds = new Map(cases.map(({ id, ledgerId }) => [id, ledgerId]));
  const faults: DisposalFault[] = [];
  for (const { batchId, n, caseId, entryN } of erased) {
    const ledgerId = ledgerIds.get(caseId);
    const entry = ledgerId && entryN ? await db.findOneBy(Entry, { ledgerId, n: entryN }) : null;
    const facts = entry ? readEntry(entry.body)?.facts : undefined;
    if (facts?.batch !== batchId || facts.number !== n)
      faults.push({
        table: 'disposal_items',
        sentence: `disposal ${batchId}: number ${n} is said to be erased, but the history of its case does not say so.`,
      });
  }
  return faults;
}

/** Proposals in the history of the house whose batch is gone. */
async function missingBatches(db: EntityManager): Promise<DisposalFault[]> {
  const told = (await deedsOfDisposals(db)).filter(({ act }) => act === 'propose-disposal');
  const ids = [...new Set(told.map(({ facts }) => String(facts.batch)))];
  const faults: DisposalFault[] = [];
  for (const id of ids)
    if (!(await db.existsBy(DisposalBatch, { id })))
      faults.push({
        table: 'disposal_batches',
        sentence: `disposal ${id} is missing from the database; the history of the house knows it.`,
      });
  return faults;
}

/** Every deed of the house about a batch, oldest first; an entry that does not have its own hash says nothing. */
async function deedsOfDisposals(db: EntityManager): Promise<EntryBody[]> {
  const entries = await db.find(Entry, {
    where: { ledgerId: HOUSE, body: Like('%-disposal"%') },
    order: { n: 'ASC' },
  });
  return entries.flatMap(({ body, leafHash: stored }) => {
    const entry = leafHash(body) === stored ? readEntry(body) : null;
    return entry ? [entry] : [];
  });
}
