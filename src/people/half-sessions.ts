import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { lockHouse } from '../records/dialect';
import type { Person } from '../records/entities/person';
import { Transactions } from '../records/transactions';
import { AccountRows } from './account-rows';
import { CodePace } from './code-pace';
import { Sessions, type StartedSession } from './sessions';
import type { Stage, Visitor } from './visitor';

export type HalfSignedIn = Visitor & { kind: 'half-signed-in' };

/** What proves the second factor: `look` runs before the change, where anything may be waited for, `prove` in it. */
export interface SecondFactorProof<T> {
  look: () => Promise<T>;
  /** Throws what was wrong; gives a refusal back where something has to be stored although nobody comes in. */
  prove: (db: EntityManager, person: Person, seen: T) => Promise<Refusal | null>;
}

/** Turns a half session into a whole one, once the second factor is proven. */
@Injectable()
export class HalfSessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
    private readonly rows: AccountRows,
    private readonly pace: CodePace,
  ) {}

  /** One of an account at a time, and slower after misses. Refuses a session that is over or stands at another stage. */
  async finish<T>(
    { personId, sessionHash, stage }: HalfSignedIn,
    expected: Stage,
    { look, prove }: SecondFactorProof<T>,
  ): Promise<StartedSession> {
    if (stage !== expected) throw sessionIsOver();
    return this.pace.inTurn(personId, async () => {
      const seen = await look();
      const end = await this.transactions.change(async (db) => {
        // Two half sessions of one person must not finish side by side.
        await lockHouse(db);
        const person = await this.rows.active(db, { id: personId });
        if (!person || !(await this.sessions.goesOn(db, sessionHash))) throw sessionIsOver();
        const refusal = await prove(db, person, seen);
        return refusal ?? this.sessions.goOnFrom(db, sessionHash, personId);
      });
      if (end instanceof Refusal) throw end;
      return end;
    });
  }
}

export function sessionIsOver(): Refusal {
  return new Refusal('not-signed-in', 'This took too long. Sign in again with your password.');
}
