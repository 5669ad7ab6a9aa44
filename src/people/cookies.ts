import type { Settings } from '../platform/settings';

export const OFFICER_COOKIE = 'redress_officer';
export const CASE_COOKIE = 'redress_case';

export interface SessionCookieOptions {
  httpOnly: true;
  sameSite: 'strict';
  secure: boolean;
  path: '/';
}

/** How both session cookies are set and cleared. No expiry: the browser drops them, the server ends the session. */
export function sessionCookie(settings: Settings): SessionCookieOptions {
  return {
    httpOnly: true,
    sameSite: 'strict',
    secure: settings.publicUrl.startsWith('https:'),
    path: '/',
  };
}
