import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VisitedRequest } from '../../people/permit.guard';
import type { UnmetNeed } from '../../platform/refusal';
import { originOf } from '../../platform/origins';
import { Settings } from '../../platform/settings';
import { ACTS } from '../../rules/acts';
import { colonOf, has, languageOf, LANGUAGES, say, type Language } from '../../words/words';
import { pageNonce } from '../page-nonce';
import { saidAtQuestion } from '../said-at-question';
import { Templates } from '../templates';

export type PortalRequest = FastifyRequest & VisitedRequest;

interface PageOptions {
  status?: number;
  needs?: readonly UnmetNeed[];
  /** The words of the questions of the page, by field: an error that would fit any question is said of its own. */
  questions?: Readonly<Record<string, string>>;
  /** Language that the case is in, for a reader who chose none. */
  language?: string;
}

/** Draws the pages of rightsholders and of the public, in the language they chose. */
@Injectable()
export class PortalPages {
  constructor(
    private readonly templates: Templates,
    private readonly settings: Settings,
  ) {}

  /** Where a receipt opens its case: the whole address, to be typed from paper, of the two that we have the one in use. */
  comeBackAt(request: PortalRequest): string {
    return `${originOf(request, this.settings)}/my-case/open`;
  }

  /** Where whoever was given a code joins a collective complaint, as a whole address. */
  joinAt(request: PortalRequest): string {
    return `${originOf(request, this.settings)}/join-group`;
  }

  /** `?lang=` before everything, then the language of the case, then what the browser asks for. */
  languageFor(request: PortalRequest, ofCase?: string): Language {
    return (
      this.chosenLanguage(request) ?? languageOf(ofCase ?? String(request.headers['accept-language'] ?? ''))
    );
  }

  /** The language that the address asks for; null where it asks for none of ours. */
  chosenLanguage(request: PortalRequest): Language | null {
    const chosen = (request.query as { lang?: unknown } | undefined)?.lang;
    return LANGUAGES.find((language) => language === chosen) ?? null;
  }

  /** Adds the chosen language to an address of ours. */
  address(request: PortalRequest, path: string): string {
    const language = this.chosenLanguage(request);
    return language ? `${path}?lang=${language}` : path;
  }

  /** The same address, whose page says that what was changed there is saved. */
  savedAt(request: PortalRequest, path: string): string {
    return `${this.address(request, path)}${this.chosenLanguage(request) ? '&' : '?'}saved=yes`;
  }

  show(
    request: PortalRequest,
    reply: FastifyReply,
    template: string,
    titleKey: string,
    model: Record<string, unknown>,
    { status = 200, needs = [], questions = {}, language }: PageOptions = {},
  ): FastifyReply {
    const reader = this.languageFor(request, language);
    const said = needs.map((need) => ({
      ...need,
      sentence: sentenceOf(need, reader, questions[need.field ?? '']),
    }));
    const html = this.templates.render(template, {
      roleName: (code: string) => roleSeen(code, reader, request),
      ...model,
      title: say(reader, titleKey),
      tab: say(reader, tabKey(titleKey)),
      nonce: pageNonce(reply),
      language: reader,
      colon: colonOf(reader),
      // What answers a form cannot be asked for again in another language: a receipt, and what was typed, would be gone.
      languageLinks: request.method === 'GET' ? request.url.split('?')[0] : null,
      languageKeeps: keptIn(request.query),
      suffix: this.address(request, ''),
      csrfToken: request.csrfToken ?? '',
      canReportDanger: canReportDanger(request, template),
      needs: said,
      isSaved: typed(request.query, 'saved') === 'yes',
      errorOf: (field: string) => said.find((need) => need.field === field)?.sentence ?? null,
    });
    this.tellOfOnion(request, reply);
    return reply.status(status).type('text/html; charset=utf-8').send(html);
  }

  /**
   * Tells Tor Browser that a page open to anybody has the same address in the onion service (`Onion-Location`, which it heeds over https
   * alone). Not of a case: its session would be left behind.
   */
  private tellOfOnion(request: PortalRequest, reply: FastifyReply): void {
    const { onionUrl } = this.settings;
    const isPublic = request.method === 'GET' && ACTS[request.permit.act].reach === 'public';
    if (!isPublic || onionUrl === '' || originOf(request, this.settings) === onionUrl) return;
    const path = this.address(request, request.routeOptions.url ?? '/');
    void reply.header('onion-location', `${onionUrl}${path}`);
  }
}

/** What an address may say beside the language: a country, a version of the process, which part of a list, where a page leads back to. */
const KEPT = ['country', 'policy', 'page', 'from', 'messages', 'letters', 'evidence', 'timeline'];

/** The part of an address that stays when another language is chosen. */
function keptIn(query: unknown): string {
  return KEPT.map((name) => [name, typed(query, name)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
}

const REPORT = '/my-case/steps/report-retaliation';

/** Every page of a case carries the button, but the page behind it and what is left of an erased case. */
function canReportDanger({ visitor, url }: PortalRequest, template: string): boolean {
  const path = url.split('?')[0]!;
  return (
    visitor?.kind === 'rightsholder' &&
    visitor.role !== 'SUP' &&
    template !== 'portal/erased.njk' &&
    /^\/my-case(\/|$)/.test(path) &&
    path !== '/my-case/open' &&
    path !== REPORT
  );
}

/** A role as the reader sees it: who stands beside the person is not meant by “you”. */
export function roleSeen(
  code: string,
  language: string,
  { visitor }: Pick<PortalRequest, 'visitor'>,
): string {
  const isBeside = visitor?.kind === 'rightsholder' && visitor.role !== 'RH';
  const beside = `role-beside.${code}`;
  return say(language, isBeside && has(beside) ? beside : `role.${code}`);
}

/**
 * What the tab and the history of a browser keep: which page it was, in a word that does not tell what this is about to whoever looks over
 * a shoulder or at a shared computer.
 */
function tabKey(titleKey: string): string {
  const key = `tab.${titleKey.split('.')[0]}`;
  return has(key) ? key : 'tab.step';
}

/** A need in the language of the reader: by its own key, by the name of the need, or as it is. `question`: that which it is about. */
export function sentenceOf(need: UnmetNeed, language: string, question?: string): string {
  const key = [need.sentence, need.name, `need.${need.name}`].find(has);
  return key ? saidAtQuestion(key, question, language, need.measure) : need.sentence;
}

/** After a form: the browser fetches the next page, so that reloading sends nothing twice. */
export function goTo(reply: FastifyReply, address: string): FastifyReply {
  return reply.redirect(address, 303);
}

/** A text field of a posted form, as typed; empty when it is missing or something else. */
export function typed(body: unknown, field: string): string {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  return typeof value === 'string' ? value : '';
}

/** All values of a field that a posted form may hold several times. */
export function typedLines(body: unknown, field: string): string[] {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  return [value].flat().filter((line): line is string => typeof line === 'string');
}
