import { Injectable } from '@nestjs/common';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { EvidenceStore } from '../../vault/store/evidence-store';
import { Vault } from '../../vault/vault';
import { ComplaintFiles, type ComplaintFile } from './complaint-files';
import type { ComplaintForm } from './complaint-form';
import { Drafts, type OpenDraft } from './drafts';
import { Lodge, type Lodged, type LodgedBy } from './lodge';

/** Lodges a draft: its id, key and files become those of the case, and nothing else is left of it. */
@Injectable()
export class LodgeDraft {
  constructor(
    private readonly drafts: Drafts,
    private readonly lodge: Lodge,
    private readonly vault: Vault,
    private readonly store: EvidenceStore,
  ) {}

  /** What a draft that had this token became when it was lodged, receipt included; null when it was not lodged, or some days ago. */
  lodgedWith(token: string): Promise<Lodged | null> {
    return this.lodge.firstAnswer(idempotencyKey(token));
  }

  /**
   * `form` is what the draft says, and was validated. Pressed again, the first answer comes again. Refuses with `stale` what was changed
   * since it was opened, and with `invalid` when a file is not in the store any more.
   */
  async run(token: string, draft: OpenDraft, form: ComplaintForm, by: LodgedBy): Promise<Lodged> {
    try {
      return await this.lodgeNow(token, draft, form, by);
    } catch (error) {
      // Where the database does not answer now either, the first failure says more of the lodging than this one.
      const first = error instanceof Refusal ? await this.lodgedWith(token).catch(() => null) : null;
      if (first) return first;
      throw error;
    }
  }

  private async lodgeNow(
    token: string,
    draft: OpenDraft,
    form: ComplaintForm,
    by: LodgedBy,
  ): Promise<Lodged> {
    const { key, files } = await this.drafts.toLodge(draft);
    await this.refuseMissing(files);
    return this.lodge.run(form, by, idempotencyKey(token), {
      caseId: draft.id,
      key,
      files: files.length > 0 ? new ComplaintFiles(this.vault, key, files) : null,
      takeOver: (db) => this.drafts.takeOver(db, draft),
    });
  }

  /** A statement that names a file which nobody can open any more would promise too much. */
  private async refuseMissing(files: readonly ComplaintFile[]): Promise<void> {
    const needs: UnmetNeed[] = [];
    for (const { id } of files)
      if (!(await this.store.has(id)))
        needs.push({ name: 'evidence', field: 'files', sentence: 'error.evidence.missing' });
    if (needs.length > 0)
      throw new Refusal('invalid', 'A file is not in the store any more.', needs.slice(0, 1));
  }
}

/** Of what only the browser of the person has. */
function idempotencyKey(token: string): string {
  return `draft ${token}`;
}
