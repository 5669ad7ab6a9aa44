import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { KeysFile, refuseRights } from '../keys-file';
import { KeyStore } from './key-store';
import { TransitService } from './transit-service';

/** Where these settings (`KEY_SERVICE_…`) keep the keys of the vault in `dataDir`; throws a sentence that names the one to mend. */
export function findKeyStore(dataDir: string, env: NodeJS.ProcessEnv): KeyStore {
  const file = new KeysFile(dataDir);
  const url = (env.KEY_SERVICE_URL ?? '').replace(/\/+$/, '');
  if (!url) return new KeyStore(file, null);
  if (!isSafe(url))
    throw new Error(
      'KEY_SERVICE_URL must start with https:// (http:// only for this machine), or be empty to keep the keys in a file: over it travel all keys of this vault.',
    );
  const tokenFile = env.KEY_SERVICE_TOKEN_FILE ?? '';
  if (!tokenFile)
    throw new Error(
      'KEY_SERVICE_URL is set, so KEY_SERVICE_TOKEN_FILE must name the file that holds its token.',
    );
  refuseOpenToken(tokenFile);
  const mount = (env.KEY_SERVICE_MOUNT || 'transit').replaceAll(/^\/+|\/+$/g, '');
  if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(mount))
    throw new Error(
      `KEY_SERVICE_MOUNT is "${mount}"; set it to the path of the Transit engine, or leave it empty for transit.`,
    );
  return new KeyStore(
    file,
    new TransitService({
      url,
      key: env.KEY_SERVICE_KEY || 'redress',
      mount,
      tokenFile,
      namespace: env.KEY_SERVICE_NAMESPACE ?? '',
    }),
  );
}

/** A group may read it: an agent that renews it is often another user. One that is missing is told of when it is needed. */
function refuseOpenToken(tokenFile: string): void {
  const found = statSync(tokenFile, { bigint: true, throwIfNoEntry: false });
  if (found)
    refuseRights(
      tokenFile,
      found.mode,
      0o037,
      'holds the token of the key service and is open to others',
      '640',
    );
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  const isHere =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}
