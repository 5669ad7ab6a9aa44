import { readFileSync } from 'node:fs';
import type { KeyService } from './key-service';

/** Where a HashiCorp Vault (or OpenBao) is and who we are there. */
export interface TransitAddress {
  /** `https://vault.example.org:8200`, without a path. */
  url: string;
  /** Name of the key in the Transit engine. */
  key: string;
  /** Path under which the Transit engine is mounted. */
  mount: string;
  /** File that holds the token; read at each call, so that an agent may renew it. */
  tokenFile: string;
  /** Empty: none. */
  namespace: string;
}

interface TransitAnswer {
  data?: { ciphertext?: string; plaintext?: string };
  errors?: string[];
}

/** The Transit engine over HTTP: `POST /v1/{mount}/encrypt|decrypt/{key}`, as in HashiCorp's API documentation of it. */
export class TransitService implements KeyService {
  constructor(
    private readonly at: TransitAddress,
    private readonly patienceInMs = 10_000,
  ) {}

  async seal(plaintext: Buffer, context: string): Promise<string> {
    const { data } = await this.post('encrypt', { plaintext: plaintext.toString('base64') }, context);
    if (!data?.ciphertext) throw this.problem('gave an answer without a ciphertext', MEND_URL);
    return data.ciphertext;
  }

  async unseal(sealed: string, context: string): Promise<Buffer> {
    const { data } = await this.post('decrypt', { ciphertext: sealed }, context);
    if (data?.plaintext === undefined) throw this.problem('gave an answer without a plaintext', MEND_URL);
    return Buffer.from(data.plaintext, 'base64');
  }

  /** The context goes along twice: keys with derivation bind it as `context`, all others as `associated_data`. */
  private async post(deed: 'encrypt' | 'decrypt', body: object, context: string): Promise<TransitAnswer> {
    const { url, key, mount, namespace } = this.at;
    const bound = Buffer.from(context).toString('base64');
    const token = this.token();
    let status: number;
    let answer: TransitAnswer;
    try {
      const response = await fetch(`${url}/v1/${mount}/${deed}/${encodeURIComponent(key)}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-vault-token': token,
          'x-vault-request': 'true',
          ...(namespace ? { 'x-vault-namespace': namespace } : {}),
        },
        body: JSON.stringify({ ...body, context: bound, associated_data: bound }),
        // Followed, a redirect would take the token to another server.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.patienceInMs),
      });
      ({ status } = response);
      answer = (await response.json().catch(() => ({}))) as TransitAnswer;
    } catch (error) {
      throw this.unreachable(error);
    }
    if (status !== 200) throw this.refused(deed, status, (answer.errors ?? []).join('; ').trim());
    return answer;
  }

  private token(): string {
    const { tokenFile } = this.at;
    let token = '';
    try {
      token = readFileSync(tokenFile, 'utf8').trim();
    } catch {
      // Said below: for who has to mend it, an empty file and an unreadable one are the same.
    }
    // Anything else is no token, and would be put into a header.
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw new Error(
      `The token for the key service cannot be read from ${tokenFile}. Let KEY_SERVICE_TOKEN_FILE name a file that holds the token alone and that the user of Redress may read.`,
    );
  }

  private unreachable(error: unknown): Error {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    if (name === 'TimeoutError')
      return this.problem(
        `gave no answer within ${this.patienceInMs / 1000} seconds`,
        'See that it runs, then start again.',
      );
    return this.problem(`cannot be reached (${cause?.code ?? name})`, MEND_URL);
  }

  private refused(deed: string, status: number, words: string): Error {
    const { key, mount } = this.at;
    const said = words ? `: ${words.replaceAll(/\s+/g, ' ')}` : '';
    if (status === 403)
      return this.problem(
        `refused the token (403${said})`,
        `Put a token that has not expired into KEY_SERVICE_TOKEN_FILE; its policy needs "update" on ${mount}/encrypt/${key} and ${mount}/decrypt/${key}.`,
      );
    if (status === 404)
      return this.problem(
        `knows no ${mount}/${deed}/${key} (404${said})`,
        'Mend KEY_SERVICE_MOUNT, KEY_SERVICE_KEY or KEY_SERVICE_NAMESPACE.',
      );
    if (status === 503)
      return this.problem(
        `is sealed or not ready (503${said})`,
        'Unseal it ("vault operator unseal"), then start again.',
      );
    if (status === 400 && deed === 'decrypt')
      return this.problem(
        `does not open the keys file with its key ${key} (400${said})`,
        'Put back the keys file that was sealed with this key, or mend KEY_SERVICE_KEY.',
      );
    return this.problem(`answered ${status}${said}`, MEND_URL);
  }

  private problem(what: string, mend: string): Error {
    return new Error(`The key service ${this.at.url} ${what}. ${mend}`);
  }
}

const MEND_URL = 'Start it, or mend KEY_SERVICE_URL, then start again.';
