import { Injectable } from '@nestjs/common';
import { Refusal } from '../../platform/refusal';
import { DraftFile } from '../../records/entities/draft-file';
import { Transactions } from '../../records/transactions';
import type { FormPart } from '../file-form';
import { Drafts } from './drafts';
import type { EnclosedFiles } from './enclosed-files';
import { ReceiveForm, type ReceivedForm } from './receive-form';

/** A form with a file of a draft, read to its end; `refusal` says why its file is not kept, `isWithout` that it brought none. */
export interface ReceivedFile extends Pick<ReceivedForm, 'fields'> {
  isWithout: boolean;
  refusal: Refusal | null;
}

/** Takes a file into a draft: sealed on its way in, looked at, and kept with its row or not at all. */
@Injectable()
export class AddDraftFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly receiveForm: ReceiveForm,
    private readonly drafts: Drafts,
  ) {}

  /** Reads the form, and keeps the file in it, if there is one. What is wrong with the file is handed back with what was typed. */
  async run(token: string, parts: AsyncIterable<FormPart>): Promise<ReceivedFile> {
    const { fields, files } = await this.receiveForm.run(parts, await this.drafts.keyOf(token));
    try {
      if (files.faults.length > 0)
        throw new Refusal('invalid', 'This file cannot be taken as it is.', files.faults);
      await files.examine();
      for (const file of files.list()) await this.drafts.addFile(token, file);
      return { fields, isWithout: files.isEmpty, refusal: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { fields, isWithout: false, refusal: error };
    } finally {
      if (!files.isEmpty) await this.discardUnlessKept(files);
    }
  }

  /** A commit whose answer was lost may have happened: a file goes only when the database says that no row knows it. */
  private async discardUnlessKept(files: EnclosedFiles): Promise<void> {
    const ids = files.list().map(({ id }) => ({ id }));
    const isKept =
      ids.length > 0 &&
      (await this.transactions.read((db) => db.exists(DraftFile, { where: ids })).catch(() => true));
    if (!isKept) await files.discard();
  }
}
