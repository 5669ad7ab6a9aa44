import type { EntityManager } from 'typeorm';
import { Packet } from '../../records/entities/packet';
import type { CaseFacts, StepAnswers } from '../../rules/needs/facts';
import type { Vault } from '../../vault/vault';
import { OpenWords } from '../open-words';
import { namesSomebody } from './known-names';
import type { PacketView } from './views';

/** What the rules look at of the packet that these answers name. */
export async function packetFacts(
  db: EntityManager,
  vault: Vault,
  caseId: string,
  { packetNumber }: StepAnswers,
): Promise<CaseFacts['named']['packet']> {
  if (packetNumber === undefined) return null;
  const row = await db.findOneBy(Packet, { caseId, n: packetNumber as number });
  if (!row) return null;
  const words = await OpenWords.of(vault, db, caseId);
  const text = words.maybe('packets', 'documentSealed', row.id, row.documentSealed) ?? '';
  return {
    isPassedOn: row.passedWith !== null,
    namesSomebody: await namesSomebody(db, vault, caseId, text),
  };
}

/** Every packet of a case, oldest first. */
export async function packetViews(db: EntityManager, caseId: string): Promise<PacketView[]> {
  return (await db.find(Packet, { where: { caseId }, order: { n: 'ASC' } })).map(packetView);
}

export function packetView(row: Packet): PacketView {
  const { n, parts, byRole, madeOn, passedWith, passedOn, downloads } = row;
  return { n, parts, byRole, madeOn, passedWith, passedOn, downloads };
}
