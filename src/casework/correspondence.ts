import type { EntityManager } from 'typeorm';
import { Evidence } from '../records/entities/evidence';
import { Message } from '../records/entities/message';
import { withoutTurns } from '../rules/saved-name';
import { nameOf, type Names } from './case-objects';
import { knowsHowSaid, type OwnReader } from './dictation-rows';
import { faultsOf, type Faults } from './custody';
import type { OpenWords } from './open-words';
import type { EvidenceView } from './record-views';
import type { MessageView } from './views';

/** Messages in order; `names` null shows staff by role only, as the complainant sees them. `reader` null: staff. */
export function messageViews(
  rows: Message[],
  words: OpenWords,
  names: Names | null,
  reader: OwnReader | null,
): MessageView[] {
  return rows.map((row) => ({
    n: row.n,
    fromRole: row.fromRole,
    by: names && row.personId ? nameOf(names, row.personId) : null,
    writtenOn: row.writtenOn,
    language: row.language,
    aboutOffer: row.aboutOffer,
    ...(row.penRole === null ||
    knowsHowSaid(reader, { saidBy: row.fromRole, mandateNumber: row.mandateNumber })
      ? { cameBy: row.cameBy, penRole: row.penRole }
      : { cameBy: null, penRole: null }),
    text: words.text('messages', 'textSealed', row.id, row.textSealed),
  }));
}

/** Files in order, each with what is reported of it. */
export async function evidenceViews(
  db: EntityManager,
  ledgerId: string,
  rows: Evidence[],
  words: OpenWords,
): Promise<EvidenceView[]> {
  const faults = await faultsOf(
    db,
    ledgerId,
    rows.map(({ n }) => n),
  );
  return openedViews(rows, words, faults);
}

/** The same with what is known already of what is reported. */
export function openedViews(
  rows: readonly Evidence[],
  words: OpenWords,
  faults: Faults = new Map(),
): EvidenceView[] {
  return rows.map((row) => ({
    ...evidenceView(
      row,
      words.text('evidence', 'fileNameSealed', row.id, row.fileNameSealed),
      words.maybe('evidence', 'describesSealed', row.id, row.describesSealed),
    ),
    fault: Object.values(faults.get(row.n) ?? {})[0] ?? null,
  }));
}

/** One file, its name and description already opened. */
export function evidenceView(row: Evidence, fileName: string, describes: string | null): EvidenceView {
  return {
    n: row.n,
    fileName: withoutTurns(fileName),
    describes,
    mediaType: row.mediaType,
    sizeInBytes: row.sizeInBytes,
    sha256: row.sha256,
    fromRole: row.fromRole,
    addedOn: row.addedOn,
    handling: row.handling ?? 'HELD',
    heldReason: row.handling ? row.heldReason : 'NO-CLEANER',
    removed: row.removed,
    turnedBy: row.turnedBy,
    maskedFrom: row.maskedFrom,
    fault: null,
  };
}
