import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { randomBytes } from '../platform/random';
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from './aes-gcm';

// The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
// Misuse-Resistance, 2015): every frame's nonce holds its position and whether it is the last, so frames cannot be
// dropped, doubled, swapped or cut off. File: version ‖ salt(16) ‖ frames of 65,536 + 16 bytes, the last one shorter.

const VERSION = 1;
const SALT_BYTES = 16;
const HEADER_BYTES = 1 + SALT_BYTES;
const FRAME_BYTES = 65_536;

/** A sealed file is not, byte for byte, what was sealed under this id and key. */
export class SealBroken extends Error {}

/** Seals a file on its way to disk, in constant memory. */
export function sealingStream(key: KeyObject, id: string): Transform {
  const salt = randomBytes(SALT_BYTES);
  const frames = new Frames(fileKey(key, salt, id), Buffer.from(id));
  const header = Buffer.concat([Buffer.of(VERSION), salt]);
  let started = false;
  return framing(
    FRAME_BYTES,
    (frame, last, out) => {
      if (!started) out.push(header);
      started = true;
      out.push(frames.seal(frame, last));
    },
    () => 0,
  );
}

/**
 * Opens a sealed file on its way out. Emits an error when any byte, frame or the id differs. Frames are handed on as they
 * prove right: whoever stores the output keeps it only once the stream has ended well.
 */
export function unsealingStream(key: KeyObject, id: string): Transform {
  let frames: Frames | null = null;
  return framing(
    FRAME_BYTES + TAG_BYTES,
    (frame, last, out) => {
      const opened = frames?.open(frame, last);
      if (!opened)
        throw new SealBroken(
          `The sealed file ${id} does not open: it was changed, cut off or belongs elsewhere.`,
        );
      out.push(opened);
    },
    (head) => {
      if (frames || head.length < HEADER_BYTES) return frames ? 0 : null;
      if (head[0] !== VERSION)
        throw new SealBroken(`The sealed file ${id} has a form that this version cannot read.`);
      frames = new Frames(fileKey(key, head.subarray(1, HEADER_BYTES), id), Buffer.from(id));
      return HEADER_BYTES;
    },
  );
}

/** A key per file: positions may then be counted from zero without a nonce ever serving twice. */
function fileKey(key: KeyObject, salt: Buffer, id: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, `redress evidence ${id}`, 32)));
}

class Frames {
  private position = 0;

  constructor(
    private readonly key: KeyObject,
    private readonly associated: Buffer,
  ) {}

  seal(frame: Buffer, last: boolean): Buffer {
    return encrypt(this.key, this.nextNonce(last), this.associated, frame);
  }

  open(frame: Buffer, last: boolean): Buffer | null {
    return decrypt(this.key, this.nextNonce(last), this.associated, frame);
  }

  private nextNonce(last: boolean): Buffer {
    const nonce = Buffer.alloc(NONCE_BYTES);
    nonce.writeUInt32BE(this.position++, 7);
    nonce[11] = last ? 1 : 0;
    return nonce;
  }
}

/**
 * Cuts a stream into frames of `size` bytes; a frame is handled once it is known whether another follows. `takeHeader`
 * says how many bytes at the front are not part of a frame, or null while it needs more of them.
 */
function framing(
  size: number,
  handle: (frame: Buffer, last: boolean, out: Transform) => void,
  takeHeader: (head: Buffer) => number | null,
): Transform {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const work = (out: Transform, ended: boolean): void => {
    if (!ended && heldBytes <= size) return;
    let bytes = Buffer.concat(held);
    const header = takeHeader(bytes);
    if (header !== null) bytes = bytes.subarray(header);
    while (bytes.length > size) {
      handle(bytes.subarray(0, size), false, out);
      bytes = bytes.subarray(size);
    }
    if (ended) handle(bytes, true, out);
    held = [bytes];
    heldBytes = bytes.length;
  };
  const guarded = (out: Transform, ended: boolean, done: TransformCallback): void => {
    try {
      work(out, ended);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({
    transform(chunk: Buffer | string, encoding, done) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      held.push(bytes);
      heldBytes += bytes.length;
      guarded(this, false, done);
    },
    flush(done) {
      guarded(this, true, done);
    },
  });
}
