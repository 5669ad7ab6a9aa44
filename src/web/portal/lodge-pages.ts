import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Drafts, type OpenDraft, type TypedAnswers } from '../../casework/intake/drafts';
import { DRAFT_COOKIE, sessionIn } from '../../people/cookies';
import { LodgingPace, type Paced } from '../../people/lodging-pace';
import { LodgingWork, type Puzzle } from '../../people/lodging-work';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import {
  LODGING_QUESTIONS,
  placeOf,
  questionsFor,
  type LodgingQuestion,
} from '../../rules/lodging-questions';
import { say } from '../../words/words';
import { OwnScripts } from '../own-scripts';
import { typedInForm, typedTexts } from '../typed-texts';
import { PortalPages, typed, type PortalRequest } from './portal-pages';

export const QUESTIONS: readonly LodgingQuestion[] = LODGING_QUESTIONS;
/** The question after whose answer other places are named. */
export const BEFORE_ELSEWHERE = 'country';
const FROM_CHECK = 'check';

/** A draft with the token that opened it. */
export interface Held {
  token: string;
  draft: OpenDraft;
}

/** What the page says to a network that has to wait. */
export interface Waiting {
  needs: UnmetNeed[];
  work: Puzzle | null;
}

/** What the pages of a complaint share: whose draft it is, where a page leads, and the page that it all begins with. */
@Injectable()
export class LodgePages {
  constructor(
    private readonly drafts: Drafts,
    private readonly lodgingPace: LodgingPace,
    private readonly lodgingWork: LodgingWork,
    private readonly scripts: OwnScripts,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  /** The token of a draft that this browser brings. */
  tokenIn(request: PortalRequest): string | undefined {
    return sessionIn(request, this.settings, DRAFT_COOKIE);
  }

  /** The draft of this browser; null without one. */
  async held(request: PortalRequest): Promise<Held | null> {
    const token = this.tokenIn(request);
    const draft = token ? await this.drafts.open(token) : null;
    return token && draft ? { token, draft } : null;
  }

  /** The same for a form that brings the token of that draft; null for any other. */
  async heldWith(request: PortalRequest, csrfToken: string): Promise<Held | null> {
    const held = await this.held(request);
    return held && this.drafts.isFormOf(held.token, csrfToken) ? held : null;
  }

  /** Where a saved page leads, given what was answered. */
  onward(
    request: PortalRequest,
    question: LodgingQuestion,
    answers: TypedAnswers,
    go: string | undefined,
    from: string,
  ): string {
    if (go === 'later') return this.at(request, 'later', '');
    if (from === FROM_CHECK) return this.at(request, 'check', '');
    if (question.name === BEFORE_ELSEWHERE && go !== 'back') return this.at(request, 'elsewhere', '');
    const asked = questionsFor(answers, question);
    const next = asked[placeOf(question, asked) - 1 + (go === 'back' ? -1 : 1)];
    if (next) return this.at(request, next.name, '');
    return go === 'back' ? this.pages.address(request, '/lodge') : this.at(request, 'check', '');
  }

  at(request: PortalRequest, page: string, from: string): string {
    const address = this.pages.address(request, `/lodge/${page}`);
    return from === FROM_CHECK ? saying(address, `from=${FROM_CHECK}`) : address;
  }

  /** Null, or how long this network has to wait: said in the page and in `Retry-After`, with what its device may calculate instead. */
  waitFor(request: PortalRequest, reply: FastifyReply, what: Paced, body: unknown): Waiting | null {
    const seconds = this.lodgingPace.secondsToWait(request, what);
    if (seconds === 0 || this.lodgingWork.takes(request, what, typed(body, 'work'))) return null;
    void reply.header('retry-after', String(seconds));
    const sentence = say(this.pages.languageFor(request), 'error.draft.wait', { seconds });
    return { needs: [{ name: 'draft', sentence }], work: this.lodgingWork.offer(request, what) };
  }

  /** What a page needs that offers to calculate. */
  workOf(work: Puzzle | null = null) {
    return work ? { work, script: this.scripts.addressOf('work') } : {};
  }

  showStart(
    request: PortalRequest,
    reply: FastifyReply,
    held: Held | null,
    {
      status,
      needs,
      written = [],
      isSent = false,
    }: { status?: number; needs?: UnmetNeed[]; written?: string[]; isSent?: boolean } = {},
  ) {
    const model = {
      first: QUESTIONS[0]!.name,
      of: questionsFor({}).length,
      isOpen: held !== null,
      isSent,
      typed: written,
    };
    return this.pages.show(request, reply, 'portal/lodge.njk', 'lodge.title', model, { status, needs });
  }

  /** Where a draft that was begun or opened leads on to this page: whoever comes there without its cookie is told so. */
  begunAt(request: PortalRequest, next: string): string {
    const to = /^\/lodge\/([a-z-]+)/.exec(next)?.[1] ?? '';
    return saying(this.pages.address(request, '/lodge/begun'), `to=${to}`);
  }

  /** To whoever began or opened a draft and keeps no cookie. */
  showLacksCookie(request: PortalRequest, reply: FastifyReply) {
    const needs = [{ name: 'draft', sentence: 'error.draft.cookie' }];
    return this.showStart(request, reply, null, { status: 409, needs });
  }

  /** To a form of a draft that is not open here: nothing of it was done, and what was typed in it is handed back. */
  async showClosed(request: PortalRequest, reply: FastifyReply, fields?: Record<string, string>) {
    const needs = [{ name: 'draft', sentence: 'error.draft.nothing' }];
    const written = fields ? typedTexts(fields) : await typedInForm(request);
    return this.showStart(request, reply, await this.held(request), { status: 409, needs, written });
  }
}

function saying(address: string, what: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${what}`;
}

/** `check` when the page was opened to change one answer; otherwise empty. */
export function fromIn(holder: unknown): string {
  return typed(holder, 'from') === FROM_CHECK ? FROM_CHECK : '';
}

/** A form of another site would put its own draft in the place of hers. Browsers that do not say where a form came from are let in. */
export function refuseForeign({ headers }: PortalRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site')
    throw new Refusal('forbidden', 'This form came from another site, and nothing was done.');
}

/** What a refusal without needs says to a rightsholder. */
export function needOf({ kind }: Refusal): UnmetNeed {
  return { name: kind, sentence: `error-page.${kind}.sentence` };
}
