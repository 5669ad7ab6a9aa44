import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EQUIVALENT, type Equivalent } from './equivalent';
import { mutantsOf, type Mutant } from './mutants';
import { TARGETS } from './targets';

const ROOT = join(__dirname, '..', '..');
/** A mutant may loop for ever; whoever has told nothing for so long is ended, and the mutant is noticed. */
const SILENCE_IN_MS = 45_000;

/** Numbers of the mutants of a target that no specification noticed, tried from one of them on by a process of its own. */
async function survivorsFrom(
  index: number,
  from: number,
): Promise<{ survived: number[]; endedAt: number | null }> {
  const child = spawn(
    process.execPath,
    ['-r', './test/records/typescript-child.js', 'test/mutation/try-mutants.ts', String(index), String(from)],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TEST_ENGINES: 'sqlite' } },
  );
  const survived: number[] = [];
  let trying: number | null = null;
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    child.kill('SIGKILL');
  }, SILENCE_IN_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    silence.refresh();
    const [word, n] = line.split(' ');
    if (word === 'trying') trying = Number(n);
    if (word === 'survived') survived.push(Number(n));
  }
  clearTimeout(silence);
  const code =
    child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('close', resolve)));
  if (isSilent && trying !== null) return { survived, endedAt: trying };
  if (code !== 0) throw new Error(`Mutants of ${TARGETS[index]!.file} could not be tried.`);
  return { survived, endedAt: null };
}

const isNamed =
  (file: string, { from, to }: Mutant) =>
  (each: Equivalent) =>
    each.file === file && each.from === from && each.to === to;

/** What is to be said of one target: mutants that nobody noticed, and those that are wrongly said to be the same. */
async function faultsOf(index: number): Promise<string[]> {
  const { file, within } = TARGETS[index]!;
  const mutants = mutantsOf(readFileSync(join(ROOT, file), 'utf8'), within);
  const survived = new Set<number>();
  for (let from: number | null = 0; from !== null;) {
    const { survived: more, endedAt } = await survivorsFrom(index, from);
    for (const n of more) survived.add(n);
    from = endedAt === null ? null : endedAt + 1;
  }
  const same = EQUIVALENT.filter((each) => each.file === file);
  const named = mutants.filter((mutant) => same.some(isNamed(file, mutant)));
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
  const faults = mutants.flatMap((mutant, n) => {
    if (survived.has(n) === named.includes(mutant)) return [];
    const what = survived.has(n) ? 'nobody notices' : 'is noticed, although equivalent.ts calls it the same';
    return [`${file}:${mutant.line} ${what}: ${oneLine(mutant.from)}  →  ${oneLine(mutant.to)}`];
  });
  const gone = same.filter((each) => !mutants.some((mutant) => isNamed(file, mutant)(each)));
  say(`${file}: ${mutants.length} mutants, ${named.length} the same, ${faults.length} faults`);
  return [
    ...faults,
    ...gone.map((each) => `equivalent.ts names no mutant of ${file}: ${each.from}  →  ${each.to}`),
  ];
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Tries every mutant of every target, or of those whose file holds one of these words. Exit code 1 when one is not noticed. */
async function main(words: readonly string[]): Promise<void> {
  const faults: string[] = [];
  for (const [index, { file }] of TARGETS.entries())
    if (words.length === 0 || words.some((word) => file.includes(word)))
      faults.push(...(await faultsOf(index)));
  for (const fault of faults) say(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2));
