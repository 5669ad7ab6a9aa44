import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server of PostgreSQL that breaks when told to. */
export interface CutDatabase {
  /** The address of a database of that server, on this way. */
  to(url: string): string;
  /** The next COMMIT reaches the server and is done; its answer does not come back, and the connection ends; `andRefuse` every other, too. */
  loseNextCommit(andRefuse?: boolean): void;
  /** Whoever is connected is cut off, and so is whoever comes, until they are let through again. */
  refuse(): void;
  letThrough(): void;
  close(): Promise<void>;
}

const COMMIT = Buffer.from('COMMIT\0');

/** Stands in front of this server. */
export async function cutDatabase(server: string): Promise<CutDatabase> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  let refuses = false;
  let loses: 'nothing' | 'commit' | 'all' = 'nothing';
  const refuse = () => {
    refuses = true;
    sockets.forEach((socket) => socket.destroy());
  };
  const way = createServer((near) => {
    if (refuses) return near.destroy();
    const far = connect(Number(port), hostname);
    let lost: typeof loses = 'nothing';
    const cut = () => [near, far].forEach((socket) => socket.destroy());
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    near.on('data', (bytes: Buffer) => {
      if (bytes.includes(COMMIT)) [lost, loses] = [loses, 'nothing'];
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (lost === 'nothing') near.write(bytes);
      else if (lost === 'commit') cut();
      else refuse();
    });
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const here = way.address() as AddressInfo;
  return {
    to: (url) => Object.assign(new URL(url), { hostname: here.address, port: String(here.port) }).href,
    loseNextCommit: (andRefuse = false) => (loses = andRefuse ? 'all' : 'commit'),
    refuse,
    letThrough: () => (refuses = false),
    close: async () => {
      refuse();
      way.close();
      await once(way, 'close');
    },
  };
}
