import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Alerts } from '../../../casework/alerts/alerts';
import { Consents } from '../../../casework/consents';
import { Messages } from '../../../casework/messages';
import { ReadMyCase } from '../../../casework/read-my-case';
import type { RemedyActionView } from '../../../casework/remedy/views';
import type { ClockView, MyCaseView, MyErasure, OpenStep } from '../../../casework/views';
import type { Visitor } from '../../../people/visitor';
import { newId } from '../../../platform/ids';
import { earlierThan } from '../../../platform/pages';
import type { UnmetNeed } from '../../../platform/refusal';
import { MEGABYTE, Settings } from '../../../platform/settings';
import { CHECK_IN_ANSWERS } from '../../../rules/check-ins';
import { languageName, WRITTEN_LANGUAGES } from '../../../rules/languages';
import { ON_REQUEST } from '../../../rules/retention';
import { STATES } from '../../../rules/states';
import { AMENDED_PARTS } from '../../../rules/taking-part';
import { has, say } from '../../../words/words';
import { consentStatus } from '../consent-status';
import { PortalPages, roleSeen, type PortalRequest } from '../portal-pages';
import { standingOf } from '../standing';
import { besideIn } from '../translated';
import { CHECK, deliveredActions, joinCodeLine, withChecks } from './step-fields';

type Holder = Visitor & { kind: 'rightsholder' };

/** Own steps that stand where they belong on the page instead of in the list. */
const HAS_A_PLACE = new Set([
  'report-late',
  'record-mandate',
  'confirm-mandate',
  'end-mandate',
  'request-support',
  'end-support',
  'amend-complaint',
  'approve-transcript',
  'dispute-transcript',
  'object-to-dictation',
  'deny-dictation',
  'describe-group',
  'make-join-code',
  'end-join-code',
  'write-to-members',
  'join-group',
  'leave-group',
]);

/** Lists of the page that grow without end. */
type ListName = 'messages' | 'letters' | 'evidence' | 'timeline';

/** Draws the case of the person, with what was wrong with a form of it, and what is left of one that was erased. */
@Injectable()
export class CasePage {
  constructor(
    private readonly readMyCase: ReadMyCase,
    private readonly messages: Messages,
    private readonly alerts: Alerts,
    private readonly consents: Consents,
    private readonly settings: Settings,
    private readonly pages: PortalPages,
  ) {}

  async showCase(
    request: PortalRequest,
    reply: FastifyReply,
    status: number,
    needs: UnmetNeed[],
    kept: Record<string, string>,
    before: Record<ListName, number | undefined> = {
      messages: undefined,
      letters: undefined,
      evidence: undefined,
      timeline: undefined,
    },
  ) {
    const holder = request.visitor as Holder;
    await this.alerts.opened(holder);
    const first = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, first.complaint.language);
    const view = await this.readMyCase.view(holder, language, before);
    const messages = await this.messages.page(holder, before.messages ? { before: before.messages } : {});
    const steps = (await this.readMyCase.steps(holder)).filter(({ unmet }) => unmet.length === 0);
    const timeline = await this.timelineIn(language, holder, before.timeline);
    const openings = await this.readMyCase.openings(holder.caseId);
    const roleName = (code: string) => roleSeen(code, language, request);
    const model = {
      view: withChecks(view, language),
      kept,
      role: holder.role,
      alert: await this.alerts.view(holder),
      may: Object.fromEntries(steps.map(({ step }) => [step, true])),
      steps: steps
        .filter(({ step }) => !HAS_A_PLACE.has(step))
        .map(({ step }) => ({ step, name: say(language, `step.${step}.name`) })),
      translated: besideIn(view, language),
      amended: Object.fromEntries(
        AMENDED_PARTS.map((each) => [each, view.amendments.filter(({ part }) => part === each)]),
      ),
      writtenLanguages: WRITTEN_LANGUAGES.map((value) => ({ value, label: languageName(value) })),
      agreed: (await this.consents.list(holder, language))
        .filter(({ given }) => given !== null)
        .map((each) => ({ text: each.text, status: consentStatus(each, language, roleName) })),
      joinCodes: (view.collective?.joinCodes ?? []).map((code) => ({
        ...code,
        line: joinCodeLine(code, language),
      })),
      standing: standingOf({ ...view, clocks: clocksOpenTo(view, steps) }, language),
      safety: safetyOf(view, language),
      hasEnded: STATES[view.state].ended,
      offerSteps: OFFER_STEPS,
      canCheck: deliveredActions(view).length > 0 && steps.some(({ step }) => step === CHECK.step),
      promised: promisedActions(withChecks(view, language), language),
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
      messages,
      messageForm: newId(),
      timeline,
      earlier: {
        messages: this.pagerOf(request, 'messages', before.messages, earlierThan(messages)),
        letters: this.pagerOf(request, 'letters', before.letters, view.earlierLetters),
        evidence: this.pagerOf(request, 'evidence', before.evidence, view.earlierEvidence),
        timeline: this.pagerOf(request, 'timeline', before.timeline, earlierThan(timeline)),
      },
      openings: openings.map((line) => ({ ...line, name: deedName(line.act, language) })),
    };
    return this.pages.show(request, reply, 'portal/my-case.njk', 'mycase.title', model, {
      status,
      needs,
      questions: {
        text: say(language, 'mycase.message.label'),
        language: say(language, 'mycase.message.language'),
        describes: say(language, 'mycase.evidence.describes'),
      },
      language: view.complaint.language,
    });
  }

  async showErased(
    request: PortalRequest,
    reply: FastifyReply,
    erasure: MyErasure,
    before: number | undefined,
  ) {
    const holder = request.visitor as Holder;
    const language = this.pages.languageFor(request, erasure.language);
    const timeline = await this.timelineIn(language, holder, before);
    const model = {
      erasure,
      why: say(
        language,
        erasure.erasedUnder === ON_REQUEST ? 'mycase.erased.by-request' : 'mycase.erased.by-time',
      ),
      timeline,
      earlier: { timeline: this.pagerOf(request, 'timeline', before, earlierThan(timeline)) },
    };
    return this.pages.show(request, reply, 'portal/erased.njk', 'mycase.erased.title', model, {
      status: 410,
      language,
    });
  }

  /** Addresses of the page before, and of the newest where another one is shown. */
  private pagerOf(
    request: PortalRequest,
    list: ListName,
    before: number | undefined,
    earlier: number | null,
  ): { earlier: string | null; newest: string | null } {
    const home = this.pages.address(request, '/my-case');
    const earlierPage = `${home}${home.includes('?') ? '&' : '?'}${list}=${earlier}#${list}`;
    return {
      earlier: earlier === null ? null : earlierPage,
      newest: before === undefined ? null : `${home}#${list}`,
    };
  }

  private async timelineIn(language: string, holder: Holder, before: number | undefined) {
    const lines = await this.readMyCase.timeline(holder, before ? { before } : {});
    return lines.map((line) => ({ ...line, name: deedName(line.act, language) }));
  }
}

/** The check-in that waits for an answer, and the day of the next. */
function safetyOf({ checkIns }: MyCaseView, language: string) {
  return {
    askedOn: checkIns.findLast(({ status }) => status === 'ASKED')?.askedOn ?? null,
    nextOn: checkIns.find(({ status }) => status === 'PLANNED')?.dueOn ?? null,
    answers: CHECK_IN_ANSWERS.map((value) => ({ value, label: say(language, `code.safeNow.${value}`) })),
  };
}

/** What can be answered to an open offer; the same links stand at the offer and among what can be done now. */
const OFFER_STEPS = ['accept-offer', 'refuse-offer', 'counter-offer', 'ask-about-offer', 'appeal'];

/** Actions that were answered, each with where it stands now. */
function promisedActions({ actions }: MyCaseView, language: string) {
  return actions
    .filter(({ status }) => status !== 'PROPOSED')
    .map((action) => ({
      ...action,
      standing: say(language, `mycase.action.standing.${actionStanding(action)}`),
    }));
}

function actionStanding({ status, agreed }: RemedyActionView): string {
  return agreed === false && status !== 'REFUSED' && status !== 'DONE' ? 'WITHOUT_AGREEMENT' : status;
}

/** Clocks of the case; the time to take an acceptance back only while it can be. */
function clocksOpenTo({ clocks }: MyCaseView, open: readonly OpenStep[]): ClockView[] {
  return clocks.filter(
    ({ code }) => code !== 'TARGET-COOLING-OFF' || open.some(({ step }) => step === 'take-back-acceptance'),
  );
}

/** What happened, never as the button that does it: she would read it as something that she still has to do. */
function deedName(act: string, language: string): string {
  return has(`step.${act}.done`)
    ? say(language, `step.${act}.done`)
    : has(`act.${act}`)
      ? say(language, `act.${act}`)
      : act;
}
