import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { Log } from '../../src/platform/log';
import { FolderStore } from '../../src/vault/store/folder-store';
import { EvidenceStore } from '../../src/vault/store/evidence-store';
import { S3Store } from '../../src/vault/store/s3-store';
import { TestApp, type TestOfficer } from './app';
import type { Engine } from './database';

export const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
export const REASON = { reason: 'The metadata matter for the finding.' };

export interface SentFile {
  n: number;
  fileName: string;
  mediaType: string;
  sha256: string;
  handling: string;
  heldReason: string | null;
  removed: string[] | null;
  turnedBy: number | null;
  fault: string | null;
}

/** Requests about files of one case, as the complainant and as an investigator. */
export class CaseFiles {
  constructor(
    readonly app: TestApp,
    readonly investigator: TestOfficer,
    readonly lodged: { reference: string; token: string },
  ) {}

  static async of(app: TestApp): Promise<CaseFiles> {
    const files = new CaseFiles(app, await app.officer('INV'), await app.lodge());
    await app.bring(files.lodged.reference, files.investigator);
    return files;
  }

  async send(content: Buffer, fileName = 'file') {
    return this.app.ask<SentFile>('POST', '/api/v1/my-case/evidence', {
      token: this.lodged.token,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: Buffer.concat([
        Buffer.from(
          `--xx\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n`,
        ),
        content,
        Buffer.from('\r\n--xx--\r\n'),
      ]),
    });
  }

  own(n: number) {
    return this.app.ask('GET', `/api/v1/my-case/evidence/${n}`, { token: this.lodged.token });
  }

  copy(n: number) {
    return this.app.ask('GET', `/api/v1/cases/${this.lodged.reference}/evidence/${n}`, {
      token: this.investigator.token,
    });
  }

  original(n: number, body: unknown = REASON) {
    return this.app.ask('POST', `/api/v1/cases/${this.lodged.reference}/evidence/${n}/original`, {
      token: this.investigator.token,
      body,
    });
  }

  custody<T>(n: number, token = this.investigator.token) {
    return this.app.ask<T>('GET', `/api/v1/cases/${this.lodged.reference}/evidence/${n}/custody`, { token });
  }

  /** What was done with the case, apart from how the investigator came onto its team. */
  async acts(): Promise<string[]> {
    const { token } = this.lodged;
    type Line = { act: string; byRole: string };
    const { body } = await this.app.ask<Line[]>('GET', '/api/v1/my-case/timeline', { token });
    return body
      .filter(({ act }) => !['assign', 'declare-no-conflict'].includes(act))
      .map(({ act, byRole }) => `${act} ${byRole}`);
  }
}

/** A house whose store and log a test can look into. */
export interface WatchedHouse {
  app: TestApp;
  store: EvidenceStore;
  /** Each line of the log so far, as it was written. */
  logged: string[];
  close: () => Promise<void>;
}

/** An S3 server with one bucket, on this machine. */
export async function startS3Server() {
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
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'evidence',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      prefix: '',
    },
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** The same house over every kind of store. */
export const HOUSES: Record<string, (engine: Engine) => Promise<WatchedHouse>> = {
  'a folder': (engine) =>
    watched(
      engine,
      ({ dataDir }) => new FolderStore(dataDir),
      async () => undefined,
    ),
  'an S3 server': async (engine) => {
    const { settings, close } = await startS3Server();
    return watched(engine, () => new S3Store(settings), close);
  },
};

/** A house over a store of the test's own. */
export async function watched(
  engine: Engine,
  storeIn: (place: { dataDir: string }) => EvidenceStore,
  close: () => Promise<void>,
): Promise<WatchedHouse> {
  const logged: string[] = [];
  const log = new Log('info', { write: (line: string) => void logged.push(line) });
  const app = await TestApp.start(engine, {
    replace: (database) => [
      [EvidenceStore, storeIn(database)],
      [Log, log],
    ],
  });
  return {
    app,
    store: app.get(EvidenceStore),
    logged,
    close: async () => {
      await app.close();
      await close();
    },
  };
}
