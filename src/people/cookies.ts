// Sources: RFC 6265bis, 4.1.3 (prefixes), 5.6 (Secure). Tor Browser takes an onion service for secure over http, too, other browsers with Tor do not.
import { originOf, type Origins } from '../platform/origins';

/** The three cookies that there are: of a member of staff, of whoever holds a receipt, and of whoever is writing a complaint. */
export const OFFICER_COOKIE = 'redress_officer';
export const CASE_COOKIE = 'redress_case';
export const DRAFT_COOKIE = 'redress_draft';

type SessionCookie = typeof OFFICER_COOKIE | typeof CASE_COOKIE | typeof DRAFT_COOKIE;

interface SessionCookieOptions {
  httpOnly: true;
  sameSite: 'strict';
  secure: boolean;
  path: '/';
}

interface Asked {
  headers?: Record<string, string | string[] | undefined>;
}

/** What of an answer sets cookies. */
interface Reply {
  setCookie(name: string, value: string, options: SessionCookieOptions): unknown;
  clearCookie(name: string, options: SessionCookieOptions): unknown;
  request?: Asked;
}

/**
 * Name of a cookie on the wire. Under https it bears the prefix `__Host-` (RFC 6265bis): the browser then takes it from this host alone and
 * over https alone, so that neither a neighbour under the same domain nor a network can plant a session. An onion service over http has
 * neither prefix nor `Secure`, which some browsers would refuse: its address has no neighbours, and Tor itself keeps the network out.
 */
export function cookieName(cookie: SessionCookie, origins: Origins, request: Asked = {}): string {
  return isSecure(origins, request) ? `__Host-${cookie}` : cookie;
}

/** Lets the browser keep the token of a session, until it is closed: the server ends the session. */
export function keepSession(reply: Reply, origins: Origins, cookie: SessionCookie, token: string): void {
  reply.setCookie(cookieName(cookie, origins, reply.request), token, optionsOf(origins, reply.request));
}

/** Lets the browser forget the token of a session. */
export function dropSession(reply: Reply, origins: Origins, cookie: SessionCookie): void {
  reply.clearCookie(cookieName(cookie, origins, reply.request), optionsOf(origins, reply.request));
}

/** The token that a request brings; undefined without one. */
export function sessionIn(
  request: Asked & { cookies?: Record<string, string | undefined> },
  origins: Origins,
  cookie: SessionCookie,
): string | undefined {
  return request.cookies?.[cookieName(cookie, origins, request)];
}

function optionsOf(origins: Origins, request?: Asked): SessionCookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure(origins, request), path: '/' };
}

function isSecure(origins: Origins, request: Asked = {}): boolean {
  return originOf(request, origins).startsWith('https:');
}
