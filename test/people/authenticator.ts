import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a page hands to the browser. */
export interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
}

/** What a test has the authenticator or the browser say otherwise. */
export interface Otherwise {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  /** Bits of the authenticator data: 1 the holder was there, 4 she was verified. */
  flags?: number;
  counter?: number;
  format?: string;
  statement?: Map<Cbor, Cbor>;
  userHandle?: string;
  id?: string;
}

export type Cbor = number | string | Uint8Array | Cbor[] | Map<Cbor, Cbor>;
type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

const PRESENT_AND_VERIFIED = 1 | 4;
const HAS_CREDENTIAL = 64;

/** A passkey in software: signs what a browser at an origin hands to it, rightly or as a test wants it wrong. */
export class Authenticator {
  private readonly keys: { privateKey: KeyObject; publicKey: KeyObject };
  readonly id = randomBytes(32).toString('base64url');

  constructor(
    private readonly origin: string,
    private counter = 0,
    private readonly algorithm: Algorithm = 'ES256',
    rsaBits = 2048,
  ) {
    this.keys =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : algorithm === 'EdDSA'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('rsa', { modulusLength: rsaBits });
  }

  /** The answer of the browser to the options of making a passkey, as our script sends it. */
  make(options: Options, otherwise: Otherwise = {}): string {
    const id = otherwise.id ?? this.id;
    const bytes = Buffer.from(id, 'base64url');
    const credential = [Buffer.alloc(16), uint(bytes.length, 2), bytes, cbor(this.coseKey())];
    const authData = Buffer.concat([
      this.head(options.rp!.id!, HAS_CREDENTIAL, this.counter, otherwise),
      ...credential,
    ]);
    const attestation = new Map<Cbor, Cbor>([
      ['fmt', otherwise.format ?? 'none'],
      ['attStmt', otherwise.statement ?? new Map()],
      ['authData', authData],
    ]);
    return JSON.stringify({
      id,
      response: {
        clientDataJSON: this.clientData('webauthn.create', options, otherwise).toString('base64url'),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['usb'],
      },
    });
  }

  /** The answer of the browser to the options of using a passkey. It counts its uses, unless it began at 0. */
  use(options: Options, otherwise: Otherwise = {}): string {
    if (this.counter > 0) this.counter += 1;
    const authData = this.head(options.rpId!, 0, this.counter, otherwise);
    const clientData = this.clientData('webauthn.get', options, otherwise);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return JSON.stringify({
      id: otherwise.id ?? this.id,
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign(this.algorithm === 'EdDSA' ? null : 'sha256', signed, this.keys.privateKey).toString(
          'base64url',
        ),
        ...(otherwise.userHandle === undefined ? {} : { userHandle: otherwise.userHandle }),
      },
    });
  }

  private head(rpId: string, more: number, counter: number, otherwise: Otherwise): Buffer {
    const flags = (otherwise.flags ?? PRESENT_AND_VERIFIED) | more;
    return Buffer.concat([
      createHash('sha256')
        .update(otherwise.rpId ?? rpId)
        .digest(),
      uint(flags, 1),
      uint(otherwise.counter ?? counter, 4),
    ]);
  }

  private clientData(type: string, { challenge }: Options, otherwise: Otherwise): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: otherwise.type ?? type,
        challenge: otherwise.challenge ?? challenge,
        origin: otherwise.origin ?? this.origin,
        crossOrigin: otherwise.crossOrigin ?? false,
      }),
    );
  }

  private coseKey(): Map<Cbor, Cbor> {
    const jwk = this.keys.publicKey.export({ format: 'jwk' });
    const bytes = (text?: string) => Buffer.from(text!, 'base64url');
    if (this.algorithm === 'ES256')
      return new Map<Cbor, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(jwk.x)],
        [-3, bytes(jwk.y)],
      ]);
    if (this.algorithm === 'EdDSA')
      return new Map<Cbor, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(jwk.x)],
      ]);
    return new Map<Cbor, Cbor>([
      [1, 3],
      [3, -257],
      [-1, bytes(jwk.n)],
      [-2, bytes(jwk.e)],
    ]);
  }
}

/** RFC 8949, as much of it as WebAuthn needs. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? typed(1, -1 - value) : typed(0, value);
  if (typeof value === 'string')
    return Buffer.concat([typed(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([typed(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([typed(4, value.length), ...value.map(cbor)]);
  return Buffer.concat([
    typed(5, value.size),
    ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)]),
  ]);
}

function typed(major: number, count: number): Buffer {
  if (count < 24) return uint((major << 5) | count, 1);
  if (count < 256) return Buffer.concat([uint((major << 5) | 24, 1), uint(count, 1)]);
  return Buffer.concat([uint((major << 5) | 25, 1), uint(count, 2)]);
}

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
