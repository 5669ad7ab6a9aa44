import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Refusal } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { isForGuests, type Act, type Admitted } from '../rules/acts';
import { scopeOf, type ScopeCode } from '../rules/scopes';
import { API_TOKEN_PREFIX, ApiTokens } from './api-tokens';
import { CASE_COOKIE, OFFICER_COOKIE, sessionIn } from './cookies';
import { type Permit, PERMIT } from './permits';
import { Sessions } from './sessions';
import { ANYONE, type Resolved, type Visitor } from './visitor';

/** What the guard reads of a request and leaves on it. */
export interface VisitedRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  cookies?: Record<string, string | undefined>;
  body?: unknown;
  query?: unknown;
  permit: Permit;
  visitor: Visitor;
  /** What forms send back as `_csrf`; null without a cookie session. */
  csrfToken: string | null;
}

/** What GET writes into the history. A link checker or a preview that only asks HEAD must not stand there as a reader. */
const RECORDED_READS: readonly Act[] = ['open-evidence'];
const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];
const BEARER = /^Bearer ([\w-]{20,100})$/i;

/**
 * Lets in whom `@Permits` names. Programs (under /api/) are known by a bearer token alone, people by a cookie alone; a form
 * of a cookie session has to bring the session's `_csrf`: as a field, or, since the fields of a multipart form are read only after the
 * guard, in the address it is sent to. `Origin` cannot stand in for it (it is “null” under our referrer policy) and older phones
 * send no `Sec-Fetch-Site`. The token opens nothing without the cookie. Refuses with `not-signed-in` or `forbidden`.
 */
@Injectable()
export class PermitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly apiTokens: ApiTokens,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const permit = this.reflector.get<Permit | undefined>(PERMIT, context.getHandler());
    if (!permit) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no @Permits.`);
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    // PostgreSQL stores no such sign, and would fail where a name with it is looked up.
    if (/%00/.test(request.url))
      throw new Refusal('invalid', 'This address holds a sign that no address of ours has. Check it.');
    if (request.method === 'HEAD' && RECORDED_READS.includes(permit.act))
      throw new Refusal(
        'not-found',
        'Ask for this with GET: opening it is recorded, and HEAD opens nothing.',
      );
    request.permit = permit;
    request.visitor = ANYONE;
    request.csrfToken = null;
    if (/^\/api(\/|$|\?)/.test(request.url)) await this.admitProgram(request, permit);
    else await this.admitPerson(request, permit);
    return true;
  }

  private async admitProgram(request: VisitedRequest, permit: Permit): Promise<void> {
    const { who } = permit;
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (who !== 'anyone')
        throw new Refusal(
          'not-signed-in',
          'This address needs a token: send "Authorization: Bearer <token>".',
        );
      return;
    }
    const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    const found = token ? await this.holderOf(token) : null;
    if (!found)
      throw new Refusal(
        'not-signed-in',
        'This token is not known, has expired or was revoked. Get a new one.',
      );
    refuseOthers(found.visitor, permit);
    if (found.scopes) refuseOutside(found.scopes, permit.act);
    request.visitor = found.visitor;
  }

  private async holderOf(token: string): Promise<{ visitor: Visitor; scopes?: readonly ScopeCode[] } | null> {
    if (token.startsWith(API_TOKEN_PREFIX)) return this.apiTokens.resolve(token);
    const visitor = (await this.sessions.resolve(token))?.visitor;
    // An officer's browser session never serves a program: it would slip past the check of forms.
    return visitor?.kind === 'rightsholder' ? { visitor } : null;
  }

  private async admitPerson(request: VisitedRequest, permit: Permit): Promise<void> {
    const { who } = permit;
    const found = await this.sessionOf(request, who);
    if (!found) {
      if (who === 'anyone') return;
      throw new Refusal(
        'not-signed-in',
        who === 'rightsholder'
          ? 'Your case is closed on this device. Open it again with your receipt.'
          : 'You are not signed in, or your session has ended. Sign in to go on.',
      );
    }
    refuseOthers(found.visitor, permit);
    if (!CHANGES_NOTHING.includes(request.method) && !bringsCsrf(request, found.csrfToken)) {
      // Open to anyone: then it is done as anyone, not in the name of the session.
      if (who === 'anyone') return;
      throw new Refusal(
        'forbidden',
        'This form is out of date, and nothing was saved. Go back, reload the page and send the form again.',
      );
    }
    request.visitor = found.visitor;
    request.csrfToken = found.csrfToken;
  }

  private async sessionOf(request: VisitedRequest, who: Admitted): Promise<Resolved | null> {
    const officer = who === 'rightsholder' ? undefined : sessionIn(request, this.settings, OFFICER_COOKIE);
    const holder =
      who === 'rightsholder' || who === 'anyone' ? sessionIn(request, this.settings, CASE_COOKIE) : undefined;
    const asOfficer = officer ? await this.sessions.resolve(officer) : null;
    // Without the second factor somebody is nobody yet, but on the pages that ask for it.
    if (asOfficer && (who === 'half-signed-in' || asOfficer.visitor.kind === 'officer')) return asOfficer;
    const asHolder = holder ? await this.sessions.resolve(holder) : null;
    return asHolder?.visitor.kind === 'rightsholder' ? asHolder : null;
  }
}

function refuseOthers(visitor: Visitor, { who, act }: Permit): void {
  if (who === 'anyone') return;
  if (who === 'rightsholder') {
    if (visitor.kind === 'rightsholder') return;
    throw new Refusal('forbidden', 'Only the person whose case this is can do this, with their receipt.');
  }
  if (who === 'half-signed-in') {
    if (visitor.kind === 'half-signed-in') return;
    throw new Refusal('forbidden', 'You are signed in already. Go on with your work.');
  }
  if (visitor.kind === 'officer') {
    if (visitor.guest && !isForGuests(act))
      throw new Refusal(
        'forbidden',
        'This is for those who work here; guests see their one case and their account.',
      );
    if (visitor.roles.some((role) => who.includes(role))) return;
  }
  throw new Refusal('forbidden', `This is open to these roles only: ${who.join(', ')}. Ask one of them.`);
}

/** A token opens what its scopes name, and what is open to anyone and in no scope. */
function refuseOutside(scopes: readonly ScopeCode[], act: Act): void {
  const scope = scopeOf(act);
  if (scope === null || scopes.includes(scope)) return;
  throw new Refusal(
    'forbidden',
    `This token does not have the scope ${scope}. Make one that has it under "My account", or with the command "token create".`,
  );
}

function bringsCsrf(request: VisitedRequest, expected: string): boolean {
  const isMultipart = String(request.headers['content-type'] ?? '').startsWith('multipart/form-data');
  const holder = isMultipart ? request.query : request.body;
  const brought = (holder as { _csrf?: unknown } | null | undefined)?._csrf;
  if (typeof brought !== 'string') return false;
  const [a, b] = [Buffer.from(brought), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
