import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { CaseChange } from '../../ledger/case-change';
import { newId, newIdInOrder } from '../../platform/ids';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Evidence } from '../../records/entities/evidence';
import type { CaseKey as SealingKey } from '../../vault/vault';
import { type ExamineFile, type Examined, workingId } from '../examine-file';
import { receiveFile, type Received, type Reception } from '../receive-file';
import { isStorableText } from './complaint-form';

/** Most files that come with a complaint; the case itself takes more afterwards. */
export const ENCLOSED_MAX_FILES = 5;
const NAME_MAX_LENGTH = 255;
const DESCRIPTION_MAX_LENGTH = 2000;

/** What enclosed files are sealed, kept and looked at with. */
export interface FileTools extends Reception {
  examineFile: ExamineFile;
}

interface Enclosed extends Received {
  id: string;
  /** Which file field of the form it stood in, from 1. */
  place: number;
  fileName: string;
  examined?: Examined;
}

/** A file that came with a complaint, as the receipt lists it. */
export interface EnclosedFileView extends Received {
  n: number;
  fileName: string;
  describes: string | null;
  /** A code of `EVIDENCE_HANDLING`. */
  handling: string;
}

/**
 * The files that came with a complaint that is not lodged yet: sealed in the store under the key of the case that is to be, which is
 * kept nowhere. Lodging takes them over; otherwise `discard` leaves nothing of them.
 */
export class EnclosedFiles {
  readonly caseId = newIdInOrder();
  readonly key: SealingKey;
  /** Names of the files that were chosen, by the place of their field. */
  readonly chosen = new Map<number, string>();
  /** What is wrong with them, by the field concerned: `file-2`, `describes-2`. */
  readonly faults: UnmetNeed[] = [];
  private readonly files: Enclosed[] = [];
  private readonly descriptions = new Map<number, string>();
  private readonly begun: string[] = [];

  constructor(private readonly tools: FileTools) {
    this.key = tools.vault.newKey(this.caseId);
  }

  /** Whether no file came. */
  get isEmpty(): boolean {
    return this.chosen.size === 0;
  }

  /**
   * Seals one file into the store. What is wrong with it becomes a fault, and its content is read to the end all the same: behind it
   * come other parts of the form. A field in which no file was chosen is passed over.
   */
  async add(place: number, fileName: string, content: Readable): Promise<void> {
    // A form ends with a file of it that is destroyed.
    const chunks = content.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
    const first = await chunks.next();
    if (first.done && fileName === '') return;
    this.chosen.set(place, fileName);
    const fault = first.done ? 'error.evidence.empty' : this.faultOf(fileName);
    if (fault) this.fault(`file-${place}`, fault);
    else await this.seal(place, fileName.trim() || 'file', Readable.from(following(first.value!, chunks)));
    content.resume();
    await finished(content);
  }

  /** Says what the file of a field shows. */
  describe(place: number, text: string): void {
    const fault = faultOfText(text, DESCRIPTION_MAX_LENGTH);
    if (fault) this.fault(`describes-${place}`, fault);
    else this.descriptions.set(place, text.trim());
  }

  /** To be called when everything has come: a browser forgets the files of a form that is shown again, but not what they show. */
  faultForgotten(): void {
    for (const [place, text] of this.descriptions)
      if (text !== '' && !this.chosen.has(place)) this.fault(`file-${place}`, 'error.evidence.forgotten');
  }

  /** Keeps that the field cannot be taken as it is. */
  fault(field: string, sentence: string): void {
    this.faults.push({ name: 'evidence', field, sentence });
  }

  /** What makes these files these, for telling a repeated request from another one. */
  get fingerprint(): string {
    return JSON.stringify(this.files.map((file) => [file.sha256, file.fileName, this.saidOf(file)]));
  }

  /** Looks into every file as `ExamineFile` does. Throws one `Refusal` that names each file that cannot be taken. */
  async examine(): Promise<void> {
    const { examineFile } = this.tools;
    for (const file of this.files)
      try {
        this.begun.push(workingId(file.id));
        file.examined = await examineFile.run(this.key, file.id, file.sizeInBytes);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const isKind = error.kind === 'invalid';
        this.fault(`file-${file.place}`, isKind ? 'error.evidence.kind' : 'error.evidence.unavailable');
        if (!isKind) break;
      }
    if (this.faults.length === 0) return;
    const isOurs = this.faults.every(({ sentence }) => sentence === 'error.evidence.unavailable');
    throw new Refusal(
      isOurs ? 'unavailable' : 'invalid',
      'Some files cannot be taken. Nothing was stored: mend them, or leave them out, and send everything again.',
      this.faults,
    );
  }

  /** Writes their rows into the change that lodges, numbered from 1; what is sealed there is added to `sealed`. */
  async insertInto(
    change: CaseChange,
    sealed: { name: string; commitment: string }[],
    { fromRole, addedOn }: Pick<Evidence, 'fromRole' | 'addedOn'>,
  ): Promise<void> {
    for (const [index, file] of this.files.entries()) {
      const { id, sizeInBytes, sha256, fileName } = file;
      const seal = (column: string, text: string) => {
        const result = this.tools.vault.seal(this.key, { table: 'evidence', column, id }, text);
        sealed.push({ name: `evidence.${column}`, commitment: result.commitment });
        return result.sealed;
      };
      const describes = this.saidOf(file);
      await change.insert(Evidence, {
        id,
        caseId: this.caseId,
        n: index + 1,
        fromRole,
        addedOn,
        fileNameSealed: seal('fileNameSealed', fileName),
        describesSealed: describes && seal('describesSealed', describes),
        sizeInBytes,
        sha256,
        ...file.examined!.row,
      });
    }
  }

  /** What the first entry of the history says of them, under the names of an added file, a list each. */
  facts(): { sha256: string[] } & Record<string, unknown[]> {
    const { files } = this;
    return {
      evidence: files.map((_, index) => index + 1),
      sha256: files.map(({ sha256 }) => sha256),
      sizeInBytes: files.map(({ sizeInBytes }) => sizeInBytes),
      scan: files.map(({ examined }) => examined!.scan),
      handling: files.map(({ examined }) => examined!.row.handling),
      workingSha256: files.map(({ examined }) => examined!.row.workingSha256),
    };
  }

  /** In the order in which they came, once they are examined. */
  views(): EnclosedFileView[] {
    return this.files.map((file, index) => ({
      n: index + 1,
      fileName: file.fileName,
      describes: this.saidOf(file),
      sizeInBytes: file.sizeInBytes,
      sha256: file.sha256,
      handling: file.examined!.row.handling!,
    }));
  }

  /** Takes everything out of the store again. What stays where the store itself fails is sealed under a key that is kept nowhere. */
  async discard(): Promise<void> {
    for (const id of this.begun) await this.tools.store.remove(id).catch(() => undefined);
  }

  private async seal(place: number, fileName: string, content: Readable): Promise<void> {
    const id = newId();
    this.begun.push(id);
    try {
      const received = await receiveFile(this.tools, this.key, id, content);
      this.files.push({ id, place, fileName, ...received });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const isTooLarge = error.kind === 'too-large';
      this.fault(`file-${place}`, isTooLarge ? 'error.evidence.size' : 'error.evidence.unavailable');
    }
  }

  private saidOf({ place }: Enclosed): string | null {
    return this.descriptions.get(place) || null;
  }

  private faultOf(fileName: string): string | null {
    if (this.chosen.size > ENCLOSED_MAX_FILES) return 'error.evidence.many';
    return faultOfText(fileName, NAME_MAX_LENGTH) && 'error.evidence.name';
  }
}

function faultOfText(text: string, maxLength: number): string | null {
  if (text.length > maxLength) return 'error.text.too-long';
  return isStorableText(text) ? null : 'error.text.unreadable';
}

async function* following(first: Buffer, rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}
