import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const TYPESCRIPT = ['-r', join(ROOT, 'test', 'records', 'typescript-child.js')];

/** The built server, the server straight from its sources, and the bare server that lodging is compared with. */
const PROGRAMS = {
  built: [join(ROOT, 'dist', 'main.js')],
  sources: [...TYPESCRIPT, join(ROOT, 'src', 'main.ts')],
  bare: [...TYPESCRIPT, join(__dirname, 'bare-server.ts')],
};

export interface ServerPlace {
  dataDir: string;
  /** Empty: SQLite in `dataDir`. */
  databaseUrl?: string;
  /** 0, or left out: any free port. */
  port?: number;
  /** Options for Node itself, for example `--cpu-prof`. */
  nodeOptions?: string[];
  /** Further settings. */
  env?: Record<string, string>;
}

/** A server in a process of its own. */
export class ServerProcess {
  private words = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** Spawns it and waits until it says on which port it answers; throws with its last words when it ends before. */
  static async start(program: keyof typeof PROGRAMS, place: ServerPlace): Promise<ServerProcess> {
    const child = ServerProcess.spawn(program, place);
    let words = '';
    const port = await new Promise<number>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        words = (words + chunk.toString()).slice(-4000);
        const said = /\(port (\d+)\)/.exec(words)?.[1];
        if (said) resolve(Number(said));
      };
      child.stdout!.on('data', listen);
      child.stderr!.on('data', listen);
      child.once('exit', (code) =>
        reject(new Error(`The ${program} server ended with ${code} before it answered. It said:\n${words}`)),
      );
    });
    return new ServerProcess(child, port).keepingWords();
  }

  /** Spawns it and waits for nothing. */
  static spawn(
    program: keyof typeof PROGRAMS,
    { dataDir, databaseUrl = '', port = 0, nodeOptions = [], env = {} }: ServerPlace,
  ): ChildProcess {
    return spawn(process.execPath, [...nodeOptions, ...PROGRAMS[program]], {
      cwd: dataDir,
      env: {
        ...process.env,
        NODE_ENV: '',
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The end of what it wrote to its standard error. */
  get lastWords(): string {
    return this.words;
  }

  /** Sends the signal and waits until the process is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.hasEnded) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }

  private keepingWords(): this {
    this.child.stdout!.removeAllListeners('data').resume();
    this.child.stderr!.removeAllListeners('data');
    this.child.stderr!.on('data', (chunk: Buffer) => {
      this.words = (this.words + chunk.toString()).slice(-4000);
    });
    return this;
  }
}
