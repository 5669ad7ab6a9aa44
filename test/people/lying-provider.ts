import { createHash, createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Claims = Record<string, unknown>;

/** Where a provider may lie; what is left out is as it should be. */
export interface Lie {
  /** In the document about itself. */
  metadata?: Claims;
  /** Of the token; undefined takes one away. */
  claims?: (honest: Claims) => Claims;
  /** The whole token. */
  token?: (claims: Claims, provider: LyingProvider) => string | undefined;
  /** In the address that the browser is sent back to; undefined takes a parameter away. */
  answer?: Record<string, string | undefined>;
  userinfo?: Claims;
  /** What stands at one of its addresses in place of the answer. */
  instead?: { at: string; status: number; body: string };
}

const KEY_ID = 'one';
export const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Just enough of an OpenID provider to tell whatever a test wants. */
export class LyingProvider {
  lie: Lie = {};
  /** What the token says when it is honest. */
  identity: Claims = {};
  readonly keys = newKeys();
  /** How often a code was exchanged, with the right verifier. */
  exchanged = 0;
  private readonly asked = new Map<string, { nonce: string; challenge: string }>();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly now: () => number,
  ) {}

  /** `now`: seconds since 1970. `wanted`: a port, or any. */
  static async start(now: () => number, wanted = 0): Promise<LyingProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const provider = new LyingProvider(server, `http://127.0.0.1:${port}`, now);
    server.on('request', (request, response) => void provider.answer(request, response));
    return provider;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** As if somebody had signed in there: the query that the browser comes back with. */
  backFrom(address: string): string {
    const asked = new URL(address).searchParams;
    const code = `code-${this.asked.size}`;
    this.asked.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')! });
    const told = { code, state: asked.get('state')!, iss: this.issuer, ...this.lie.answer };
    return new URLSearchParams(
      Object.entries(told).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ).toString();
  }

  /** A token as it should be, or under another key or header. */
  sign(claims: Claims, key: KeyObject = this.keys.privateKey, header: Claims = {}): string {
    const signed = signedPart({ alg: 'RS256', kid: KEY_ID, ...header }, claims);
    return `${signed}.${createSign('sha256').update(signed).sign(key).toString('base64url')}`;
  }

  signSymmetrically(claims: Claims, secret: string): string {
    const signed = signedPart({ alg: 'HS256', kid: KEY_ID }, claims);
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = request.url!;
    const { instead } = this.lie;
    if (instead?.at === at) {
      const kind = instead.body.startsWith('{') ? 'application/json' : 'text/html';
      return void response.writeHead(instead.status, { 'content-type': kind }).end(instead.body);
    }
    const [status, body] = await this.bodyOf(at, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async bodyOf(at: string, request: IncomingMessage): Promise<[number, unknown]> {
    switch (at) {
      case '/.well-known/openid-configuration':
        return [200, { ...this.document(), ...this.lie.metadata }];
      case '/jwks':
        return [
          200,
          {
            keys: [
              { ...this.keys.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' },
            ],
          },
        ];
      case '/userinfo':
        return [
          200,
          { sub: this.identity.sub, name: 'Ines Intake', email: 'ines@example.org', ...this.lie.userinfo },
        ];
      case '/token':
        return this.exchange(new URLSearchParams(await text(request)));
      default:
        return [404, {}];
    }
  }

  private exchange(asked: URLSearchParams): [number, unknown] {
    const flow = this.asked.get(asked.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url');
    if (!flow || verifier !== flow.challenge) return [400, { error: 'invalid_grant' }];
    this.exchanged += 1;
    const honest = {
      iss: this.issuer,
      aud: 'redress',
      iat: this.now(),
      exp: this.now() + 300,
      nonce: flow.nonce,
      ...this.identity,
    };
    const claims = this.lie.claims?.(honest) ?? honest;
    const token = this.lie.token ? this.lie.token(claims, this) : this.sign(claims);
    return [200, { access_token: 'opens nothing here', token_type: 'Bearer', id_token: token }];
  }

  private document(): Claims {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/auth`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
    };
  }
}

export function signedPart(header: Claims, claims: Claims): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
