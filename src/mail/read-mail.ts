import { createHash } from 'node:crypto';
import { isAutomatic, type MailHeaders } from './automatic';
import { isMailAddress } from './mail-settings';

/** A file that came with a mail, as it was sent. */
export interface MailFile {
  fileName: string;
  content: Buffer;
}

/** What a mail says. Of its headers nothing else is kept: no time, no program, no way that it took. */
export interface ReadMail {
  /** SHA-256 in hex of what makes it this mail: its Message-ID, sender and body. Copies of it have the same, wherever they lie. */
  digest: string;
  /** Bare address of who says to have written it; null where there is none, or several. */
  from: string | null;
  isAutomatic: boolean;
  /** Ids of the mails that it says to answer, without angle brackets. */
  answersTo: string[];
  /** What `Content-Language` says, where that is one language. */
  language: string | null;
  /** Subject and text, with line feeds, without what cannot be stored; may be empty. */
  text: string;
  /** Whether it says anything beside its subject. */
  hasBody: boolean;
  files: MailFile[];
}

export type Unreadable = 'broken' | 'too-long';

/** A mail that nobody can read here. `reason` is a code for the log. */
export class UnreadableMail extends Error {
  constructor(readonly reason: Unreadable) {
    super(`A mail cannot be read: ${reason}.`);
    this.name = 'UnreadableMail';
  }
}

const DEEPEST = 100;
const MOST_HEADER_BYTES = 256 * 1024;
const MOST_HTML = 1_000_000;
/** Letters times depth: quotes in quotes repeat their marks on each line, and what is deep is searched through for each of its ends. */
const MOST_HTML_WORK = 15_000_000;
const WITHOUT_END = new Set(
  'area base br col embed hr img input li link meta p source td th tr wbr'.split(' '),
);
const MOST_TEXT = 5_000_000;
const MOST_REFERENCES = 50;
const MOST_SUBJECT = 500;
const NAME_LENGTH = 200;

/** Reads the MIME of a mail. Throws `UnreadableMail` where it cannot be read whole; whatever else it is, it is a mail. */
export async function readMail(raw: Buffer, ownAddresses: readonly string[] = []): Promise<ReadMail> {
  const email = await parsed(raw);
  const headers: MailHeaders = new Map([...email.headers].reverse().map(({ key, value }) => [key, value]));
  const senders = email.headers.filter(({ key }) => key === 'from').length;
  const address = senders === 1 ? (email.from?.address?.trim() ?? '') : '';
  const from = isMailAddress(address) ? address : null;
  const subject = storable(email.subject ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_SUBJECT);
  // A text part can be there and say nothing, beside one of HTML that says it all.
  const plain = storable(email.text ?? '');
  const body = plain === '' ? storable(await textOfHtml(email.html ?? '')) : plain;
  // Pictures of the text itself, such as those of a signature, come after what was attached: where there are too many files, they are left out.
  const attached = email.attachments.toSorted(
    (a, b) => Number(a.related ?? false) - Number(b.related ?? false),
  );
  return {
    digest: digestOf(raw, headers, address),
    from,
    isAutomatic: isAutomatic(headers, from, ownAddresses),
    answersTo: idsIn(`${email.inReplyTo ?? ''} ${email.references ?? ''}`),
    language: oneLanguage(headers.get('content-language')),
    text: [subject, body].filter((each) => each !== '').join('\n\n'),
    hasBody: body !== '',
    files: attached.map(({ filename, content }, index) => ({
      fileName: lineOf(filename ?? '') || `file-${index + 1}`,
      content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
    })),
  };
}

/** Ids of mails of ours that an automatic mail tells of: a bounce holds the headers of what came back. At most some, whatever it holds. */
export function idsIn(text: string): string[] {
  const ids = new Set<string>();
  for (const [, id] of text.matchAll(/<([\w.+-]{1,100}@[\w.-]{1,200})>/g)) {
    ids.add(id!);
    if (ids.size >= MOST_REFERENCES) break;
  }
  return [...ids];
}

async function parsed(raw: Buffer) {
  const { default: PostalMime } = await import('postal-mime');
  try {
    return await PostalMime.parse(raw, {
      maxNestingDepth: DEEPEST,
      maxHeadersSize: MOST_HEADER_BYTES,
      // A mail inside a mail is a file: what somebody forwards is theirs to show, and never read as the words of who sends it.
      forceRfc822Attachments: true,
    });
  } catch {
    throw new UnreadableMail('broken');
  }
}

async function textOfHtml(html: string): Promise<string> {
  if (html.trim() === '') return '';
  const depth = depthOf(html);
  if (html.length > MOST_HTML || depth > DEEPEST || html.length * depth > MOST_HTML_WORK)
    throw new UnreadableMail('too-long');
  const { convert } = await import('html-to-text');
  return convert(html, {
    wordwrap: false,
    // What is deeper would be left out without a word.
    limits: { maxDepth: 10 * DEEPEST, maxInputLength: MOST_HTML },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  });
}

/** How deep elements stand in each other, at most: those whose end is usually left out are not counted. */
function depthOf(html: string): number {
  let [depth, deepest] = [0, 0];
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (WITHOUT_END.has(name!.toLowerCase())) continue;
    depth = end ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Line feeds alone, and nothing that cannot be stored: no half characters, no control characters but line breaks and tabs. */
function storable(text: string): string {
  if (text.length > MOST_TEXT) throw new UnreadableMail('too-long');
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex -- these are the characters that must not be stored
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
      .trim()
  );
}

function lineOf(name: string): string {
  return storable(name).replaceAll(/\s+/g, ' ').slice(0, NAME_LENGTH).toWellFormed().trim();
}

function oneLanguage(header: string | undefined): string | null {
  return /^\s*([a-z]{2,3}(-[a-z0-9]{2,8}){0,3})\s*$/i.exec(header ?? '')?.[1] ?? null;
}

/** Servers add headers on the way, so those are left out; without a Message-ID the mail's own date stands in. */
function digestOf(raw: Buffer, headers: MailHeaders, from: string): string {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0);
  const body = raw.subarray(ends.length > 0 ? Math.min(...ends) : raw.length);
  const id = headers.get('message-id') ?? headers.get('date') ?? '';
  return createHash('sha256')
    .update(JSON.stringify([id.trim(), from]))
    .update(body)
    .digest('hex');
}
