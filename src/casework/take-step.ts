import { Injectable } from '@nestjs/common';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { Answers } from '../records/entities/answers';
import { Proposal } from '../records/entities/proposal';
import type { Case } from '../records/entities/case';
import type { CaseFacts, StepAnswers } from '../rules/needs/facts';
import type { RoleCode } from '../rules/roles';
import type { State } from '../rules/states';
import type { StepName, StepRow } from '../rules/steps';
import { agreementDueOn } from '../rules/agreements';
import { calendarOf } from '../rules/calendars';
import { DICTATION_REFUSAL_ASK, dictatedRow } from '../rules/dictated-row';
import { isOwnWord } from '../rules/needs/dictations';
import { widestRow } from '../rules/policy';
import { agreementsOf, isStep, needsAgreement, stateAfter, unmetNeeds } from '../rules/workflow';
import { codedAnswers, columnsOf, keptAnswers, parseAnswers, refuseUnasked } from './answers';
import { openProposal, secondRoleOf, type CaseFile, type CaseKey } from './case-file';
import { ChangeCase } from './change-case';
import { CONTACT_ATTEMPT_EFFECTS } from './contact-attempts';
import { CHECK_IN_EFFECTS } from './safety/check-in-effects';
import { bringReviewsForward, keepReprisalReview, PROTECTION_EFFECTS } from './safety/protection';
import { COLLECTIVE_EFFECTS, makeJoinCode } from './collective/collective-effects';
import { CLOSURE_EFFECTS, settleEnding } from './closure/closure-effects';
import { LESSON_EFFECTS } from './closure/lessons';
import { draftFacts, tellOutcome } from './closure/reasons-letters';
import { textIsKept } from './daily-limits';
import { STORY_EFFECTS } from './closure/story-effects';
import {
  answersOf,
  DICTATION_EFFECTS,
  giveWay,
  isDictated,
  isToBeDictated,
  keepDictation,
  replaceDictated,
  tellRefused,
  tellWaiting,
  speakerOf,
} from './dictations';
import { saidIn, wordOf } from './dictation-rows';
import { ERASURE_EFFECTS } from './erasure/erasure-effects';
import { collectFacts, handOf, type Actor, type Looking } from './facts';
import { doTextsTellNeeds } from './erasure/support-words';
import { EVIDENCE_REQUEST_EFFECTS } from './inquiry/evidence-requests';
import { FACILITATOR_EFFECTS } from './inquiry/facilitators';
import { INQUIRY_EFFECTS } from './inquiry/inquiry-effects';
import { MEETING_EFFECTS } from './inquiry/meetings';
import { INTAKE_EFFECTS } from './intake/intake-effects';
import { ClockKeeper } from './keep-clocks';
import { queueLetter } from './letters';
import { LATENESS_EFFECTS } from './late-effects';
import { MANDATE_EFFECTS } from './mandate-effects';
import { withWays } from './need-ways';
import { keepReplyDay, REMEDY_EFFECTS } from './remedy/remedy-effects';
import { Vault } from '../vault/vault';
import type { CaseContext, Deed } from './step-context';
import { needsOfSecond, proposerOf, settlingNeeds } from './second-person';
import { seenBy, type Seen } from './seen';
import { passOn } from './sharing/pass-on';
import { Sight } from '../people/sight';
import type { StepEffect } from './step-effect';
import { Receipts, type MadeReceipt } from './receipts';
import { GuestSteps } from './team/guest-steps';
import { INTERNAL_NOTE_EFFECTS } from './internal-notes';
import { PROCEEDING_EFFECTS } from './proceedings';
import { SYSTEM_EFFECTS } from './registers/system-effects';
import { TAKING_PART_EFFECTS } from './taking-part-effects';
import { TRANSLATION_REQUEST_EFFECTS } from './translation-requests';
import { TEAM_TASK_EFFECTS } from './team-tasks';
import { TEAM_EFFECTS } from './team/team-effects';
import { MERGER_EFFECTS } from './triage/merger-effects';
import { stateBeforeMerger } from './triage/mergers';
import { TRIAGE_EFFECTS } from './triage/triage-effects';
import { keyOf } from './case-visitor';

const EFFECTS: Partial<Record<StepName, StepEffect>> = {
  ...INTAKE_EFFECTS,
  ...TRIAGE_EFFECTS,
  ...MERGER_EFFECTS,
  ...INQUIRY_EFFECTS,
  ...EVIDENCE_REQUEST_EFFECTS,
  ...FACILITATOR_EFFECTS,
  ...MEETING_EFFECTS,
  ...REMEDY_EFFECTS,
  ...CLOSURE_EFFECTS,
  ...LESSON_EFFECTS,
  ...ERASURE_EFFECTS,
  ...STORY_EFFECTS,
  ...TEAM_EFFECTS,
  ...LATENESS_EFFECTS,
  ...MANDATE_EFFECTS,
  ...TAKING_PART_EFFECTS,
  ...TRANSLATION_REQUEST_EFFECTS,
  ...TEAM_TASK_EFFECTS,
  ...INTERNAL_NOTE_EFFECTS,
  ...PROCEEDING_EFFECTS,
  ...SYSTEM_EFFECTS,
  ...CHECK_IN_EFFECTS,
  ...PROTECTION_EFFECTS,
  ...COLLECTIVE_EFFECTS,
  ...DICTATION_EFFECTS,
  ...CONTACT_ATTEMPT_EFFECTS,
};

export interface StepRequest {
  /** The case: its reference, or for a rightsholder the case of the session. */
  reference?: string;
  step: string;
  visitor: Visitor;
  answers: Record<string, unknown>;
  /** What the form saw; left out, whatever happened meanwhile does not matter. */
  revision?: Seen;
  /** A second person's word on a proposed step. */
  agree?: boolean;
}

export interface StepTaken {
  reference: string;
  state: State;
  revision: number;
  /** True where the step waits for a second person. */
  proposed: boolean;
  /** The one-time link of a guest who was invited: told this once. */
  link?: string;
  /** The receipt of a person for whom it was lodged, which works once: told this once. */
  receipt?: MadeReceipt;
  /** A code with which people join a collective complaint: told this once. */
  joinCode?: string;
}

/** What came of it: `secret` is that of a guest's one-time link, `receipt` one that is to be handed over, `joinCode` as it has to be shown. */
interface Outcome {
  isProposed: boolean;
  secret: string | null;
  receipt: MadeReceipt | null;
  joinCode: string | null;
}

const SETTLED: Outcome = { isProposed: false, secret: null, receipt: null, joinCode: null };
const PROPOSED: Outcome = { ...SETTLED, isProposed: true };

/** Takes a step of the table: every change of state goes through here. */
@Injectable()
export class TakeStep {
  constructor(
    private readonly changeCase: ChangeCase,
    private readonly sight: Sight,
    private readonly guestSteps: GuestSteps,
    private readonly receipts: Receipts,
    private readonly vault: Vault,
    private readonly settings: Settings,
  ) {}

  /**
   * Takes the step, or proposes it where a second person has to agree. Throws a `Refusal` that names every unmet need; then nothing
   * was stored. `onlyTry`: does all of it and undoes it, to find out what would be refused.
   */
  async run(request: StepRequest, { onlyTry = false }: { onlyTry?: boolean } = {}): Promise<StepTaken> {
    if (!isStep(request.step) || request.step === 'lodge')
      throw new Refusal('not-found', `There is no step “${request.step.slice(0, 40)}”.`);
    // Whether guests and pen holders may come is the same under every policy; what is asked and needed, that of the case says.
    const widest = widestRow(request.step);
    const settling = request.agree !== undefined;
    const dictating = !settling && isToBeDictated(widest, request.visitor, request.answers);
    const asked = (own: StepRow) => (dictating ? dictatedRow(own) : settling ? asSettled(own) : own);
    const answers = parseAnswers(asked(widest), request.answers);
    refuseGuest(request.visitor, widest, settling);
    const key = this.caseOf(request, widest);
    const looking = { vault: this.vault, reader: 'reader' in key ? key.reader : null };
    const taken = await this.changeCase.run(
      key,
      seenBy(request.visitor, request.revision),
      ({ file }) => {
        const own = file.policy.row(request.step);
        const row = dictating ? dictatedRow(own) : own;
        refuseUnasked(asked(own), answers);
        const wanted = dictating ? row.dictatedTo! : settling ? secondRoles(row, file) : row.by;
        const role = roleFor(request.visitor, row.step, wanted, file.assignments);
        const personId = personOf(request.visitor);
        if (dictating) return speakerOf(file, answers, { role, personId: personId! });
        return {
          role,
          personId,
          ...(request.visitor.kind === 'rightsholder' ? { partyId: request.visitor.partyId } : {}),
        };
      },
      (context) => {
        const own = context.file.policy.row(request.step);
        return settling
          ? this.settle(context, looking, own, request.agree!, answers)
          : this.takeOrPropose(context, looking, dictating ? dictatedRow(own) : own, answers);
      },
      { onlyTry },
    );
    const { secret, receipt, joinCode } = taken.result;
    return {
      reference: taken.reference,
      state: taken.state,
      revision: taken.revision,
      proposed: taken.result.isProposed,
      ...(secret ? { link: `${this.settings.publicUrl}/join/${secret}` } : {}),
      ...(receipt ? { receipt } : {}),
      ...(joinCode ? { joinCode } : {}),
    };
  }

  private caseOf({ visitor, reference }: StepRequest, row: StepRow): CaseKey {
    const key = keyOf(this.sight, visitor, reference);
    return row.forAsked && 'reader' in key ? { ...key, reader: { ...key.reader, alsoAsked: true } } : key;
  }

  private async takeOrPropose(
    context: CaseContext,
    looking: Looking,
    row: StepRow,
    answers: StepAnswers,
  ): Promise<Deed<Outcome>> {
    const facts = await this.check(context, looking, row, answers, context.actor);
    // What she says to staff takes nothing of the measure of her own pages.
    const isKept = context.actor.writtenBy !== undefined || (await textIsKept(context, row, answers));
    // Of the one who wrote it: whoever agrees agrees to exactly that text.
    const drafted = draftFacts(context.asStep(row, answers));
    const secondRole = needsAgreement(row, facts, answers);
    return secondRole
      ? this.propose(context, row, answers, { secondRole, drafted })
      : this.take(context, row, answers, { isKept, drafted });
  }

  private async check(
    context: CaseContext,
    looking: Looking,
    row: StepRow,
    answers: StepAnswers,
    actor: Actor,
  ): Promise<CaseFacts> {
    const facts = await collectFacts(context.db, looking, context.file, actor, answers, context.today);
    refuseUnmet(row, withWays(context.file, unmetNeeds(row, facts, answers)));
    return facts;
  }

  private async take(
    context: CaseContext,
    row: StepRow,
    answers: StepAnswers,
    {
      isKept,
      drafted = {},
      agreed,
    }: { isKept: boolean; drafted?: Record<string, unknown>; agreed?: Proposal },
  ): Promise<Deed<Outcome>> {
    const { state } = context.file.case;
    const to = stateAfter(row, state as State, stateBeforeMerger(context.file));
    const step = context.asStep(row, answers, agreed && proposerOf(context.file, agreed, answers));
    // Whoever takes a step of their own has been reached.
    if (step.actor.personId === null) step.patch.contactAttempts = 0;
    if (step.actor.personId === null && !step.actor.writtenBy) await replaceDictated(step);
    const clocks = new ClockKeeper(step, calendarOf(this.settings.country).code);
    Object.assign(step.patch, columnsOf(answers) as Partial<Case>);
    await EFFECTS[row.step as StepName]?.(step, clocks);
    await passOn(step);
    const secret = await this.guestSteps.run(step);
    const receipt = row.step === 'issue-receipt' ? await this.receipts.issueAgain(step) : null;
    const joinCode = row.step === 'make-join-code' ? await makeJoinCode(step) : null;
    await settleEnding(step, clocks, to);
    keepReprisalReview(step, to);
    await bringReviewsForward(step);
    await clocks.follow(row, to);
    if (to === 'remedy-proposed') await keepReplyDay(step);
    await keepDictation(step, agreed ? context.actor.personId : null);
    tellOutcome(step, to);
    // What every later reading of the case loads must not grow with a step that is never refused.
    if (isKept) {
      await this.keepAnswers(step, row, answers);
      await queueLetter(step);
    }
    return {
      act: row.step,
      to,
      facts: {
        ...codedAnswers(answers),
        ...drafted,
        ...(step.actor.writtenBy ? { writtenDownBy: step.actor.writtenBy.role } : {}),
        ...(isKept ? {} : { textKept: false }),
        ...(agreed ? { proposedBy: agreed.proposedBy, proposal: agreed.id } : {}),
      },
      result: { isProposed: false, secret, receipt, joinCode },
    };
  }

  private async keepAnswers(context: CaseContext, row: StepRow, answers: StepAnswers): Promise<void> {
    const id = newId();
    await context.insert(Answers, {
      id,
      caseId: context.caseId,
      revision: context.file.case.revision + 1,
      step: row.step,
      byRole: context.actor.role,
      personId: context.actor.personId,
      answersSealed: context.seal('answers', 'answersSealed', id, JSON.stringify(keptAnswers(answers))),
      tellsNeeds: doTextsTellNeeds(row.step, answers),
    });
  }

  private async propose(
    context: CaseContext,
    row: StepRow,
    answers: StepAnswers,
    { secondRole, drafted }: { secondRole: RoleCode; drafted: Record<string, unknown> },
  ): Promise<Deed<Outcome>> {
    const earlier = openProposal(context.file, row.step);
    if (earlier) {
      refuseOthersWord(context, earlier, answers);
      await giveWay(context, earlier);
    }
    const id = newId();
    const hand = handOf(context.actor);
    const dueOn = agreementDueOn(context.today, calendarOf(this.settings.country).code);
    await context.insert(Proposal, {
      id,
      caseId: context.caseId,
      step: row.step,
      proposedBy: hand.personId!,
      byRole: hand.role,
      secondRole,
      proposedOn: context.today,
      dueOn,
      answersSealed: context.seal('proposals', 'answersSealed', id, JSON.stringify(answers)),
      status: 'OPEN',
      settledBy: null,
      ...wordOf(answers),
    });
    if (isDictated(answers)) await tellWaiting(context, row.step, answers, { byRole: hand.role, dueOn });
    return {
      act: `propose-${row.step}`,
      facts: { proposal: id, ...codedAnswers(answers), ...drafted },
      result: PROPOSED,
    };
  }

  /** The second person agrees or refuses. The needs are checked again, for the one who proposed it, on the case as it is now. */
  private async settle(
    context: CaseContext,
    looking: Looking,
    own: StepRow,
    agree: boolean,
    { dictationRefusedFor }: StepAnswers,
  ): Promise<Deed<Outcome>> {
    const proposal = openProposal(context.file, own.step);
    if (!proposal)
      throw new Refusal(
        'conflict',
        `Nobody proposed “${own.step}” for this case, or it was settled already, or the case changed so that it has to be proposed anew. Reload the case.`,
      );
    const { db, file, actor } = context;
    refuseSecondPerson(file, await settlingNeeds(db, proposal, actor.personId!));
    const settledBy = actor.personId;
    const answers = answersOf(context, proposal);
    const dictated = isDictated(answers);
    const who = { answers, personId: actor.personId! };
    if (!agree) {
      const proposer = proposerOf(file, proposal, answers);
      const facts = await collectFacts(db, looking, file, proposer, answers, context.today);
      refuseSecondPerson(file, (await needsOfSecond(db, own, facts, who)).toRefuse);
      const refusedFor = dictated ? saidWhy(dictationRefusedFor) : null;
      await context.update(Proposal, proposal.id, {
        status: 'REFUSED',
        settledBy,
        ...(refusedFor ? { refusedFor, refusedOn: context.today } : {}),
      });
      if (refusedFor) await tellRefused(context, proposal, answers, refusedFor);
      return {
        act: `refuse-${own.step}`,
        facts: { proposal: proposal.id, ...(refusedFor ? { [DICTATION_REFUSAL_ASK]: refusedFor } : {}) },
        result: SETTLED,
      };
    }
    const row = dictated ? dictatedRow(own) : own;
    const facts = await this.check(context, looking, row, answers, proposerOf(file, proposal, answers));
    refuseOtherRole(needsAgreement(row, facts, answers), context);
    refuseSecondPerson(file, (await needsOfSecond(db, row, facts, who)).toAgree);
    await context.update(Proposal, proposal.id, { status: 'TAKEN', settledBy });
    return this.take(context, row, answers, { isKept: true, agreed: proposal });
  }
}

/** Whoever settles a step that staff wrote down for her may say why they refuse it. */
function asSettled(row: StepRow): StepRow {
  return row.dictatedTo ? { ...row, mayAsk: [...(row.mayAsk ?? []), DICTATION_REFUSAL_ASK] } : row;
}

/** She is told why nothing came of what was written down for her. */
function saidWhy(refusedFor: StepAnswers[string]): string {
  if (typeof refusedFor === 'string') return refusedFor;
  throw new Refusal('unmet', 'Say why it is not accepted: the person reads it.', [
    {
      name: 'answer',
      field: DICTATION_REFUSAL_ASK,
      sentence: 'Choose why it is not accepted: the person reads it.',
    },
  ]);
}

/** A guest takes the few steps that are for guests, and agrees to none: nobody's second person comes from outside. */
function refuseGuest(visitor: Visitor, row: StepRow, settling: boolean): void {
  if (visitor.kind !== 'officer' || !visitor.guest || (row.forGuests && !settling)) return;
  throw new Refusal('forbidden', `“${row.step}” is for those who work here, not for guests of a case.`);
}

function personOf(visitor: Visitor): string | null {
  return visitor.kind === 'officer' ? visitor.personId : null;
}

/** The roles of which one has to agree: that of what was proposed, or where nothing was, any that the step names. */
function secondRoles(row: StepRow, file: CaseFile): readonly RoleCode[] {
  const proposal = openProposal(file, row.step);
  return proposal ? [secondRoleOf(proposal)] : agreementsOf(row).map(({ role }) => role);
}

/** The role somebody acts in: one that is wanted, and where they hold several, the one they are assigned in. */
function roleFor(
  visitor: Visitor,
  step: string,
  wanted: readonly RoleCode[],
  assignments: readonly { role: string; personId: string; endedOn: string | null }[],
): RoleCode {
  const held: readonly RoleCode[] =
    visitor.kind === 'officer' ? visitor.roles : visitor.kind === 'rightsholder' ? [visitor.role] : [];
  const fitting = wanted.filter((role) => held.includes(role));
  const assigned = fitting.find((role) =>
    assignments.some(
      (each) => each.endedOn === null && each.role === role && each.personId === personOf(visitor),
    ),
  );
  const role = assigned ?? fitting[0];
  if (!role)
    throw new Refusal(
      'forbidden',
      `“${step}” is not for your role; it is for ${wanted.join(', ') || 'nobody else'}.`,
    );
  return role;
}

function refuseUnmet(row: StepRow, needs: UnmetNeed[]): void {
  if (needs.length === 0) return;
  if (needs[0]!.name === 'state') throw new Refusal('conflict', needs[0]!.sentence, needs);
  throw new Refusal('unmet', `“${row.step}” cannot be taken yet.`, needs);
}

/** The case changed since it was proposed, so that somebody of another role has to agree now. */
function refuseOtherRole(due: RoleCode | null, { actor }: CaseContext): void {
  if (due === null || due === actor.role) return;
  throw new Refusal('conflict', `The case changed: now ${due} has to agree. It has to be proposed anew.`);
}

/** What she said waits until somebody settles it: whoever speaks for her puts nothing in its place. */
function refuseOthersWord({ actor, file }: CaseContext, earlier: Proposal, answers: StepAnswers): void {
  if (!isDictated(answers) || isOwnWord(actor, saidIn(file, earlier))) return;
  throw new Refusal(
    'conflict',
    'What somebody else said of this waits for a second person. It has to be settled first.',
  );
}

function refuseSecondPerson(file: CaseFile, needs: readonly UnmetNeed[]): void {
  if (needs.length === 0) return;
  throw new Refusal('unmet', 'A second person has to agree.', withWays(file, needs));
}
