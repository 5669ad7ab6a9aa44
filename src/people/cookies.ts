import type { Settings } from '../platform/settings';

/** The three cookies that there are: of a member of staff, of whoever holds a receipt, and of whoever is writing a complaint. */
export const OFFICER_COOKIE = 'redress_officer';
export const CASE_COOKIE = 'redress_case';
export const DRAFT_COOKIE = 'redress_draft';

type SessionCookie = typeof OFFICER_COOKIE | typeof CASE_COOKIE | typeof DRAFT_COOKIE;
type CookieSettings = Pick<Settings, 'publicUrl'>;

interface SessionCookieOptions {
  httpOnly: true;
  sameSite: 'strict';
  secure: boolean;
  path: '/';
}

/** What of an answer sets cookies. */
interface Reply {
  setCookie(name: string, value: string, options: SessionCookieOptions): unknown;
  clearCookie(name: string, options: SessionCookieOptions): unknown;
}

/**
 * Name of a cookie on the wire. Under https it bears the prefix `__Host-` (RFC 6265bis): the browser then takes it from this host alone and
 * over https alone, so that neither a neighbour under the same domain nor a network can plant a session.
 */
export function cookieName(cookie: SessionCookie, settings: CookieSettings): string {
  return isSecure(settings) ? `__Host-${cookie}` : cookie;
}

/** Lets the browser keep the token of a session, until it is closed: the server ends the session. */
export function keepSession(
  reply: Reply,
  settings: CookieSettings,
  cookie: SessionCookie,
  token: string,
): void {
  reply.setCookie(cookieName(cookie, settings), token, optionsOf(settings));
}

/** Lets the browser forget the token of a session. */
export function dropSession(reply: Reply, settings: CookieSettings, cookie: SessionCookie): void {
  reply.clearCookie(cookieName(cookie, settings), optionsOf(settings));
}

/** The token that a request brings; undefined without one. */
export function sessionIn(
  request: { cookies?: Record<string, string | undefined> },
  settings: CookieSettings,
  cookie: SessionCookie,
): string | undefined {
  return request.cookies?.[cookieName(cookie, settings)];
}

function optionsOf(settings: CookieSettings): SessionCookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(settings), path: '/' };
}

function isSecure({ publicUrl }: CookieSettings): boolean {
  return publicUrl.startsWith('https:');
}
