import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  alreadyStored,
  checkedId,
  type EvidenceStore,
  isEvidenceId,
  notStored,
  overStream,
  unavailable,
} from './evidence-store';
import {
  problemOf,
  type S3Answer,
  type S3Call,
  type S3Patience,
  S3Problem,
  S3Requests,
  type S3Settings,
} from './s3-requests';

/** What one write holds in memory, and the size of a part; S3 wants at least 5 MB for all but the last of at most 10,000. */
const PART_BYTES = 8 * 1024 * 1024;

/** Says which write an object comes from: an answer that was lost can be asked for again. */
const WRITE = 'x-amz-meta-write';

/**
 * Sealed files as objects of an S3 bucket (Amazon S3 API, version 2006-03-01), for servers that have no disk of their own
 * to keep. At most 80 GB a file; a write holds a part or two of 8 MB in memory.
 *
 * That an id is written once holds against other processes where the server knows `If-None-Match` on a write (Amazon's does
 * since 2024); on others within this process only, which random ids make enough. A process that is killed leaves parts that
 * nobody can read; a lifecycle rule of the bucket (AbortIncompleteMultipartUpload) clears them away.
 */
export class S3Store implements EvidenceStore {
  private readonly requests: S3Requests;
  private readonly writing = new Set<string>();

  constructor(
    private readonly settings: S3Settings,
    patience: S3Patience = { silenceInMs: 30_000, pauseInMs: 300 },
  ) {
    this.requests = new S3Requests(settings, patience);
  }

  async write(id: string, sealed: Readable): Promise<void> {
    await overStream(
      sealed,
      async () => {
        const key = this.keyOf(id);
        if (this.writing.has(id)) throw alreadyStored();
        this.writing.add(id);
        try {
          if (await this.writeOf(key)) throw alreadyStored();
          await this.store(key, sealed);
        } finally {
          this.writing.delete(id);
        }
      },
      (error) => explained(error, 'This file could not be kept'),
    );
  }

  async read(id: string): Promise<Readable> {
    const key = this.keyOf(id);
    try {
      return await this.requests.open(key);
    } catch (error) {
      if (error instanceof S3Problem && isMissingKey(error)) throw notStored();
      throw explained(error, 'This file could not be read');
    }
  }

  async has(id: string): Promise<boolean> {
    const key = this.keyOf(id);
    try {
      return (await this.writeOf(key)) !== null;
    } catch (error) {
      throw explained(error, 'This file could not be read');
    }
  }

  async remove(id: string): Promise<void> {
    const key = this.keyOf(id);
    try {
      const answer = await this.requests.ask('DELETE', key);
      const problem = problemOf('DELETE', answer);
      if (!isGood(answer) && !isMissingKey(problem)) throw problem;
    } catch (error) {
      throw explained(error, 'This file could not be removed');
    }
  }

  async *list(): AsyncGenerator<string> {
    for await (const { id } of this.objects()) yield id;
  }

  async *storedBefore(moment: Date): AsyncGenerator<string> {
    for await (const { id, storedAt } of this.objects())
      if (Date.parse(storedAt) < moment.getTime()) yield id;
  }

  private async *objects(): AsyncGenerator<{ id: string; storedAt: string }> {
    const { prefix } = this.settings;
    for (let token: string | undefined = ''; token !== undefined;) {
      const page = await this.page(token);
      const storedAt = textsOf(page, 'LastModified');
      for (const [at, key] of textsOf(page, 'Key').entries()) {
        const id = key.slice(prefix.length);
        if (isEvidenceId(id)) yield { id, storedAt: storedAt[at] ?? '' };
      }
      token = textsOf(page, 'NextContinuationToken')[0];
    }
  }

  private async page(token: string): Promise<string> {
    const query = {
      'list-type': '2',
      prefix: this.settings.prefix,
      ...(token && { 'continuation-token': token }),
    };
    try {
      return (await this.mustPass('GET', '', { query })).text;
    } catch (error) {
      throw explained(error, 'The files could not be listed');
    }
  }

  /** A file of one part in one call, larger ones as a multipart upload. */
  private async store(key: string, sealed: Readable): Promise<void> {
    const write = randomUUID();
    const etags: string[] = [];
    let uploadId = '';
    try {
      for await (const { bytes, isLast } of partsOf(sealed)) {
        if (isLast && !uploadId)
          return await this.publish('PUT', key, write, { headers: { [WRITE]: write }, body: bytes });
        uploadId ||= await this.begin(key, write);
        etags.push(await this.putPart(key, uploadId, etags.length + 1, bytes));
      }
      await this.publish('POST', key, write, { query: { uploadId }, body: listOfParts(etags) });
    } catch (error) {
      // The error that led here is the one to tell; parts that stay are for the bucket's lifecycle rule.
      if (uploadId) await this.requests.ask('DELETE', key, { query: { uploadId } }).catch(() => undefined);
      throw error;
    }
  }

  private async begin(key: string, write: string): Promise<string> {
    const answer = await this.mustPass('POST', key, { query: { uploads: '' }, headers: { [WRITE]: write } });
    const [uploadId] = textsOf(answer.text, 'UploadId');
    if (!uploadId) throw new S3Problem('POST', answer.status, 'UploadId missing');
    return uploadId;
  }

  private async putPart(key: string, uploadId: string, n: number, body: Buffer): Promise<string> {
    const { headers, status } = await this.mustPass('PUT', key, {
      query: { partNumber: String(n), uploadId },
      body,
    });
    if (!headers.etag) throw new S3Problem('PUT', status, 'ETag missing');
    return headers.etag;
  }

  /** The call after which the file can be read. */
  private async publish(method: string, key: string, write: string, call: S3Call): Promise<void> {
    const headers = { ...call.headers, 'if-none-match': '*' };
    let answer = await this.requests.ask(method, key, { ...call, headers });
    // A server that knows no condition on a write: that the id was free a moment ago has to do.
    if (answer.status === 501) answer = await this.requests.ask(method, key, call);
    if (isGood(answer)) return;
    // Taken by another write, or by an earlier try of this one whose answer was lost.
    const kept = [404, 409, 412].includes(answer.status) ? await this.writeOf(key) : null;
    if (kept === write) return;
    throw kept ? alreadyStored() : problemOf(method, answer);
  }

  /** Which write the object comes from, `unknown` for one of a foreign hand, or null when there is none. */
  private async writeOf(key: string): Promise<string | null> {
    const answer = await this.requests.ask('HEAD', key);
    if (answer.status === 404) return null;
    if (!isGood(answer)) throw problemOf('HEAD', answer);
    return String(answer.headers[WRITE] ?? 'unknown');
  }

  private async mustPass(method: string, key: string, call: S3Call): Promise<S3Answer> {
    const answer = await this.requests.ask(method, key, call);
    if (!isGood(answer)) throw problemOf(method, answer);
    return answer;
  }

  private keyOf(id: string): string {
    return this.settings.prefix + checkedId(id);
  }
}

/** Cuts a stream, in whatever pieces it comes, into parts of 8 MB; the last may be shorter, and is the only one of a short file. */
async function* partsOf(sealed: Readable): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let part = Buffer.allocUnsafe(PART_BYTES);
  let size = 0;
  for await (const chunk of sealed as AsyncIterable<Buffer>)
    for (let at = 0; at < chunk.length;) {
      if (size === PART_BYTES) {
        yield { bytes: part, isLast: false };
        part = Buffer.allocUnsafe(PART_BYTES);
        size = 0;
      }
      const copied = chunk.copy(part, size, at);
      size += copied;
      at += copied;
    }
  yield { bytes: part.subarray(0, size), isLast: true };
}

function listOfParts(etags: string[]): Buffer {
  const parts = etags.map(
    (etag, at) =>
      `<Part><PartNumber>${at + 1}</PartNumber><ETag>${etag.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</ETag></Part>`,
  );
  return Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts of all elements of this name. S3's answers are flat and without attributes there. */
function textsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) =>
    text!.replaceAll(/&(?:(\w+)|#(\d+)|#x([\da-f]+));/gi, (all, word?: string, ten?: string, hex?: string) =>
      word ? (ENTITIES[word] ?? all) : String.fromCodePoint(ten ? Number(ten) : parseInt(hex!, 16)),
    ),
  );
}

function isGood(answer: S3Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function isMissingKey({ status, code }: S3Problem): boolean {
  return status === 404 && (code === 'NoSuchKey' || code === '');
}

/** A problem as a sentence, without its own text, which belongs in the log. */
function explained(error: unknown, what: string): unknown {
  if (!(error instanceof S3Problem)) return error;
  return unavailable(`${what}: ${reasonOf(error)}; then try again.`, error);
}

function reasonOf({ status, code }: S3Problem): string {
  const answered = `the file store answered ${status}${code && ` (${code})`}. Whoever runs this server has to`;
  if (code === 'RequestTimeTooSkewed') return `${answered} set its clock right`;
  if (code === 'NoSuchBucket') return `${answered} make the bucket that EVIDENCE_S3_BUCKET names`;
  if ([301, 307].includes(status) || code === 'AuthorizationHeaderMalformed')
    return `${answered} set EVIDENCE_S3_REGION to the region of the bucket`;
  if ([401, 403].includes(status))
    return `${answered} check EVIDENCE_S3_ACCESS_KEY_ID and EVIDENCE_S3_SECRET_ACCESS_KEY, and that this key may list, read, write and delete in the bucket`;
  if (status === 0 || status === 429 || status >= 500)
    return `the file store does not answer${status ? ` as it should (${status})` : code && ` (${code})`}. Wait a few minutes, or have whoever runs this server check EVIDENCE_S3_ENDPOINT`;
  return `${answered} check the settings EVIDENCE_S3_… and the store's own log`;
}
