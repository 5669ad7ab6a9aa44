import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Refusal } from '../platform/refusal';
import type { Person } from '../records/entities/person';
import { Accounts } from './accounts';
import { HalfSessions, type HalfSignedIn, sessionIsOver } from './half-sessions';
import { passkeyRefused } from './passkey-answers';
import { labelOf, PasskeyCeremonies, type VerifiedUse } from './passkey-ceremonies';
import { PasskeyRows } from './passkey-rows';
import { Sessions, type StartedSession } from './sessions';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from './webauthn';

/** Passkeys as the second factor: set up at the first sign-in, used at every later one. */
@Injectable()
export class PasskeySignIn {
  constructor(
    private readonly halves: HalfSessions,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly rows: PasskeyRows,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  /** What the browser is asked with to make the first passkey; null where this server can have none. */
  offer(visitor: HalfSignedIn): Promise<PublicKeyCredentialCreationOptionsJSON | null> {
    return this.ceremonies.askToMake(visitor, 'set-up');
  }

  /** Keeps the passkey and signs in; whoever else sits in a session of this account is out. */
  async setUp(visitor: HalfSignedIn, typedLabel: string, answer: string): Promise<StartedSession> {
    const label = labelOf(typedLabel);
    return this.halves.finish(visitor, 'ENROL', {
      look: () => this.ceremonies.verifyMade(visitor, 'set-up', answer),
      prove: async (db, person, made) => {
        // Somebody who signed in beside with the same password may have been quicker.
        if (person.totpSealed !== null) throw sessionIsOver();
        await this.rows.add(db, person, label, made);
        await this.sessions.endAllIn(db, person.id, visitor.sessionHash);
        return null;
      },
    });
  }

  /** What the browser is asked with to use a passkey; null where the account has none that can be used. */
  ask(visitor: HalfSignedIn): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
    return this.ceremonies.askToUse(visitor);
  }

  /** Signs in with a passkey. One whose counter went back is disabled, and everything that it may have opened ends. */
  async signIn(visitor: HalfSignedIn, answer: string): Promise<StartedSession> {
    return this.halves.finish(visitor, 'CODE', {
      look: () => this.ceremonies.verifyUsed(visitor, answer),
      prove: (db, person, use) => this.note(db, person, use, visitor.sessionHash),
    });
  }

  private async note(
    db: EntityManager,
    person: Person,
    { credentialId, counter }: VerifiedUse,
    sessionHash: string,
  ): Promise<Refusal | null> {
    const row = await this.rows.found(db, person, credentialId);
    if (!row) throw sessionIsOver();
    const before = Number(row.counter);
    // WebAuthn, 7.2, step 22: a counter goes up; one that never counts stays at 0.
    if (counter > before || (counter === 0 && before === 0)) {
      await this.rows.use(db, row, counter);
      return null;
    }
    await this.rows.disable(db, person, row);
    await this.accounts.endAccess(db, person.id, sessionHash);
    return passkeyRefused(
      'Somebody else may have a copy of this passkey: it counts its uses, and the count went back. It opens nothing any more, and your sessions and tokens have ended. Sign in in another way, or ask an administrator, and tell them of it.',
    );
  }
}
