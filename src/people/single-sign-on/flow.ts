import { newSecret } from '../../platform/ids';
import type { Settings } from '../../platform/settings';
import { type Instant, Time } from '../../platform/time';
import type { Vault } from '../../vault/vault';

/** What somebody left this site for. */
export type Purpose =
  | { kind: 'sign-in' }
  /** To accept the invitation with this secret. */
  | { kind: 'join'; secret: string }
  /** To link the account of a whole session, which has to go on until they are back. */
  | { kind: 'link'; personId: string; sessionHash: string };

/** One way to the provider and back. */
export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
  expiresAt: Instant;
  purpose: Purpose;
}

const FLOW_IN_MS = 10 * 60_000;
const CONTEXT = 'single sign-on';

/**
 * The way to the provider and back lies with the browser that goes it, sealed under a secret of its own and the key of this house: however
 * many are begun, nothing of them is kept here, and none can be carried on in another browser.
 */
export class Flows {
  constructor(
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  begin(purpose: Purpose): { flow: Flow; sealed: string } {
    const expiresAt = new Date(this.time.now().getTime() + FLOW_IN_MS).toISOString();
    const flow = { state: newSecret(), nonce: newSecret(), verifier: newSecret(), expiresAt, purpose };
    const secret = newSecret();
    return { flow, sealed: `${secret}.${this.vault.sealUnder(secret, CONTEXT, JSON.stringify(flow))}` };
  }

  /** The flow that a browser brings back; null when it brings none of ours, or one that is too old. */
  open(cookie: string | undefined): Flow | null {
    const [secret, sealed] = (cookie ?? '').split('.');
    if (!secret || !sealed) return null;
    try {
      const flow = JSON.parse(this.vault.unsealUnder(secret, CONTEXT, sealed)) as Flow;
      return flow.expiresAt > this.time.instant() ? flow : null;
    } catch {
      return null;
    }
  }
}

/** Bound to this very host by its prefix where the connection is safe (RFC 6265bis, section 4.1.3.2). */
export function flowCookieName(settings: Settings): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-redress_sso' : 'redress_sso';
}

/**
 * SameSite=Lax, unlike the cookies of sessions: the provider sends the browser back from its own site, and a strict cookie would stay
 * behind. It opens nothing by itself.
 */
export function flowCookie(settings: Settings) {
  const secure = settings.publicUrl.startsWith('https:');
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: FLOW_IN_MS / 1000 } as const;
}
