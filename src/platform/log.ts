import { pino, type DestinationStream, type Logger } from 'pino';

const MOST_KEPT_BYTES = 1024 * 1024;

/** What may stand beside an event: codes, numbers and ids of our own making. Never what a person wrote, never an address. */
export type LogFacts = Record<string, string | number | boolean | null>;

/** One JSON line an event. An error is logged by name, code, message and stack: its other fields may hold row values. */
export class Log {
  private readonly pino: Logger;

  /** `level` as pino names it, or `silent`. */
  constructor(level: string, destination?: DestinationStream) {
    const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
    this.pino = pino(options, destination ?? standardOutput());
  }

  debug(event: string, facts: LogFacts = {}): void {
    this.pino.debug(facts, event);
  }

  info(event: string, facts: LogFacts = {}): void {
    this.pino.info(facts, event);
  }

  warn(event: string, facts: LogFacts = {}): void {
    this.pino.warn(facts, event);
  }

  error(event: string, error?: unknown, facts: LogFacts = {}): void {
    this.pino.error(error === undefined ? facts : { ...facts, error: describeError(error) }, event);
  }
}

/**
 * What cannot be written now, since a disk is full or whoever reads stands still or is gone, waits for the next line, up to 1 MB of it, and
 * holds nobody up: left to pino, it would end the process, and then try for ever to write the rest.
 */
function standardOutput(): DestinationStream {
  const out = pino.destination({ dest: 1, sync: true, retryEAGAIN: () => false, maxLength: MOST_KEPT_BYTES });
  out.on('error', () => undefined);
  return out;
}

/** Level from `LOG_LEVEL` (`info` when empty); nothing is written in a test run. Throws a sentence on an unknown level. */
export function logLevel(env: NodeJS.ProcessEnv): string {
  if (env.NODE_ENV === 'test') return 'silent';
  const level = env.LOG_LEVEL || 'info';
  if (level !== 'silent' && !(level in pino.levels.values))
    throw new Error(
      `LOG_LEVEL is "${level}"; set it to one of ${Object.keys(pino.levels.values).join(', ')} or silent.`,
    );
  return level;
}

function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { name: 'NotAnError', message: String(error) };
  const { code } = error as Error & { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack ?? '',
  };
}
