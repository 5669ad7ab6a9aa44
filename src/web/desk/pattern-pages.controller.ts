import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FindPatterns } from '../../casework/patterns/find-patterns';
import { PatternReviews } from '../../casework/patterns/pattern-reviews';
import type { PatternReviewRow } from '../../casework/patterns/views';
import { registerNumber } from '../../casework/registers/register-form';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import type { Refusal } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import {
  PATTERN_DECISION_FORM,
  PATTERN_DEFINITIONS,
  PATTERN_REVIEWERS,
  type PatternRule,
} from '../../rules/patterns';
import { answersOf } from '../step-form';
import { codeLabel, roleLabel } from './code-label';
import { dashboardTabs } from './dashboard-tabs';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { needsOf, registerFields, revisionTyped, shownAgain } from './register-pages';

interface Tried {
  answers: Record<string, unknown>;
  person: string;
  refusal: Refusal;
}

/** Reviews of what cases about one AI system have in common. */
@Controller('desk/patterns')
export class PatternPagesController {
  constructor(
    private readonly reviews: PatternReviews,
    private readonly findPatterns: FindPatterns,
    private readonly accounts: Accounts,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-patterns')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const { roles } = officerOf(request);
    const reviews = (await this.reviews.list(request.visitor)).map(withWhat);
    const model = {
      tabs: dashboardTabs(roles, '/desk/patterns'),
      open: reviews.filter(({ status }) => status === 'OPEN'),
      decided: reviews.filter(({ status }) => status === 'DECIDED'),
      mayLook: mayDo(roles, 'look-for-patterns'),
      rules: PATTERN_DEFINITIONS,
    };
    return this.pages.show(request, reply, 'desk/patterns.njk', 'Patterns', model);
  }

  @Post()
  @Permits('look-for-patterns')
  async look(@Res() reply: FastifyReply) {
    await this.findPatterns.run();
    return redirect(reply, '/desk/patterns');
  }

  @Get(':number')
  @Permits('read-patterns')
  async one(@Param('number') number: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, registerNumber(number));
  }

  @Post(':number/owner')
  @Permits('settle-pattern')
  async take(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    const person = typed(body, 'person');
    try {
      await this.reviews.take(request.visitor, which, revisionTyped(body), person);
      return redirect(reply, `/desk/patterns/${which}`);
    } catch (error) {
      return this.show(request, reply, which, { answers: {}, person, refusal: shownAgain(error) });
    }
  }

  @Post(':number/decision')
  @Permits('settle-pattern')
  async decide(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      await this.reviews.decide(request.visitor, which, revisionTyped(body), answers);
      return redirect(reply, `/desk/patterns/${which}`);
    } catch (error) {
      return this.show(request, reply, which, { answers, person: '', refusal: shownAgain(error) });
    }
  }

  private async show(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
    const { personId, roles } = officerOf(request);
    const review = await this.reviews.view(request.visitor, number);
    const needs = needsOf(tried?.refusal);
    const staff = (await this.accounts.caseStaff()).filter((each) =>
      PATTERN_REVIEWERS.some((role) => each.roles.includes(role)),
    );
    const chosen = tried?.person || review.owner?.personId || personId;
    const assessments = review.assessments.map(({ n, recordKind, recordTitle, happenedOn }) => ({
      value: String(n),
      label: `${n}: ${codeLabel('recordKind', recordKind)}, ${recordTitle} (${happenedOn})`,
    }));
    const model = {
      review,
      what: whatOf(review),
      path: `/desk/patterns/${number}`,
      maySettle: mayDo(roles, 'settle-pattern'),
      isStale: tried?.refusal.kind === 'stale',
      people: staff.map(({ id, name, roles: held }) => ({
        value: id,
        label: `${name} (${held.map(roleLabel).join(', ')})`,
        chosen: id === chosen,
      })),
      fields: registerFields(PATTERN_DECISION_FORM, tried?.answers, needs, {
        assessmentRecord: assessments.length > 0 ? assessments : [{ value: '', label: 'None is recorded' }],
      }),
    };
    return this.pages.show(request, reply, 'desk/pattern.njk', `Review ${number} of a pattern`, model, {
      status: tried?.refusal.status ?? 200,
      needs,
    });
  }
}

/** In which list the code stands that cases behind a review have in common; null: it is the number of a version. */
const LIST_OF_RULE = {
  'PT-HARM': 'harm',
  'PT-ORDER': 'proceedingType',
  'PT-GROUP': 'groups',
  'PT-VERSION': null,
} as const satisfies Record<PatternRule, string | null>;

/** What is the same in the cases behind a review, in words; null where the version of the system says it. */
function whatOf({ rule, code }: Pick<PatternReviewRow, 'rule' | 'code'>): string | null {
  const list = LIST_OF_RULE[rule];
  return list && codeLabel(list, code);
}

export function withWhat(row: PatternReviewRow): PatternReviewRow & { what: string | null } {
  return { ...row, what: whatOf(row) };
}
