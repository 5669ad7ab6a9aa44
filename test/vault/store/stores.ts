import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import type { EvidenceStore } from '../../../src/vault/store/evidence-store';
import { FolderStore } from '../../../src/vault/store/folder-store';
import { S3Store } from '../../../src/vault/store/s3-store';
import { StubS3 } from './stub-s3';

export interface OpenStore {
  store: EvidenceStore;
  close: () => Promise<void>;
}

/** Every kind of store, empty. */
export const STORES: Record<string, () => Promise<OpenStore>> = {
  'a folder': async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'redress-store-'));
    return {
      store: new FolderStore(dataDir),
      close: async () => rmSync(dataDir, { recursive: true }),
    };
  },
  's3rver, an S3 server': async () => {
    const directory = mkdtempSync(join(tmpdir(), 'redress-s3rver-'));
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory,
      configureBuckets: [{ name: 'evidence', configs: [] }],
    });
    const { port } = await server.run();
    return {
      store: new S3Store({
        endpoint: `http://127.0.0.1:${port}`,
        region: 'us-east-1',
        bucket: 'evidence',
        accessKeyId: 'S3RVER',
        secretAccessKey: 'S3RVER',
        prefix: 'redress/files/',
      }),
      close: async () => {
        await server.close();
        rmSync(directory, { recursive: true });
      },
    };
  },
  'an S3 server that checks every signature': async () => {
    const stub = await StubS3.start();
    return { store: new S3Store(stub.settings), close: () => stub.close() };
  },
};

export const MB = 1024 * 1024;

/** `size` bytes in chunks of 64 kB, then an end, an error, or neither until it is destroyed. */
export function streamOf(size: number, end: 'ends' | Error | 'hangs' = 'ends', letter = 'x'): Readable {
  let left = size;
  return new Readable({
    read() {
      if (left > 0) {
        const bytes = Math.min(left, 65_536);
        left -= bytes;
        this.push(Buffer.alloc(bytes, letter));
      } else if (end instanceof Error) this.destroy(end);
      else if (end === 'ends') this.push(null);
    },
  });
}

export async function contentOf(store: EvidenceStore, id: string): Promise<Buffer> {
  return buffer(await store.read(id));
}

export async function idsOf(store: EvidenceStore): Promise<string[]> {
  const ids = [];
  for await (const id of store.list()) ids.push(id);
  return ids.sort();
}
