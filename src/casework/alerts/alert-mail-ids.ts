import type { Vault } from '../../vault/vault';

const UUID_LENGTH = 36;
/** So many digits at the end of a random id look like chance, and follow from those before by a key of ours: nothing has to be kept. */
const PROOF_LENGTH = 12;

/** Of a new id of a mail one by which an answer to this e-mail is known for one. */
export function alertMailId(vault: Vault, newMailId: string): string {
  const begins = beginningOf(newMailId);
  return begins + proofOf(vault, begins) + newMailId.slice(UUID_LENGTH);
}

/** Whether a mail of this id was one about news, whosever. */
export function isAlertMailId(vault: Vault, mailId: string): boolean {
  const id = mailId.toLowerCase();
  const begins = beginningOf(id);
  return id.startsWith(`${begins}${proofOf(vault, begins)}@`);
}

function beginningOf(mailId: string): string {
  return mailId.slice(0, UUID_LENGTH - PROOF_LENGTH);
}

function proofOf(vault: Vault, begins: string): string {
  return vault.hash('id of a mail about news', begins).slice(0, PROOF_LENGTH);
}
