import { HeldBack, type WorkingCopy } from './cleaned';

/** Fields of a mail that people write themselves when they copy one into a letter (RFC 5322, 3.6): one alone is no mail. */
const FIELD = /^(from|to|cc|bcc|date|subject|sender|reply-to):[ \t]/i;
/** An address or a time as programs write it: a letter that begins with names and a day is no mail. */
const ADDRESSED = /^(from|to|cc|bcc|sender|reply-to):.*@|^date:.*\d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}/i;
/** Fields that only programs write: how a mail came, from which machine, under which number. */
const OF_PROGRAMS =
  /^(received:[ \t]+(from|by)[ \t]|(message-id|in-reply-to|references):[ \t]*<|return-path:[ \t]*<|(delivered-to|x-originating-ip|dkim-signature|authentication-results|mime-version|arc-seal):[ \t])/im;
/** Appointments and visiting cards: every line of them tells who, where and when (RFC 5545, RFC 6350). */
const CARD = /^[ \t]*begin:v(calendar|card|event|todo|journal|freebusy|alarm|timezone)[ \t]*$/im;
const MAILBOX = /^from [^\n]+@[^\n]+ \d{2}:\d{2}/i;
const FIELDS_OF_A_MAIL = 2;
const LONGEST_HEADER_LINES = 200;

/**
 * Text has nothing but what people read, and passes as it is. Mails, appointments and visiting cards are text too, but hold
 * addresses, machines and times that nobody wrote for us: throws HeldBack NO-CLEANER for them, by content.
 */
export function cleanText(content: Buffer): WorkingCopy {
  const text = content
    .toString('utf8')
    .replace(/^\uFEFF?\s*/, '')
    .replace(/\r\n?/g, '\n');
  if (isMail(text)) throw new HeldBack('NO-CLEANER', 'a mail');
  if (CARD.test(text)) throw new HeldBack('NO-CLEANER', 'an appointment or a visiting card');
  return { content, removed: new Set(), turnedBy: 0 };
}

function isMail(text: string): boolean {
  if (OF_PROGRAMS.test(text) || MAILBOX.test(text)) return true;
  const header = text.split('\n\n', 1)[0]!.split('\n', LONGEST_HEADER_LINES);
  const fields = header.filter((line) => FIELD.test(line));
  const names = new Set(fields.map((line) => line.split(':', 1)[0]!.toLowerCase()));
  return names.size >= FIELDS_OF_A_MAIL && fields.some((line) => ADDRESSED.test(line));
}
