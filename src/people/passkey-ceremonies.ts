import { Injectable } from '@nestjs/common';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import type { Person } from '../records/entities/person';
import { Transactions } from '../records/transactions';
import { Vault } from '../vault/vault';
import { AccountRows } from './account-rows';
import { passkeyRefused, readMade, readUsed } from './passkey-answers';
import { type Ceremony, PasskeyChallenges } from './passkey-challenges';
import { PasskeyRows } from './passkey-rows';
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type VerifiedPasskey,
  Webauthn,
} from './webauthn';

/** Whose session asks for a passkey: a half one, or a whole one. */
export interface Asking {
  personId: string;
  sessionHash: string;
}

/** A use whose signature is right; what it opens is decided where the counter is looked at. */
export interface VerifiedUse {
  credentialId: string;
  counter: number;
}

const LONGEST_LABEL = 64;

/** One passkey asked for and its answer verified: nothing is opened or added here. */
@Injectable()
export class PasskeyCeremonies {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: AccountRows,
    private readonly rows: PasskeyRows,
    private readonly challenges: PasskeyChallenges,
    private readonly webauthn: Webauthn,
  ) {}

  /** Asks for a new passkey; null where the address of this server can have none. */
  async askToMake(
    { personId, sessionHash }: Asking,
    ceremony: Ceremony,
  ): Promise<PublicKeyCredentialCreationOptionsJSON | null> {
    if (!this.webauthn.isPossible) return null;
    const { known } = await this.own(personId);
    const challenge = await this.challenges.start(sessionHash, ceremony);
    return this.webauthn.creation(challenge, this.userHandleOf(personId), known);
  }

  /** Asks for one of the passkeys of the account; null where none can be used. */
  async askToUse({ personId, sessionHash }: Asking): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
    const { usable } = await this.own(personId);
    if (!this.webauthn.isPossible || usable.length === 0) return null;
    return this.webauthn.request(await this.challenges.start(sessionHash, 'sign-in'), usable);
  }

  /** Refuses what is not a fresh answer to `askToMake` for this session and ceremony. */
  async verifyMade({ sessionHash }: Asking, ceremony: Ceremony, answer: string): Promise<VerifiedPasskey> {
    const made = readMade(answer);
    const challenge = await this.taken(sessionHash, ceremony, made);
    return this.webauthn.verifyMade(made, challenge);
  }

  /** Refuses what is not a fresh answer to `askToUse` for this session, signed by a passkey of this account. */
  async verifyUsed({ personId, sessionHash }: Asking, answer: string): Promise<VerifiedUse> {
    const used = readUsed(answer);
    const challenge = await this.taken(sessionHash, 'sign-in', used);
    const row = await this.transactions.read(async (db) => {
      const person = await this.accounts.active(db, { id: personId });
      return person && this.rows.found(db, person, used.id);
    });
    if (!row) throw passkeyRefused('This passkey does not belong to this account, or not any more.');
    const expected = { publicKey: row.publicKey, userHandle: this.userHandleOf(personId) };
    const counter = await this.webauthn.verifyUsed(used, challenge, expected);
    return { credentialId: used.id, counter };
  }

  private async taken(
    sessionHash: string,
    ceremony: Ceremony,
    answer: { clientDataJSON: string },
  ): Promise<string> {
    const challenge = this.webauthn.challengeIn(answer);
    if (!(await this.challenges.take(sessionHash, ceremony, challenge)))
      throw passkeyRefused('This took too long, or was sent twice. Try again.');
    return challenge;
  }

  private async own(personId: string) {
    const own = await this.transactions.read(async (db) => {
      const person = await this.accounts.active(db, { id: personId });
      return person ? this.rows.of(db, person) : [];
    });
    const usable = own.filter(({ row }) => row.disabledOn === null);
    return {
      known: own.map(({ credential }) => credential),
      usable: usable.map(({ credential }) => credential),
    };
  }

  /** 32 bytes, the same for all passkeys of an account: nothing of the person can be read from it. */
  private userHandleOf(personId: Person['id']): string {
    return Buffer.from(this.vault.hash('passkey user', personId), 'hex').toString('base64url');
  }
}

/** How a passkey is called by its owner; refuses with the need of the field `label`. */
export function labelOf(typed: string): string {
  const label = typed.trim();
  if (label !== '' && label.length <= LONGEST_LABEL && !/[\p{Cc}\p{Surrogate}]/u.test(label)) return label;
  const need: UnmetNeed = {
    name: 'label',
    field: 'label',
    sentence: `Give the passkey a name in 1 to ${LONGEST_LABEL} characters, such as “blue key” or “phone”.`,
  };
  throw new Refusal('invalid', 'The passkey was not taken.', [need]);
}
