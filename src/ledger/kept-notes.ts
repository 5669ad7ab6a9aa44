import { openNote } from './signing-key';
import { GrowingTree } from './merkle';

/** A signed note that somebody kept: a checkpoint of the log, or the statement that a complaint was lodged. `name` is how its holder calls it. */
export type KeptNote = KeptCheckpoint | KeptStatement;
export interface KeptCheckpoint {
  name: string;
  size: number;
  /** 64 hex digits. */
  root: string;
}
export interface KeptStatement {
  name: string;
  reference: string;
  /** 64 hex digits: leaf hash of the first entry of the case. */
  leaf: string;
}

/** The log as a server shows it now; `leaves` are its leaf hashes, in order. */
export interface ShownLog extends KeptCheckpoint {
  leaves: AsyncIterable<string>;
}

export interface Comparison {
  /** What does not hold, and what to do about it. */
  faults: string[];
  /** What could not be decided, and what is missing for it. */
  undecided: string[];
}

const CHECKPOINT = /^[^\n]+\n(\d{1,15})\n([A-Za-z0-9+/]{43}=)\n/;
const STATEMENT = /^redress lodging statement v1\n[^\n]+\n([^\n]+)\n([A-Za-z0-9+/]{43}=)\n/;

/** Whether this is a public key as `vkey` prints it. */
export function isVerifierKey(text: string): boolean {
  return /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/.test(text);
}

/** What a note says whose signature holds; otherwise a sentence. Ends of lines that a mail program rewrote do not matter. */
export function readKeptNote(verifierKey: string, name: string, note: string): KeptNote | string {
  const text = openNote(verifierKey, `${note.replaceAll('\r\n', '\n').trim()}\n`);
  if (text === null)
    return `${name}: its signature does not hold under this key. It was changed, or was signed with another key: take the note as it was given out, and the key that was given out with it. If both are, whoever runs that server has another key now and must say why.`;
  const [, size, root] = CHECKPOINT.exec(text) ?? [];
  if (size && root) return { name, size: Number(size), root: hexOf(root) };
  const [, reference, leaf] = STATEMENT.exec(text) ?? [];
  if (reference && leaf) return { name, reference, leaf: hexOf(leaf) };
  return `${name}: this is a signed note, but neither a checkpoint of the log nor a statement of lodging, which are what can be compared.`;
}

/**
 * Holds notes, which all carry a signature of one key, against each other and against the log that a server shows now: derives each root
 * again from its places, and believes it nothing.
 */
export async function compareNotes(notes: readonly KeptNote[], log: ShownLog | null): Promise<Comparison> {
  const checkpoints = notes.filter((note): note is KeptCheckpoint => 'size' in note);
  const faults = forks([...checkpoints, ...(log ? [log] : [])]);
  if (!log) return { faults, undecided: undecidedOf(notes, checkpoints) };
  const missing = new Map(notes.flatMap((note) => ('leaf' in note ? [[note.leaf, note] as const] : [])));
  const roots = new Map<number, string>();
  const sizes = new Set([log.size, ...checkpoints.map(({ size }) => size)]);
  const tree = new GrowingTree();
  if (sizes.has(0)) roots.set(0, tree.root);
  for await (const leaf of log.leaves) {
    tree.add(leaf);
    missing.delete(leaf);
    if (sizes.has(tree.size)) roots.set(tree.size, tree.root);
  }
  if (tree.size !== log.size || tree.root !== log.root)
    faults.push(
      `${log.name}: the places that it shows do not lead to the checkpoint that it signed over ${log.size} entries. Keep that checkpoint, and ask whoever runs the server to run “verify”.`,
    );
  for (const { name, size, root } of checkpoints)
    if (size > log.size)
      faults.push(
        `${name} was signed over ${size} entries, but ${log.name} shows a log of ${log.size}: at least ${size - log.size} entries are not there any more. An older backup was put back, or you are shown another copy. ${KEEP}`,
      );
    else if (roots.has(size) && roots.get(size) !== root && size !== log.size)
      faults.push(
        `${name}: the first ${size} entries that ${log.name} shows are not those that were signed then. Entries were changed or taken out, an older backup was put back and written on, or you are shown another copy than before. ${KEEP}`,
      );
  for (const { name, reference } of missing.values())
    faults.push(
      `${name}: the log that ${log.name} shows does not hold the complaint ${reference}, although it was promised. A complaint of the last minute may still come: compare again then. ${KEEP}`,
    );
  return { faults, undecided: [] };
}

const KEEP =
  'Keep this file and what the server shows today: together they prove it to everybody who has the public key. Ask whoever runs the server what happened, and compare with others who kept checkpoints.';

/** Two notes over as many entries name one root, or the same key signed two histories. */
function forks(checkpoints: readonly KeptCheckpoint[]): string[] {
  const bySize = new Map<number, KeptCheckpoint>();
  const faults: string[] = [];
  for (const checkpoint of checkpoints) {
    const first = bySize.get(checkpoint.size);
    if (!first) bySize.set(checkpoint.size, checkpoint);
    else if (first.root !== checkpoint.root)
      faults.push(
        `${first.name} and ${checkpoint.name}: one key signed two different histories of ${checkpoint.size} entries. An older backup was put back and written on, or there are two copies of this log and not everybody is shown the same one. Keep both: together they prove it to everybody who has the public key. Ask whoever runs the server what happened, and compare with others who kept checkpoints.`,
      );
  }
  return faults;
}

function undecidedOf(notes: readonly KeptNote[], checkpoints: readonly KeptCheckpoint[]): string[] {
  const isDecided =
    notes.length === checkpoints.length && new Set(checkpoints.map(({ size }) => size)).size < 2;
  return isDecided
    ? []
    : [
        'Whether a shorter history is the beginning of a longer one, and whether a complaint stands in it, only the log can show: name the address of the server with --with.',
      ];
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}
