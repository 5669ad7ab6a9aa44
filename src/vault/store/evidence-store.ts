import type { Readable } from 'node:stream';
import { Refusal } from '../../platform/refusal';

/**
 * Where sealed files lie. It knows neither cases nor keys: an id and the bytes under it.
 *
 * An id is a lower-case UUID, alone or followed by `.original` or `.working`; with any other every method throws.
 * Trouble of disk, network or server comes as a `Refusal` of kind `unavailable` with the error itself as its cause.
 */
export abstract class EvidenceStore {
  /**
   * Keeps the stream under the id, whole or not at all: when this resolves, the file outlives a power cut; when it throws,
   * or the process dies, no half file can be read. The stream is destroyed in any case; an error of its own is thrown as
   * it is. Throws a `Refusal` of kind `conflict` when the id is taken: the file there stays as it was.
   *
   * After another error call `remove`: an S3 server may have kept the whole file although its answer was lost.
   */
  abstract write(id: string, sealed: Readable): Promise<void>;

  /** The bytes under the id; read or destroy them. Cut off on the way, the stream errs. Throws `not-found` on a free id. */
  abstract read(id: string): Promise<Readable>;

  /** Whether a file lies under the id. */
  abstract has(id: string): Promise<boolean>;

  /** Frees the id. That nothing lies under it is no error. Nothing is overwritten: a key is what gets destroyed. */
  abstract remove(id: string): Promise<void>;

  /** Every id that is taken, in no order. */
  abstract list(): AsyncIterable<string>;

  /** Every id that was taken before the moment, by the clock of disk or server, in no order. */
  abstract storedBefore(moment: Date): AsyncIterable<string>;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.original|\.working)?$/;

export function isEvidenceId(name: string): boolean {
  return ID.test(name);
}

/** The id itself, safe as a name of a file or an object. */
export function checkedId(id: string): string {
  if (!isEvidenceId(id))
    throw new Error(
      `${JSON.stringify(id)} is not the id of a sealed file; use a lower-case UUID, alone or with .original or .working.`,
    );
  return id;
}

/** Runs `work` over a stream as `write` promises: the stream's own error as it is, every other as `explain` has it. */
export async function overStream(
  sealed: Readable,
  work: () => Promise<void>,
  explain: (error: unknown) => unknown,
): Promise<void> {
  // Without a listener an error that comes before the first read would end the process.
  sealed.on('error', () => undefined);
  try {
    await work();
  } catch (error) {
    const isOwn = error === sealed.errored || codeOf(error) === 'ERR_STREAM_PREMATURE_CLOSE';
    throw isOwn ? error : explain(error);
  } finally {
    sealed.destroy();
  }
}

export function alreadyStored(): Refusal {
  return new Refusal('conflict', 'A file is already kept under this id. It stays as it was.');
}

export function notStored(): Refusal {
  return new Refusal('not-found', 'This file is not among the files that are kept.');
}

export function unavailable(sentence: string, cause: unknown): Refusal {
  return Object.assign(new Refusal('unavailable', sentence), { cause });
}

/** The code of a system error, or an empty text. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
