import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Visitor } from '../people/visitor';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { IDENTITY_MODES, identityMoves, needsName, type IdentityMode } from '../rules/identity-modes';
import type { HolderRole } from '../rules/roles';
import { Vault } from '../vault/vault';
import { findCase } from './case-file';
import { actorOf } from './case-visitor';
import { ChangeCase } from './change-case';
import type { IdentityForm } from './identity-form';
import { openIdentity } from './open-words';
import type { CaseContext } from './step-context';
import type { Contact, MyIdentityView } from './party-views';
import { ownKeyOf } from './case-visitor';

type Holder = Visitor & { kind: 'rightsholder' };

interface Held {
  mode: IdentityMode;
  name: string | null;
  contact: Contact | null;
}

/** Who the person is to us, in her own hands: she moves to a mode in which more is known, and gives, changes or takes back name and contact. */
@Injectable()
export class ChangeIdentity {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
  ) {}

  /** What the holder of this receipt left of themself, and where the case can move to. */
  async view(visitor: Holder): Promise<MyIdentityView> {
    return this.transactions.read(async (db) => {
      const { identityMode } = await findCase(db, { id: visitor.caseId });
      const { mode, ...held } = await this.held(db, visitor, identityMode);
      return {
        identityMode: mode,
        movesTo: identityMoves(mode, visitor.role),
        ...held,
        mayChange: visitor.role !== 'SUP',
      };
    });
  }

  /**
   * `form` has been validated. What is changed or taken back is sealed anew under a new key, so that nothing kept before opens any more.
   * The entry names modes and deeds as codes.
   */
  async run(visitor: Holder, form: IdentityForm): Promise<void> {
    if (visitor.role === 'SUP')
      throw new Refusal(
        'forbidden',
        'Only the person whose case this is, or who acts for them, can do this.',
      );
    await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const now = await this.held(context.db, visitor, context.file.case.identityMode);
        const next = after(now, form);
        refuseUnfit(now, next, visitor.role);
        if (next.mode !== now.mode) context.patch.identityMode = next.mode;
        if (deedOn(now.name, next.name) || deedOn(now.contact, next.contact))
          await this.keep(context, visitor.partyId, next);
        return { act: 'change-identity', facts: factsOf(now, next), result: undefined };
      },
    );
  }

  private async held(db: EntityManager, visitor: Holder, mode: string): Promise<Held> {
    const party = await db.findOneByOrFail(Party, { caseId: visitor.caseId, id: visitor.partyId });
    return { mode: mode as IdentityMode, ...(await openIdentity(this.vault, db, party)) };
  }

  private async keep(context: CaseContext, partyId: string, { name, contact }: Held): Promise<void> {
    await this.vault.destroyKeys(context.db, [partyId]);
    const key =
      name || contact ? await this.vault.createKey(context.db, { kind: 'party', id: partyId }) : null;
    const seal = (column: 'nameSealed' | 'contactSealed', text: string | null) => {
      if (!key || text === null) return null;
      const { sealed, commitment } = this.vault.seal(key, { table: 'parties', column, id: partyId }, text);
      context.sealed.push({ name: `parties.${column}`, commitment });
      return sealed;
    };
    await context.update(Party, partyId, {
      nameSealed: seal('nameSealed', name),
      contactSealed: seal('contactSealed', contact && JSON.stringify(contact)),
    });
  }
}

function after(now: Held, { identityMode, name, contact }: IdentityForm): Held {
  return {
    mode: identityMode ?? now.mode,
    name: name === undefined ? now.name : name?.trim() || null,
    contact: contact === undefined ? now.contact : contact && plain(contact),
  };
}

function refuseUnfit(now: Held, next: Held, role: HolderRole): void {
  const moved = next.mode !== now.mode;
  const needs: UnmetNeed[] = [
    ...(moved && !identityMoves(now.mode, role).includes(next.mode)
      ? [need('identityMode', role === 'RH' ? 'error.identity.less' : 'error.identity.not-yours')]
      : []),
    ...(role === 'RH' && next.name && !IDENTITY_MODES[next.mode].holdsName
      ? [need('name', 'error.name.not-in-mode')]
      : []),
    ...(moved && needsName(next.mode) && !next.name ? [need('name', 'error.name.needed')] : []),
    ...(Object.keys(factsOf(now, next)).length === 0
      ? [{ name: 'identity', sentence: 'error.identity.same' }]
      : []),
  ];
  if (needs.length > 0) throw new Refusal('invalid', 'This cannot be taken as it is.', needs);
}

function need(field: string, sentence: string): UnmetNeed {
  return { name: 'identity', field, sentence };
}

function factsOf(now: Held, next: Held): Record<string, string> {
  const moved = next.mode !== now.mode;
  const facts: Record<string, string | null> = {
    identityFrom: moved ? now.mode : null,
    identityTo: moved ? next.mode : null,
    name: deedOn(now.name, next.name),
    contact: deedOn(now.contact, next.contact),
  };
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null),
  );
}

function deedOn(now: string | Contact | null, next: string | Contact | null): string | null {
  if (comparable(now) === comparable(next)) return null;
  if (next === null) return 'TAKEN-BACK';
  return now === null ? 'GIVEN' : 'CHANGED';
}

function comparable(held: string | Contact | null): string | null {
  return held && typeof held === 'object' ? JSON.stringify(plain(held)) : held;
}

function plain({ kind, value, safeContact }: Contact): Contact {
  return { kind, value, ...(safeContact ? { safeContact } : {}) };
}
