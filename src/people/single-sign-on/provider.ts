import { Injectable } from '@nestjs/common';
import type { ClientAuth, Configuration, IDToken, ServerMetadata } from 'openid-client';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { Time } from '../../platform/time';
import type { Flow } from './flow';
import { type ProviderSettings, readSecret, SingleSignOnSettings } from './provider-settings';
import { notSignedIn, type Reason } from './refusals';

/** Who somebody is at the provider, proved. */
export interface Identity {
  /** Never given to two people, never changed (OpenID Connect Core 1.0, section 2). */
  subject: string;
  /** Null where the provider does not tell, or says that the address is not verified. */
  email: string | null;
  name: string | null;
  groups: string[];
  /** Whether the provider proved more than a password, as the settings count it. */
  hasSecondFactor: boolean;
}

type Library = typeof import('openid-client');
type Claims = Record<string, unknown>;

export const CALLBACK = '/sign-in/sso/callback';

const PATIENCE_IN_SECONDS = 5;
/** How long the provider's document about itself is taken to hold. */
const METADATA_FOR_MS = 10 * 60_000;
/** How far ahead the clock of the provider may be. */
const AHEAD_IN_SECONDS = 60;

/**
 * OpenID Connect 1.0, authorization code flow with PKCE (S256). Everything that the provider says is checked: signature by its published
 * keys, issuer, audience, authorized party, times, nonce, state and the `iss` of RFC 9207. `openid-client` is loaded with the first sign-in.
 */
@Injectable()
export class Provider {
  private metadata: { found: Promise<ServerMetadata>; at: number } | null = null;

  constructor(
    private readonly settings: SingleSignOnSettings,
    private readonly house: Settings,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /** Refuses where single sign-on is not set up. */
  get its(): ProviderSettings {
    if (!this.settings.provider) throw notSignedIn('off');
    return this.settings.provider;
  }

  /** Where the browser goes to sign in. Refuses with `unavailable` while the provider is away. */
  async addressFor({ state, nonce, verifier }: Flow): Promise<string> {
    const { scopes, secondFactorAcr } = this.its;
    return this.orRefuse(async () => {
      const library = await import('openid-client');
      return library.buildAuthorizationUrl(await this.configuration(library), {
        redirect_uri: this.callback,
        scope: scopes,
        state,
        nonce,
        code_challenge: await library.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(secondFactorAcr.length > 0 ? { acr_values: secondFactorAcr.join(' ') } : {}),
      }).href;
    });
  }

  /** Who came back with this query in the address. Refuses whatever does not hold. */
  async identify({ state, nonce, verifier }: Flow, query: string): Promise<Identity> {
    return this.orRefuse(async () => {
      const library = await import('openid-client');
      const configuration = await this.configuration(library);
      const answer = await library.authorizationCodeGrant(
        configuration,
        new URL(`${this.callback}?${query}`),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      );
      const token = answer.claims()!;
      this.checkToken(token);
      return this.identityOf(
        token,
        await this.moreClaims(library, configuration, token, answer.access_token),
      );
    });
  }

  private get callback(): string {
    return this.house.publicUrl + CALLBACK;
  }

  private async configuration(library: Library): Promise<Configuration> {
    const { clientId, secretFile, issuer } = this.its;
    const skewInSeconds = Math.round((this.time.now().getTime() - Date.now()) / 1000);
    const metadata = await this.serverMetadata(library);
    const configuration = new library.Configuration(
      metadata,
      clientId,
      { [library.clockSkew]: skewInSeconds },
      secretFile === null ? library.None() : clientSecret(library, secretFile),
    );
    configuration.timeout = PATIENCE_IN_SECONDS;
    // Without it the signature would count for nothing: the token comes over TLS from the provider itself (Core 1.0, 3.1.3.7, item 6).
    library.enableNonRepudiationChecks(configuration);
    if (issuer.protocol === 'http:') library.allowInsecureRequests(configuration);
    return configuration;
  }

  /** One request for all who begin at once; what failed is asked again. */
  private serverMetadata(library: Library): Promise<ServerMetadata> {
    const now = this.time.now().getTime();
    if (!this.metadata || Math.abs(now - this.metadata.at) > METADATA_FOR_MS) {
      const found = this.discover(library);
      const kept = (this.metadata = { found, at: now });
      found.catch(() => {
        if (this.metadata === kept) this.metadata = null;
      });
    }
    return this.metadata.found;
  }

  private async discover(library: Library): Promise<ServerMetadata> {
    const { issuer, clientId } = this.its;
    const execute = issuer.protocol === 'http:' ? [library.allowInsecureRequests] : [];
    const options = { timeout: PATIENCE_IN_SECONDS, execute };
    try {
      const found = await library.discovery(issuer, clientId, undefined, undefined, options);
      const metadata = found.serverMetadata();
      if (new URL(metadata.issuer).href === issuer.href) return metadata;
      this.log.warn('the identity provider names itself otherwise than OIDC_ISSUER');
    } catch (error) {
      this.log.warn('the identity provider could not be asked about itself', factsOf(error));
    }
    throw notSignedIn('away', this.its.label);
  }

  /** What the library leaves open. */
  private checkToken({ sub, iat, azp }: IDToken): void {
    const wrong = [
      ['sub', sub.trim() === ''],
      ['iat', iat > this.time.now().getTime() / 1000 + AHEAD_IN_SECONDS],
      ['azp', azp !== undefined && azp !== this.its.clientId],
    ] as const;
    const claim = wrong.find(([, isWrong]) => isWrong)?.[0];
    if (claim)
      throw Object.assign(new Error('The token is not for us, not for now, or of nobody.'), { claim });
  }

  /** Many providers keep name, address and groups out of the token. */
  private async moreClaims(
    library: Library,
    configuration: Configuration,
    token: IDToken,
    accessToken: string,
  ): Promise<Claims> {
    const wanted = ['name', 'email', ...(this.its.rolesOfGroups.size > 0 ? [this.its.groupsClaim] : [])];
    const isTold = wanted.every((claim) => token[claim] !== undefined);
    if (isTold || !configuration.serverMetadata().userinfo_endpoint) return token;
    return { ...(await library.fetchUserInfo(configuration, accessToken, token.sub)), ...token };
  }

  private identityOf(token: IDToken, claims: Claims): Identity {
    const { groupsClaim, secondFactorAcr, secondFactorAmr } = this.its;
    const methods = textsOf(token.amr);
    return {
      subject: token.sub,
      name: textOf(claims.name) ?? textOf(claims.preferred_username),
      email: claims.email_verified === false ? null : textOf(claims.email),
      groups: textsOf(claims[groupsClaim]),
      hasSecondFactor:
        secondFactorAcr.includes(textOf(token.acr) ?? '') ||
        secondFactorAmr.some((method) => methods.includes(method)),
    };
  }

  /** What was wrong goes to the log as a code, and never what the token said. */
  private async orRefuse<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const reason = reasonOf(error);
      this.log.warn('a sign-in through the identity provider was refused', { reason, ...factsOf(error) });
      throw notSignedIn(reason, this.its.label);
    }
  }
}

/** As the provider wants it; HTTP Basic where it does not say (RFC 6749, section 2.3.1; Discovery 1.0, section 3). */
function clientSecret(library: Library, secretFile: string): ClientAuth {
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const secret = readSecret(secretFile);
    const way = ways.includes('client_secret_basic')
      ? library.ClientSecretBasic(secret)
      : library.ClientSecretPost(secret);
    return way(server, client, body, headers);
  };
}

const AWAY = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

function reasonOf(error: unknown): Reason {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'AuthorizationResponseError') return 'declined';
  // `fetch` itself fails with a TypeError.
  return (name === 'TypeError' && code === undefined) || AWAY.includes(code ?? '') ? 'away' : 'unproved';
}

/** What may be said of an error in the log: only words of the library and of the standards, since the rest comes from outside. */
const SAYABLE: Record<string, RegExp> = {
  code: /^(OAUTH|OIDC|UND_ERR|E)_?[A-Z_]{1,60}$/,
  claim: /^(iss|sub|aud|azp|exp|nbf|iat|nonce)$/,
  // RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core 1.0, 3.1.2.6.
  error:
    /^(invalid_(request|client|grant|scope)|unauthorized_client|unsupported_(grant|response)_type|access_denied|server_error|temporarily_unavailable|(interaction|login|account_selection|consent)_required)$/,
};

function factsOf(error: unknown): Record<string, string> {
  const facts: Record<string, string> = {};
  for (let at = error as Record<string, unknown> | undefined, depth = 0; at && depth < 4; depth++) {
    for (const [name, pattern] of Object.entries(SAYABLE))
      if (typeof at[name] === 'string' && pattern.test(at[name])) facts[name] ??= at[name];
    at = at.cause as Record<string, unknown> | undefined;
  }
  return facts;
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null;
}

function textsOf(claim: unknown): string[] {
  return [claim].flat().filter((each): each is string => typeof each === 'string');
}
