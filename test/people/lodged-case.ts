import { randomBytes, randomUUID } from 'node:crypto';
import { newReference } from '../../src/platform/ids';
import { Case } from '../../src/records/entities/case';
import { Party } from '../../src/records/entities/party';
import { insert } from '../../src/records/insert';
import type { Transactions } from '../../src/records/transactions';
import { POLICY_VERSION } from '../../src/rules/policy';
import type { Vault } from '../../src/vault/vault';

/** The least that a session of a rightsholder or a receipt needs: a sealed case and the party who lodged it. */
export async function lodgedCase(
  transactions: Transactions,
  vault: Vault,
): Promise<{ caseId: string; partyId: string; party: { caseId: string; id: string; receiptHash: string } }> {
  const caseId = randomUUID();
  const partyId = randomUUID();
  const party = { caseId, id: partyId, receiptHash: randomBytes(32).toString('hex') };
  await transactions.change(async (db) => {
    const key = await vault.createKey(db, { kind: 'case', id: caseId });
    const place = { table: 'cases', column: 'narrativeSealed', id: caseId };
    await insert(db, Case, {
      id: caseId,
      ledgerId: randomUUID(),
      reference: newReference(),
      state: 'received',
      revision: 1,
      policyVersion: POLICY_VERSION,
      lodgedOn: '2026-11-24',
      language: 'en',
      channel: 'WEB',
      identityMode: 'ANONYMOUS',
      complainantRole: 'AFFECTED',
      narrativeSealed: vault.seal(key, place, 'It said no.').sealed,
      legalHold: false,
      contactAttempts: 0,
    });
    await insert(db, Party, { ...party, role: 'RH' });
  });
  return { caseId, partyId, party };
}
