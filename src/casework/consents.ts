import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { readEntry } from '../ledger/entry';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Entry } from '../records/entities/entry';
import type { Consent } from '../records/entities/consent';
import { Packet } from '../records/entities/packet';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import {
  CONSENT_CODES,
  consentHolds,
  consentRule,
  consentsTelling,
  STEPS_UNDER_CONSENT,
  type ConsentCode,
} from '../rules/consents';
import { say } from '../words/words';
import { Vault } from '../vault/vault';
import { findCase, readCaseFile, type CaseFile } from './case-file';
import { actorOf, ownKeyOf } from './case-visitor';
import { ChangeCase } from './change-case';
import { decisionsOf, newestOf, type ConsentDecision } from './consent-rows';
import { refuseMoreDecisions } from './daily-limits';
import { dayOf } from './history';
import { OpenWords } from './open-words';
import { mayGovern } from './receipts';
import { actsNoMore, isMandated } from './mandate-rows';
import type { CaseContext } from './step-context';
import type { ConsentView, Disclosure, PassedPart } from './party-views';
import { writeConsents } from './write-consents';

type Holder = Visitor & { kind: 'rightsholder' };

/** What the person agrees to: read by whoever holds a receipt, decided by the person or who acts for her. */
@Injectable()
export class Consents {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
  ) {}

  /** Every consent in the words of today in `language`, what was decided, and what already happened under it. */
  async list(visitor: Holder, language?: string): Promise<ConsentView[]> {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { id: visitor.caseId }));
      const words = await OpenWords.of(this.vault, db, visitor.caseId);
      const reader = language ?? file.case.language;
      const disclosed = await disclosuresOf(db, file, words, reader);
      return CONSENT_CODES.map((code) => ({
        ...consentView(file, words, code, reader),
        disclosures: disclosed.get(code) ?? [],
      }));
    });
  }

  /** Whether the visitor can decide; a companion cannot, nor a representative while the person has a receipt of her own. */
  async mayDecide(visitor: Holder): Promise<boolean> {
    const parties = await this.transactions.read((db) => db.findBy(Party, { caseId: visitor.caseId }));
    return mayGovern(visitor, parties);
  }

  /** Keeps what is new in the decisions, as one deed; what was decided before in the same words is left as it is. */
  async decide(visitor: Holder, decisions: readonly ConsentDecision[], language?: string): Promise<void> {
    const news = await this.newOf(visitor, decisions);
    if (news.length === 0) return;
    await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        await refuseOthers(visitor, context, news);
        refuseUnmandated(visitor, context, news);
        refuseMoreDecisions(context, news);
        const facts = await writeConsents(context, news, language ?? context.file.case.language);
        return { act: 'decide-consents', facts, result: undefined };
      },
    );
  }

  private async newOf(visitor: Holder, decisions: readonly ConsentDecision[]): Promise<ConsentDecision[]> {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { id: visitor.caseId }));
      const words = await OpenWords.of(this.vault, db, visitor.caseId);
      return decisions.filter((decision) => {
        const before = newestOf(file).find(({ code }) => code === decision.code);
        return !before || !saysTheSame(before, decision, words);
      });
    });
  }
}

function saysTheSame(before: Consent, { code, given, scope }: ConsentDecision, words: OpenWords): boolean {
  return (
    before.given === given &&
    before.version === consentRule(code).version &&
    scopeOf(before, words) === (scope?.trim() || null)
  );
}

function scopeOf(row: Consent, words: OpenWords): string | null {
  return words.maybe('consents', 'scopeSealed', row.id, row.scopeSealed);
}

async function refuseOthers(
  visitor: Holder,
  { db, file, today }: CaseContext,
  decisions: readonly ConsentDecision[],
): Promise<void> {
  const parties = await db.findBy(Party, { caseId: visitor.caseId });
  const ofOneself = visitor.role === 'REP' && decisions.some(({ code }) => code === 'CN-REP');
  if (!mayGovern(visitor, parties) || ofOneself || actsNoMore(visitor, file, today))
    throw new Refusal('forbidden', 'Only the person whose case this is can decide this.');
}

/** A no protects the person, so it needs nothing; a yes binds her. */
function refuseUnmandated(
  { role, partyId }: Holder,
  { file, today }: CaseContext,
  decisions: readonly ConsentDecision[],
): void {
  if (role !== 'REP' || !decisions.some(({ given }) => given)) return;
  if (isMandated(file.mandates, partyId, 'MC-CONSENT', today)) return;
  const sentence = 'A yes for somebody else needs a confirmed mandate that covers it (MC-CONSENT).';
  throw new Refusal('unmet', sentence, [{ name: 'mandateForConsent', sentence: 'need.mandateForConsent' }]);
}

/** One consent as it stands. */
export function consentView(
  file: CaseFile,
  words: OpenWords,
  code: ConsentCode,
  language: string,
): Omit<ConsentView, 'disclosures'> {
  const rule = consentRule(code);
  const all = file.consents.filter((row) => row.code === code);
  const last = all.at(-1);
  const wasGiven = rule.optOut === true || all.slice(0, -1).some(({ given }) => given);
  return {
    code,
    text: say(language, `consent.${code}`),
    version: rule.version,
    optOut: rule.optOut ?? false,
    scoped: rule.scoped ?? false,
    lawInstead: rule.lawInstead ?? false,
    onlyRecorded: rule.onlyRecorded ?? false,
    holds: consentHolds(decisionsOf(file), code),
    given: last?.given ?? null,
    answeredVersion: last?.version ?? null,
    language: last?.language ?? null,
    decidedOn: last?.decidedOn ?? null,
    withdrawnOn: last && !last.given && wasGiven ? last.decidedOn : null,
    scope: last ? scopeOf(last, words) : null,
    byRole: last?.byRole ?? null,
  };
}

/** What staff did that rested on each consent, or on a law in its place, oldest first; also what told who she is. */
async function disclosuresOf(
  db: EntityManager,
  file: CaseFile,
  words: OpenWords,
  language: string,
): Promise<Map<ConsentCode, Disclosure[]>> {
  const found = new Map<ConsentCode, Disclosure[]>();
  const taken = file.answers.filter(({ step }) => (STEPS_UNDER_CONSENT as readonly string[]).includes(step));
  if (taken.length === 0) return found;
  const { ledgerId, id: caseId } = file.case;
  const packets = await db.findBy(Packet, { caseId, passedWith: Not(IsNull()) });
  for (const { step, id, answersSealed, byRole, revision } of taken) {
    const said = JSON.parse(words.text('answers', 'answersSealed', id, answersSealed)) as Record<
      string,
      string
    > & { packetNumber?: number };
    const codes = consentsTelling(step, said);
    if (codes.length === 0) continue;
    const { body } = await db.findOneByOrFail(Entry, { ledgerId, n: revision });
    const entry = readEntry(body);
    const disclosure: Disclosure = {
      on: entry && dayOf(entry),
      step,
      byRole,
      to: said.recipient ?? said.body ?? said.askedWhom ?? null,
      what: said.sharedWhat ?? said.storyText ?? null,
      parts: partsPassed(packets.find(({ n }) => n === said.packetNumber)),
      legalDuty: said.sensitiveLaw
        ? say(language, `sensitive-law.${said.sensitiveLaw}`)
        : (said.legalDuty ?? null),
    };
    for (const code of codes) found.set(code, [...(found.get(code) ?? []), disclosure]);
  }
  return found;
}

function partsPassed(packet: Packet | undefined): PassedPart[] {
  return (packet?.parts ?? []).map(({ kind, n, version }) => ({ kind, n, isMasked: version !== null }));
}
