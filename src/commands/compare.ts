import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  compareNotes,
  isVerifierKey,
  type KeptCheckpoint,
  readKeptNote,
  type ShownLog,
} from '../ledger/kept-notes';
import { print } from './in-house';

const HASH_BYTES = 32;
const TILE_WIDTH = 256;
const PATIENCE_IN_MS = 30_000;

interface Options {
  vkey: string;
  with?: string;
  save?: string;
}

const HELP = `
For auditors, on a machine of their own: it opens no database and needs no account. Ask for the public key once ("vkey", or
/api/v1/ledger/verifier-key) and keep it; keep a checkpoint each time (--save). A server could show each of you another copy of
the log: give each other the files that you keep, and compare all of them.
Example: npm run redress -- compare --vkey vkey.txt --with https://redress.example.org --save 2026-12-01.txt 2026-11-*.txt`;

/** Exit code 0: one history. 1: not, and each difference is named. 2: it could not be compared. */
export function compareCommand(): Command {
  return new Command('compare')
    .description(
      'hold kept checkpoints and statements against each other and against the log that a server shows',
    )
    .argument('[files...]', 'checkpoints, and statements of lodging, as they were given out')
    .requiredOption('--vkey <key>', 'the public key that was kept, or a file that holds it')
    .option('--with <address>', 'address of the server, such as https://redress.example.org')
    .option('--save <file>', 'keep the checkpoint that the server shows now in a new file')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: Options) => {
      const key = keyOf(options.vkey);
      if (!options.with && (options.save || files.length < 2))
        throw new Error('Name two files at least, or the address of a server with --with.');
      const read = files.map((file) => readKeptNote(key, file, textOf(file)));
      const faults = read.filter((each) => typeof each === 'string');
      const log = options.with ? await shownBy(options.with, key, options.save) : null;
      if (typeof log === 'string') faults.push(log);
      const notes = read.filter((each) => typeof each !== 'string');
      const compared = await compareNotes(notes, typeof log === 'string' ? null : log);
      for (const sentence of [...faults, ...compared.faults]) print(`Difference: ${sentence}`);
      if (faults.length + compared.faults.length > 0) return void (process.exitCode = 1);
      for (const sentence of compared.undecided) print(sentence);
      if (compared.undecided.length > 0) return void (process.exitCode = 2);
      print(historySentence(files, log as ShownLog | null));
    });
}

function historySentence(files: readonly string[], log: ShownLog | null): string {
  const names = files.join(', ');
  if (!log) return `One history: ${names} were signed over the same entries.`;
  const shown = `${log.name} shows ${log.size} entries, and they lead to the checkpoint that it signed.`;
  return files.length === 0
    ? shown
    : `One history: ${shown} What was signed in ${names} stands in it, unchanged.`;
}

function keyOf(given: string): string {
  const key = (existsSync(given) ? textOf(given) : given).trim();
  if (isVerifierKey(key)) return key;
  throw new Error(
    'This is no public key as “vkey” prints it: name+eight digits+44 letters, in one line. Give it, or a file that holds nothing else.',
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${file} cannot be read (${code}). Name a file as it was kept.`, { cause: error });
  }
}

/** Never over what was kept before. */
function save(file: string, note: string): void {
  try {
    writeFileSync(file, note, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EEXIST'
        ? `${file} is there already, and what was kept is never overwritten. Name a new file with --save.`
        : `${file} cannot be written (${code}). Name another file with --save.`,
      { cause: error },
    );
  }
}

/** The log of this server; a sentence where its checkpoint does not hold under the key. */
async function shownBy(address: string, key: string, file?: string): Promise<ShownLog | string> {
  const note = (await ask(address, 'checkpoint')).toString('utf8');
  if (file) save(file, note);
  const shown = readKeptNote(key, address, note);
  if (typeof shown === 'string') return shown;
  const checkpoint = shown as KeptCheckpoint;
  return { ...checkpoint, leaves: leavesOf(address, checkpoint.size) };
}

async function* leavesOf(address: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < size; at += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - at);
    const tile = await ask(address, `tile/0/${at / TILE_WIDTH}?width=${width}`);
    for (let from = 0; from < tile.length; from += HASH_BYTES)
      yield tile.toString('hex', from, from + HASH_BYTES);
  }
}

async function ask(address: string, what: string): Promise<Buffer> {
  const failed = (why: string) =>
    new Error(
      `${address} did not show its log (${why}). See that the address is that of a Redress server, and try again.`,
    );
  let url: URL;
  try {
    url = new URL(`api/v1/ledger/${what}`, address.replace(/\/*$/, '/'));
  } catch {
    throw failed('this is no address');
  }
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_IN_MS) });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw failed(cause?.code ?? message);
  }
}
