import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../../../src/vault/store/s3-requests';

export interface Call {
  /** Method and query's first name, such as `PUT`, `POST uploads`, `GET list-type`. */
  name: string;
  /** How often this name has been called, from 1. */
  n: number;
}

/**
 * `serve`; a status with an error of this code; `hang-up` in the middle of the request; `lose-answer` after the deed; `cut`
 * the answer in half; `silent`; `garble` one byte of the body before it is looked at; `late-error` in a body under status 200.
 */
export type Behaviour =
  | 'serve'
  | 'hang-up'
  | 'lose-answer'
  | 'cut'
  | 'silent'
  | 'garble'
  | 'late-error'
  | { status: number; code: string };

interface Kept {
  bytes: Buffer;
  write: string;
  /** Left out by tests that do not ask for it. */
  storedAt?: string;
}

const BUCKET = 'evidence';
const PAGE_SIZE = 3;
const CLOCK_MAY_DIFFER_IN_MS = 15 * 60 * 1000;

/** An S3 server that computes every signature and payload hash again, and can be told to fail. Keeps everything in memory. */
export class StubS3 {
  readonly objects = new Map<string, Kept>();
  readonly uploads = new Map<string, { key: string; write: string; parts: Map<number, Buffer> }>();
  readonly calls: string[] = [];
  behave: (call: Call) => Behaviour = () => 'serve';
  conditions: 'known' | 'ignored' | 'not-implemented' = 'known';
  now = (): Date => new Date();
  /** Off: what arrives is checked and forgotten. */
  keepsContent = true;
  readonly secretAccessKey = 'stub-secret-7f3a9c';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StubS3> {
    const server = createServer();
    const stub = new StubS3(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      stub.handle(request, response).catch((error: Error) => response.destroy(error));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get settings(): S3Settings {
    return {
      endpoint: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      region: 'eu-test-1',
      bucket: BUCKET,
      accessKeyId: 'STUBKEYID42',
      secretAccessKey: this.secretAccessKey,
      prefix: 'house/',
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.settings.endpoint);
    const name = [request.method, [...url.searchParams.keys()][0]].filter(Boolean).join(' ');
    this.calls.push(name);
    const behaviour = this.behave({ name, n: this.calls.filter((call) => call === name).length });
    if (behaviour === 'silent') return;
    const chunks: Buffer[] = [];
    const hash = createHash('sha256');
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (behaviour === 'hang-up') return void request.socket.destroy();
      if (behaviour === 'garble') chunk[0]! ^= 1;
      hash.update(chunk);
      if (this.keepsContent || request.method === 'POST') chunks.push(chunk);
    }
    if (behaviour === 'hang-up') return void request.socket.destroy();
    if (typeof behaviour === 'object') return refuse(response, behaviour.status, behaviour.code);
    const wrong = this.wrongWith(request, url, hash.digest('hex'));
    if (wrong) return refuse(response, wrong === 'XAmzContentSHA256Mismatch' ? 400 : 403, wrong);
    if (behaviour === 'late-error')
      return answer(response, 200, xml('<Error><Code>InternalError</Code></Error>'));
    if (behaviour === 'lose-answer') response.end = () => response.destroy();
    this.serve(request, response, url, Buffer.concat(chunks), behaviour === 'cut');
  }

  private serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    body: Buffer,
    isCut: boolean,
  ): void {
    const [, bucket, ...path] = url.pathname.split('/');
    const key = path.join('/');
    const query = url.searchParams;
    if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket');
    if (query.has('list-type')) return this.list(response, query);
    const write = String(request.headers['x-amz-meta-write']);
    const uploadId = query.get('uploadId');
    const upload = this.uploads.get(uploadId ?? '');
    const found = this.objects.get(key);
    if (uploadId && upload?.key !== key) return refuse(response, 404, 'NoSuchUpload');
    const does = `${request.method} ${uploadId ? 'part' : query.has('uploads') ? 'upload' : 'object'}`;
    if (['PUT object', 'POST part'].includes(does) && request.headers['if-none-match'] === '*') {
      if (this.conditions === 'not-implemented') return refuse(response, 501, 'NotImplemented');
      if (this.conditions === 'known' && found) return refuse(response, 412, 'PreconditionFailed');
    }
    switch (does) {
      case 'PUT object':
        this.objects.set(key, { bytes: body, write, storedAt: new Date().toISOString() });
        return answer(response, 200, '', { etag: etagOf(body) });
      case 'POST upload': {
        const id = `up&load<${randomUUID()}`;
        this.uploads.set(id, { key, write, parts: new Map() });
        return answer(
          response,
          200,
          xml(`<UploadId>${id.replace('&', '&amp;').replace('<', '&#60;')}</UploadId>`),
        );
      }
      case 'PUT part':
        upload!.parts.set(Number(query.get('partNumber')), body);
        return answer(response, 200, '', { etag: etagOf(body) });
      case 'POST part': {
        const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
        const parts = listed.map(([, n, etag]) => {
          const part = upload!.parts.get(Number(n));
          return part && etagOf(part) === etag ? part : null;
        });
        if (parts.length !== upload!.parts.size || parts.includes(null))
          return refuse(response, 400, 'InvalidPart');
        if (this.keepsContent && parts.slice(0, -1).some((part) => part!.length < 5 * 1024 * 1024))
          return refuse(response, 400, 'EntityTooSmall');
        this.uploads.delete(uploadId!);
        this.objects.set(key, {
          bytes: Buffer.concat(parts as Buffer[]),
          write: upload!.write,
          storedAt: new Date().toISOString(),
        });
        return answer(response, 200, xml('<CompleteMultipartUploadResult/>'));
      }
      case 'DELETE part':
        this.uploads.delete(uploadId!);
        return answer(response, 204, '');
      case 'DELETE object':
        this.objects.delete(key);
        return answer(response, 204, '');
      case 'HEAD object':
        return found
          ? answer(response, 200, '', { 'x-amz-meta-write': found.write })
          : answer(response, 404, '');
      case 'GET object':
        if (!found) return refuse(response, 404, 'NoSuchKey');
        if (!isCut) return answer(response, 200, found.bytes);
        response.writeHead(200, { 'content-length': found.bytes.length });
        response.write(found.bytes.subarray(0, found.bytes.length / 2), () => response.destroy());
        return;
      default:
        return refuse(response, 405, 'MethodNotAllowed');
    }
  }

  private list(response: ServerResponse, query: URLSearchParams): void {
    const from = Number((query.get('continuation-token') ?? 'from+0').slice(5));
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(query.get('prefix')!)).sort();
    const page = keys
      .slice(from, from + PAGE_SIZE)
      .map(
        (key) =>
          `<Contents><Key>${key}</Key><LastModified>${this.objects.get(key)!.storedAt}</LastModified></Contents>`,
      );
    const next =
      from + PAGE_SIZE < keys.length
        ? `<NextContinuationToken>from+${from + PAGE_SIZE}</NextContinuationToken>`
        : '';
    answer(response, 200, xml(`<ListBucketResult>${page.join('')}${next}</ListBucketResult>`));
  }

  /** Signature Version 4 as Amazon's guide has it ("Signature calculations: single chunk"), from the request alone. */
  private wrongWith(request: IncomingMessage, url: URL, sha256: string): string | null {
    const [, keyId, day, region, signedNames, signature] =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
        request.headers.authorization ?? '',
      ) ?? [];
    if (!signature) return 'AccessDenied';
    if (keyId !== this.settings.accessKeyId) return 'InvalidAccessKeyId';
    const stamp = String(request.headers['x-amz-date']);
    const instant = Date.parse(
      stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
    );
    if (!(Math.abs(instant - this.now().getTime()) <= CLOCK_MAY_DIFFER_IN_MS)) return 'RequestTimeTooSkewed';
    const names = signedNames!.split(';');
    const needed = Object.keys(request.headers).filter(
      (name) => name === 'host' || name.startsWith('x-amz-'),
    );
    if (needed.some((name) => !names.includes(name))) return 'AccessDenied';
    const canonical = [
      request.method,
      url.pathname,
      [...url.searchParams]
        .map((pair) => pair.map(encoded).join('='))
        .sort()
        .join('&'),
      ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
      '',
      names.join(';'),
      request.headers['x-amz-content-sha256'],
    ].join('\n');
    const scope = [day!, region!, 's3', 'aws4_request'];
    const toSign = [
      'AWS4-HMAC-SHA256',
      stamp,
      scope.join('/'),
      createHash('sha256').update(canonical).digest('hex'),
    ];
    const key = scope.reduce<Buffer | string>(
      (made, text) => hmac(made, text),
      `AWS4${this.secretAccessKey}`,
    );
    if (region !== this.settings.region) return 'AuthorizationHeaderMalformed';
    if (hmac(key, toSign.join('\n')).toString('hex') !== signature) return 'SignatureDoesNotMatch';
    return request.headers['x-amz-content-sha256'] === sha256 ? null : 'XAmzContentSHA256Mismatch';
  }
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function xml(text: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...headers,
    ...(body.length ? { 'content-length': Buffer.byteLength(body) } : {}),
  });
  response.end(body);
}

/** As Amazon's, an error that repeats what was sent: none of it may reach a sentence. */
function refuse(response: ServerResponse, status: number, code: string): void {
  const echo = '<AWSAccessKeyId>STUBKEYID42</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 …</StringToSign>';
  answer(response, status, xml(`<Error><Code>${code}</Code><Message>No.</Message>${echo}</Error>`));
}
