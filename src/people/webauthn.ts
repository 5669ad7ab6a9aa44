import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type {
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { Settings } from '../platform/settings';
import { isSoundKey } from './cose-key';
import { clientDataOf, type MadePasskey, passkeyRefused, type UsedPasskey } from './passkey-answers';

/** A passkey as a browser is told of it. */
export interface KnownCredential {
  /** Base64url. */
  id: string;
  transports: string[];
}

/** What a passkey is taken by from now on; both base64url. */
export interface VerifiedPasskey extends KnownCredential {
  publicKey: string;
  counter: number;
}

export type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON };

export const CHALLENGE_MINUTES = 5;
const TIMEOUT_IN_MS = CHALLENGE_MINUTES * 60_000;

/** Ed25519, ES256, RS256 (COSE). Named here: what the library offers by itself depends on the version of Node, which servers may differ in. */
const ALGORITHMS = [-8, -7, -257];
const LONGEST_KEY = 4_000;

/**
 * The ceremonies of WebAuthn (W3C, Level 3) for the host of `PUBLIC_URL`. The holder must be verified by the passkey itself (PIN, finger or
 * face): with a password that was read along, a key that was found or a phone that lay unlocked would open what people confided. Passkeys are
 * not discoverable: who finds a key does not learn that its owner works here. No attestation: we do not ask which model somebody has.
 */
@Injectable()
export class Webauthn {
  private readonly origin: string;
  private readonly rpId: string;
  private readonly name: string;
  /** Whether a browser has passkeys for this address: only over TLS or on this machine, and never for a bare IP address. */
  readonly isPossible: boolean;

  constructor({ publicUrl, organisation }: Settings) {
    const { origin, hostname, protocol } = new URL(publicUrl);
    this.origin = origin;
    this.rpId = hostname;
    this.name = `Redress, ${organisation}`;
    const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
    this.isPossible = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && (isLocal || protocol === 'https:');
  }

  /** What a browser is asked with to make a passkey. `userHandle`, base64url, is of one account and tells nothing of it. */
  creation(
    challenge: string,
    userHandle: string,
    known: KnownCredential[],
  ): PublicKeyCredentialCreationOptionsJSON {
    return {
      challenge,
      rp: { id: this.rpId, name: this.name },
      user: { id: userHandle, name: 'staff', displayName: 'staff' },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
      timeout: TIMEOUT_IN_MS,
      excludeCredentials: known.map(descriptor),
      authenticatorSelection: {
        residentKey: 'discouraged',
        requireResidentKey: false,
        userVerification: 'required',
      },
      attestation: 'none',
    };
  }

  /** What a browser is asked with to use one of these passkeys. */
  request(challenge: string, known: KnownCredential[]): PublicKeyCredentialRequestOptionsJSON {
    return {
      challenge,
      rpId: this.rpId,
      timeout: TIMEOUT_IN_MS,
      allowCredentials: known.map(descriptor),
      userVerification: 'required',
    };
  }

  /** The challenge that was signed; refuses what another page, or a page within another, asked for. */
  challengeIn({ clientDataJSON }: { clientDataJSON: string }): string {
    const { challenge, origin, crossOrigin } = clientDataOf(clientDataJSON);
    if (origin !== this.origin || crossOrigin)
      throw passkeyRefused(`Passkeys work at ${this.origin} only. Open that address and sign in there.`);
    return challenge;
  }

  /** Whether this is a new passkey, made for this challenge, here, by a holder whom it verified. Refuses what is not. */
  async verifyMade(made: MadePasskey, challenge: string): Promise<VerifiedPasskey> {
    // Loaded with the first passkey: no start waits for it.
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { id, transports, ...response } = made;
    const verified = await verifiedOr(NOT_MADE, async () => {
      await refuseCertificates(made.attestationObject);
      return verifyRegistrationResponse({
        response: { ...this.credential(id), response },
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
    });
    const credential = verified.registrationInfo?.credential;
    if (!verified.verified || credential?.id !== id) throw passkeyRefused(NOT_MADE);
    const { decodeCredentialPublicKey } = await import('@simplewebauthn/server/helpers');
    if (!isSoundKey(decodeCredentialPublicKey(credential.publicKey))) throw passkeyRefused(NOT_MADE);
    const publicKey = Buffer.from(credential.publicKey).toString('base64url');
    if (publicKey.length > LONGEST_KEY) throw passkeyRefused(NOT_MADE);
    return { id, transports, publicKey, counter: credential.counter };
  }

  /**
   * The signature counter of a use: whether it went back, the caller looks, and only now that the signature is known to be right. Refuses
   * what was not signed by this key, for this challenge, here, by a holder whom the passkey verified.
   */
  async verifyUsed(
    used: UsedPasskey,
    challenge: string,
    { publicKey, userHandle }: { publicKey: string; userHandle: string },
  ): Promise<number> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { id, userHandle: broughtHandle, ...response } = used;
    if (broughtHandle !== null && broughtHandle !== userHandle) throw passkeyRefused(NOT_USED);
    const { verified, authenticationInfo } = await verifiedOr(NOT_USED, () =>
      verifyAuthenticationResponse({
        response: { ...this.credential(id), response },
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        requireUserVerification: true,
        credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: 0 },
      }),
    );
    if (!verified) throw passkeyRefused(NOT_USED);
    return authenticationInfo.newCounter;
  }

  private credential(id: string) {
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }
}

const NOT_MADE =
  'This passkey cannot be taken. It has to ask for your PIN, finger or face, and be made here and now: try again, or use another one.';
const NOT_USED =
  'This passkey does not open the account. It has to be one that you set up here, and ask for your PIN, finger or face. Try again.';

function descriptor({ id, transports }: KnownCredential) {
  return { id, type: 'public-key' as const, transports: transports as AuthenticatorTransport[] };
}

/** Whatever the library finds wrong, a fault in bytes it cannot read included, is one refusal. */
async function verifiedOr<T>(sentence: string, verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch {
    throw passkeyRefused(sentence);
  }
}

/**
 * We ask for no attestation, and a browser sends none, or one that the passkey signed itself. Certificates in it would be looked up at the
 * address that they name themselves.
 */
async function refuseCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  const hasCertificates = decoded.get('attStmt').get('x5c') !== undefined;
  if (format !== 'none' && (format !== 'packed' || hasCertificates))
    throw new Error('This attestation was not asked for.');
}
