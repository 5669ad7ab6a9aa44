import { In, type EntityManager } from 'typeorm';
import { Alert } from '../../records/entities/alert';
import { Membership } from '../../records/entities/membership';
import { Party } from '../../records/entities/party';
import { standingOf, type KnownPerson } from '../../rules/known-names';
import type { Vault } from '../../vault/vault';
import { addressesOf } from '../alerts/alert-rows';
import { openIdentities } from '../open-words';
import type { IdentityView } from '../party-views';

type Left = Pick<IdentityView['parties'][number], 'name' | 'contact'>;

/** Opened at once: keys and rows of a group of thousands are asked for in parts. */
const AT_ONCE = 500;

/** What somebody left with us, as it is looked for in texts. */
export function known({ name, contact }: Left): KnownPerson {
  return { name, contact: contact?.value ?? null, beside: contact?.safeContact ?? null };
}

/**
 * Whether a text holds a name or contact that the vault has of somebody of this case or of the collective complaint that it is or was part of,
 * whoever they are in it; also the address to which e-mails about news go. Nobody is shown which.
 */
export async function namesSomebody(
  db: EntityManager,
  vault: Vault,
  caseId: string,
  text: string,
): Promise<boolean> {
  if (text === '') return false;
  const caseIds = await casesOfGroup(db, caseId);
  const people: KnownPerson[] = [];
  for (let at = 0; at < caseIds.length; at += AT_ONCE) {
    const where = { caseId: In(caseIds.slice(at, at + AT_ONCE)) };
    const parties = await db.find(Party, { where, order: { id: 'ASC' } });
    people.push(...(await openIdentities(vault, db, parties)).map(known));
    const addresses = await addressesOf(vault, db, await db.findBy(Alert, where));
    people.push(...addresses.map((contact) => ({ name: null, contact, beside: null })));
  }
  return standingOf(text, people).length > 0;
}

/** This case, the collective complaints that it is or was part of, and every case that is or was part of one of them or of this. */
async function casesOfGroup(db: EntityManager, caseId: string): Promise<string[]> {
  const own = await db.findBy(Membership, { caseId });
  const groups = [...new Set([caseId, ...own.map(({ groupCaseId }) => groupCaseId)])];
  const members = await db.findBy(Membership, { groupCaseId: In(groups) });
  return [...new Set([...groups, ...members.map((each) => each.caseId)])];
}
