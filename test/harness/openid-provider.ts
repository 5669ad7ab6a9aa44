import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Time } from '../../src/platform/time';

/** A clock that goes on, as that of the provider does: the two must agree, however slow the machine is. */
export class RunningTime extends Time {
  aheadInMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadInMs);
  }
}

/** Somebody at the provider. */
export interface ProviderAccount {
  name?: string;
  email?: string;
  email_verified?: boolean;
  groups?: string[];
}

interface Interactions {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionFinished(
    request: IncomingMessage,
    response: ServerResponse,
    result: object,
    options: object,
  ): Promise<void>;
}

export const CLIENT_ID = 'redress';
export const CLIENT_SECRET = 'a secret of the client, for tests';

/**
 * A provider of OpenID Connect on this machine: the certified library `oidc-provider`, with a sign-in page of one field for the name of an
 * account. It listens on localhost, which is another site than 127.0.0.1.
 */
export class OpenIdProvider {
  /** By the subject that the provider tells. */
  readonly accounts = new Map<string, ProviderAccount>();
  /** How the next people sign in, as the provider says it (`amr`, RFC 8176). */
  methods: string[] = ['pwd'];

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(redirectUris: string[], { isPublic = false } = {}): Promise<OpenIdProvider> {
    let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
    const server = createServer((request, response) => handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
    const started = new OpenIdProvider(server, issuer);
    const provider = await quietly(async () => {
      const { Provider } = (await import('oidc-provider')) as {
        Provider: new (issuer: string, of: object) => Interactions;
      };
      return new Provider(issuer, started.configuration(redirectUris, isPublic));
    });
    const answer = provider.callback();
    handle = (request, response) =>
      request.url!.startsWith('/interaction/')
        ? void started.interact(provider, request, response)
        : answer(request, response);
    return started;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private configuration(redirectUris: string[], isPublic: boolean): object {
    return {
      clients: [
        {
          client_id: CLIENT_ID,
          redirect_uris: redirectUris,
          ...(isPublic ? { token_endpoint_auth_method: 'none' } : { client_secret: CLIENT_SECRET }),
        },
      ],
      claims: {
        openid: ['sub', 'acr', 'amr'],
        profile: ['name'],
        email: ['email', 'email_verified'],
        groups: ['groups'],
      },
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
      acrValues: ['silver', 'gold'],
      cookies: { keys: ['a key for tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      findAccount: (_: unknown, id: string) =>
        this.accounts.has(id)
          ? { accountId: id, claims: () => ({ sub: id, ...this.accounts.get(id) }) }
          : undefined,
      loadExistingGrant: async (context: {
        oidc: {
          client: { clientId: string };
          session: { accountId: string };
          provider: {
            Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<void> };
          };
        };
      }) => {
        const { client, session, provider } = context.oidc;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid profile email groups');
        await grant.save();
        return grant;
      },
    };
  }

  private async interact(
    provider: Interactions,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!DOCTYPE html><html lang="en"><title>Sign in</title><form method="post"><label>Name <input name="login"></label><button>Go</button></form></html>`,
      );
      return;
    }
    const login = new URLSearchParams(await text(request)).get('login');
    const result = this.accounts.has(login ?? '')
      ? { login: { accountId: login, amr: this.methods, acr: 'silver', remember: false } }
      : { error: 'access_denied', error_description: 'somebody did not want to' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}

/** The library warns of all that is right in a test only. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const spies = (['warn', 'info'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation(() => undefined),
  );
  try {
    return await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
