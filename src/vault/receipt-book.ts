import { timingSafeEqual } from 'node:crypto';
import { Between, type EntityManager } from 'typeorm';
import { Party } from '../records/entities/party';
import { newReceipt, normaliseReceipt, receiptFrom } from './receipts';
import type { Vault } from './vault';

/** No receipt has 26 digits: a look-up that never finds anything. */
const NO_RECEIPT = '0'.repeat(26);
const TAG_DIGITS = 32;
const AT_ONCE = 100;

/** The row that a receipt opens. */
export type ReceiptHolder = Pick<Party, 'caseId' | 'id' | 'role'>;

const NOBODY: ReceiptHolder = { caseId: '', id: '', role: '' };

/**
 * Makes receipts and finds whom one opens a case for. A receipt is shown once; its party keeps 128 bits of keyed hash by which it is
 * found, and 128 of another over receipt, case, party and role: copied to another row of the database, it opens nothing there.
 */
export class ReceiptBook {
  constructor(private readonly vault: Vault) {}

  /**
   * A new receipt as it has to be shown, five groups of five digits, and the hash that its party keeps. One seed gives one receipt, so that
   * an answer that was lost can be given again and is kept nowhere.
   */
  issue(holder: ReceiptHolder, seed?: string): { receipt: string; receiptHash: string } {
    const receipt = seed === undefined ? newReceipt() : this.seeded(seed);
    return { receipt, receiptHash: this.hashOf(receipt.replaceAll(' ', ''), holder) };
  }

  /** The receipt that this seed gives: as hard to guess as the seed, which holds the random id of a form, and of use with our key alone. */
  seeded(seed: string): string {
    return receiptFrom(BigInt(`0x${this.vault.hash('seeded receipt', seed)}`));
  }

  /** Tells one receipt of a party from the next, and nothing of it. */
  markOf({ receiptHash }: Pick<Party, 'receiptHash'>): string {
    return this.vault.hash('mark of a receipt', String(receiptHash)).slice(0, TAG_DIGITS);
  }

  /** Whose receipt this is; null for anything else, after the same work: two hashes and one look-up. */
  async find(db: EntityManager, typed: string): Promise<Party | null> {
    const digits = normaliseReceipt(typed) ?? NO_RECEIPT;
    const tag = this.tagOf(digits);
    const party = await db.findOneBy(Party, { receiptHash: Between(...endsOf(tag)) });
    const bound = tag + this.bindingOf(digits, party ?? NOBODY);
    return party?.receiptHash && timingSafeEqual(Buffer.from(bound), Buffer.from(party.receiptHash))
      ? party
      : null;
  }

  /** Which of these, each of 25 digits as `normaliseReceipt` gives them, open a case now: a hash for each, and a look-up for each hundred. */
  async known(db: EntityManager, receipts: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (let at = 0; at < receipts.length; at += AT_ONCE) {
      const byTag = new Map(receipts.slice(at, at + AT_ONCE).map((digits) => [this.tagOf(digits), digits]));
      const found = await db.find(Party, {
        where: [...byTag.keys()].map((tag) => ({ receiptHash: Between(...endsOf(tag)) })),
        select: { caseId: true, id: true, receiptHash: true },
      });
      for (const { receiptHash } of found) known.add(byTag.get(receiptHash!.slice(0, TAG_DIGITS))!);
    }
    return known;
  }

  private hashOf(digits: string, holder: ReceiptHolder): string {
    return this.tagOf(digits) + this.bindingOf(digits, holder);
  }

  private tagOf(digits: string): string {
    return this.vault.hash('receipt', digits).slice(0, TAG_DIGITS);
  }

  private bindingOf(digits: string, { caseId, id, role }: ReceiptHolder): string {
    return this.vault.hash('receipt of', [digits, caseId, id, role].join(' ')).slice(0, TAG_DIGITS);
  }
}

/** The first and the last hash that can begin with this tag. */
function endsOf(tag: string): [string, string] {
  return [tag + '0'.repeat(TAG_DIGITS), tag + 'f'.repeat(TAG_DIGITS)];
}
