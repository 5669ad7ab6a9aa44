import { createHash } from 'node:crypto';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { codeOf } from './evidence-store';

/** A bucket and the key to it. */
export interface S3Settings {
  /** Scheme, host and port, such as `https://s3.example.org`; buckets are addressed as folders under it. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** What every object's name starts with: empty, or folders, each with a slash at its end. */
  prefix: string;
}

/** How long to wait for a silent server, and before the second try; the third waits twice as long. Milliseconds. */
export interface S3Patience {
  silenceInMs: number;
  pauseInMs: number;
}

export interface S3Call {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Buffer;
}

export interface S3Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** Why a call failed. Its text holds a method, a status and a code: no address, no key, no signature. */
export class S3Problem extends Error {
  constructor(
    method: string,
    /** HTTP status, or 0 when there was no answer. */
    readonly status: number,
    /** As S3 names it (`NoSuchBucket`), or a system's error code; may be empty. */
    readonly code: string,
  ) {
    super(`${method} ${status ? `was answered ${status}` : 'was not answered'}${code && ` (${code})`}`);
    this.name = 'S3Problem';
  }

  /** Whether the same call may pass a moment later. */
  get passes(): boolean {
    return [0, 429, 500, 502, 503, 504].includes(this.status);
  }
}

const TRIES = 4;
const LONGEST_ANSWER_IN_BYTES = 4 * 1024 * 1024;

/**
 * Calls to an S3 server, signed (Signature Version 4, the payload's SHA-256 included) and taken again when they may pass.
 * Every call of `S3Store` bears that: the worst is a second multipart upload begun and never completed.
 */
export class S3Requests {
  constructor(
    private readonly settings: S3Settings,
    private readonly patience: S3Patience,
  ) {}

  /** A call and its whole answer. Throws an `S3Problem` when there is none, or one of the 5xx kind every time. */
  ask(method: string, key: string, call: S3Call = {}): Promise<S3Answer> {
    return this.patiently(async () => {
      const answer = await this.send(method, key, call);
      const text = await this.textOf(method, answer);
      const status = answer.statusCode!;
      // CompleteMultipartUpload sends its 200 before it starts to work, and the error after it.
      const failed = status === 200 && text.includes('<Error>') ? 500 : status;
      const whole = { status: failed, headers: answer.headers, text };
      const problem = problemOf(method, whole);
      if (problem.passes) throw problem;
      return whole;
    });
  }

  /** The content of an object, as it arrives. Throws an `S3Problem` on every status but 200. */
  open(key: string): Promise<IncomingMessage> {
    return this.patiently(async () => {
      const answer = await this.send('GET', key, {});
      const status = answer.statusCode!;
      if (status === 200) return answer;
      throw problemOf('GET', { status, text: await this.textOf('GET', answer) });
    });
  }

  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1)
      try {
        return await call();
      } catch (error) {
        if (tried === TRIES || !(error instanceof S3Problem && error.passes)) throw error;
        // Anywhere in the second half of the pause, so that many writers do not come back at once.
        await pause(this.patience.pauseInMs * 2 ** (tried - 1) * (0.5 + Math.random() / 2));
      }
  }

  private async send(method: string, key: string, call: S3Call): Promise<IncomingMessage> {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = this.settings;
    const { query = {}, headers = {}, body = Buffer.alloc(0) } = call;
    const target = new URL(`/${bucket}${key && `/${key}`}`, endpoint);
    target.search = new URLSearchParams(query).toString();
    const sha256 = createHash('sha256').update(body).digest('hex');
    const signer = new AwsV4Signer({
      method,
      url: target.href,
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
    });
    const signed = Object.fromEntries((await signer.sign()).headers);
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(new S3Problem(method, 0, codeOf(error)));
      const send = target.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(target, {
        method,
        headers: { ...signed, 'content-length': body.length },
        timeout: this.patience.silenceInMs,
      });
      let answer: IncomingMessage | null = null;
      request.on('timeout', () => {
        // Bytes that wait here wait for a slow reader, not for the server.
        if (!answer?.readableLength) request.destroy(silence());
      });
      request.on('error', fail);
      request.on('response', (response) => {
        answer = response;
        resolve(response);
      });
      request.end(body);
    });
  }

  private async textOf(method: string, answer: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > LONGEST_ANSWER_IN_BYTES) throw new S3Problem(method, answer.statusCode!, 'AnswerTooLong');
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof S3Problem ? error : new S3Problem(method, 0, codeOf(error));
    }
    return Buffer.concat(chunks).toString();
  }
}

/** What an answer that is not the hoped-for one says. */
export function problemOf(method: string, answer: { status: number; text: string }): S3Problem {
  return new S3Problem(method, answer.status, /<Code>(\w{1,60})<\/Code>/.exec(answer.text)?.[1] ?? '');
}

function silence(): Error {
  return Object.assign(new Error('The server fell silent.'), { code: 'ETIMEDOUT' });
}
