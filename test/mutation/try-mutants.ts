import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { applied, mutantsOf } from './mutants';
import { defineWords, runSpec } from './spec-runner';
import { TARGETS, type Target } from './targets';

const ROOT = join(__dirname, '..', '..');
const load = createRequire(__filename);
const SWC_OPTIONS = load('../harness/swc-options') as object;

/** The mutated text of a file, while it is being tried. */
const tried = new Map<string, string>();
const compiled = new Map<string, string>();

function compile(filename: string): string {
  const text = tried.get(filename);
  if (text !== undefined) return transformed(text, filename);
  if (!compiled.has(filename)) compiled.set(filename, transformed(readFileSync(filename, 'utf8'), filename));
  return compiled.get(filename)!;
}

function transformed(text: string, filename: string): string {
  return transformSync(text, { ...SWC_OPTIONS, filename, swcrc: false, sourceMaps: false }).code;
}

/** Forgets this module and every one that was loaded by way of it. */
function forget(filename: string): void {
  const parents = new Map<string, Set<string>>();
  for (const [name, loaded] of Object.entries(load.cache))
    for (const { id } of loaded?.children ?? []) parents.set(id, (parents.get(id) ?? new Set()).add(name));
  const gone = new Set([filename]);
  for (const each of gone)
    for (const parent of parents.get(each) ?? []) if (parent !== __filename) gone.add(parent);
  for (const each of gone) delete load.cache[each];
}

async function firstFailure({ file, specs }: Target): Promise<Error | null> {
  for (const spec of specs) {
    forget(join(ROOT, file));
    forget(join(ROOT, spec));
    const failure = await runSpec(() => void load(join(ROOT, spec)));
    if (failure) return failure;
  }
  return null;
}

/** At once: whoever waits for this line has to read it even where what follows never ends. */
function tell(word: 'sound' | 'trying' | 'noticed' | 'survived', n: number): void {
  writeSync(1, `${word} ${n}\n`);
}

/** Tries the mutants of one target, from one of them on, and tells of each what became of it. */
async function main([index = '0', from = '0']: string[]): Promise<void> {
  load.extensions['.ts'] = (module, filename) =>
    (module as NodeJS.Module & { _compile(code: string, name: string): void })._compile(
      compile(filename),
      filename,
    );
  defineWords();
  const target = TARGETS[Number(index)]!;
  const filename = join(ROOT, target.file);
  const text = readFileSync(filename, 'utf8');
  const sound = await firstFailure(target);
  if (sound) throw new Error(`The specifications of ${target.file} fail without any mutant: ${sound.stack}`);
  tell('sound', 0);
  for (const [n, mutant] of mutantsOf(text, target.within).entries()) {
    if (n < Number(from)) continue;
    tell('trying', n);
    tried.set(filename, applied(text, mutant));
    tell((await firstFailure(target)) ? 'noticed' : 'survived', n);
  }
  process.exit(0);
}

void main(process.argv.slice(2));
