/** A run of words that stayed, went out or came in. */
export interface DiffPart {
  kind: 'same' | 'out' | 'in';
  text: string;
}

/** Words with the space around them; of scripts without spaces, single characters. */
const TOKENS = /\s+|[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+/gu;
/** So many comparisons at most: longer texts that have nothing in common are shown as replaced. */
const MOST_COMPARED = 4_000_000;

/** What changed between two texts, word by word. */
export function textDiff(before: string, after: string): DiffPart[] {
  const [old, young] = [tokensOf(before), tokensOf(after)];
  let start = 0;
  while (start < old.length && start < young.length && old[start] === young[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, young.length) - start;
  while (end < shorter && old.at(-1 - end) === young.at(-1 - end)) end += 1;
  const parts = [
    ...said('same', old.slice(0, start)),
    ...changed(old.slice(start, old.length - end), young.slice(start, young.length - end)),
    ...said('same', old.slice(old.length - end)),
  ];
  return joined(parts);
}

function tokensOf(text: string): string[] {
  return text.match(TOKENS) ?? [];
}

function said(kind: DiffPart['kind'], tokens: readonly string[]): DiffPart[] {
  return tokens.length > 0 ? [{ kind, text: tokens.join('') }] : [];
}

/** The longest common run of words stays. */
function changed(old: readonly string[], young: readonly string[]): DiffPart[] {
  if (old.length * young.length > MOST_COMPARED) return [...said('out', old), ...said('in', young)];
  const width = young.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = young.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === young[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      parts.push({ kind: 'same', text: old[i]! });
      [i, j] = [i + 1, j + 1];
    } else if (
      j === young.length ||
      (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    )
      parts.push({ kind: 'out', text: old[i++]! });
    else parts.push({ kind: 'in', text: young[j++]! });
  }
  return parts;
}

function joined(parts: readonly DiffPart[]): DiffPart[] {
  const all: DiffPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.kind === part.kind) last.text += part.text;
    else all.push({ ...part });
  }
  return all;
}
