import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { EQUIVALENT } from './equivalent';
import { applied, mutantsOf, type Mutant } from './mutants';
import { defineWords, runSpec } from './spec-runner';
import { TARGETS, type Target } from './targets';

const ROOT = join(__dirname, '..', '..');
const SWC_OPTIONS = require('../harness/swc-options') as object;

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

/** Forgets every module that was loaded by way of this one, and this one. */
function forget(filename: string): void {
  const parents = new Map<string, Set<string>>();
  for (const [name, loaded] of Object.entries(require.cache))
    for (const { id } of loaded?.children ?? []) parents.set(id, (parents.get(id) ?? new Set()).add(name));
  const gone = new Set([filename]);
  for (const each of gone)
    for (const parent of parents.get(each) ?? []) if (parent !== __filename) gone.add(parent);
  for (const each of gone) delete require.cache[each];
}

async function firstFailure({ file, specs }: Target): Promise<Error | null> {
  for (const spec of specs) {
    forget(join(ROOT, file));
    forget(join(ROOT, spec));
    const failure = await runSpec(() => void require(join(ROOT, spec)));
    if (failure) return failure;
  }
  return null;
}

const isNamed =
  (file: string, { from, to }: Mutant) =>
  (each: (typeof EQUIVALENT)[number]) =>
    each.file === file && each.from === from && each.to === to;

/** The lines to print of mutants of one target that nobody noticed, or that are wrongly said to be the same. */
async function survivorsOf(target: Target): Promise<string[]> {
  const { file, within } = target;
  const filename = join(ROOT, file);
  const text = readFileSync(filename, 'utf8');
  const mutants = mutantsOf(text, within);
  const sound = await firstFailure(target);
  if (sound) throw new Error(`The specifications of ${file} fail without any mutant: ${sound.stack}`);
  const lines: string[] = [];
  const met = new Set<(typeof EQUIVALENT)[number]>();
  for (const mutant of mutants) {
    tried.set(filename, applied(text, mutant));
    const failure = await firstFailure(target);
    tried.delete(filename);
    const named = EQUIVALENT.find(isNamed(file, mutant));
    if (named) met.add(named);
    const what = `${file}:${mutant.line}: ${mutant.from.replaceAll(/\s+/g, ' ')}  →  ${mutant.to.replaceAll(/\s+/g, ' ')}`;
    if (!failure && !named) lines.push(`survived: ${what}`);
    if (failure && named)
      lines.push(`is noticed, although test/mutation/equivalent.ts says that it is the same: ${what}`);
  }
  for (const each of EQUIVALENT.filter((one) => one.file === file && !met.has(one)))
    lines.push(
      `test/mutation/equivalent.ts names what is no mutant of ${file} any more: ${each.from}  →  ${each.to}`,
    );
  console.log(
    `${file}: ${mutants.length} mutants, ${met.size} of them the same, ${lines.length} not noticed`,
  );
  return lines;
}

async function main(): Promise<void> {
  process.env.TEST_ENGINES = 'sqlite';
  require.extensions['.ts'] = (module, filename) =>
    (module as NodeJS.Module & { _compile(code: string, name: string): void })._compile(
      compile(filename),
      filename,
    );
  defineWords();
  const lines: string[] = [];
  const only = process.argv.slice(2);
  for (const target of TARGETS.filter(
    ({ file }) => only.length === 0 || only.some((each) => file.includes(each)),
  ))
    lines.push(...(await survivorsOf(target)));
  for (const line of lines) console.log(line);
  process.exit(lines.length > 0 ? 1 : 0);
}

void main();
