import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

type Answer = [status: number, body: object];

interface Asked {
  plaintext?: string;
  ciphertext?: string;
  associated_data?: string;
  context?: string;
}

/** Speaks the Transit part of HashiCorp Vault's HTTP API: its paths, its answers, its errors. */
export class TransitStandIn {
  readonly folder = mkdtempSync(join(tmpdir(), 'redress-transit-'));
  readonly tokenFile = join(this.folder, 'token');
  token = `hvs.${randomUUID()}`;
  mount = 'transit';
  namespace = '';
  keys: Record<string, Buffer> = { redress: randomBytes(32) };
  /** Deeds that the policy of the token allows. */
  allowed = ['encrypt', 'decrypt'];
  sealed = false;
  /** What it answers instead of anything else. */
  instead: { status: number; body: string; headers?: Record<string, string> } | 'silence' | null = null;
  /** How often it was asked for something. */
  requests = 0;
  private readonly server: Server;
  private port = 0;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests += 1;
      if (this.instead === 'silence') return;
      if (this.instead) {
        response.writeHead(this.instead.status, this.instead.headers).end(this.instead.body);
        return;
      }
      void this.answer(request).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<TransitStandIn> {
    const standIn = new TransitStandIn();
    writeFileSync(standIn.tokenFile, `${standIn.token}\n`, { mode: 0o600 });
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    standIn.port = (standIn.server.address() as { port: number }).port;
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Settings that lead here. */
  get env(): Record<string, string> {
    return { KEY_SERVICE_URL: this.url, KEY_SERVICE_TOKEN_FILE: this.tokenFile };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const asked = JSON.parse(await text(request)) as Asked;
    if (this.sealed) return refused(503, 'Vault is sealed');
    const { headers, method, url = '' } = request;
    if (headers['x-vault-token'] !== this.token) return refused(403, 'permission denied', 'invalid token');
    const path = url.replace(/^\/v1\//, '');
    const [, deed = '', name = ''] =
      new RegExp(`^${this.mount}/(encrypt|decrypt)/([\\w.-]+)$`).exec(path) ?? [];
    const namespace = headers['x-vault-namespace'] ?? '';
    if (!deed || method !== 'POST' || namespace !== this.namespace)
      return refused(404, `no handler for route "${path}". route entry not found.`);
    // A policy without "create" keeps a misspelt name from making a key.
    const key = this.keys[name];
    if (!this.allowed.includes(deed) || !key)
      return refused(403, '1 error occurred:\n\t* permission denied\n\n');
    const bound = Buffer.from(asked.associated_data ?? '', 'base64');
    return deed === 'encrypt'
      ? encrypted(key, bound, Buffer.from(asked.plaintext ?? '', 'base64'))
      : decrypted(key, bound, asked.ciphertext ?? '');
  }
}

function encrypted(key: Buffer, bound: Buffer, plaintext: Buffer): Answer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  const bytes = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return granted({ ciphertext: `vault:v1:${bytes.toString('base64')}`, key_version: 1 });
}

function decrypted(key: Buffer, bound: Buffer, ciphertext: string): Answer {
  if (!ciphertext.startsWith('vault:v1:')) return refused(400, 'invalid ciphertext: no prefix');
  const bytes = Buffer.from(ciphertext.slice('vault:v1:'.length), 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(bound).setAuthTag(bytes.subarray(-16));
    const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    return granted({ plaintext: plaintext.toString('base64') });
  } catch {
    return refused(400, 'cipher: message authentication failed');
  }
}

function granted(data: object): Answer {
  const none = { wrap_info: null, warnings: null, auth: null, mount_type: 'transit' };
  return [
    200,
    { request_id: randomUUID(), lease_id: '', renewable: false, lease_duration: 0, data, ...none },
  ];
}

function refused(status: number, ...errors: string[]): Answer {
  return [status, { errors }];
}
