// Source: OWASP Unvalidated Redirects and Forwards Cheat Sheet (2025): a list of what is allowed, and nothing beside it.
const LONGEST = 300;

/**
 * Where somebody wanted to go before signing in, as an address brings it back in `next`: a page below `/desk` or `/audit`, exactly as a
 * browser would ask for it. Null for everything else, above all for what a browser might read as another site.
 */
export function nextPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST) return null;
  if (!/^\/(desk|audit)(?=[/?]|$)[\w\-./?=&%~+,:;!]*$/.test(value)) return null;
  // No second slash, no step up and no encoded one: what was checked is where the browser goes.
  const [path] = value.split('?') as [string];
  if (/\/\/|\/\.{1,2}(\/|$)|%(2f|5c|2e|25|0|1)/i.test(path)) return null;
  return value;
}

/** The sign-in, from which `next` leads on; without it where there is nowhere to go on to. */
export function withNext(path: string, next: string | null): string {
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`;
}
