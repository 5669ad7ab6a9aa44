// Sources: RFC 3834 (automatic responses), RFC 5321 section 4.5.5 (empty reverse-path), RFC 2919 (List-Id), RFC 6522 (multipart/report),
// RFC 3464 section 2.3.3 (Action: failed).

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

/** So far into a mail a report and the headers of what came back stand; what is behind would only cost time. */
const REPORT_BYTES = 256 * 1024;

/** The part of a mail that can report on another one, a letter for each byte. */
export function reportIn(raw: Buffer): string {
  return raw.toString('latin1', 0, REPORT_BYTES);
}

/** Whether a mail reports (`reportIn`) that another one was not delivered and will not be: no read receipt, no word of a delay, no absence note. */
export function isFailedDelivery(text: string): boolean {
  return /report-type\s*=\s*"?delivery-status/i.test(text) && /^Action:\s*failed\b/im.test(text);
}
