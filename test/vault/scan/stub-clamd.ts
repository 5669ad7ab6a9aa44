import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The harmless text that every scanner takes for a virus (eicar.org), in pieces so that none takes this file for one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', 'H+H*'].join(
  '$',
);

/**
 * `honest`; `silent` after all was heard, or `deaf`: never reads; `closes` at the command, or in the `middle` of the content;
 * `limit-and-closes`: as honest, but leaves at once after the answer to a stream too large; `letter-by-letter`: as honest, slowly;
 * `says:…` this to whatever was asked, with no zero byte of its own; `early:…` says it when only the command has come.
 */
export type Manners =
  | 'honest'
  | 'silent'
  | 'deaf'
  | 'closes'
  | 'middle'
  | 'limit-and-closes'
  | 'letter-by-letter'
  | `early:${string}`
  | `says:${string}`;

const SIGNATURE = 'Eicar-Test-Signature';

/** A clamd that speaks INSTREAM and PING as `man clamd` has them, and knows one signature. */
export class StubClamd {
  manners: Manners = 'honest';
  streamMaxLength = 100 * 1024 * 1024;
  /** The largest chunk that came, and how many did; bytes of content in all, once a stream has ended. */
  largestChunk = 0;
  chunks = 0;
  streamed = -1;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly folder: string | null,
  ) {}

  static async start(on: 'tcp' | 'unix'): Promise<StubClamd> {
    const folder = on === 'unix' ? mkdtempSync(join(tmpdir(), 'redress-clamd-')) : null;
    const server = createServer();
    const stub = new StubClamd(server, folder);
    server.on('connection', (socket) => stub.converse(socket));
    await new Promise<void>((resolve) =>
      folder ? server.listen(join(folder, 'clamd.ctl'), resolve) : server.listen(0, '127.0.0.1', resolve),
    );
    return stub;
  }

  /** As a setting names it. */
  get address(): string {
    const address = this.server.address();
    return typeof address === 'string'
      ? `unix:${address}`
      : `tcp://127.0.0.1:${(address as AddressInfo).port}`;
  }

  get open(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  private converse(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    if (this.manners === 'deaf') return void socket.pause();
    let held = Buffer.alloc(0);
    let tail = '';
    let found = false;
    let size = 0;
    let command: string | null = null;
    let over = false;
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      if (command === null) {
        const end = held.indexOf(0);
        if (end < 0) return;
        command = held.toString('latin1', 0, end);
        held = held.subarray(end + 1);
        if (this.manners === 'closes') return void socket.destroy();
        if (this.manners.startsWith('early:')) return void socket.write(`${this.manners.slice(6)}\0`);
        if (command === 'zPING') return this.say(socket, 'PONG');
        if (command !== 'zINSTREAM') return this.say(socket, 'UNKNOWN COMMAND');
      }
      while (!over && held.length >= 4) {
        const length = held.readUInt32BE();
        if (held.length < 4 + length) return;
        const chunk = held.subarray(4, 4 + length);
        held = held.subarray(4 + length);
        if (length === 0) {
          this.streamed = size;
          over = true;
          return this.say(socket, found ? `stream: ${SIGNATURE} FOUND` : 'stream: OK');
        }
        this.chunks += 1;
        this.largestChunk = Math.max(this.largestChunk, length);
        size += length;
        const seen = tail + chunk.toString('latin1');
        found ||= seen.includes(EICAR);
        tail = seen.slice(-EICAR.length);
        if (this.manners === 'middle') return void socket.destroy();
        if (size > this.streamMaxLength) {
          over = true;
          socket.write('INSTREAM size limit exceeded. ERROR\0', () => {
            if (this.manners === 'limit-and-closes') socket.destroy();
          });
        }
      }
    });
  }

  private say(socket: Socket, answer: string): void {
    if (this.manners === 'silent') return;
    if (this.manners.startsWith('says:')) return void socket.end(this.manners.slice(5));
    if (this.manners !== 'letter-by-letter') return void socket.end(`${answer}\0`);
    const letters = [...`${answer}\0`];
    const next = (): void => {
      const letter = letters.shift();
      if (letter === undefined) socket.end();
      else socket.write(letter, () => setImmediate(next));
    };
    next();
  }
}
