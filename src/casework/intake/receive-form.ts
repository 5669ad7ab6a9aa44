import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/settings';
import { EvidenceStore } from '../../vault/store/evidence-store';
import { Vault, type CaseKey } from '../../vault/vault';
import { ExamineFile } from '../examine-file';
import type { FormPart } from '../file-form';
import { EnclosedFiles, ENCLOSED_MAX_FILES } from './enclosed-files';

/** What was said in a form, by field, and the files that came with it. */
export interface ReceivedForm {
  fields: Record<string, string>;
  files: EnclosedFiles;
}

/** Reads the form of a complaint that brings files. */
@Injectable()
export class ReceiveForm {
  constructor(
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
    private readonly examineFile: ExamineFile,
    private readonly settings: Settings,
  ) {}

  /**
   * How much of a form is read: a file is cut off one byte after it is too large, and one file more than can be taken is let in, so that
   * both are told to the person. The longest text has 150 kB.
   */
  get reading() {
    return {
      throwFileSizeLimit: false,
      limits: {
        fileSize: this.settings.evidenceMaxBytes + 1,
        files: ENCLOSED_MAX_FILES + 1,
        fields: 40,
        fieldSize: 300_000,
        parts: 46,
      },
    };
  }

  /**
   * Reads to the end of the form, whatever is wrong with a file of it, so that nothing that was typed is lost. The n-th `describes`
   * says what the n-th `file` shows; any other field is told as it came. Throws when the form breaks off or is damaged; then nothing
   * of it is kept. `key` is that of the draft that the files are for.
   */
  async run(parts: AsyncIterable<FormPart>, key?: CaseKey): Promise<ReceivedForm> {
    const { vault, store, examineFile } = this;
    const maxBytes = this.settings.evidenceMaxBytes;
    const files = new EnclosedFiles({ vault, store, maxBytes, examineFile }, key);
    const fields: Record<string, string> = {};
    let [fileAt, describesAt] = [0, 0];
    try {
      for await (const part of parts) {
        if (part.type === 'file') {
          if (part.fieldname === 'file') await files.add((fileAt += 1), part.filename ?? '', part.file);
          else {
            files.fault(part.fieldname, 'error.unknown-field');
            part.file.resume();
          }
          continue;
        }
        const isDescription = part.fieldname === 'describes';
        const name = isDescription ? `describes-${(describesAt += 1)}` : part.fieldname;
        const text = lineFed(part.value);
        fields[name] = text;
        if (isDescription) files.describe(describesAt, text);
        // Bytes that are no UTF-8 have become this sign: the text would not be as it was written.
        if (text.includes('\ufffd')) files.fault(name, 'error.text.unreadable');
      }
      files.faultForgotten();
      return { fields, files };
    } catch (error) {
      await files.discard();
      throw error;
    }
  }
}

/** Forms send line breaks as CR LF; what was typed has LF. */
function lineFed(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}
