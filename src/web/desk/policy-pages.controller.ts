import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DraftPolicies } from '../../casework/policies/draft-policies';
import type { PolicyChange } from '../../casework/policies/views';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { reasonAgainst } from '../../rules/policy-amendments';
import { isTold } from '../../rules/told';
import { ASKS, type AskName } from '../../rules/asks';
import { CLOCK_CODES, clockRule, type ClockCode } from '../../rules/clocks';
import { NEEDS, type NeedName } from '../../rules/needs';
import { AMENDMENT_KINDS, type PolicyAmendment, type AmendmentKind } from '../../rules/policy';
import { STEP_NAMES } from '../../rules/steps';
import type { StepField } from '../step-form';
import { needsAt } from './case-page';
import { codeLabel, roleLabel, sentenceCase, stepLabel } from './code-label';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { textDiff } from './text-diff';

/** The versions of the process: what each makes stricter, a draft with what it would change, and the way to publish it. */
@Controller('desk/policies')
export class PolicyPagesController {
  constructor(
    private readonly drafts: DraftPolicies,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-policies')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, {});
  }

  @Get('amendment')
  @Permits('read-policy-form')
  async form(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const chosen = chosenIn(query);
    const { none } = await this.drafts.form(chosen.kind, chosen.of);
    return none.length === 0
      ? this.showForm(request, reply, { chosen })
      : this.show(request, reply, {
          chosen,
          status: 400,
          needs: none.map((each) => ({ name: 'answer', ...each })),
        });
  }

  @Post('amendment')
  @Permits('draft-policy')
  async add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const chosen = chosenIn(body);
    const amendment = amendmentIn(chosen);
    try {
      if (typed(body, 'press') === 'try') {
        const { faults, changes, leftToNobody } = await this.drafts.tryOneMore(amendment);
        const needs = faults.map(({ field, sentence }) => ({ name: 'answer', field, sentence }));
        return await this.showForm(request, reply, { chosen, changes, leftToNobody, needs });
      }
      await this.drafts.add(request.visitor, amendment, typed(body, 'seen'));
      return redirect(reply, '/desk/policies');
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN.has(error.kind)) throw error;
      return this.showForm(request, reply, {
        chosen,
        status: error.status,
        needs: error.needs.length > 0 ? error.needs : needsAt(error, 'code'),
      });
    }
  }

  @Post('amendments/:n/removal')
  @Permits('draft-policy')
  async remove(
    @Param('n') n: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.doAndShow(request, reply, () =>
      this.drafts.remove(request.visitor, Number(n), typed(body, 'seen')),
    );
  }

  @Post('decision')
  @Permits('settle-policy')
  async settle(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const choice = typed(body, 'decision');
    return this.doAndShow(request, reply, async () => {
      if (choice !== 'publish' && choice !== 'drop')
        throw new Refusal('invalid', 'Publish the draft, or drop it.');
      await this.drafts.settle(request.visitor, choice === 'publish', typed(body, 'seen'), {
        despite: typed(body, 'despite') === 'yes',
      });
    });
  }

  private async doAndShow(
    request: DeskRequest,
    reply: FastifyReply,
    work: () => Promise<void>,
  ): Promise<FastifyReply> {
    try {
      await work();
      return redirect(reply, '/desk/policies');
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN.has(error.kind)) throw error;
      return this.show(request, reply, {
        status: error.status,
        needs: error.needs.length > 0 ? error.needs : needsAt(error, 'draft'),
      });
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    { chosen = NOTHING, status = 200, needs = [] }: Shown,
  ): Promise<FastifyReply> {
    const view = await this.drafts.view();
    const model = {
      view,
      changes: view.draft && view.draft.changes.map(asDiff),
      mayDraft: mayDo(officerOf(request).roles, 'draft-policy'),
      fields: [ofField(chosen, needs), kindField(chosen, needs)],
      unamended: unamended(),
    };
    return this.pages.show(request, reply, 'desk/policies.njk', 'Versions of the process', model, {
      status,
      needs,
    });
  }

  private async showForm(
    request: DeskRequest,
    reply: FastifyReply,
    { chosen = NOTHING, changes, leftToNobody = [], status, needs = [] }: Shown,
  ): Promise<FastifyReply> {
    const { possible, lengths, seen } = await this.drafts.form(chosen.kind, chosen.of);
    const tiers = new Map(lengths.map(({ tier, text }) => [tier, text]));
    const model = {
      chosen,
      seen,
      name: nameOf(chosen.of),
      what: KINDS[chosen.kind as AmendmentKind] ?? '',
      changes: changes?.map(asDiff) ?? null,
      unheld: leftToNobody,
      fields: [
        codeField(chosen, possible, tiers, needs),
        ...(chosen.kind === 'SHORTER_TARGET' ? [lengthField(chosen, needs)] : []),
      ],
    };
    return this.pages.show(request, reply, 'desk/policy-amendment.njk', 'Amend the process', model, {
      status: status ?? (needs.length > 0 ? 400 : 200),
      needs,
    });
  }
}

/** What was chosen, as it was sent. */
interface Chosen {
  of: string;
  kind: string;
  code: string;
  length: string;
}

interface Shown {
  chosen?: Chosen;
  changes?: readonly PolicyChange[];
  leftToNobody?: readonly string[];
  status?: number;
  needs?: readonly UnmetNeed[];
}

const SHOWN = new Set(['invalid', 'unmet', 'stale', 'conflict']);
const NOTHING: Chosen = { of: '', kind: '', code: '', length: '' };
/** What stands for “every case” among the tiers of a target. */
const EVERY_CASE = 'EVERY';

const KINDS: Record<AmendmentKind, string> = {
  FEWER_ROLES: 'A role no longer takes the step',
  SECOND_PERSON: 'A second person agrees to the step',
  FURTHER_NEED: 'Something more has to hold before the step',
  FURTHER_ASK: 'The step asks something more',
  SHORTER_TARGET: 'A target of ours is shorter',
};

function chosenIn(sent: unknown): Chosen {
  return {
    of: typed(sent, 'of'),
    kind: typed(sent, 'kind'),
    code: typed(sent, 'code'),
    length: typed(sent, 'length').trim(),
  };
}

function amendmentIn({ of, kind, code, length }: Chosen): PolicyAmendment {
  const isTarget = kind === 'SHORTER_TARGET';
  return {
    kind: kind as AmendmentKind,
    of,
    code: code === '' || (isTarget && code === EVERY_CASE) ? null : code,
    length: isTarget ? (/^\d{1,4}$/.test(length) ? Number(length) : 0) : null,
  };
}

function asDiff({ of, before, after, looser }: PolicyChange) {
  return { name: nameOf(of), parts: textDiff(before, after), looser };
}

/** What stays as it is, by why. */
function unamended(): { why: string; names: string[] }[] {
  const byReason = new Map<string, string[]>();
  for (const of of [...STEP_NAMES, ...CLOCK_CODES]) {
    const why = reasonAgainst(of);
    if (why) byReason.set(why, [...(byReason.get(why) ?? []), nameOf(of)]);
  }
  return [...byReason].map(([why, names]) => ({ why: sentenceCase(why), names }));
}

function nameOf(of: string): string {
  return (CLOCK_CODES as readonly string[]).includes(of)
    ? `Target: ${clockRule(of as ClockCode).label}`
    : `Step: ${stepLabel(of)}`;
}

function field(
  name: string,
  shape: StepField['shape'],
  label: string,
  given: string,
  choices: readonly { value: string; label: string }[],
  needs: readonly UnmetNeed[],
  hint: string | null = null,
): StepField {
  return {
    name,
    action: null,
    shape,
    label,
    hint,
    optional: false,
    choices: choices.map((choice) => ({ ...choice, chosen: choice.value === given })),
    chosen: given === '' ? [] : [given],
    value: given,
    error: needs.find((need) => need.field === name)?.sentence ?? null,
  };
}

function ofField({ of }: Chosen, needs: readonly UnmetNeed[]): StepField {
  const choices = [...STEP_NAMES, ...CLOCK_CODES]
    .filter((each) => reasonAgainst(each) === null)
    .map((value) => ({ value, label: nameOf(value) }));
  return field('of', 'select', 'Which step or target', of, choices, needs);
}

function kindField({ kind }: Chosen, needs: readonly UnmetNeed[]): StepField {
  const choices = AMENDMENT_KINDS.map((value) => ({ value, label: KINDS[value] }));
  return field('kind', 'radios', 'What is to be stricter', kind, choices, needs);
}

const CODE_LABELS: Record<AmendmentKind, string> = {
  FEWER_ROLES: 'Who no longer takes it',
  SECOND_PERSON: 'Who agrees',
  FURTHER_NEED: 'What has to hold',
  FURTHER_ASK: 'What is asked',
  SHORTER_TARGET: 'In which cases',
};

function codeField(
  { kind, code }: Chosen,
  possible: readonly PolicyAmendment[],
  lengths: ReadonlyMap<string | null, string>,
  needs: readonly UnmetNeed[],
): StepField {
  const choices = possible.map((each) => ({
    value: each.code ?? EVERY_CASE,
    label: codeText(each, lengths),
  }));
  const hints: Partial<Record<string, string>> = {
    FURTHER_NEED: 'Each as it is said to whoever tries without it.',
    FURTHER_ASK:
      'The answers stay with those who work on the case, but where it is said here that the person reads them.',
  };
  const hint = hints[kind] ?? null;
  return field('code', 'radios', CODE_LABELS[kind as AmendmentKind] ?? 'What', code, choices, needs, hint);
}

function codeText({ kind, of, code }: PolicyAmendment, lengths: ReadonlyMap<string | null, string>): string {
  switch (kind) {
    case 'FURTHER_NEED':
      return NEEDS[code as NeedName].sentence;
    case 'FURTHER_ASK':
      return `${ASKS[code as AskName].label}${isTold(of, code as AskName) ? '. The person reads this' : ''}`;
    case 'SHORTER_TARGET':
      return `${code === null ? 'Every case' : codeLabel('tier', code)}: now ${lengths.get(code)}`;
    default:
      return roleLabel(code ?? '');
  }
}

function lengthField({ length }: Chosen, needs: readonly UnmetNeed[]): StepField {
  return field('length', 'number', 'How long from then on', length, [], needs, 'In the same unit as now.');
}
