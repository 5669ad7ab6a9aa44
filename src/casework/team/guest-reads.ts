import { Injectable } from '@nestjs/common';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Guest } from '../../records/entities/guest';
import { Time } from '../../platform/time';
import { Transactions } from '../../records/transactions';
import { GUEST_READ_EVERY_MINUTES } from '../../rules/guests';
import { noSuchCase } from '../case-file';
import { actorOf } from '../case-visitor';
import { ChangeCase } from '../change-case';

const MINUTE_IN_MS = 60_000;

/** The entry that a guest read the case: written before anything is shown, and at most once an hour. */
@Injectable()
export class GuestReads {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** Does nothing for whoever works here. Refuses where the guest may not see the case. */
  async tell(visitor: Visitor, reference: string): Promise<void> {
    if (visitor.kind !== 'officer' || !visitor.guest) return;
    const { personId } = visitor;
    const before = await this.transactions.read((db) => db.findOneBy(Guest, { personId }));
    if (before && !this.isDue(before)) return;
    const reader = this.sight.readerOf(visitor);
    try {
      await this.changeCase.run(
        { reference, reader },
        undefined,
        () => actorOf(visitor),
        async (context) => {
          const guest = context.file.guests.find((each) => each.personId === personId);
          if (!guest) throw noSuchCase();
          if (!this.isDue(guest)) throw new ToldAlready();
          await context.update(Guest, guest.id, { readAt: context.now });
          return { act: 'guest-read', facts: { guest: guest.n }, result: undefined };
        },
      );
    } catch (error) {
      if (!(error instanceof ToldAlready)) throw error;
    }
  }

  private isDue({ readAt }: Guest): boolean {
    const since = readAt === null ? Infinity : Math.abs(this.time.now().getTime() - Date.parse(readAt));
    return since >= GUEST_READ_EVERY_MINUTES * MINUTE_IN_MS;
  }
}

/** Ends the change without a deed: another request of the guest was quicker. */
class ToldAlready extends Error {}
