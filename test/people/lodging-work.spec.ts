import { createHash } from 'node:crypto';
import { LodgingWork, type Puzzle } from '../../src/people/lodging-work';

const BITS = 8;
const MINUTES = 60_000;
const from = (ip: string) => ({ ip, headers: {} });
const HERE = from('192.0.2.1');

/** Whether a text hashes to so many zeros, told from its bits written out. */
const isSolved = (text: string, bits: number) =>
  [...createHash('sha256').update(text).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .startsWith('0'.repeat(bits));
function numberFor({ challenge, bits }: Puzzle, isWanted = true): number {
  const [random] = challenge.split('.');
  for (let number = 0; ; number++) if (isSolved(`${random}.${number}`, bits) === isWanted) return number;
}
const solve = (puzzle: Puzzle) => `${puzzle.challenge}.${numberFor(puzzle)}`;

describe('work that a browser does instead of waiting', () => {
  let now: number;
  let work: LodgingWork;
  beforeEach(() => {
    now = 123_456;
    work = new LodgingWork(BITS, [], () => now);
  });

  it('is taken once, from the network that was asked to wait, for the deed that had to wait', () => {
    const solution = solve(work.offer(HERE, 'begin')!);
    expect(work.takes(from('192.0.2.2'), 'begin', solution)).toBe(false);
    expect(work.takes(HERE, 'lodge', solution)).toBe(false);
    expect(work.takes(HERE, 'begin', solution)).toBe(true);
    expect(work.takes(HERE, 'begin', solution)).toBe(false);
    // One challenge has many solutions, and all of them count as one.
    const [random, seal] = solution.split('.');
    let other = Number(solution.split('.')[2]) + 1;
    while (!isSolved(`${random}.${other}`, BITS)) other += 1;
    expect(work.takes(HERE, 'begin', `${random}.${seal}.${other}`)).toBe(false);
  });

  it('is not taken where nothing was calculated, or nothing was offered', () => {
    const puzzle = work.offer(HERE, 'begin')!;
    const [random, seal] = puzzle.challenge.split('.') as [string, string];
    const number = numberFor(puzzle);
    expect(work.takes(HERE, 'begin', `${puzzle.challenge}.${numberFor(puzzle, false)}`)).toBe(false);
    const another = new LodgingWork(BITS, [], () => now);
    expect(another.takes(HERE, 'begin', solve(puzzle))).toBe(false);
    const flipped = `${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`;
    for (const forged of [
      '',
      puzzle.challenge,
      `${random}.${flipped}.${number}`,
      `${random}.${number}`,
      `${random}.${seal}.-${number}`,
      `${random}.${seal}.${number} `,
      `${random}.${seal}.${'9'.repeat(400)}`,
      `${random}.${seal}.0x1f`,
      `${'é'.repeat(22)}.${seal}.${number}`,
      'x'.repeat(100_000),
    ])
      expect([forged.slice(0, 60), work.takes(HERE, 'begin', forged)]).toEqual([forged.slice(0, 60), false]);
    expect(work.takes(HERE, 'begin', `${random}.${seal}.${number}`)).toBe(true);
  });

  it('works for five minutes at least and ten at most, and never a second time meanwhile', () => {
    const early = solve(work.offer(HERE, 'begin')!);
    now += 5 * MINUTES;
    expect(work.takes(HERE, 'begin', early)).toBe(true);
    now += 4.9 * MINUTES;
    expect(work.takes(HERE, 'begin', early)).toBe(false);
    const late = solve(work.offer(HERE, 'begin')!);
    expect(work.takes(HERE, 'begin', late)).toBe(true);
    now += 5 * MINUTES;
    expect(work.takes(HERE, 'begin', late)).toBe(false);
    const old = solve(work.offer(HERE, 'begin')!);
    now += 10 * MINUTES;
    expect(work.takes(HERE, 'begin', old)).toBe(false);
  });

  it('remembers a bounded number, and behind it takes nothing rather than something twice', () => {
    const known = (work as unknown as { solved: Set<string> }).solved;
    const first = solve(work.offer(HERE, 'begin')!);
    expect(work.takes(HERE, 'begin', first)).toBe(true);
    for (let n = known.size; n < 10_000; n++) known.add(String(n));
    expect(work.takes(HERE, 'begin', solve(work.offer(HERE, 'begin')!))).toBe(false);
    expect(work.takes(HERE, 'begin', first)).toBe(false);
    expect(known.size).toBe(10_000);
    now += 5 * MINUTES;
    expect(work.takes(HERE, 'begin', solve(work.offer(HERE, 'begin')!))).toBe(true);
    expect(work.takes(HERE, 'begin', first)).toBe(false);
  });

  it('holds nothing of whoever asks: the same network is told something else each time', () => {
    const challenges = Array.from({ length: 50 }, () => work.offer(HERE, 'begin')!.challenge);
    expect(new Set(challenges).size).toBe(50);
    for (const challenge of challenges) {
      expect(challenge).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
      expect(Buffer.from(challenge.replace('.', ''), 'base64url').toString('latin1')).not.toContain(
        '192.0.2',
      );
    }
  });

  it('is offered and taken by nobody where it is switched off', () => {
    const off = new LodgingWork(0, [], () => now);
    expect(off.offer(HERE, 'begin')).toBeNull();
    expect(off.takes(HERE, 'begin', solve(work.offer(HERE, 'begin')!))).toBe(false);
    expect(new LodgingWork().offer(HERE, 'begin')).toBeNull();
  });
});
