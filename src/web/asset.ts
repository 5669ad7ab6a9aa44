import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A file that pages load. */
export interface Asset {
  type: string;
  plain: Buffer;
  /** Compressed when somebody first asks for it, and kept. */
  gzip(): Buffer;
  brotli(): Buffer;
  /** Changes with the content, so that browsers may keep the file for ever. */
  version: string;
}

export function assetOf(type: string, text: string): Asset {
  const plain = Buffer.from(text, 'utf8');
  return {
    type,
    plain,
    gzip: once(() => gzipSync(plain, { level: 9 })),
    brotli: once(() => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })),
    version: createHash('sha256').update(plain).digest('hex').slice(0, 12),
  };
}

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | null = null;
  return () => (made ??= make());
}
