import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { newId, newIdInOrder } from '../../platform/ids';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import type { CaseKey as SealingKey } from '../../vault/vault';
import { type ExamineFile, type Examined, workingId } from '../examine-file';
import { receiveFile, type Received, type Reception } from '../receive-file';
import { ComplaintFiles, fingerprintOf, type ComplaintFile } from './complaint-files';
import { isStorableText } from './complaint-form';

/** Most files that come with the form of a complaint; the case itself takes more afterwards. */
export const ENCLOSED_MAX_FILES = 5;
const NAME_MAX_LENGTH = 255;
const DESCRIPTION_MAX_LENGTH = 2000;

/** What enclosed files are sealed, kept and looked at with. */
export interface FileTools extends Reception {
  examineFile: ExamineFile;
}

/** A file that was not taken, and the key of why. */
export interface LeftOut {
  fileName: string;
  sentence: string;
}

interface Enclosed extends Received {
  id: string;
  /** Which file field of the form it stood in, from 1. */
  place: number;
  fileName: string;
  examined?: Examined;
}

/**
 * Files that came with a form, before anything is stored of it: sealed in the store under the key of the case that is to be. Without a
 * draft, that key is kept nowhere. Whoever stores the form takes them over; otherwise `discard` leaves nothing of them.
 */
export class EnclosedFiles {
  /** Names of the files that were chosen, by the place of their field. */
  readonly chosen = new Map<number, string>();
  /** What is wrong with them, by the field concerned: `file-2`, `describes-2`. */
  readonly faults: UnmetNeed[] = [];
  private readonly files: Enclosed[] = [];
  private readonly descriptions = new Map<number, string>();
  private readonly begun: string[] = [];

  /** `key` is that of the draft or the case that they belong to; `most` is how many are taken. */
  constructor(
    private readonly tools: FileTools,
    readonly key: SealingKey = tools.vault.newKey(newIdInOrder()),
    private readonly most = ENCLOSED_MAX_FILES,
  ) {}

  /** Id of the case that is to be. */
  get caseId(): string {
    return this.key.ownerId;
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

  /** As `ComplaintFiles` has it, before they are examined. */
  get fingerprint(): string {
    return fingerprintOf(this.files.map((file) => ({ ...file, describes: this.saidOf(file) })));
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

  /**
   * As `examine`, for what its sender cannot mend and send again, such as a mail: what cannot be taken is left out, and told with the key
   * of why. Throws a `Refusal` of kind `unavailable` where it is not the fault of a file.
   */
  async examineAndLeaveOut(): Promise<LeftOut[]> {
    await this.examine().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
    if (this.faults.some(({ sentence }) => sentence === 'error.evidence.unavailable'))
      throw new Refusal('unavailable', 'Files cannot be looked at right now. Nothing was stored.');
    const leftOut = this.faults.map(({ field, sentence }) => {
      const place = Number(field!.slice('file-'.length));
      return { place, fileName: this.chosen.get(place) ?? '', sentence };
    });
    for (const { place } of leftOut) {
      const at = this.files.findIndex((file) => file.place === place);
      const [file] = at < 0 ? [] : this.files.splice(at, 1);
      for (const id of file ? [file.id, workingId(file.id)] : [])
        await this.tools.store.remove(id).catch(() => undefined);
    }
    return leftOut.map(({ fileName, sentence }) => ({ fileName, sentence }));
  }

  /** In the order in which they came, once they are examined. */
  list(): ComplaintFile[] {
    return this.files.map(({ id, fileName, sizeInBytes, sha256, examined, ...file }) => ({
      id,
      fileName,
      sizeInBytes,
      sha256,
      describes: this.saidOf(file),
      examined: examined!,
    }));
  }

  /** For the lodging, once they are examined. */
  toLodge(): ComplaintFiles {
    return new ComplaintFiles(this.tools.vault, this.key, this.list());
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

  private saidOf({ place }: Pick<Enclosed, 'place'>): string | null {
    return this.descriptions.get(place) || null;
  }

  private faultOf(fileName: string): string | null {
    if (this.chosen.size > this.most) return 'error.evidence.many';
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
