import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Routing, type RoutingVersionView } from '../../casework/triage/routing';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import {
  ROUTED_ROLES,
  ROUTING_CONDITION_NAMES,
  ROUTING_CONDITIONS,
  TRACKS,
  type RoutingCondition,
  type RoutingRule,
} from '../../rules/routing';
import { TIERS } from '../../rules/severity';
import type { StepField } from '../step-form';
import { needsAt } from './case-page';
import { codeLabel, roleLabel } from './code-label';
import { DeskPages, redirect, ticked, typed, type DeskRequest } from './desk-pages';

/** The rules of routing: what they propose now, a draft with what it would have proposed, and the way to switch it on. */
@Controller('desk/routing')
export class RoutingPagesController {
  constructor(
    private readonly routing: Routing,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-routing')
  async rules(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, NOTHING);
  }

  @Post('rules')
  @Permits('draft-routing')
  async add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const rule = ruleOf(body);
    return this.doAndShow(request, reply, rule, () =>
      this.routing.add(request.visitor, rule, typed(body, 'seen')),
    );
  }

  @Post('rules/:n/removal')
  @Permits('draft-routing')
  async remove(
    @Param('n') n: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.doAndShow(request, reply, NOTHING, () =>
      this.routing.remove(request.visitor, Number(n), typed(body, 'seen')),
    );
  }

  @Post('decision')
  @Permits('settle-routing')
  async settle(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const choice = typed(body, 'switch');
    return this.doAndShow(request, reply, NOTHING, () => {
      if (choice !== 'on' && choice !== 'drop')
        throw new Refusal('invalid', 'Switch the draft on, or drop it.');
      return this.routing.settle(request.visitor, choice === 'on', typed(body, 'seen'));
    });
  }

  /** Does it and shows the rules as they are then; what was chosen is shown again when it was refused. */
  private async doAndShow(
    request: DeskRequest,
    reply: FastifyReply,
    chosen: RoutingRule,
    work: () => Promise<void>,
  ): Promise<FastifyReply> {
    try {
      await work();
      return redirect(reply, '/desk/routing');
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN.has(error.kind)) throw error;
      return this.show(request, reply, chosen, error.status, needsAt(error, 'rules'));
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    chosen: RoutingRule,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ): Promise<FastifyReply> {
    const view = await this.routing.view(request.visitor);
    const model = {
      view,
      on: view.on && linesOf(view.on),
      draft: view.draft && linesOf(view.draft),
      fields: fieldsOf(chosen, needs),
    };
    return this.pages.show(request, reply, 'desk/routing.njk', 'Rules of routing', model, { status, needs });
  }
}

const SHOWN = new Set(['invalid', 'unmet', 'stale', 'conflict']);
const NOTHING: RoutingRule = {
  useDomains: [],
  harms: [],
  tiers: [],
  reprisalLevels: [],
  track: null,
  role: null,
  atLeast: null,
};

const CONDITIONS: Record<RoutingCondition, { label: string; code: string }> = {
  useDomains: { label: 'Use domain', code: 'useDomain' },
  harms: { label: 'Harm', code: 'harm' },
  tiers: { label: 'Severity', code: 'tier' },
  reprisalLevels: { label: 'Risk of reprisal', code: 'reprisalLevel' },
};
const PROPOSALS = [
  {
    name: 'track',
    label: 'Propose this track',
    codes: TRACKS,
    labelOf: (code: string) => codeLabel('track', code),
  },
  { name: 'role', label: 'Propose to bring in', codes: ROUTED_ROLES, labelOf: roleLabel },
  {
    name: 'atLeast',
    label: 'Ask to look at the severity again below',
    codes: TIERS,
    labelOf: (code: string) => codeLabel('tier', code),
  },
] as const;

function ruleOf(body: unknown): RoutingRule {
  return {
    useDomains: ticked(body, 'useDomains'),
    harms: ticked(body, 'harms'),
    tiers: ticked(body, 'tiers'),
    reprisalLevels: ticked(body, 'reprisalLevels'),
    track: typed(body, 'track') || null,
    role: typed(body, 'role') || null,
    atLeast: typed(body, 'atLeast') || null,
  };
}

/** The rules of a version, each in words. */
function linesOf({ rules, ...version }: RoutingVersionView) {
  return {
    ...version,
    rules: rules.map((rule, index) => ({
      n: index + 1,
      when: ROUTING_CONDITION_NAMES.filter((name) => rule[name].length > 0).map((name) => ({
        label: CONDITIONS[name].label,
        value: rule[name].map((code) => codeLabel(CONDITIONS[name].code, code)).join(' or '),
      })),
      then: PROPOSALS.flatMap(({ name, label, labelOf }) => {
        const code = rule[name];
        return code === null ? [] : [{ label, value: labelOf(code) }];
      }),
    })),
  };
}

function fieldsOf(chosen: RoutingRule, needs: readonly UnmetNeed[]): StepField[] {
  const field = (
    name: string,
    shape: StepField['shape'],
    label: string,
    given: readonly (string | null)[],
    choices: { value: string; label: string }[],
  ): StepField => ({
    name,
    action: null,
    shape,
    label,
    hint: null,
    optional: true,
    choices: choices.map((choice) => ({ ...choice, chosen: given.includes(choice.value) })),
    chosen: given.filter((each): each is string => each !== null),
    value: given[0] ?? '',
    error: needs.find((need) => need.field === name)?.sentence ?? null,
  });
  return [
    ...ROUTING_CONDITION_NAMES.map((name) =>
      field(
        name,
        'checkboxes',
        `${CONDITIONS[name].label} is one of these`,
        chosen[name],
        ROUTING_CONDITIONS[name].map((value) => ({ value, label: codeLabel(CONDITIONS[name].code, value) })),
      ),
    ),
    ...PROPOSALS.map(({ name, label, codes, labelOf }) =>
      field(
        name,
        'select',
        label,
        [chosen[name]],
        codes.map((value) => ({ value, label: labelOf(value as never) })),
      ),
    ),
  ];
}
