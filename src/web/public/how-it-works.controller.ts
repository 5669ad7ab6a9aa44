import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Policies } from '../../casework/policies/policies';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { addedNeeds, type Policy } from '../../rules/policy';
import { STAGES, STATE_CODES, STATES, type State } from '../../rules/states';
import type { Agreement, StepRow } from '../../rules/steps';
import { agreementsOf } from '../../rules/workflow';
import { say, sayList } from '../../words/words';
import { PortalPages, type PortalRequest } from '../portal/portal-pages';

/** Steps possible in this many states or more are told once, apart. */
const ANYTIME = 8;

/** Draws a version of the process from its own table, the newest unless another is named: what the page says is what the server does. */
@ApiExcludeController()
@Controller('how-it-works')
export class HowItWorksController {
  constructor(
    private readonly pages: PortalPages,
    private readonly policies: Policies,
  ) {}

  @Get()
  @Permits('read-how-it-works')
  async page(@Query('policy') version: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const language = this.pages.languageFor(request);
    const policy = await this.policies.chosen(version);
    const newest = await this.policies.newest();
    const stages = STAGES.map((stage) => ({
      name: say(language, `stage.${stage}`),
      states: STATE_CODES.filter((state) => STATES[state].stage === stage).map((state) =>
        stateView(policy, state, language),
      ),
    }));
    const anytime = policy.rows
      .filter(({ from }) => from.length >= ANYTIME)
      .map((row) => stepView(policy, row, language));
    return this.pages.show(request, reply, 'public/how-it-works.njk', 'how.title', {
      stages,
      anytime,
      version: policy.version,
      isNewest: policy.version === newest.version,
    });
  }
}

const AGREED: Record<Agreement['when'], string> = {
  always: 'how.agreed',
  severe: 'how.agreed.severe',
  'remedy-owed': 'how.agreed.remedy-owed',
  'told-only': 'how.agreed.told-only',
  unanswered: 'how.agreed.unanswered',
  'monitoring-runs': 'how.agreed.monitoring-runs',
  'guarded-identity': 'how.agreed.guarded-identity',
  'held-by-another': 'how.agreed.held-by-another',
  'by-staff': 'how.agreed.by-staff',
  'she-could-be-asked': 'how.agreed.she-could-be-asked',
  dictated: 'how.agreed.dictated',
};

function stateView(policy: Policy, state: State, language: string) {
  return {
    id: state,
    name: say(language, `state.${state}`),
    plain: say(language, `state.${state}.plain`),
    steps: policy.rows
      .filter(({ from }) => from.includes(state) && from.length < ANYTIME)
      .map((row) => stepView(policy, row, language)),
  };
}

function stepView({ clocks }: Policy, row: StepRow, language: string) {
  const role = (code: string) => say(language, `role.${code}`);
  const deadline = (row.clocks.stop ?? [])
    .map((code) => clocks[code])
    .filter(({ owedBy }) => owedBy === 'organisation')
    .map(({ period }) => period)
    .find((period) => period);
  return {
    name: say(language, `step.${row.step}.name`),
    by: say(language, 'how.by', { roles: sayList(language, row.by.map(role)) }),
    agreed: agreementsOf(row).map((each) => say(language, AGREED[each.when], { role: role(each.role) })),
    added: addedNeeds(row).map((name) => say(language, `how.need.${name}`)),
    dictated: row.dictatedTo ? say(language, 'how.dictated') : null,
    to:
      row.to === 'same'
        ? say(language, 'how.same')
        : row.to === 'before'
          ? say(language, 'how.before')
          : say(language, 'how.to', { state: say(language, `state.${row.to}`) }),
    letter: row.tells ? say(language, 'how.letter') : null,
    deadline: deadline
      ? say(language, 'how.deadline', {
          length: say(language, `how.length.${deadline.unit}`, { n: deadline.length }),
        })
      : null,
  };
}
