import { Buffer } from 'node:buffer';
import type { MailFile, ReadMail } from '../../../mail/read-mail';
import { seenLength } from '../../../rules/seen-length';
import { LANGUAGES, say } from '../../../words/words';
import { NARRATIVE_MAX_LENGTH } from '../complaint-form';
import type { LeftOut } from '../enclosed-files';

const MOST_NAMED = 40;

/** What the person wrote, as a case keeps it: the first part of a long text, and then the whole of it as a file. */
export interface KeptText {
  text: string;
  files: MailFile[];
}

/** The text of a mail, once the receipts are cut out of it (`cutReceipts`). What is longer than `most` is kept as a file besides, whole. */
export function keptText(mail: ReadMail, language: string, most = NARRATIVE_MAX_LENGTH): KeptText {
  const { text } = mail;
  if (seenLength(text) === 0) return { text: say(language, 'mail.no-text'), files: mail.files };
  if (text.length <= most) return { text, files: mail.files };
  const note = `\n\n${say(language, 'mail.long')}`;
  const whole = { fileName: 'e-mail.txt', content: Buffer.from(text) };
  return {
    text: `${text.slice(0, most - note.length).toWellFormed()}${note}`,
    files: [whole, ...mail.files],
  };
}

/** Whether there is anything in it that could be kept. */
export function isEmpty({ text, files }: ReadMail): boolean {
  return seenLength(text) === 0 && files.every(({ content }) => content.length === 0);
}

/** Language of the case: what the mail says of itself, where we speak that; otherwise as it is set. */
export function languageOfMail({ language }: ReadMail, set: string): string {
  const code = language?.toLowerCase().split('-')[0];
  return LANGUAGES.find((each) => each === code) ?? set;
}

/** What the person reads in her case of files that were not taken; null where all were. */
export function leftOutMessage(leftOut: readonly LeftOut[], language: string): string | null {
  if (leftOut.length === 0) return null;
  const lines = leftOut
    .slice(0, MOST_NAMED)
    .map(({ fileName, sentence }) => `– ${fileName}: ${say(language, sentence)}`);
  const more = leftOut.length - lines.length;
  return [
    say(language, 'mail.left-out'),
    '',
    ...lines,
    ...(more > 0 ? [say(language, 'mail.left-out.more', { count: more })] : []),
  ].join('\n');
}
