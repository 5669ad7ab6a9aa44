import type { EvidenceStore } from './evidence-store';
import { FolderStore } from './folder-store';
import type { S3Settings } from './s3-requests';
import { S3Store } from './s3-store';

/** As the environment has it, each text empty where nothing is set. */
export interface EvidenceStoreSettings {
  /** Absolute. Holds the files when `s3.endpoint` is empty. */
  dataDir: string;
  s3: S3Settings;
}

/** The store that the environment (`EVIDENCE_S3_…`) names; see `storeOf`. */
export function evidenceStoreOf(dataDir: string, env: NodeJS.ProcessEnv): EvidenceStore {
  const setting = (name: string) => env[`EVIDENCE_S3_${name}`] ?? '';
  return storeOf({
    dataDir,
    s3: {
      endpoint: setting('ENDPOINT'),
      region: setting('REGION'),
      bucket: setting('BUCKET'),
      accessKeyId: setting('ACCESS_KEY_ID'),
      secretAccessKey: setting('SECRET_ACCESS_KEY'),
      prefix: setting('PREFIX'),
    },
  });
}

/** The store that is set; nothing is opened or reached yet. Throws a sentence that names the setting to mend. */
export function storeOf(settings: EvidenceStoreSettings): EvidenceStore {
  const { dataDir, s3 } = settings;
  if (s3.endpoint) return new S3Store(checked(s3));
  if (s3.bucket || s3.accessKeyId || s3.secretAccessKey || s3.prefix)
    throw new Error(
      'EVIDENCE_S3_ENDPOINT is empty although another EVIDENCE_S3_… is set; set it to the address of the S3 server, or leave all of them empty to keep files in DATA_DIR.',
    );
  return new FolderStore(dataDir);
}

function checked(s3: S3Settings): S3Settings {
  const endpoint = URL.canParse(s3.endpoint) ? new URL(s3.endpoint) : null;
  // Not the text itself: somebody may have put a password in it.
  if (!endpoint || !/^https?:$/.test(endpoint.protocol) || endpoint.href !== `${endpoint.origin}/`)
    throw new Error(
      'EVIDENCE_S3_ENDPOINT is not an address alone; set it to scheme, host and port, such as https://s3.example.org, without a bucket.',
    );
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(s3.bucket))
    throw new Error(
      `EVIDENCE_S3_BUCKET is "${s3.bucket}"; set it to the bucket's name: 3 to 63 of a-z, 0-9, hyphen and dot.`,
    );
  const region = s3.region || 'us-east-1';
  if (!/^[a-z0-9-]+$/.test(region))
    throw new Error(
      `EVIDENCE_S3_REGION is "${region}"; set it to the region of the bucket, such as eu-central-1, or leave it empty for us-east-1.`,
    );
  for (const [name, text] of [
    ['EVIDENCE_S3_ACCESS_KEY_ID', s3.accessKeyId],
    ['EVIDENCE_S3_SECRET_ACCESS_KEY', s3.secretAccessKey],
  ] as const)
    if (!/^[\x21-\x7e]+$/.test(text))
      throw new Error(
        `${name} is empty or holds a space; set it to the key that the S3 server gave out for this bucket.`,
      );
  if (!/^([\w-]+\/)*$/.test(s3.prefix))
    throw new Error(
      `EVIDENCE_S3_PREFIX is "${s3.prefix}"; set it to folders of letters, digits, _ and -, each with a slash at its end, such as redress/evidence/, or leave it empty.`,
    );
  return { ...s3, endpoint: endpoint.origin, region };
}
