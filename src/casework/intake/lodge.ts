import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { Ledger } from '../../ledger/ledger.service';
import { AccountRows } from '../../people/account-rows';
import { newId, newIdInOrder, newReference } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { dayOf, Time, type Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { Clock } from '../../records/entities/clock';
import { Consent } from '../../records/entities/consent';
import { IdempotencyKey } from '../../records/entities/idempotency-key';
import { Message } from '../../records/entities/message';
import { Mandate } from '../../records/entities/mandate';
import { Membership } from '../../records/entities/membership';
import { Notice } from '../../records/entities/notice';
import { Party } from '../../records/entities/party';
import { isUniqueViolation } from '../../records/dialect';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import { addDays } from '../../rules/counting';
import { writtenLanguageOf } from '../../rules/languages';
import { isForAnother } from '../../rules/mandates';
import { ONE_TIME_RECEIPT_DAYS } from '../../rules/one-time-receipts';
import type { Policy } from '../../rules/policy';
import { ReceiptBook } from '../../vault/receipt-book';
import { Vault, type CaseKey as SealingKey } from '../../vault/vault';
import { ChangeCase } from '../change-case';
import { joinCodeTyped, membershipRow, takePlace, type Place } from '../collective/memberships';
import { consentRow, decisionFacts } from '../consent-rows';
import { enterQueue } from '../queue/keep-places';
import { clockRow, nextDue } from '../keep-clocks';
import { claimedMandate } from '../mandate-rows';
import { Policies } from '../policies/policies';
import type { ComplaintForm } from './complaint-form';
import type { ComplaintFiles, ComplaintFileView } from './complaint-files';
import { wordedAs } from '../wordings/worded-letters';

/** What the person takes away: the only time that the receipt exists outside her hands. */
export interface Lodged {
  reference: string;
  /** 25 digits in five groups. */
  receipt: string;
  /** Where a member of staff was shown the receipt, or nobody was: the last day on which the person can give it in, once, for one of their own. */
  oneTimeUntil?: Day;
  /** Signed note over the first entry of the history: proves that the complaint was lodged. */
  statement: string;
  state: 'received';
  dueDates: { code: string; dueInternal: Day; dueLegalLatest: Day }[];
  /** The files that came with it, where some did: the statement names their SHA-256. */
  files?: ComplaintFileView[];
}

export interface LodgedBy {
  role: 'RH' | 'REP' | 'INT';
  personId?: string;
  /** The day on which it reached the organisation, where that was before today: clocks run from then. */
  receivedOn?: Day;
  /** Whether nobody is here to be shown a receipt: one that works once is made when it can be sent or handed over. */
  isAway?: true;
  /** The code of a collective complaint that the case is part of from its first entry. One that lets nobody in is refused. */
  joinCode?: string;
}

/** What was there of a complaint before it is lodged: the case takes it over. */
export interface Groundwork {
  /** Of the case that is to be. */
  caseId: string;
  /** Sealed its files; becomes the data key of the case. */
  key: SealingKey;
  /** Null where none came. */
  files: ComplaintFiles | null;
  /** Runs in the change that lodges, before anything else; what it throws ends the lodging. */
  takeOver?: (db: EntityManager) => Promise<void>;
  /** Runs in the same change once the case is stored, for rows beside the ledger. */
  alongside?: (db: EntityManager) => Promise<void>;
  /** What the house itself writes to the person with it, as the first message of the case. */
  firstMessage?: string | null;
}

/** Among a million cases, a reference of 40 random bits is as likely as not to be drawn twice; the next try draws another. */
const TRIES = 3;

/** How long a repeated key gets the first answer again. */
const DAYS_TO_REPEAT = 2;

/** Lodges a complaint: case, key, receipt, clock, letter and first entry in one transaction, or nothing. */
@Injectable()
export class Lodge {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly receipts: ReceiptBook,
    private readonly ledger: Ledger,
    private readonly changeCase: ChangeCase,
    private readonly accounts: AccountRows,
    private readonly policies: Policies,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /**
   * `form` has been validated. With an idempotency key the same request gets the first answer again, receipt included: it is kept
   * sealed under the key itself, which only the sender knows. The same key with another complaint is refused.
   */
  async run(
    form: ComplaintForm,
    by: LodgedBy,
    idempotencyKey?: string,
    groundwork?: Groundwork,
  ): Promise<Lodged> {
    for (let left = TRIES; ; left--)
      try {
        return await this.once(form, by, idempotencyKey, groundwork);
      } catch (error) {
        if (left === 1 || !isUniqueViolation(error)) throw error;
      }
  }

  private async once(
    form: ComplaintForm,
    by: LodgedBy,
    idempotencyKey?: string,
    groundwork?: Groundwork,
  ): Promise<Lodged> {
    const policy = await this.policies.newest();
    if (!idempotencyKey)
      return this.transactions.change((db) => this.store(db, policy, form, by, groundwork));
    const { fingerprint } = groundwork?.files ?? {};
    const repeat = await this.answerOf(idempotencyKey, form, fingerprint);
    if (repeat) return repeat;
    try {
      return await this.transactions.change(async (db) => {
        const lodged = await this.store(db, policy, form, by, groundwork);
        const requestHash = this.requestHash(idempotencyKey, form, fingerprint);
        await this.keepAnswer(db, idempotencyKey, requestHash, lodged);
        return lodged;
      });
    } catch (error) {
      const first = await this.answerAfter(error, () => this.answerOf(idempotencyKey, form, fingerprint));
      if (first) return first;
      throw error;
    }
  }

  /** The answer that may stand in the database although its lodging failed: another request was first, or the commit was not heard of. */
  private async answerAfter(error: unknown, kept: () => Promise<Lodged | null>): Promise<Lodged | null> {
    if (isUniqueViolation(error)) return kept();
    const isUncertain = error instanceof Refusal && error.kind === 'uncertain';
    // Where it does not answer now either, what is said of the lodging stays what is known of it.
    return isUncertain ? kept().catch(() => null) : null;
  }

  private async store(
    db: EntityManager,
    policy: Policy,
    form: ComplaintForm,
    by: LodgedBy,
    groundwork?: Groundwork,
  ): Promise<Lodged> {
    if (by.joinCode !== undefined) refuseToJoin(form);
    if (by.personId) await this.accounts.refuseChanged(db, { personId: by.personId, roles: [by.role] });
    await groundwork?.takeOver?.(db);
    const files = groundwork?.files;
    const row = policy.row('lodge');
    const now = this.time.instant();
    const today = dayOf(now);
    const receivedOn = by.receivedOn ?? today;
    const oneTimeUntil = by.personId || by.isAway ? addDays(today, ONE_TIME_RECEIPT_DAYS) : null;
    const id = groundwork?.caseId ?? newIdInOrder();
    const ledgerId = newIdInOrder();
    const reference = newReference();
    const place = by.joinCode ? await this.takePlace(db, by.joinCode, reference, by) : null;
    const key = await this.vault.createKey(db, { kind: 'case', id }, groundwork?.key);
    const change = await this.ledger.open(db, { caseId: id, ledgerId, isNew: true });
    const sealed: { name: string; commitment: string }[] = [];
    const sealAt = (table: string, column: string, rowId: string, text: string) => {
      const result = this.vault.seal(key, { table, column, id: rowId }, text);
      sealed.push({ name: `${table}.${column}`, commitment: result.commitment });
      return result.sealed;
    };
    const seal = (column: keyof ComplaintForm, text: string | null | undefined) =>
      text === null || text === undefined ? null : sealAt('cases', `${column}Sealed`, id, text);
    const calendar = calendarOf(this.settings.country).code;
    const clocks = (row.clocks.start ?? []).map((code) =>
      clockRow(policy, id, code, { startDay: receivedOn, startInstant: null, tier: null, calendar }),
    );
    const running = clocks.filter((clock): clock is Clock => clock !== null);
    const language = form.language ?? 'en';
    const lodged = {
      id,
      ledgerId,
      reference,
      state: 'received',
      revision: 1,
      policyVersion: policy.version,
      lodgedOn: receivedOn,
      language,
      channel: form.channel ?? 'web',
      identityMode: form.identityMode ?? (form.name?.trim() ? 'CONFIDENTIAL' : 'PSEUDONYMOUS'),
      complainantRole: form.complainantRole ?? 'affected',
      fearOfReprisal: form.fearOfReprisal ?? null,
      awareOfAiUse: form.awareOfAiUse ?? null,
      narrativeSealed: seal('narrative', form.narrative)!,
      desiredOutcomeSealed: seal('desiredOutcome', form.desiredOutcome),
      whenHappenedSealed: seal('whenHappened', form.whenHappened),
      systemKnownSealed: seal('systemKnown', form.systemKnown),
      reprisalTextSealed: seal('reprisalText', form.reprisalText),
      accommodationSealed: seal('accommodation', form.accommodation),
      keepOutSealed: seal('keepOut', form.keepOut),
      groupDefinitionSealed: seal('groupDefinition', form.groupDefinition),
      estimatedSize: form.estimatedSize ?? null,
      systemUnknown: form.systemUnknown ?? null,
      legalHold: Boolean(form.systemKnown?.trim()),
      contactAttempts: 0,
      nextDueOn: nextDue(running),
    };
    await change.insert(Case, lodged);
    await enterQueue(db, id, { row: lodged, clocks: running }, today);
    const partyId = newId();
    const holder = { caseId: id, id: partyId, role: partyRole(form) };
    const identity = await this.sealIdentity(db, partyId, form, sealed);
    const { receipt, receiptHash } = this.receipts.issue(holder);
    await change.insert(Party, { ...holder, ...identity, receiptHash, oneTimeUntil });
    if (holder.role === 'REPRESENTATIVE')
      await change.insert(
        Mandate,
        claimedMandate({ caseId: id, n: 1, partyId, role: by.role, today }, form.mandateBasis ?? null),
      );
    const consents = form.consents ?? [];
    for (const [index, decision] of consents.entries())
      await change.insert(
        Consent,
        consentRow(decision, {
          caseId: id,
          n: index + 1,
          language,
          today,
          role: by.role,
          personId: by.personId ?? null,
          seal: (rowId, scope) => sealAt('consents', 'scopeSealed', rowId, scope),
        }),
      );
    if (place) await change.insert(Membership, membershipRow(id, 1, place, today));
    for (const clock of running) await change.insert(Clock, clock);
    await change.insert(Notice, {
      id: newId(),
      caseId: id,
      letter: row.tells!,
      language,
      revision: 1,
      queuedOn: today,
      status: 'QUEUED',
      ...(await wordedAs(db, row.tells!, language)),
    });
    await files?.insertInto(change, sealed, { caseId: id, fromRole: by.role, addedOn: today });
    if (groundwork?.firstMessage) {
      const messageId = newId();
      await change.insert(Message, {
        id: messageId,
        caseId: id,
        n: 1,
        fromRole: 'SYS',
        writtenOn: today,
        language: writtenLanguageOf(language),
        textSealed: sealAt('messages', 'textSealed', messageId, groundwork.firstMessage),
      });
    }
    await groundwork?.alongside?.(db);
    const { leafHash } = await change.append({
      act: 'lodge',
      by: { role: by.role, ref: by.personId ?? null },
      ...(by.personId ? { at: now } : { on: today }),
      from: 'new',
      to: 'received',
      facts: {
        channel: form.channel ?? 'web',
        policyVersion: policy.version,
        ...decisionFacts(consents),
        ...(place ? { otherCase: place.groupReference } : {}),
        ...files?.facts(),
      },
      sealed,
    });
    return {
      reference,
      receipt,
      ...(oneTimeUntil ? { oneTimeUntil } : {}),
      statement: this.ledger.statement(reference, leafHash, files?.facts().sha256),
      state: 'received',
      dueDates: running.map(({ code, dueInternal, dueLegalLatest }) => ({
        code,
        dueInternal,
        dueLegalLatest,
      })),
      ...(files ? { files: files.views() } : {}),
    };
  }

  private async takePlace(db: EntityManager, typed: string, reference: string, by: LodgedBy): Promise<Place> {
    const code = await joinCodeTyped(db, this.vault, typed);
    const { result } = await this.changeCase.run(
      { id: code.caseId },
      undefined,
      () => ({ role: by.role, personId: by.personId ?? null }),
      (group) => takePlace(group, code.id, reference),
    );
    return result;
  }

  /** Name and contact lie under a key of their own, so that they can be erased, and be closed to staff, apart from the case. */
  private async sealIdentity(
    db: EntityManager,
    partyId: string,
    form: ComplaintForm,
    sealed: { name: string; commitment: string }[],
  ): Promise<Pick<Party, 'nameSealed' | 'contactSealed'>> {
    const name = form.name?.trim() || null;
    const contact = form.contact ? JSON.stringify(form.contact) : null;
    if (name === null && contact === null) return { nameSealed: null, contactSealed: null };
    const key: SealingKey = await this.vault.createKey(db, { kind: 'party', id: partyId });
    const seal = (column: 'nameSealed' | 'contactSealed', text: string | null) => {
      if (text === null) return null;
      const result = this.vault.seal(key, { table: 'parties', column, id: partyId }, text);
      sealed.push({ name: `parties.${column}`, commitment: result.commitment });
      return result.sealed;
    };
    return { nameSealed: seal('nameSealed', name), contactSealed: seal('contactSealed', contact) };
  }

  private async keepAnswer(
    db: EntityManager,
    idempotencyKey: string,
    requestHash: string,
    lodged: Lodged,
  ): Promise<void> {
    await this.forgetAnswers();
    await insert(db, IdempotencyKey, {
      keyHash: this.vault.hash('idempotency', idempotencyKey),
      requestHash,
      status: 201,
      answerSealed: this.vault.sealUnder(idempotencyKey, 'idempotency', JSON.stringify(lodged)),
      expiresOn: addDays(this.time.today(), DAYS_TO_REPEAT),
    });
  }

  /** Deletes answers, receipts among them, that no repeated key gets any more. Returns how many. */
  async forgetAnswers(): Promise<number> {
    const past = { expiresOn: LessThan(this.time.today()) };
    const { affected } = await this.transactions.change((db) => db.delete(IdempotencyKey, past));
    return affected ?? 0;
  }

  /** The first answer to the same request under this key; null for a new key. Refuses the key of another request. */
  async answerOf(idempotencyKey: string, form: ComplaintForm, fingerprint?: string): Promise<Lodged | null> {
    const kept = await this.keptUnder(idempotencyKey);
    if (!kept) return null;
    if (kept.requestHash !== this.requestHash(idempotencyKey, form, fingerprint))
      throw new Refusal(
        'unmet',
        'This Idempotency-Key was used for another complaint; send a new key with a new complaint.',
        [{ name: 'idempotencyKey', sentence: 'Send a new Idempotency-Key.' }],
      );
    return this.opened(idempotencyKey, kept);
  }

  /** The first answer under this key, whatever was sent with it; null for a new key. */
  async firstAnswer(idempotencyKey: string): Promise<Lodged | null> {
    const kept = await this.keptUnder(idempotencyKey);
    return kept && this.opened(idempotencyKey, kept);
  }

  private async keptUnder(idempotencyKey: string): Promise<IdempotencyKey | null> {
    const keyHash = this.vault.hash('idempotency', idempotencyKey);
    const kept = await this.transactions.read((db) => db.findOneBy(IdempotencyKey, { keyHash }));
    return kept && kept.expiresOn >= this.time.today() ? kept : null;
  }

  private opened(idempotencyKey: string, { answerSealed }: IdempotencyKey): Lodged {
    return JSON.parse(this.vault.unsealUnder(idempotencyKey, 'idempotency', answerSealed)) as Lodged;
  }

  /** Keyed by what only the sender knows, so that a short complaint cannot be guessed from its hash. */
  private requestHash(idempotencyKey: string, form: ComplaintForm, fingerprint = ''): string {
    return this.vault.hash(
      'idempotent request',
      createHash('sha256')
        .update(`${idempotencyKey}\0${JSON.stringify(form)}${fingerprint}`)
        .digest('hex'),
    );
  }
}

/** A group joins no other; and whether somebody else joins one is theirs to say. */
function refuseToJoin(form: ComplaintForm): void {
  const refuse = (name: string, message: string) => {
    throw new Refusal('unmet', message, [{ name, field: 'complainantRole', sentence: `need.${name}` }]);
  };
  if (form.complainantRole === 'group') refuse('isNotCollective', 'A complaint for a group joins no other.');
  if (isForAnother(form)) refuse('joinsForOneself', 'Nobody joins a group for somebody else while lodging.');
}

function partyRole(form: ComplaintForm): string {
  if (isForAnother(form)) return 'REPRESENTATIVE';
  return form.complainantRole === 'witness' ? 'WITNESS' : 'AFFECTED';
}
