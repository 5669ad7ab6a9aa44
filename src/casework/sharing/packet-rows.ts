import { Like, type EntityManager } from 'typeorm';
import { Entry } from '../../records/entities/entry';
import { Packet } from '../../records/entities/packet';
import type { CaseFacts, StepAnswers } from '../../rules/needs/facts';
import type { Vault } from '../../vault/vault';
import type { CaseFile } from '../case-file';
import { OpenWords } from '../open-words';
import { namesSomebody } from './known-people';
import type { PacketView } from './views';

/** What the rules look at of the packet that these answers name. */
export async function packetFacts(
  db: EntityManager,
  vault: Vault,
  { case: { id: caseId, ledgerId } }: CaseFile,
  { packetNumber }: StepAnswers,
): Promise<CaseFacts['named']['packet']> {
  if (packetNumber === undefined) return null;
  const row = await db.findOneBy(Packet, { caseId, n: packetNumber as number });
  return row && { isPassedOn: row.passedWith !== null, ...(await namesIn(db, vault, ledgerId, row)) };
}

/** Whether a packet tells who somebody is, as far as a machine sees it; of what goes whole nobody sees it once a name or contact is gone. */
export async function namesIn(
  db: EntityManager,
  vault: Vault,
  ledgerId: string,
  { id, caseId, documentSealed, holdsName, parts }: Packet,
): Promise<{ namesSomebody: boolean; identityErased: boolean }> {
  const words = await OpenWords.of(vault, db, caseId);
  // Also of names that were left with us since it was put together.
  const text = words.maybe('packets', 'documentSealed', id, documentSealed) ?? '';
  const identityErased = await happened(db, ledgerId, ERASED);
  const goesWhole = parts.some(({ version }) => version === null);
  return {
    namesSomebody:
      holdsName === true ||
      (goesWhole && (identityErased || (await happened(db, ledgerId, CHANGED)))) ||
      (await namesSomebody(db, vault, caseId, text)),
    identityErased,
  };
}

/** Entries after which names or contacts that a text may hold are not known any more. */
const ERASED = ['%"act":"erase-person"%', '%"act":"erase-identities"%'];
const CHANGED = ['CHANGED', 'TAKEN-BACK'].map((deed) => `%"act":"change-identity"%"${deed}"%`);

function happened(db: EntityManager, ledgerId: string, bodies: readonly string[]): Promise<boolean> {
  return db.exists(Entry, { where: bodies.map((body) => ({ ledgerId, body: Like(body) })) });
}

/** Every packet of a case, oldest first. */
export async function packetViews(db: EntityManager, caseId: string): Promise<PacketView[]> {
  return (await db.find(Packet, { where: { caseId }, order: { n: 'ASC' } })).map(packetView);
}

export function packetView(row: Packet): PacketView {
  const { n, parts, byRole, madeOn, passedWith, passedOn, downloads } = row;
  return { n, parts, byRole, madeOn, passedWith, passedOn, downloads };
}
