import type { Readable } from 'node:stream';
import { Refusal } from '../platform/refusal';
import type { NewEvidence } from './evidence-files';

/** The number of a file in an address; NaN, which names no file, when it is not one. */
export function fileNumber(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : NaN;
}

/** One part of a multipart form, as the reader of such forms gives it. */
export type FormPart =
  | { type: 'field'; fieldname: string; value: unknown }
  | { type: 'file'; fieldname: string; filename: string | undefined; file: Readable };

/** A form on its way in, read as far as its file. */
export interface FileForm extends NewEvidence {
  /** What its fields before the file say it shows, for a form that has to be shown again. */
  describedBefore: string;
}

/**
 * Reads a form as far as its field `file`, null when it has none. What stands behind the file is read when the file has passed, by
 * `describes`, so a description counts wherever it stands. A field that is sent twice is refused.
 */
export async function readFileForm(parts: AsyncIterable<FormPart>): Promise<FileForm | null> {
  const rest = parts[Symbol.asyncIterator]();
  const fields = new Map<string, string>();
  const nextFile = async () => {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const part = next.value;
      if (fields.has(part.fieldname)) throw sentTwice(part.fieldname);
      const isText = part.type === 'field' && typeof part.value === 'string';
      fields.set(part.fieldname, isText ? (part.value as string) : '');
      if (part.type === 'file') return part;
    }
    return null;
  };
  const part = await nextFile();
  if (part?.fieldname !== 'file') return null;
  const described = () => fields.get('describes') ?? '';
  return {
    fileName: part.filename ?? '',
    content: part.file,
    describedBefore: described(),
    describes: async () => {
      const further = await nextFile();
      if (further) throw sentTwice('file');
      return described();
    },
  };
}

/** Files that one form of staff brings at most; what is behind them is not read. */
export const FILES_IN_ONE_FORM = 300;

/**
 * The files of a form, one after the other as they come. What stands before them under `describes` is said of each. Whoever takes one
 * reads it to its end, or resumes it, before the next. A place where no file was chosen is none.
 */
export async function* filesOf(
  parts: AsyncIterable<FormPart>,
): AsyncGenerator<NewEvidence & { describes: string }> {
  let describes = '';
  for await (const part of parts) {
    if (part.type === 'field' && part.fieldname === 'describes' && typeof part.value === 'string')
      describes = part.value;
    if (part.type !== 'file') continue;
    if (part.fieldname === 'file' && part.filename)
      yield { fileName: part.filename, content: part.file, describes };
    else part.file.resume();
  }
}

function sentTwice(name: string): Refusal {
  const field = name.slice(0, 64);
  return new Refusal('invalid', 'A field of this form came twice. Send each field once, and one file.', [
    { name: 'evidence', field, sentence: 'error.field.twice' },
  ]);
}
