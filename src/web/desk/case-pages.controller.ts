import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Messages } from '../../casework/messages';
import { ReadCase } from '../../casework/read-case';
import type { CaseView, OpenStep } from '../../casework/views';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { CASE_ROLES } from '../../rules/roles';
import { isStep } from '../../rules/workflow';
import { answerLines, assessmentLines, factLines } from './answer-lines';
import { stepLabel } from './code-label';
import { DeskPages, redirect, typed, type DeskRequest } from './desk-pages';

/** A case as staff work on it, and its history. */
@Controller('desk/cases/:reference')
export class CasePagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly messages: Messages,
    private readonly accounts: Accounts,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits(CASE_ROLES, 'read-case')
  async case(
    @Param('reference') reference: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, reference, { notice: noticeOf(query) });
  }

  @Post('messages')
  @Permits(CASE_ROLES, 'write-message')
  async write(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const text = typed(body, 'text');
    try {
      await this.messages.write(request.visitor, text, reference);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = needsAt(error, 'text');
      return this.show(request, reply, reference, { message: text }, error.status, needs);
    }
    return redirect(reply, `${casePath(reference)}?done=message#messages`);
  }

  @Get('history')
  @Permits(CASE_ROLES, 'read-history')
  async history(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const lines = (await this.readCase.history(reference, request.visitor)).map((line) => ({
      ...line,
      facts: factLines(line.facts),
    }));
    return this.pages.show(request, reply, 'desk/history.njk', `History of ${reference}`, { reference, lines });
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    kept: { notice?: string | null; message?: string },
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const view = await this.readCase.forStaff(reference, request.visitor);
    const openSteps = await this.readCase.openSteps(reference, request.visitor);
    const model = { ...(await this.modelOf(view, openSteps)), notice: kept.notice ?? null, message: kept.message ?? '' };
    return this.pages.show(request, reply, 'desk/case.njk', `Case ${reference}`, model, { status, needs });
  }

  private async modelOf(view: CaseView, openSteps: OpenStep[]) {
    const names = new Map((await this.accounts.list()).map(({ id, name }) => [id, name]));
    const due = view.clocks
      .filter(({ status }) => status === 'RUNNING')
      .toSorted((a, b) => a.dueInternal.localeCompare(b.dueInternal))[0];
    return {
      view,
      path: casePath(view.reference),
      nextDue: due ?? null,
      assessment: assessmentLines(view.assessment),
      said: view.said.map((each) => ({ ...each, lines: answerLines(each.answers, names) })),
      ready: openSteps.filter(({ proposal, unmet }) => proposal === null && unmet.length === 0),
      waiting: openSteps.filter(({ proposal, unmet }) => proposal === null && unmet.length > 0),
      agreements: openSteps
        .filter(({ proposal }) => proposal !== null)
        .map((each) => ({ ...each, lines: answerLines(each.proposal!.answers, names) })),
    };
  }
}

/** Where a case lies; safe whatever stands in the address. */
export function casePath(reference: string): string {
  return `/desk/cases/${encodeURIComponent(reference)}`;
}

/** The needs of a refusal, shown at one field; the refusal itself where it names none. */
export function needsAt(refusal: Refusal, field: string): UnmetNeed[] {
  const needs = refusal.needs.length > 0 ? refusal.needs : [{ name: refusal.kind, sentence: refusal.message }];
  return needs.map((need) => ({ ...need, field }));
}

/** What the deed before this page did; only words of ours, whatever stands in the address. */
function noticeOf(query: unknown): string | null {
  const done = typed(query, 'done');
  if (done === 'message') return 'The message is written.';
  if (done === 'evidence') return 'The file is added.';
  const [deed, step] = done.split(':');
  if (!step || !isStep(step)) return null;
  const name = stepLabel(step);
  if (deed === 'proposed') return `“${name}” is proposed. It happens when a second person agrees.`;
  if (deed === 'refused') return `The proposal “${name}” is refused. Nothing else changed.`;
  return deed === 'taken' ? `“${name}” is done.` : null;
}
