import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { Sight } from '../../people/sight';
import type { Officer } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { earlierThan } from '../../platform/pages';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Evidence } from '../../records/entities/evidence';
import { Redaction } from '../../records/entities/redaction';
import { Transactions } from '../../records/transactions';
import { standingOf } from '../../rules/known-names';
import { canBeMasked, maskText, notFoundIn, tellTales } from '../../rules/masking';
import { MOST_PASSAGES, PASSAGE_MAX_LENGTH, type SharedText } from '../../rules/sharing';
import { Vault } from '../../vault/vault';
import { findCase, readCaseFile } from '../case-file';
import { actorOf } from '../case-visitor';
import { ChangeCase } from '../change-case';
import { isStorableText } from '../intake/complaint-form';
import { OpenWords } from '../open-words';
import { Openings } from '../openings';
import { ReadIdentity } from '../read-identity';
import { refuseWithoutPerson } from '../reason';
import { known } from './known-people';
import { packetViews } from './packet-rows';
import { sharedText, sharedTexts, sharedTextView, type SharedTextOfCase } from './texts-to-share';
import type { MaskedTextView, RedactionView, SharingView, TextToMask } from './views';

/** Which text of a case. */
export interface TextName {
  kind: SharedText;
  n: number;
}

/** Masked versions of texts. The text itself stays sealed as it is; a version, once kept, never changes. */
@Injectable()
export class Redactions {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly readIdentity: ReadIdentity,
    private readonly vault: Vault,
  ) {}

  /** What there is to pass on, what was masked, and the packets; of messages those before one, or the newest. */
  async list(visitor: Officer, reference: string, before?: number): Promise<SharingView> {
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, this.keyOf(visitor, reference)));
      const caseId = file.case.id;
      const words = await OpenWords.of(this.vault, db, caseId);
      const inOrder = { order: { n: 'ASC' as const } };
      const { texts, messages } = await sharedTexts(db, file, words, { before });
      const copies = await db.find(Evidence, { where: { caseId, maskedFrom: Not(IsNull()) }, ...inOrder });
      return {
        texts: texts.map(sharedTextView),
        earlierMessages: earlierThan(messages),
        redactions: (await db.find(Redaction, { where: { caseId }, ...inOrder })).map((row) =>
          redactionView(row, words.text('redactions', 'textSealed', row.id, row.textSealed)),
        ),
        maskedFiles: copies.map(({ n, maskedFrom, mediaType }) => ({
          n,
          maskedFrom: maskedFrom!,
          mediaType,
        })),
        packets: await packetViews(db, caseId),
      };
    });
  }

  /** A text, and what of it may be worth masking. Refuses where the case has none of this number. */
  async text(visitor: Officer, reference: string, name: TextName): Promise<TextToMask> {
    await this.openings.ofCase(visitor, reference);
    const { found, text } = await this.read(visitor, reference, name);
    const isOpen = (await this.readIdentity.until(visitor, reference)) !== null;
    const people = isOpen ? (await this.readIdentity.run(visitor, reference)).parties : [];
    const suggested = [...standingOf(text, people.map(known)), ...tellTales(text)];
    return { ...sharedTextView(found), text, suggested: [...new Set(suggested)] };
  }

  /** The text as it would be kept. Refuses what `keep` refuses. */
  async preview(
    visitor: Officer,
    reference: string,
    name: TextName,
    passages: unknown,
  ): Promise<MaskedTextView> {
    await this.openings.ofCase(visitor, reference);
    const { text } = await this.read(visitor, reference, name);
    return masked(text, passages);
  }

  /** Keeps the text with these passages masked. Names each passage that does not occur, and then keeps nothing. */
  async keep(visitor: Officer, reference: string, name: TextName, passages: unknown): Promise<RedactionView> {
    // Which passages occur, a refusal tells as well.
    await this.openings.ofCase(visitor, reference);
    const { result } = await this.changeCase.run(
      this.keyOf(visitor, reference),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        refuseWithoutPerson(context);
        const { db, caseId, file, actor, today } = context;
        const found = await textOf(db, file, context.words, name);
        const { text, marks } = masked(found.open(), passages);
        const id = newId();
        const row: Redaction = {
          id,
          caseId,
          n: (await db.countBy(Redaction, { caseId })) + 1,
          ofKind: name.kind,
          ofNumber: name.n,
          marks,
          textSealed: context.seal('redactions', 'textSealed', id, text),
          byRole: actor.role,
          personId: visitor.personId,
          madeOn: today,
        };
        await context.insert(Redaction, row);
        const facts = { redaction: row.n, sharedKind: name.kind, sharedNumber: name.n, marks };
        return { act: 'mask-text', facts, result: redactionView(row, text) };
      },
    );
    return result;
  }

  private read(visitor: Officer, reference: string, name: TextName) {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, this.keyOf(visitor, reference)));
      const words = await OpenWords.of(this.vault, db, file.case.id);
      const found = await textOf(db, file, words, name);
      return { found, text: found.open() };
    });
  }

  private keyOf(visitor: Officer, reference: string) {
    return { reference, reader: this.sight.readerOf(visitor) };
  }
}

async function textOf(
  db: EntityManager,
  file: Parameters<typeof sharedText>[1],
  words: OpenWords,
  { kind, n }: TextName,
): Promise<SharedTextOfCase> {
  const found = await sharedText(db, file, words, kind, n);
  if (!found) throw new Refusal('not-found', 'This case has no such text.');
  return found;
}

function redactionView(row: Redaction, text: string): RedactionView {
  const { n, ofKind, ofNumber, marks, byRole, madeOn } = row;
  return { n, ofKind: ofKind as SharedText, ofNumber, marks, byRole, madeOn, text };
}

function masked(text: string, typed: unknown): MaskedTextView {
  const passages = checkedPassages(typed);
  const missing = notFoundIn(text, passages);
  if (missing.length > 0)
    throw refused(
      missing.map(
        (passage) => `“${passage}” does not occur in this text. Copy it from there, or leave it out.`,
      ),
    );
  return maskText(text, passages);
}

function checkedPassages(typed: unknown): string[] {
  const lines: unknown[] = Array.isArray(typed) ? typed : [];
  const said = lines.filter((line): line is string => typeof line === 'string' && line.trim() !== '');
  const passages = [...new Set(said)];
  if (passages.length === 0 || said.length < lines.filter((line) => line !== '').length)
    throw refused(['Give the passages to mask, each as it stands in the text.']);
  if (passages.length > MOST_PASSAGES)
    throw refused([`Mask at most ${MOST_PASSAGES} passages in one text; one line can hold several words.`]);
  const faults = passages.flatMap((passage) => {
    if (passage.length > PASSAGE_MAX_LENGTH || !isStorableText(passage))
      return [`Give passages of at most ${PASSAGE_MAX_LENGTH} readable characters.`];
    return canBeMasked(passage)
      ? []
      : [
          `“${passage}” says nothing that could be masked: give a passage with a letter or digit, and without marks.`,
        ];
  });
  if (faults.length > 0) throw refused(faults);
  return passages;
}

function refused(sentences: readonly string[]): Refusal {
  const needs: UnmetNeed[] = sentences.map((sentence) => ({ name: 'passages', field: 'passages', sentence }));
  return new Refusal('invalid', 'The passages cannot be masked as they are.', needs);
}
