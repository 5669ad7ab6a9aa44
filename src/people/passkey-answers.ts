import { Refusal } from '../platform/refusal';

/** What a browser answers when a passkey was made; all base64url. */
export interface MadePasskey {
  id: string;
  clientDataJSON: string;
  attestationObject: string;
  transports: string[];
}

/** What a browser answers when a passkey was used; all base64url. */
export interface UsedPasskey {
  id: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle: string | null;
}

/** What the browser says of the ceremony that the passkey signed. */
export interface ClientData {
  challenge: string;
  origin: string;
  crossOrigin: boolean;
}

const LONGEST_ANSWER = 40_000;
/** 1,023 bytes (WebAuthn, 4, “Credential ID”). */
const LONGEST_ID = 1364;
const MOST_TRANSPORTS = 10;

type Fields = Record<string, unknown>;

/** Reads the JSON that our script sends once a passkey was made; refuses what is not of that shape. */
export function readMade(text: string): MadePasskey {
  const { id, response } = credentialOf(text);
  const { transports } = response;
  return {
    id,
    clientDataJSON: encoded(response.clientDataJSON),
    attestationObject: encoded(response.attestationObject),
    transports: (Array.isArray(transports) ? transports : [])
      .filter((each): each is string => typeof each === 'string' && /^[a-z-]{1,20}$/.test(each))
      .slice(0, MOST_TRANSPORTS),
  };
}

/** Reads the JSON that our script sends once a passkey was used; refuses what is not of that shape. */
export function readUsed(text: string): UsedPasskey {
  const { id, response } = credentialOf(text);
  const { userHandle } = response;
  return {
    id,
    clientDataJSON: encoded(response.clientDataJSON),
    authenticatorData: encoded(response.authenticatorData),
    signature: encoded(response.signature),
    userHandle: typeof userHandle === 'string' && userHandle !== '' ? encoded(userHandle) : null,
  };
}

/** What the ceremony was for, as the browser says; not yet held against anything. */
export function clientDataOf(clientDataJSON: string): ClientData {
  const data = objectIn(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
  const { challenge, origin, crossOrigin } = data;
  if (typeof challenge !== 'string' || typeof origin !== 'string') throw unreadable();
  return { challenge, origin, crossOrigin: crossOrigin === true };
}

/** About the passkey alone, so that a page can say it beside its button. */
export function passkeyRefused(sentence: string): Refusal {
  return new Refusal('invalid', 'The passkey was not taken.', [
    { name: 'passkey', field: 'passkey', sentence },
  ]);
}

function credentialOf(text: string): { id: string; response: Fields } {
  if (text === '' || text.length > LONGEST_ANSWER) throw unreadable();
  const { id, response } = objectIn(text);
  if (typeof response !== 'object' || response === null) throw unreadable();
  if (typeof id !== 'string' || id.length > LONGEST_ID) throw unreadable();
  return { id: encoded(id), response: response as Fields };
}

function objectIn(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Fields;
  } catch {
    // Said below, as of everything that cannot be read.
  }
  throw unreadable();
}

function encoded(value: unknown): string {
  if (typeof value !== 'string' || !/^[\w-]+$/.test(value)) throw unreadable();
  return value;
}

function unreadable(): Refusal {
  return passkeyRefused('The answer of the passkey did not arrive whole. Reload the page and try again.');
}
