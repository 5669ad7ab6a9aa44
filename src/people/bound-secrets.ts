import { timingSafeEqual } from 'node:crypto';
import { Between } from 'typeorm';
import type { Vault } from '../vault/vault';

const TAG_DIGITS = 32;

/**
 * Hashes under which one-time links and tokens are kept: 128 bits by which the row is found, and 128 over the secret and all that the row
 * says. A row whose roles, person or last day were changed in the database is opened by nothing.
 */
export class BoundSecrets {
  constructor(
    private readonly vault: Vault,
    private readonly purpose: string,
  ) {}

  hashOf(secret: string, says: unknown): string {
    return (
      this.tagOf(secret) +
      this.vault.hash(`${this.purpose} of`, JSON.stringify([secret, says])).slice(0, TAG_DIGITS)
    );
  }

  /** A condition that finds the row of this secret, whatever it says. */
  found(secret: string): ReturnType<typeof Between<string>> {
    const tag = this.tagOf(secret);
    return Between(tag + '0'.repeat(TAG_DIGITS), tag + 'f'.repeat(TAG_DIGITS));
  }

  /** Whether the row that was found says what it said when it was written. */
  isBound(secret: string, says: unknown, hash: string): boolean {
    const [a, b] = [Buffer.from(this.hashOf(secret, says)), Buffer.from(hash)];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  private tagOf(secret: string): string {
    return this.vault.hash(this.purpose, secret).slice(0, TAG_DIGITS);
  }
}
