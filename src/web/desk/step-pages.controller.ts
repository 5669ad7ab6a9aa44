import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReasonsLetters } from '../../casework/closure/reasons-letters';
import type { ReasonsDraftView } from '../../casework/closure/views';
import { Policies } from '../../casework/policies/policies';
import { ReadCase } from '../../casework/read-case';
import { Systems } from '../../casework/registers/systems';
import { TakeStep, type StepTaken } from '../../casework/take-step';
import type { OpenStep, ProposalView } from '../../casework/views';
import { Accounts } from '../../people/accounts';
import { INVITATION_DAYS } from '../../people/invitations';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { DICTATION_REFUSAL_ASK } from '../../rules/dictated-row';
import type { StepRow } from '../../rules/steps';
import { isStep } from '../../rules/workflow';
import { answersOf, stepFields, type StepField, type StepFormWords } from '../step-form';
import { answerLines } from './answer-lines';
import { CasePage, casePath, drawnSections } from './case-page';
import { changedMeanwhile, typedLines } from './changed-meanwhile';
import { codeLabel, stepLabel } from './code-label';
import { dictationForm } from './dictation-form';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { needsWithWays, type Standing } from './need-ways';
import { Signposts } from '../signposts';
import { OneTimeReceiptPage } from './one-time-receipt-page';
import { stepWords } from './step-words';
import { fieldsForBlocks, withBlock } from './text-blocks';
import { stepGuide } from './step-guide';

/** What was typed, and what it was refused for; null where nothing was sent yet. */
interface Tried {
  answers: Record<string, unknown>;
  refusal: Refusal | null;
  /** The revision that the form was drawn from; -1 where it does not say. */
  seen: number;
}

/** What the form is of: a step, and whether it is one of the person that staff write down. */
interface Asked {
  reference: string;
  step: string;
  isDictated: boolean;
}

/** A form for every step of the table, and for the second person's word on a proposed one. */
@Controller('desk/cases/:reference/steps/:step')
export class StepPagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly takeStep: TakeStep,
    private readonly reasonsLetters: ReasonsLetters,
    private readonly policies: Policies,
    private readonly accounts: Accounts,
    private readonly systems: Systems,
    private readonly oneTimeReceipt: OneTimeReceiptPage,
    private readonly settings: Settings,
    private readonly casePage: CasePage,
    private readonly pages: DeskPages,
    private readonly signposts: Signposts,
  ) {}

  @Get()
  @Permits('read-step')
  async form(
    @Param('reference') reference: string,
    @Param('step') step: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, { reference, step, isDictated: isDictated(query) }, null);
  }

  @Post()
  @Permits('take-step')
  async take(
    @Param('reference') reference: string,
    @Param('step') step: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    const agree = agreeOf(body);
    const pressed = typed(body, 'insert');
    const asked = { reference, step, isDictated: isDictated(body) };
    if (pressed) return this.withBlock(request, reply, { ...asked, pressed, answers, body });
    let taken: StepTaken;
    try {
      taken = await this.takeStep.run({
        reference,
        step,
        visitor: request.visitor,
        answers: agree === undefined ? answers : agree ? {} : refusalIn(answers),
        revision: revisionOf(body),
        ...(agree === undefined ? {} : { agree }),
      });
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN_ON_THE_FORM.has(error.kind)) throw error;
      const seen = revisionOf(body);
      return this.show(request, reply, asked, { answers, refusal: error, seen });
    }
    if (taken.link) return this.showLink(request, reply, reference, taken.link);
    if (taken.receipt) return this.oneTimeReceipt.show(request, reply, reference, taken.receipt);
    if (taken.joinCode) return this.showJoinCode(request, reply, reference, taken.joinCode);
    const deed = taken.proposed ? 'proposed' : agree === false ? 'refused' : 'taken';
    return redirect(reply, `${casePath(reference)}?done=${deed}:${step}`);
  }

  /** The form again with a text block in one of its fields: nothing is taken. */
  private async withBlock(
    request: DeskRequest,
    reply: FastifyReply,
    form: Asked & { pressed: string; answers: Record<string, unknown>; body: unknown },
  ): Promise<FastifyReply> {
    const { reference, answers } = form;
    const view = await this.readCase.forStaff(reference, request.visitor);
    const { blocks } = await this.casePage.blocksFor(view, officerOf(request).guest !== undefined);
    return this.show(request, reply, form, {
      answers: withBlock(form.pressed, blocks, answers) ?? answers,
      refusal: null,
      seen: revisionOf(form.body),
    });
  }

  /** The only time that the link is shown: nothing keeps it. */
  private showLink(request: DeskRequest, reply: FastifyReply, reference: string, link: string) {
    const model = { path: casePath(reference), reference, link, days: INVITATION_DAYS };
    return this.pages.show(request, reply, 'desk/guest-invited.njk', 'Guest invited', model);
  }

  /** The only time that the code is shown: nothing keeps it. */
  private showJoinCode(request: DeskRequest, reply: FastifyReply, reference: string, joinCode: string) {
    const model = {
      path: casePath(reference),
      reference,
      joinCode,
      joinAt: `${this.settings.publicUrl}/join-group`,
    };
    return this.pages.show(request, reply, 'desk/join-code.njk', 'Code to hand over', model);
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    { reference, step, isDictated }: Asked,
    tried: Tried | null,
  ): Promise<FastifyReply> {
    if (!isStep(step))
      throw new Refusal('not-found', 'There is no such step. Choose one on the page of the case.');
    const view = await this.readCase.forStaff(reference, request.visitor);
    const row = (await this.policies.of(view.policyVersion)).row(step);
    const all = await this.readCase.openSteps(reference, request.visitor);
    const openSteps = all.filter(({ dictated, proposal }) => !dictated || proposal !== null);
    const open = openOf(all, step, isDictated);
    if (!open && !tried)
      throw new Refusal(
        'conflict',
        `“${stepLabel(step)}” is not open to you while the case is in state “${view.state}”. Go back to the case to see what is.`,
      );
    const standing: Standing = {
      path: casePath(reference),
      openSteps,
      sections: drawnSections(view),
      page: 'form',
    };
    const people = await this.accounts.list();
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const meanwhile =
      tried && tried.seen >= 0 && (tried.refusal === null || tried.refusal.kind === 'stale' || !open)
        ? changedMeanwhile(
            step,
            tried.seen,
            view,
            await this.readCase.since(reference, request.visitor, tried.seen),
            names,
          )
        : [];
    const register = step === 'name-system' ? await this.systems.list(request.visitor) : [];
    // What is proposed waits for the word of whoever can give it; anybody else proposes it anew.
    const settles = open?.proposal?.maySettle === true;
    const draft =
      open && !settles && !isDictated
        ? await this.reasonsLetters.draft(reference, step, request.visitor)
        : null;
    const words = stepWords(step, view, people, register);
    const fields = settles || isDictated ? [] : fieldsOf(row, words, tried, draft);
    const dictation =
      isDictated && !settles
        ? dictationForm(row, view, words, tried?.answers ?? {}, tried?.refusal?.needs)
        : null;
    const model = {
      view,
      path: casePath(reference),
      name: step,
      open,
      // What was refused stands in the summary.
      unmet: open && tried?.refusal?.kind !== 'unmet' ? needsWithWays(row, open.unmet, standing) : [],
      settles,
      ...(settles ? {} : { fields }),
      refusal:
        settles && open.dictated
          ? stepFields(
              { asks: [DICTATION_REFUSAL_ASK], mayAsk: [] },
              words,
              tried?.answers ?? {},
              tried?.refusal?.needs,
            )
          : [],
      proposed: open?.proposal ? proposalOf(open.proposal, names) : null,
      draft,
      dictation,
      wishBeside: proposesRemedy(row),
      guide: stepGuide(row, view, this.signposts),
      blockFields: fieldsForBlocks(fields),
      ...(await this.casePage.blocksFor(view, officerOf(request).guest !== undefined)),
      isStale: tried?.refusal?.kind === 'stale' || (tried?.refusal === null && meanwhile.length > 0),
      isClosed: !open,
      meanwhile,
      typedLines: typedLines(row, tried?.answers ?? {}, names),
      openNow: openSteps.filter(({ readiness }) => readiness === 'READY'),
    };
    const title = isDictated ? `Write down: ${stepLabel(step).toLowerCase()}` : stepLabel(step);
    return this.pages.show(request, reply, 'desk/step.njk', title, model, {
      status: tried?.refusal?.status ?? 200,
      needs: tried?.refusal ? needsWithWays(row, needsOf(tried.refusal, step, open !== null), standing) : [],
    });
  }
}

/** Whether the step plans, offers or imposes remedy: what the person wants stands beside it. */
function proposesRemedy({ step, asks }: StepRow): boolean {
  return step === 'remedy-without-agreement' || asks.includes('action') || asks.includes('offerText');
}

const SHOWN_ON_THE_FORM = new Set(['invalid', 'unmet', 'stale', 'conflict']);

function fieldsOf(
  { asks, mayAsk = [] }: StepRow,
  words: StepFormWords,
  tried: Tried | null,
  draft: ReasonsDraftView | null,
) {
  const fields = stepFields(
    { asks, mayAsk },
    words,
    tried ? tried.answers : draft ? { reasons: draft.text } : {},
    tried?.refusal?.needs,
  );
  return fields.map((field) => (draft && field.name === 'reasons' ? asLetter(field, draft) : field));
}

/** The field of the reasons where they are drafted: as large as a letter, in its language. */
function asLetter(field: StepField, { language }: ReasonsDraftView) {
  return {
    ...field,
    rows: 20,
    language,
    label: 'The letter with the reasons',
    hint: `Drafted from this case in ${codeLabel('storyLanguage', language)}. Edit it: the person reads it as you send it. What must not be left out the letter adds by itself: what was decided, that no right is given up, and the last day for a review, where one can be asked for.`,
  };
}

function proposalOf(proposal: ProposalView, names: ReadonlyMap<string, string>) {
  return { ...proposal, lines: answerLines(proposal.answers, names) };
}

/** The step as it is asked for; what waits for the word of this reader stands under the step itself, whoever is to have said it. */
function openOf(steps: readonly OpenStep[], step: string, isDictated: boolean): OpenStep | null {
  const named = steps.filter((each) => each.step === step);
  const waiting = named.find(({ proposal }) => proposal?.maySettle);
  return waiting ?? named.find(({ dictated }) => dictated === isDictated) ?? null;
}

function needsOf(refusal: Refusal, step: string, isOpen: boolean): readonly UnmetNeed[] {
  if (refusal.needs.length > 0) return refusal.needs;
  const stale = isOpen
    ? 'Someone changed this case while you wrote: compare, and send it again if it should stand.'
    : `“${stepLabel(step)}” can no longer be taken: the case changed while you wrote.`;
  return [{ name: refusal.kind, sentence: refusal.kind === 'stale' ? stale : refusal.message }];
}

/** Why a second person does not accept what was written down for the person, where they chose something. */
function refusalIn(answers: Record<string, unknown>): Record<string, unknown> {
  const chosen = answers[DICTATION_REFUSAL_ASK];
  return chosen ? { [DICTATION_REFUSAL_ASK]: chosen } : {};
}

/** The revision that the form was drawn from; a form without a readable one is as good as stale. */
function revisionOf(body: unknown): number {
  const revision = typed(body, 'revision');
  return /^\d{1,9}$/.test(revision) ? Number(revision) : -1;
}

/** The form of a step of the person, to be written down for them. */
function isDictated(asked: unknown): boolean {
  return typed(asked, 'said') === 'yes';
}

function agreeOf(body: unknown): boolean | undefined {
  const agree = typed(body, 'agree');
  return agree === 'yes' ? true : agree === 'no' ? false : undefined;
}
