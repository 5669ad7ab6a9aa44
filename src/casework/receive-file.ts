import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../platform/refusal';
import { MEGABYTE } from '../platform/settings';
import type { EvidenceStore } from '../vault/store/evidence-store';
import type { CaseKey, Vault } from '../vault/vault';

/** What a file is sealed and kept with, and how large it may be. */
export interface Reception {
  vault: Vault;
  store: EvidenceStore;
  maxBytes: number;
}

/** What is known of a file when it has passed: of the original, not of what lies in the store. */
export interface Received {
  sizeInBytes: number;
  /** 64 hex digits. */
  sha256: string;
}

/**
 * Seals a file on its way to the store, in constant memory; nothing of it is ever on disk as it came. Throws a `Refusal` of kind
 * `too-large`, or what the store throws; the caller then removes what may lie under the id.
 */
export async function receiveFile(
  { vault, store, maxBytes }: Reception,
  key: CaseKey,
  id: string,
  content: Readable,
): Promise<Received> {
  const meter = new Meter(maxBytes);
  const sealed = vault.sealStream(key, id);
  const ends = await Promise.allSettled([pipeline(content, meter, sealed), store.write(id, sealed)]);
  const failures = ends.filter((end) => end.status === 'rejected').map(({ reason }): unknown => reason);
  // When one end fails the other is cut off; what a person can mend is a refusal.
  if (failures.length > 0) throw failures.find((failure) => failure instanceof Refusal) ?? failures[0];
  return { sizeInBytes: meter.sizeInBytes, sha256: meter.sha256() };
}

/** Counts and hashes what passes, and stops what is too large. */
class Meter extends Transform {
  sizeInBytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.sizeInBytes += chunk.length;
    if (this.sizeInBytes > this.maxBytes) return done(tooLarge(this.maxBytes));
    this.hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.hash.digest('hex');
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(
    'too-large',
    `This file is larger than ${maxBytes / MEGABYTE} MB. Send it in parts, or a smaller copy.`,
    [{ name: 'evidence', field: 'file', sentence: 'error.evidence.size' }],
  );
}
