import { createHmac, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { type EntityManager, LessThan } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { Time } from '../platform/time';
import { isUniqueViolation } from '../records/dialect';
import type { Person } from '../records/entities/person';
import { SecondFactorUse } from '../records/entities/second-factor-use';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { AccountRows, selfOf } from './account-rows';
import { CodePace } from './code-pace';
import { HalfSessions, type HalfSignedIn, sessionIsOver } from './half-sessions';
import { Sessions, type StartedSession } from './sessions';
import type { Stage } from './visitor';

/** RFC 6238 with what every authenticator understands: SHA-1, six digits, 30 seconds. */
const SECONDS_PER_STEP = 30;
const SECRET_BYTES = 20;
/** One step early or late, for a phone whose clock is not right. */
const STEPS_OFF = 1;
/** How long a sign-in stands for the second factor of whoever has no codes. */
const FRESH_IN_MINUTES = 15;

/** What an authenticator is set up with. */
export interface ProposedFactor {
  /** Base32, in groups of four, for typing. */
  secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  uri: string;
}

/** The one-time codes of an authenticator app. Everybody who works here brings one beside the password, or a passkey (`passkey-sign-in.ts`). */
@Injectable()
export class SecondFactor {
  private readonly key: KeyObject;
  private isAsked = true;

  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly sessions: Sessions,
    private readonly halves: HalfSessions,
    private readonly rows: AccountRows,
    private readonly pace: CodePace,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {
    this.key = vault.deriveKey('second factor');
  }

  /** For the demo alone, whose passwords are printed: nobody is asked as long as this process runs. */
  askNobody(): void {
    this.isAsked = false;
  }

  /** What is missing after the right password. Passkeys that open nothing any more still count: a password alone replaces none. */
  stageOf({ totpSealed, passkeys }: Person): Stage | null {
    if (!this.isAsked) return null;
    return totpSealed === null && passkeys === null ? 'ENROL' : 'CODE';
  }

  /** Whether codes of an app open this account. */
  async hasApp(personId: string): Promise<boolean> {
    const person = await this.transactions.read((db) => this.rows.active(db, { id: personId }));
    return person !== null && person.totpSealed !== null;
  }

  /** The secret that this half session may take; the same each time it is asked, and stored nowhere before it is confirmed. */
  propose({ sessionHash }: HalfSignedIn): ProposedFactor {
    const totp = this.totpOf(this.secretOf(sessionHash));
    return { secret: totp.secret.base32.replace(/(.{4})(?=.)/g, '$1 '), uri: totp.toString() };
  }

  /** Keeps the proposed secret, once a code proves that an authenticator has it, and signs in. */
  async enrol(visitor: HalfSignedIn, code: string): Promise<StartedSession> {
    const { personId, sessionHash } = visitor;
    const secret = this.secretOf(sessionHash);
    return this.finish(visitor, 'ENROL', async (db, person) => {
      const step = this.stepOf(secret, code);
      if (step === null)
        throw wrongCode(
          'The code does not fit the key. Check the time of your phone and type the newest code.',
        );
      const key = (await this.vault.openKeys(db, [personId])).get(personId);
      if (!key) throw new Refusal('forbidden', 'This account is not active. Ask an administrator.');
      const { sealed } = this.vault.seal(key, placeOf(personId), secret.base32);
      // Somebody who signed in beside with the same password may have been quicker: one authenticator, and no other session.
      if (person.totpSealed !== null) throw sessionIsOver();
      await this.rows.change(
        db,
        person,
        { totpSealed: sealed },
        {
          act: 'set-up-authenticator',
          by: selfOf(person),
        },
      );
      await this.sessions.endAllIn(db, personId, sessionHash);
      // Other codes belong to this key: those of an earlier one say nothing of it.
      await db.delete(SecondFactorUse, { personId });
      return step;
    });
  }

  /** Signs in with a code that was not used before. */
  async confirm(visitor: HalfSignedIn, code: string): Promise<StartedSession> {
    return this.finish(visitor, 'CODE', (db, person) => this.stepNow(db, person, code));
  }

  /** Refuses without a fresh code; whoever has no app must have signed in a short while ago, with a passkey. */
  async requirePresent(
    { personId, sessionHash }: { personId: string; sessionHash: string },
    code: string,
  ): Promise<void> {
    await this.pace.inTurn(personId, () =>
      this.transactions.change(async (db) => {
        const person = await this.rows.active(db, { id: personId });
        if (!person) throw sessionIsOver();
        if (person.totpSealed !== null) await this.use(db, personId, await this.stepNow(db, person, code));
        else if (!(await this.sessions.isYoung(db, sessionHash, FRESH_IN_MINUTES))) throw signInFirst();
      }),
    );
  }

  private async stepNow(db: EntityManager, { id, totpSealed }: Person, code: string): Promise<number> {
    const key = (await this.vault.openKeys(db, [id])).get(id);
    if (!key || totpSealed === null) throw sessionIsOver();
    const secret = Secret.fromBase32(this.vault.unseal(key, placeOf(id), totpSealed));
    const step = this.stepOf(secret, code);
    if (step === null) throw wrongCode('This code is not right, or not any more. Type the newest one.');
    return step;
  }

  private async finish(
    visitor: HalfSignedIn,
    expected: Stage,
    check: (db: EntityManager, person: Person) => Promise<number>,
  ): Promise<StartedSession> {
    return this.halves.finish(visitor, expected, {
      look: async () => undefined,
      prove: async (db, person) => {
        await this.use(db, person.id, await check(db, person));
        return null;
      },
    });
  }

  /** A code opens once: who reads it over a shoulder is too late. */
  private async use(db: EntityManager, personId: string, step: number): Promise<void> {
    await db.delete(SecondFactorUse, { personId, step: LessThan(step - 2 * STEPS_OFF - 1) });
    try {
      await insert(db, SecondFactorUse, { personId, step });
    } catch (error) {
      if (isUniqueViolation(error)) throw wrongCode('This code was used already. Wait for the next one.');
      throw error;
    }
  }

  /** The 30 seconds in which this code holds; null when it holds in none near now. */
  private stepOf(secret: Secret, code: string): number | null {
    const token = code.normalize('NFKC').replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return null;
    const timestamp = this.time.now().getTime();
    const off = this.totpOf(secret).validate({ token, timestamp, window: STEPS_OFF });
    return off === null ? null : Math.floor(timestamp / 1000 / SECONDS_PER_STEP) + off;
  }

  private secretOf(sessionHash: string): Secret {
    const bytes = createHmac('sha256', this.key).update(sessionHash).digest().subarray(0, SECRET_BYTES);
    return new Secret({ buffer: Uint8Array.from(bytes).buffer });
  }

  private totpOf(secret: Secret): TOTP {
    const { organisation } = this.settings;
    return new TOTP({
      issuer: `Redress, ${organisation}`.replaceAll(':', ' '),
      label: 'staff',
      secret,
      period: SECONDS_PER_STEP,
    });
  }
}

function placeOf(id: string): { table: string; column: string; id: string } {
  return { table: 'people', column: 'totpSealed', id };
}

function wrongCode(sentence: string): Refusal {
  return new Refusal('invalid', 'You are not signed in yet.', [{ name: 'code', field: 'code', sentence }]);
}

function signInFirst(): Refusal {
  return new Refusal('invalid', 'Nothing was changed.', [
    {
      name: 'signIn.old',
      field: 'current',
      sentence: `You signed in more than ${FRESH_IN_MINUTES} minutes ago. Sign out, sign in with your passkey, and do this again.`,
    },
  ]);
}
