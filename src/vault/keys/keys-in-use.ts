import { createSecretKey, type KeyObject } from 'node:crypto';
import { Refusal } from '../../platform/refusal';
import { idsOf, type KeyRing } from './key-ring';
import type { KeyStore } from './key-store';
import type { WrappingKey } from './wrapping';

const LOOKS_EVERY_MS = 1000;

/**
 * The key ring as this process holds it in memory. Another process may change the keys at any time: this one then reads the ring
 * again, and still knows the keys of before, for rows that it had read a moment ago.
 */
export class KeysInUse {
  readonly hashKey: KeyObject;
  private readonly known = new Map<string, WrappingKey>();
  /** Ids of the ring that was read last, oldest first. */
  private ids: string[] = [];
  private mark = '';
  private isLooking = false;
  private timer: NodeJS.Timeout | null = null;

  /** Without a store the ring never changes. */
  constructor(
    ring: KeyRing & { mark?: string },
    private readonly store: KeyStore | null = null,
  ) {
    this.hashKey = createSecretKey(ring.hashKey);
    this.take(ring);
  }

  /** Wraps new data keys. */
  get newest(): WrappingKey {
    return this.known.get(this.ids.at(-1)!)!;
  }

  find(id: string): WrappingKey | undefined {
    return this.known.get(id);
  }

  /**
   * Whether this key still lies where keys are kept. To be asked in the change that wrote a row under it, after the row: no key is
   * taken away while such a change is under way (`KeyRotation`), so the answer holds until its end.
   */
  async isKept(id: string): Promise<boolean> {
    if (!this.store) return true;
    if (this.isOfNow()) return this.ids.includes(id);
    if (!this.store.service) await this.read();
    return this.store.storedIds().includes(id);
  }

  /** Reads the ring that lies there now, inside a change too. Where a key service has to be asked, who asked is sent away instead. */
  async renew(): Promise<void> {
    if (!this.store || this.isOfNow()) return;
    if (!this.store.service) return this.read();
    void this.look();
    throw new Refusal(
      'unavailable',
      'Nothing was saved: the keys of this server have just been changed. Please try again in a few seconds.',
    );
  }

  /** Where a key service has to be asked, looks for a new ring ahead of need, outside of any change. */
  lookAhead(): this {
    if (this.store?.service) this.timer = setInterval(() => void this.look(), LOOKS_EVERY_MS).unref();
    return this;
  }

  stopLooking(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      if (!this.isOfNow()) await this.read();
    } catch {
      // Tried again in a second; who needs a key that is not there is told why.
    }
    this.isLooking = false;
  }

  private isOfNow(): boolean {
    return this.store?.file.mark() === this.mark;
  }

  private async read(): Promise<void> {
    if (!this.store) return;
    const ring = await this.store.open(false);
    if (!createSecretKey(ring.hashKey).equals(this.hashKey))
      throw new Error(
        `The keys file ${this.store.file.path} was replaced by that of another vault while this server runs. Put back the file of this vault.`,
      );
    this.take(ring);
  }

  private take(ring: KeyRing & { mark?: string }): void {
    for (const { id, key } of ring.keys) this.known.set(id, { id, key: createSecretKey(key) });
    this.ids = idsOf(ring);
    this.mark = ring.mark ?? '';
  }
}
