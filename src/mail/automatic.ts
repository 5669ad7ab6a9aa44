// Sources: RFC 3834 (automatic responses), RFC 5321 section 4.5.5 (empty reverse-path), RFC 2919 (List-Id), RFC 6522 (multipart/report).

/** Headers of a mail by name in small letters, the first of each. */
export type MailHeaders = ReadonlyMap<string, string>;

const PRECEDENCE = /^\s*(bulk|list|junk|auto[_-]?reply)\b/i;
const SAID_BY_MACHINES = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'list-id', 'list-post', 'x-loop'];

/**
 * Whether a machine or a list sent it: an automatic answer, a bounce, a mailing list, or our own mail coming back. Such a mail is no
 * complaint, and an answer to it could come back for ever. `own` are our addresses in small letters.
 */
export function isAutomatic(headers: MailHeaders, from: string | null, own: readonly string[]): boolean {
  const submitted = headers.get('auto-submitted')?.trim() ?? 'no';
  return (
    !/^no\b/i.test(submitted) ||
    PRECEDENCE.test(headers.get('precedence') ?? '') ||
    SAID_BY_MACHINES.some((name) => headers.has(name)) ||
    /^\s*<\s*>\s*$/.test(headers.get('return-path') ?? '') ||
    /^\s*multipart\/report\b/i.test(headers.get('content-type') ?? '') ||
    (from !== null && (own.includes(from.toLowerCase()) || /^mailer-daemon@/i.test(from)))
  );
}
