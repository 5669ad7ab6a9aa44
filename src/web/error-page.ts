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

/** The page people see when something was refused or went wrong: what happened, and what to do next, in their language. */
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
  ): void {
    if (refusal?.kind === 'not-signed-in' && request.method === 'GET') {
      const isRightsholder = request.permit?.who === 'rightsholder';
      dropSession(reply, this.settings, isRightsholder ? CASE_COOKIE : OFFICER_COOKIE);
      const signIn = withNext('/sign-in', nextPath(request.url));
      void reply.redirect(isRightsholder ? '/my-case/open' : signIn, 303);
      return;
    }
    const status = refusal?.status ?? 500;
    const language = languageOf(
      (request.query as { lang?: string } | undefined)?.lang ??
        String(request.headers['accept-language'] ?? ''),
    );
    const kind = refusal?.kind ?? 'unexpected';
    const key = `error-page.${kind}`;
    const html = this.templates.render('layout/error.njk', {
      language,
      nonce: pageNonce(reply),
      title: say(language, has(`${key}.title`) ? `${key}.title` : 'error-page.title'),
      tab: say(language, 'error-page.title'),
      sentence:
        language === 'en'
          ? (refusal?.message ?? say(language, `${key}.sentence`))
          : say(language, has(`${key}.sentence`) ? `${key}.sentence` : 'error-page.sentence'),
      needs: (refusal?.needs ?? []).map(({ sentence }) =>
        has(sentence) ? say(language, sentence) : sentence,
      ),
      incident,
      status,
    });
    void reply.status(status).type('text/html; charset=utf-8').send(html);
  }
}
