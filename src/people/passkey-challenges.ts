import { Injectable } from '@nestjs/common';
import { newSecret } from '../platform/ids';
import { Time } from '../platform/time';
import { Session } from '../records/entities/session';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { Vault } from '../vault/vault';
import { CHALLENGE_MINUTES } from './webauthn';

/** What a challenge was made for: an answer to one is no answer to another. */
export type Ceremony = 'sign-in' | 'set-up' | 'add';

/**
 * The challenge of a session, one at a time: it stands in the row of the session as a keyed hash, bound to session, ceremony and end, and
 * goes with the first answer, right or wrong.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** A new challenge, base64url, in the place of an earlier one. */
  async start(sessionHash: string, ceremony: Ceremony): Promise<string> {
    const challenge = newSecret();
    const challengeEndsAt = new Date(this.time.now().getTime() + CHALLENGE_MINUTES * 60_000).toISOString();
    const challengeHash = this.hashOf(sessionHash, ceremony, challenge, challengeEndsAt);
    await this.transactions.change((db) =>
      update(db, Session, { tokenHash: sessionHash }, { challengeHash, challengeEndsAt }),
    );
    return challenge;
  }

  /** Takes the challenge of the session away, and says whether it was this one and is not too old. */
  async take(sessionHash: string, ceremony: Ceremony, challenge: string): Promise<boolean> {
    return this.transactions.change(async (db) => {
      const session = await db.findOneBy(Session, { tokenHash: sessionHash });
      if (!session?.challengeHash || !session.challengeEndsAt) return false;
      const { challengeHash, challengeEndsAt } = session;
      const gone = { challengeHash: null, challengeEndsAt: null };
      const taken = await update(db, Session, { tokenHash: sessionHash, challengeHash }, gone);
      const isThisOne = challengeHash === this.hashOf(sessionHash, ceremony, challenge, challengeEndsAt);
      return taken === 1 && isThisOne && challengeEndsAt > this.time.instant();
    });
  }

  private hashOf(sessionHash: string, ceremony: Ceremony, challenge: string, endsAt: string): string {
    return this.vault.hash('passkey challenge', JSON.stringify([sessionHash, ceremony, challenge, endsAt]));
  }
}
