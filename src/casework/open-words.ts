import type { EntityManager } from 'typeorm';
import type { Case } from '../records/entities/case';
import { Party } from '../records/entities/party';
import type { CaseKey as SealingKey, Vault } from '../vault/vault';
import type { Complaint } from './views';
import type { Contact } from './party-views';

/** Opens the sealed words of one case for a reader who may see them. */
export class OpenWords {
  private constructor(
    private readonly vault: Vault,
    private readonly key: SealingKey,
  ) {}

  static async of(vault: Vault, db: EntityManager, caseId: string): Promise<OpenWords> {
    return OpenWords.under(vault, await vault.openKey(db, caseId));
  }

  static under(vault: Vault, key: SealingKey): OpenWords {
    return new OpenWords(vault, key);
  }

  /** The text of one column of one row. */
  text(table: string, column: string, id: string, sealed: string): string {
    return this.vault.unseal(this.key, { table, column, id }, sealed);
  }

  /** Null stays null. */
  maybe(table: string, column: string, id: string, sealed: string | null): string | null {
    return sealed === null ? null : this.text(table, column, id, sealed);
  }

  /** What was said at lodging, as written. */
  complaint(row: Case): Complaint {
    const opened = (column: keyof Case & `${string}Sealed`) =>
      this.maybe('cases', column, row.id, row[column]);
    return {
      language: row.language,
      channel: row.channel,
      identityMode: row.identityMode,
      complainantRole: row.complainantRole,
      narrative: opened('narrativeSealed')!,
      desiredOutcome: opened('desiredOutcomeSealed'),
      whenHappened: opened('whenHappenedSealed'),
      systemKnown: opened('systemKnownSealed'),
      systemUnknown: row.systemUnknown,
      awareOfAiUse: row.awareOfAiUse,
      fearOfReprisal: row.fearOfReprisal,
      reprisalText: opened('reprisalTextSealed'),
      accommodation: opened('accommodationSealed'),
      keepOut: opened('keepOutSealed'),
      groupDefinition: opened('groupDefinitionSealed'),
      groupByStaff: opened('groupByStaffSealed'),
    };
  }
}

/** Who a party is and how to reach them, under the key of that party; null for what was never said, taken back or erased. */
export async function openIdentity(
  vault: Vault,
  db: EntityManager,
  party: Party,
): Promise<{ name: string | null; contact: Contact | null }> {
  return (await openIdentities(vault, db, [party]))[0]!;
}

/** The same of many, in their order. */
export async function openIdentities(
  vault: Vault,
  db: EntityManager,
  parties: readonly Party[],
): Promise<{ name: string | null; contact: Contact | null }[]> {
  const keys = await vault.openKeys(
    db,
    parties.map(({ id }) => id),
  );
  return parties.map((party) => {
    const key = keys.get(party.id);
    const opened = (column: 'nameSealed' | 'contactSealed') => {
      const sealed = party[column];
      return key && sealed ? vault.unseal(key, { table: 'parties', column, id: party.id }, sealed) : null;
    };
    const contact = opened('contactSealed');
    return { name: opened('nameSealed'), contact: contact ? (JSON.parse(contact) as Contact) : null };
  });
}
