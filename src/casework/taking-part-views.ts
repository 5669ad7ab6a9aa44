import type { AmendedPart } from '../rules/taking-part';
import type { CaseFile } from './case-file';
import type { OpenWords } from './open-words';
import type { AmendmentView, SupportView, TranscriptView } from './party-views';

export function supportViews(file: CaseFile, words: OpenWords): SupportView[] {
  const opened = (row: CaseFile['supports'][number], column: `${string}Sealed` & keyof typeof row) =>
    words.maybe('support_requests', column, row.id, row[column]);
  return file.supports.map((row) => ({
    n: row.n,
    kind: row.kind,
    wish: opened(row, 'wishSealed'),
    askedOn: row.askedOn,
    dueOn: row.dueOn,
    status: row.status,
    arrangement: opened(row, 'arrangementSealed'),
    reasons: opened(row, 'reasonsSealed'),
    alternative: opened(row, 'alternativeSealed'),
    answeredOn: row.answeredOn,
    endedOn: row.endedOn,
  }));
}

export function amendmentViews(file: CaseFile, words: OpenWords): AmendmentView[] {
  return file.amendments.map((row) => ({
    n: row.n,
    kind: row.kind,
    part: row.part as AmendedPart,
    language: row.language,
    text: words.text('amendments', 'textSealed', row.id, row.textSealed),
    byRole: row.byRole,
    writtenOn: row.writtenOn,
  }));
}

export function transcriptViews(file: CaseFile, words: OpenWords): TranscriptView[] {
  return file.transcripts.map((row) => ({
    n: row.n,
    occasion: row.occasion,
    heldOn: row.heldOn,
    language: row.language,
    text: words.text('transcripts', 'textSealed', row.id, row.textSealed),
    byRole: row.byRole,
    recordedOn: row.recordedOn,
    status: row.status,
    answeredOn: row.answeredOn,
    dispute: words.maybe('transcripts', 'disputeSealed', row.id, row.disputeSealed),
  }));
}
