import { KeysFile } from '../keys-file';
import { idsOf, type KeyRing, newKeyRing } from './key-ring';
import type { KeyService } from './key-service';
import { readRingText, type RingText, writeRing, writeSealedRing } from './ring-text';

/** A ring, the text that lay in the file when it was opened, and the mark by which another text is noticed. */
export type StoredRing = KeyRing & { readonly text: string; readonly mark: string };

/**
 * Where the key ring of this vault is kept: in the keys file, or there too but sealed by an external key service, so that the
 * file alone opens nothing.
 */
export class KeyStore {
  constructor(
    readonly file: KeysFile,
    readonly service: KeyService | null,
  ) {}

  /** `mayCreate` makes the ring where there is none. Throws one sentence that says what is wrong and how to mend it. */
  async open(mayCreate: boolean): Promise<StoredRing> {
    if (mayCreate && !this.file.exists()) this.file.create(await this.write(newKeyRing()));
    const mark = this.file.mark();
    const text = this.file.read();
    const content = this.understood(text);
    if ('sealed' in content) return { ...(await this.unsealed(content)), text, mark };
    if (this.service)
      throw new Error(
        `The keys file ${this.file.path} lies open although KEY_SERVICE_URL is set. Run "npm run redress -- rotate-keys --to-service", or empty KEY_SERVICE_URL.`,
      );
    return { ...content.ring, text, mark };
  }

  /** The text of the ring as this store keeps it, for `file.replace`. */
  async write(ring: KeyRing): Promise<string> {
    if (!this.service) return writeRing(ring);
    const ids = idsOf(ring);
    const text = writeRing(ring);
    const sealed = await this.service.seal(Buffer.from(text), contextOf(ids));
    // A token may have the right to seal and not to unseal: then nothing would open any more.
    if ((await this.service.unseal(sealed, contextOf(ids))).toString() !== text)
      throw new Error(
        'The key service gave back something else than it had sealed. Nothing was changed; ask who runs it.',
      );
    return writeSealedRing(ids, sealed);
  }

  /** The ids of the keys that lie there now. Calls no service. */
  storedIds(): string[] {
    return this.understood(this.file.read()).ids;
  }

  /** Whether a key service has sealed what lies there now. */
  isSealed(): boolean {
    return 'sealed' in this.understood(this.file.read());
  }

  private async unsealed({ ids, sealed }: { ids: string[]; sealed: string }): Promise<KeyRing> {
    if (!this.service)
      throw new Error(
        `The keys file ${this.file.path} is sealed by a key service. Set KEY_SERVICE_URL, KEY_SERVICE_KEY and KEY_SERVICE_TOKEN_FILE as they were when it was sealed.`,
      );
    const opened = await this.service.unseal(sealed, contextOf(ids));
    const content = readRingText(opened.toString());
    if (content && 'ring' in content) return content.ring;
    throw this.damaged();
  }

  private understood(text: string): RingText {
    const content = readRingText(text);
    if (!content) throw this.damaged();
    return content;
  }

  private damaged(): Error {
    return new Error(
      `The keys file ${this.file.path} is damaged. Put it back from your backup; do not edit it.`,
    );
  }
}

/** Names this vault and the keys to the service: what it sealed for others, or under other ids, does not open here. */
function contextOf(ids: string[]): string {
  return `redress key ring ${ids.join(' ')}`;
}
