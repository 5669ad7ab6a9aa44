import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** Labels of RFC 9053, and the three kinds of key that we ask for. */
const [KTY, CURVE_OR_MODULUS, X_OR_EXPONENT, Y] = [1, -1, -2, -3];
const [OKP, EC2, RSA] = [1, 2, 3];
const [P_256, ED25519] = [1, 6];
const FEWEST_RSA_BITS = 2048;

/** A COSE key, read from its bytes. */
export interface CoseKey {
  get(label: number): unknown;
}

/**
 * Whether signatures can be checked with this key at all: a point of its curve, or a modulus of 2,048 bits or more. A new passkey proves
 * nothing with it, so a key that was damaged on its way would lock its owner out at the next sign-in.
 */
export function isSoundKey(cose: CoseKey): boolean {
  const jwk = jwkOf(cose);
  if (!jwk) return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' });
    return jwk.kty !== 'RSA' || (asymmetricKeyDetails?.modulusLength ?? 0) >= FEWEST_RSA_BITS;
  } catch {
    return false;
  }
}

function jwkOf(cose: CoseKey): JsonWebKey | null {
  const [kty, first, second] = [KTY, CURVE_OR_MODULUS, X_OR_EXPONENT].map((label) => cose.get(label));
  if (kty === EC2 && first === P_256)
    return { kty: 'EC', crv: 'P-256', x: text(second), y: text(cose.get(Y)) };
  if (kty === OKP && first === ED25519) return { kty: 'OKP', crv: 'Ed25519', x: text(second) };
  if (kty === RSA) return { kty: 'RSA', n: text(first), e: text(second) };
  return null;
}

function text(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : '';
}
