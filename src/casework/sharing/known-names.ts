import type { EntityManager } from 'typeorm';
import { Party } from '../../records/entities/party';
import { canBeMasked, standingIn, wordsOfName } from '../../rules/masking';
import type { Vault } from '../../vault/vault';
import { openIdentity } from '../open-words';
import type { IdentityView } from '../party-views';

type Known = Pick<IdentityView['parties'][number], 'name' | 'contact'>;

/** Names, with their words, and contacts of these people, as passages to look for. */
export function passagesOf(people: readonly Known[]): string[] {
  return people.flatMap(({ name, contact }) => [
    ...(name === null ? [] : wordsOfName(name)),
    ...(contact === null ? [] : [contact.value].filter(canBeMasked)),
  ]);
}

/** Whether a text holds a name or contact that the vault has of somebody in this case. Nobody is shown which. */
export async function namesSomebody(
  db: EntityManager,
  vault: Vault,
  caseId: string,
  text: string,
): Promise<boolean> {
  const parties = await db.find(Party, { where: { caseId }, order: { id: 'ASC' } });
  const people: Known[] = [];
  for (const party of parties) people.push(await openIdentity(vault, db, party));
  return standingIn(text, passagesOf(people)).length > 0;
}
