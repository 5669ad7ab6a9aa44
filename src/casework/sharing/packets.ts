import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Sight } from '../../people/sight';
import type { Officer } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Turns, untilRead } from '../../platform/turns';
import { Evidence } from '../../records/entities/evidence';
import { Packet, type PacketPart } from '../../records/entities/packet';
import { Redaction } from '../../records/entities/redaction';
import { Transactions } from '../../records/transactions';
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '../../rules/asks';
import { consentHolds, SHARED_WITH, type ConsentCode } from '../../rules/consents';
import { identityIsGuarded, type IdentityMode } from '../../rules/identity-modes';
import { isMaskedFrom } from '../../rules/masking';
import { packetMayLeave } from '../../rules/needs/sharing';
import { seenLength } from '../../rules/seen-length';
import {
  MOST_PARTS,
  PACKET_MAX_BYTES,
  PACKET_LEAVES_WITHIN_MS,
  PACKET_MAX_LENGTH,
  PACKETS_AT_ONCE,
  SHARED_KINDS,
  SHARED_TEXTS,
  type SharedKind,
  type SharedText,
} from '../../rules/sharing';
import { ReceiptBook } from '../../vault/receipt-book';
import { Vault } from '../../vault/vault';
import { findCase, readCaseFile, type CaseFile } from '../case-file';
import { actorOf } from '../case-visitor';
import { ChangeCase } from '../change-case';
import { decisionsOf } from '../consent-rows';
import { isStorableText } from '../intake/complaint-form';
import { cutReceipts } from '../intake/mail/cut-receipts';
import { OpenWords } from '../open-words';
import { Openings } from '../openings';
import { ReadIdentity } from '../read-identity';
import { refuseWithoutPerson } from '../reason';
import type { CaseContext } from '../step-context';
import { StoredFiles, workingCopyOf } from '../stored-files';
import { namesSomebody } from './known-people';
import { packetDocument, packetZip, type LeavingFile, type LeavingText } from './packet-content';
import { namesIn, packetView } from './packet-rows';
import { refuseMorePackets } from './packets-a-day';
import { sharedText } from './texts-to-share';
import type { OpenedPacketView, PacketView } from './views';

/** A part as it is chosen. `version`: number of the redaction, or of the file that is the masked copy; left out, it goes whole, with a reason. */
export interface ChosenPart {
  kind: string;
  n: number;
  version?: number | null;
  reason?: string | null;
}

/** A packet on its way out. */
export interface TakenPacket {
  fileName: string;
  mediaType: string;
  sizeInBytes: number;
  content: Readable;
}

/** What goes to somebody outside, put together part by part. The only way in which texts and files of a case leave the house. */
@Injectable()
export class Packets {
  private readonly receipts: ReceiptBook;
  private readonly turns = new Turns(
    PACKETS_AT_ONCE,
    'Too many packets are being taken out at the moment. Try again in a few minutes.',
  );

  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly readIdentity: ReadIdentity,
    private readonly storedFiles: StoredFiles,
    private readonly vault: Vault,
  ) {
    this.receipts = new ReceiptBook(vault);
  }

  /**
   * Puts a packet together; nothing leaves by that. Refuses, all at once, what is not there, stands in it twice, or goes whole without a reason.
   * Whether a name stands in it is looked up once, here; where one does that is not open to who asked, the person reads so in her timeline.
   */
  async make(visitor: Officer, reference: string, chosen: readonly ChosenPart[]): Promise<PacketView> {
    refuseNumberOf(chosen);
    await this.openings.ofCase(visitor, reference);
    const knowsNames = (await this.readIdentity.until(visitor, reference)) !== null;
    const { result } = await this.changeCase.run(
      this.keyOf(visitor, reference),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        refuseWithoutPerson(context);
        const { caseId, db, actor, today } = context;
        const { texts, parts, reasons } = await partsOf(context, chosen);
        const document = packetDocument(texts);
        if ((document?.length ?? 0) > PACKET_MAX_LENGTH)
          throw tooMuch('texts', `${PACKET_MAX_LENGTH} characters`);
        const cut = document && (await cutReceipts(document, (known) => this.receipts.known(db, known)));
        if (document !== null && !knowsNames) await refuseMorePackets(context);
        const holdsName = cut !== null && (await namesSomebody(db, this.vault, caseId, cut));
        const id = newId();
        const row: Packet = {
          id,
          caseId,
          n: (await db.countBy(Packet, { caseId })) + 1,
          parts,
          documentSealed: context.sealMaybe('packets', 'documentSealed', id, cut),
          reasonsSealed: reasons.some((reason) => reason !== null)
            ? context.seal('packets', 'reasonsSealed', id, JSON.stringify(reasons))
            : null,
          byRole: actor.role,
          personId: visitor.personId,
          madeOn: today,
          passedWith: null,
          passedOn: null,
          restsOn: null,
          downloads: 0,
          holdsName,
        };
        await context.insert(Packet, row);
        const facts = {
          packet: row.n,
          packetTexts: texts.length,
          packetFiles: parts.length - texts.length,
          packetWhole: parts.filter(({ version }) => version === null).length,
        };
        const act = holdsName && !knowsNames ? 'make-packet-with-name' : 'make-packet';
        return { act, facts, result: packetView(row) };
      },
    );
    return result;
  }

  /** A packet with what stands in it, for those who put it together. */
  async one(visitor: Officer, reference: string, n: number): Promise<OpenedPacketView> {
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const { id: caseId } = await findCase(db, this.keyOf(visitor, reference));
      const row = await packetOf(db, caseId, n);
      return openedPacket(row, await OpenWords.of(this.vault, db, caseId));
    });
  }

  /**
   * Takes a packet out that was passed on, as a zip. Its entry is written, and counted, before the first byte leaves. Refuses when the
   * consent that it rests on does not hold any more, and where too many are taken out: each lies in memory until its last byte left, so
   * that its `content` has to be read to the end or destroyed.
   */
  takeOut(visitor: Officer, reference: string, n: number): Promise<TakenPacket> {
    return this.turns.take(
      () => this.takeOutNow(visitor, reference, n),
      ({ content }) => untilRead(content, PACKET_LEAVES_WITHIN_MS),
    );
  }

  private async takeOutNow(visitor: Officer, reference: string, n: number): Promise<TakenPacket> {
    const key = this.keyOf(visitor, reference);
    const found = await this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, key));
      const caseId = file.case.id;
      const row = await packetOf(db, caseId, n);
      const names = await namesIn(db, this.vault, file.case.ledgerId, row);
      refuseToTakeOut(row, file, names);
      const numbers = row.parts.filter(({ kind }) => kind === 'FILE').map(({ n, version }) => version ?? n);
      const rows = await db.findBy(Evidence, { caseId, n: In(numbers) });
      const words = await OpenWords.of(this.vault, db, caseId);
      return {
        names,
        document: words.maybe('packets', 'documentSealed', row.id, row.documentSealed),
        files: numbers.map((number) => rows.find((each) => each.n === number)!),
        sealingKey: await this.vault.openKey(db, caseId),
      };
    });
    const files: LeavingFile[] = [];
    for (const row of found.files) {
      const stored = workingCopyOf(row);
      await this.storedFiles.prove(stored, found.sealingKey);
      const content = await buffer(await this.storedFiles.read(stored, found.sealingKey));
      files.push({ content, mediaType: row.mediaType });
    }
    const zip = packetZip(found.document, files);
    await this.changeCase.run(
      key,
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const row = await context.db.findOneByOrFail(Packet, { caseId: context.caseId, n });
        refuseToTakeOut(row, context.file, found.names);
        refuseWithoutPerson(context);
        await context.update(Packet, row.id, { downloads: row.downloads + 1 });
        return {
          act: 'download-packet',
          facts: { packet: n, download: row.downloads + 1 },
          result: undefined,
        };
      },
    );
    return {
      fileName: `packet-${n}`,
      mediaType: 'application/zip',
      sizeInBytes: zip.length,
      content: Readable.from([zip]),
    };
  }

  private keyOf(visitor: Officer, reference: string) {
    return { reference, reader: this.sight.readerOf(visitor) };
  }
}

async function packetOf(db: EntityManager, caseId: string, n: number): Promise<Packet> {
  const row = Number.isInteger(n) ? await db.findOneBy(Packet, { caseId, n }) : null;
  if (!row) throw new Refusal('not-found', 'This case has no such packet.');
  return row;
}

function openedPacket(row: Packet, words: OpenWords): OpenedPacketView {
  const reasons = words.maybe('packets', 'reasonsSealed', row.id, row.reasonsSealed);
  return {
    ...packetView(row),
    document: words.maybe('packets', 'documentSealed', row.id, row.documentSealed),
    reasons: reasons === null ? row.parts.map(() => null) : (JSON.parse(reasons) as (string | null)[]),
  };
}

function refuseToTakeOut(
  { passedWith, restsOn }: Packet,
  file: CaseFile,
  names: { namesSomebody: boolean; identityErased: boolean },
): void {
  if (passedWith === null)
    throw new Refusal(
      'conflict',
      'This packet was not passed on yet. Name its number in “share”, “refer” or “request-evidence” first.',
    );
  if (restsOn !== null && !consentHolds(decisionsOf(file), restsOn as ConsentCode))
    throw new Refusal(
      'conflict',
      `The person took back the consent that this rests on (${restsOn}), so it does not leave the house any more.`,
    );
  const { identityMode, reprisalLevel } = file.case;
  const hidden =
    Object.values(SHARED_WITH).some(({ consent, respondent }) => respondent && consent === restsOn) ||
    identityIsGuarded(identityMode as IdentityMode, reprisalLevel);
  const shown = consentHolds(decisionsOf(file), 'CN-SHARE-ID');
  if (!packetMayLeave(names, { hidden, shown }))
    throw new Refusal(
      'conflict',
      'It holds, or may hold, a name or contact of the person, and whoever gets it must not learn who they are, or not any more. Mask that, and put a new packet together.',
    );
}

function refuseNumberOf(chosen: readonly ChosenPart[]): void {
  if (chosen.length > 0 && chosen.length <= MOST_PARTS) return;
  const sentence =
    chosen.length === 0
      ? 'Choose what is to be passed on: nothing goes by itself.'
      : `Put at most ${MOST_PARTS} texts and files into one packet.`;
  throw new Refusal('invalid', sentence, [{ name: 'parts', field: 'parts', sentence }]);
}

function tooMuch(what: string, most: string): Refusal {
  const sentence = `Its ${what} are more than ${most} together: put them into two packets.`;
  return new Refusal('invalid', sentence, [{ name: 'parts', field: 'parts', sentence }]);
}

interface Parts {
  texts: LeavingText[];
  parts: PacketPart[];
  /** In the order of the parts; null for what is masked. */
  reasons: (string | null)[];
}

/** The parts, each found and looked at. Throws everything that is wrong with any of them. */
async function partsOf(context: CaseContext, chosen: readonly ChosenPart[]): Promise<Parts> {
  const found: Parts = { texts: [], parts: [], reasons: [] };
  const faults: UnmetNeed[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const [at, each] of chosen.entries()) {
    const part = await partOf(context, each);
    const isTwice = seen.has(`${each.kind} ${each.n}`);
    seen.add(`${each.kind} ${each.n}`);
    if (typeof part === 'string' || isTwice) {
      const sentence = typeof part === 'string' ? part : 'It stands in this packet twice: choose it once.';
      faults.push({ name: 'parts', field: `parts.${at + 1}`, sentence: `${nameOf(each)}: ${sentence}` });
      continue;
    }
    if (part.text) found.texts.push(part.text);
    bytes += part.bytes;
    found.parts.push({ kind: each.kind, n: each.n, version: each.version ?? null });
    found.reasons.push(each.version ? null : each.reason!.trim());
  }
  if (faults.length > 0) throw new Refusal('invalid', 'This packet cannot be put together as it is.', faults);
  if (bytes > PACKET_MAX_BYTES) throw tooMuch('files', `${PACKET_MAX_BYTES / 1024 / 1024} MB`);
  return found;
}

function nameOf({ kind, n }: ChosenPart): string {
  const named = SHARED_TEXTS[kind as SharedText] as { label: string } | undefined;
  return `${named?.label ?? (kind === 'FILE' ? 'File' : 'Part')} ${n}`;
}

type Part = { text: LeavingText | null; bytes: number };

/** A sentence where it cannot go. */
async function partOf(context: CaseContext, each: ChosenPart): Promise<Part | string> {
  if (!SHARED_KINDS.includes(each.kind as SharedKind)) return 'there is no such kind of text or file.';
  if (!each.version) {
    const reason = each.reason?.trim() ?? '';
    if (
      seenLength(reason) < REASON_MIN_LENGTH ||
      reason.length > REASON_MAX_LENGTH ||
      !isStorableText(reason)
    )
      return `say in ${REASON_MIN_LENGTH} to ${REASON_MAX_LENGTH} characters why it goes whole, or choose a masked version.`;
  }
  return each.kind === 'FILE' ? fileOf(context, each) : textOf(context, each);
}

async function textOf(context: CaseContext, { kind, n, version }: ChosenPart): Promise<Part | string> {
  const { db, caseId, file, words } = context;
  const found = await sharedText(db, file, words, kind as Exclude<SharedKind, 'FILE'>, n);
  if (!found) return 'this case has no such text.';
  const { open, ...view } = found;
  const original = open();
  if (!version) return { text: { ...view, text: original, isMasked: false }, bytes: 0 };
  const row = await db.findOneBy(Redaction, { caseId, n: version, ofKind: kind, ofNumber: n });
  if (!row) return `version ${version} is not one of this text.`;
  const text = words.text('redactions', 'textSealed', row.id, row.textSealed);
  if (!isMaskedFrom(original, text)) return 'this text was changed since it was masked: mask it anew.';
  return { text: { ...view, text, isMasked: true }, bytes: 0 };
}

async function fileOf(context: CaseContext, { n, version }: ChosenPart): Promise<Part | string> {
  const { db, caseId } = context;
  const row = version
    ? await db.findOneBy(Evidence, { caseId, n: version, maskedFrom: n })
    : await db.findOneBy(Evidence, { caseId, n });
  if (!row) return version ? `file ${version} is no masked copy of it.` : 'this case has no such file.';
  return row.handling === 'CLEANED'
    ? { text: null, bytes: row.workingSizeInBytes! }
    : 'it has no clean copy: upload a masked copy that can be cleaned.';
}
