import { inflateRawSync, inflateSync, constants } from 'node:zlib';
import { unzipSync } from 'fflate';

/** Words that stand nowhere but in planted metadata. */
export const AUTHOR = 'Zsofia Quxley-7731';
export const PLACE = '52.5200066N13.4049540E';
export const SECRET = 'only-in-the-metadata-4c1f';
export const TRACES = [AUTHOR, PLACE, SECRET];

/** Which of the words are in the bytes: plain, as UTF-16, as hexadecimal, or folded anywhere inside. */
export function tracesIn(content: Buffer, words: readonly string[] = TRACES): string[] {
  const layers = unfolded(content);
  return words.filter((word) =>
    layers.some((bytes) =>
      [
        Buffer.from(word),
        Buffer.from(word, 'utf16le'),
        Buffer.from(word, 'utf16le').swap16(),
        Buffer.from(Buffer.from(word).toString('hex')),
        Buffer.from(Buffer.from(word).toString('hex').toUpperCase()),
      ].some((form) => bytes.includes(form)),
    ),
  );
}

/** The bytes themselves and everything that unfolds from them. */
function unfolded(content: Buffer, depth = 3): Buffer[] {
  const layers = [content];
  if (depth === 0) return layers;
  if (content.subarray(0, 2).toString() === 'PK')
    for (const file of Object.values(unzipSync(content)))
      layers.push(...unfolded(Buffer.from(file), depth - 1));
  for (let at = content.indexOf(0x78); at >= 0; at = content.indexOf(0x78, at + 1)) {
    if (content.length - at < 6 || content.readUInt16BE(at) % 31 !== 0) continue;
    const bytes = unfold(content.subarray(at));
    if (bytes && bytes.length > 8) layers.push(...unfolded(bytes, depth - 1));
  }
  return layers;
}

function unfold(bytes: Buffer): Buffer | null {
  const finishFlush = constants.Z_SYNC_FLUSH;
  try {
    return inflateSync(bytes, { finishFlush, maxOutputLength: 20_000_000 });
  } catch {
    try {
      return inflateRawSync(bytes.subarray(2), { finishFlush, maxOutputLength: 20_000_000 });
    } catch {
      return null;
    }
  }
}
