import { readEntry } from '../ledger/entry';
import { Entry } from '../records/entities/entry';
import { Mandate } from '../records/entities/mandate';
import { Party } from '../records/entities/party';
import { Session } from '../records/entities/session';
import { newestOfParty } from './mandate-rows';
import { forgetAlerts } from './alerts/alert-rows';
import type { CaseContext } from './step-context';

/**
 * Closes the case to a party and to everybody whom they brought in, at any remove: their receipts open nothing any more, what they had
 * opened is closed, no e-mail tells them of news, and whom they brought in speaks for nobody. Its own mandate is left to whoever ends it.
 * Returns how many others left.
 */
export async function closeCaseTo(context: CaseContext, partyId: string): Promise<number> {
  const { db, caseId } = context;
  const brought = await broughtInBy(context, partyId);
  const open = await db.findBy(Party, { caseId });
  const others = open.filter(({ id, receiptHash }) => receiptHash !== null && brought.has(id));
  const ended = [partyId, ...others.map(({ id }) => id)];
  for (const id of ended) {
    await context.update(Party, id, { receiptHash: null, oneTimeUntil: null });
    await db.delete(Session, { partyId: id });
  }
  await forgetAlerts(context.vault, db, ended);
  for (const { id } of others) await endMandateOf(context, id);
  return others.length;
}

/** Whoever opens the case no more speaks for nobody in it, either. */
export async function endMandateOf(context: CaseContext, partyId: string): Promise<void> {
  const { file, today, actor } = context;
  const newest = newestOfParty(file.mandates, partyId, today);
  if (newest?.status !== 'CLAIMED' && newest?.status !== 'CONFIRMED') return;
  const status = newest.status === 'CLAIMED' ? 'REFUSED' : 'ENDED';
  await context.update(Mandate, newest.row.id, { status, endedBy: actor.role, endedOn: today });
}

/** Parties who hold a receipt because this one gave it, or somebody to whom this one gave theirs: only the history says so. */
async function broughtInBy({ db, file }: CaseContext, partyId: string): Promise<ReadonlySet<string>> {
  const entries = await db.find(Entry, { where: { ledgerId: file.case.ledgerId }, order: { n: 'ASC' } });
  const brought = new Set<string>();
  for (const { body } of entries) {
    const entry = readEntry(body);
    if (entry?.act !== 'add-receipt') continue;
    const giver = entry.facts.addedBy;
    const row = entry.rows.find(({ table }) => table === 'parties');
    if (row && (giver === partyId || brought.has(giver as string))) brought.add(row.id);
  }
  return brought;
}
