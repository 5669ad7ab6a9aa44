import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CASE_COOKIE, OFFICER_COOKIE, dropSession } from '../people/cookies';
import type { VisitedRequest } from '../people/permit.guard';
import type { Refusal } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { has, languageOf, say } from '../words/words';
import { nextPath, withNext } from './desk/next-path';
import { pageNonce } from './page-nonce';
import { Templates } from './templates';

/**
 * The page people see when something was refused or went wrong: what happened, and what to do next, in their language; and what they had
 * `written`, so that nobody writes it twice.
 */
@Injectable()
export class ErrorPage {
  constructor(
    private readonly templates: Templates,
    private readonly settings: Settings,
  ) {}

  send(
    request: FastifyRequest & Partial<VisitedRequest>,
    reply: FastifyReply,
    refusal: Refusal | null,
    incident: string | null,
    written: readonly string[],
  ): void {
    const chosen = (request.query as { lang?: string } | undefined)?.lang;
    const language = languageOf(chosen ?? String(request.headers['accept-language'] ?? ''));
    const openAgain = chosen === undefined ? '/my-case/open' : `/my-case/open?lang=${language}`;
    const isRightsholder = request.permit?.who === 'rightsholder';
    if (refusal?.kind === 'not-signed-in' && request.method === 'GET') {
      dropSession(reply, this.settings, isRightsholder ? CASE_COOKIE : OFFICER_COOKIE);
      const signIn = withNext('/sign-in', nextPath(request.url));
      void reply.redirect(isRightsholder ? openAgain : signIn, 303);
      return;
    }
    const status = refusal?.status ?? 500;
    const isOut = refusal?.kind === 'not-signed-in';
    const isClosed = isOut && isRightsholder;
    // What is said of it to programs names what only they have.
    const isInOwnWords = isClosed || refusal?.kind === 'uncertain';
    const key = `error-page.${isClosed ? 'case-closed' : (refusal?.kind ?? 'unexpected')}`;
    const again = isClosed
      ? { address: openAgain, label: say(language, 'error-page.open-again') }
      : { address: '/sign-in', label: 'Sign in, in a new window' };
    const html = this.templates.render('layout/error.njk', {
      language,
      nonce: pageNonce(reply),
      title: say(language, has(`${key}.title`) ? `${key}.title` : 'error-page.title'),
      tab: say(language, 'error-page.title'),
      sentence:
        language === 'en' && !isInOwnWords
          ? (refusal?.message ?? say(language, `${key}.sentence`))
          : say(language, has(`${key}.sentence`) ? `${key}.sentence` : 'error-page.sentence'),
      needs: (refusal?.needs ?? []).map(({ sentence }) =>
        has(sentence) ? say(language, sentence) : sentence,
      ),
      incident,
      typed: written,
      again: isOut ? again : null,
      status,
    });
    void reply.status(status).type('text/html; charset=utf-8').send(html);
  }
}
