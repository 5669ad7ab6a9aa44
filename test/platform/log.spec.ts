import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Log, logLevel } from '../../src/platform/log';

describe('the log', () => {
  const written = (work: (log: Log) => void, level = 'info'): Record<string, unknown>[] => {
    const lines: Record<string, unknown>[] = [];
    work(new Log(level, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) }));
    return lines;
  };

  it('writes an event with its facts, without the name of the machine', () => {
    const [line] = written((log) => log.info('migrated', { count: 3 }));
    expect(line).toMatchObject({ msg: 'migrated', count: 3 });
    expect(line).not.toHaveProperty('hostname');
  });

  it('names an error but none of the values it carries', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      parameters: ['a private word'],
    });
    const [line] = written((log) => log.error('not stored', error));
    expect(line).toMatchObject({ error: { name: 'Error', message: 'duplicate key', code: '23505' } });
    expect(JSON.stringify(line)).not.toContain('a private word');
  });

  it('takes its level from the environment, stays silent in tests and teaches the levels', () => {
    expect(logLevel({})).toBe('info');
    expect(logLevel({ LOG_LEVEL: 'debug' })).toBe('debug');
    expect(logLevel({ LOG_LEVEL: 'debug', NODE_ENV: 'test' })).toBe('silent');
    expect(() => logLevel({ LOG_LEVEL: 'loud' })).toThrow(
      /LOG_LEVEL is "loud"; set it to one of trace, debug/,
    );
    expect(written((log) => log.debug('detail'))).toEqual([]);
  });

  it.each([
    ['is full', '>/dev/full'],
    ['is read by nobody', '| true'],
    ['stands still', '| sleep 2'],
  ])('holds nobody up where what it is written to %s', (_what, place) => {
    const typescript = join(__dirname, '../records/typescript-child.js');
    const source = join(__dirname, '../../src/platform/log.ts');
    const work = [
      `const log = new (require(${JSON.stringify(source)}).Log)('info');`,
      `for (let n = 0; n < 2000; n++) log.info('an event of which nothing is known but that it was long ago');`,
      `setTimeout(() => { process.stderr.write('served on'); process.exit(0); }, 100);`,
    ].join('\n');
    const { stderr, status } = spawnSync(
      'bash',
      ['-c', `"$0" -r "$1" -e "$2" ${place}; exit \${PIPESTATUS[0]}`, process.execPath, typescript, work],
      { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' },
    );
    expect([stderr, status]).toEqual(['served on', 0]);
  });
});
