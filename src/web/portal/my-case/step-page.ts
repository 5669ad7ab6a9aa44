import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadMyCase } from '../../../casework/read-my-case';
import type { Visitor } from '../../../people/visitor';
import type { UnmetNeed } from '../../../platform/refusal';
import { COOLING_OFF_DAYS } from '../../../rules/clocks';
import { has, say } from '../../../words/words';
import { typedTexts } from '../../typed-texts';
import { besideIn } from '../translated';
import { PortalPages, type PortalRequest } from '../portal-pages';
import {
  actionsAsked,
  CHECK,
  deliveredActions,
  fieldsOf,
  fieldsWith,
  isForHolder,
  withChecks,
} from './step-fields';

type Holder = Visitor & { kind: 'rightsholder' };

/** Draws the form of a step of the person, and the one form in which everything that is done is checked. */
@Injectable()
export class StepPage {
  constructor(
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  async showCheck(
    request: PortalRequest,
    reply: FastifyReply,
    status: number,
    answers: Record<string, unknown>,
    needs: UnmetNeed[],
  ) {
    const holder = request.visitor as Holder;
    const view = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, view.complaint.language);
    const isOpen =
      deliveredActions(view).length > 0 &&
      (await this.readMyCase.steps(holder)).some(({ step }) => step === CHECK.step);
    const said = isOpen ? needs : [{ name: 'state', sentence: 'need.state' }];
    const { fields, placed } = fieldsWith(said, language, (faults) =>
      isOpen ? fieldsOf(CHECK, view, language, answers, faults) : [],
    );
    const model = {
      address: '/my-case/check',
      view,
      fields: fields.filter(({ action }) => action === null),
      actions: actionsAsked(fields, withChecks(view, language)),
      notices: [say(language, 'mycase.check.lead')],
      isOpen,
      typed: typedTexts(request.body),
    };
    return this.pages.show(request, reply, 'portal/step.njk', 'mycase.check.title', model, {
      status: isOpen ? status : Math.max(status, 409),
      needs: placed,
      language: view.complaint.language,
    });
  }

  async showStep(
    request: PortalRequest,
    reply: FastifyReply,
    step: string,
    status: number,
    answers: Record<string, unknown>,
    needs: UnmetNeed[],
  ) {
    const holder = request.visitor as Holder;
    const view = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, view.complaint.language);
    const open = (await this.readMyCase.steps(holder)).find((each) => each.step === step);
    const all = open || needs.length > 0 ? needs : [{ name: 'state', sentence: 'need.state' }];
    const { fields, placed } = fieldsWith(all, language, (faults) =>
      open
        ? fieldsOf(open, view, language, answers, faults).filter(({ name }) => isForHolder(name, step, view))
        : [],
    );
    return this.pages.show(
      request,
      reply,
      'portal/step.njk',
      has(`step.${step}.name`) ? `step.${step}.name` : 'mycase.title',
      {
        step,
        address: `/my-case/steps/${step}`,
        view,
        fields: fields.filter(({ action }) => action === null),
        actions: actionsAsked(fields, withChecks(view, language)),
        notices: noticesOf(step, language),
        questions: step === 'answer-question' ? view.questions.filter(({ answeredOn }) => !answeredOn) : [],
        translated: besideIn(view, language),
        isOpen: Boolean(open),
        typed: typedTexts(request.body),
        follows: has(`step.${step}.follows`) ? say(language, `step.${step}.follows`) : null,
      },
      {
        status: open ? status : Math.max(status, 409),
        needs: placed,
        language: view.complaint.language,
      },
    );
  }
}

/** What has to be known before a step is taken, paragraph by paragraph. */
function noticesOf(step: string, language: string): string[] {
  const key = `step.${step}.notice`;
  const coolingOff = say(language, 'how.length.calendarDays', { n: COOLING_OFF_DAYS });
  return has(key) ? say(language, key, { coolingOff }).split('\n\n') : [];
}
