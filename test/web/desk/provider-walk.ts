import type { Answer } from '../../harness/app';
import type { DeskBrowser } from './desk-browser';

/**
 * From our redirect over the provider's own pages, signing in as `login` where it asks, to the address that it sends the browser back to:
 * path and query.
 */
export async function throughProvider({ headers }: Answer, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  const start = new URL(String(headers.location));
  let next = start;
  for (let steps = 0; steps < 10; steps++) {
    if (next.origin !== start.origin) return next.pathname + next.search;
    const isForm = next.pathname.startsWith('/interaction/');
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(isForm ? { method: 'POST', body: new URLSearchParams({ login }) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const location = answer.headers.get('location');
    if (!location) throw new Error(`The provider says ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next);
  }
  throw new Error('The provider sends the browser around without an end.');
}

/** Goes from `from` over the provider back to us, as `login` there. */
export async function signInAs(browser: DeskBrowser, login: string, from = '/sign-in/sso'): Promise<Answer> {
  return browser.get(await throughProvider(await browser.get(from), login));
}

/** Where a page of ours between two sites leads. */
export function onwardFrom({ text, status }: Answer): string {
  const address = /<meta http-equiv="refresh" content="0;url=([^"]+)">/.exec(text)?.[1];
  if (!address) throw new Error(`This page leads nowhere: ${status} ${text}`);
  return address.replaceAll('&amp;', '&');
}
