import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isWrittenLanguage } from '../rules/languages';

/** A mail server as an address names it. `tls`: from the first byte, asked for before anything is said, or, on this machine, not needed. */
export interface MailServer {
  host: string;
  port: number;
  tls: 'at-once' | 'demanded' | 'if-offered';
  /** Null: no signing in. */
  user: string | null;
  /** Holds the password alone; read at each use, so that an agent may renew it. */
  passwordFile: string | null;
}

/** The mailbox that complaints arrive at. */
export interface MailIn {
  /** `MAIL_IN_URL`, `MAIL_IN_PASSWORD_FILE`. */
  server: MailServer;
  /** `MAIL_IN_FOLDER`. */
  folder: string;
  /** `MAIL_IN_DONE_FOLDER`: where a mail goes that was taken; null: it is deleted. */
  doneFolder: string | null;
  /** `MAIL_IN_NOT_TAKEN_FOLDER`: where a mail goes that a person has to look at. */
  notTakenFolder: string;
  /** `MAIL_IN_LANGUAGE`: language of a case whose mail does not say its own. */
  language: string;
}

/** Who sends the answer. */
export interface MailOut {
  /** `MAIL_OUT_URL`, `MAIL_OUT_PASSWORD_FILE`. */
  server: MailServer;
  /** `MAIL_OUT_FROM`: a bare address. */
  from: string;
}

/** Both null while nothing is read; `mailOut` null: nothing is sent. */
export class MailSettings {
  constructor(
    readonly mailIn: MailIn | null,
    readonly mailOut: MailOut | null,
  ) {}

  /** Addresses that are ours, in small letters: what comes from them is our own mail coming back. */
  get ownAddresses(): string[] {
    const names = [this.mailOut?.from, this.mailIn?.server.user, this.mailOut?.server.user];
    return names.filter((name): name is string => name?.includes('@') ?? false).map((n) => n.toLowerCase());
  }
}

const IN = { 'imaps:': 993, 'imap:': 143 } as const;
const OUT = { 'smtps:': 465, 'smtp:': 587 } as const;
const ADDRESS = /^[^\s@<>"(),:;\\]{1,64}@[^\s@<>"(),:;\\]{1,190}$/;

/** Whether it is a bare e-mail address that can stand in an envelope: one @, no blank, no sign that means something there. */
export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text) && !/[\p{C}\p{Z}]/u.test(text);
}

/** Reads `MAIL_…`, all empty by default; throws a sentence that names the one to mend. */
export function readMailSettings(env: NodeJS.ProcessEnv): MailSettings {
  const text = (name: string) => env[name]?.trim() ?? '';
  if (text('MAIL_IN_URL') === '') {
    const orphan = Object.keys(env).find((name) => /^MAIL_(IN|OUT)_/.test(name) && text(name) !== '');
    if (orphan)
      throw new Error(
        `${orphan} is set without MAIL_IN_URL. Name the mailbox that complaints arrive at there, or empty ${orphan}.`,
      );
    return new MailSettings(null, null);
  }
  return new MailSettings(readIn(text), text('MAIL_OUT_URL') === '' ? refuseHalfOut(text) : readOut(text));
}

function readIn(text: (name: string) => string): MailIn {
  const server = readServer('MAIL_IN_URL', text('MAIL_IN_URL'), IN, 'imaps://name@mail.example.org:993');
  if (server.user === null)
    throw new Error(
      `MAIL_IN_URL names nobody to sign in as; write the name before an @, with its own @ as %40: imaps://complaints%40example.org@mail.example.org.`,
    );
  const folder = text('MAIL_IN_FOLDER') || 'INBOX';
  const doneFolder = text('MAIL_IN_DONE_FOLDER') || null;
  const notTakenFolder = text('MAIL_IN_NOT_TAKEN_FOLDER') || 'Not taken';
  const names = [folder, doneFolder, notTakenFolder].filter((name) => name !== null);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    throw new Error(
      'MAIL_IN_FOLDER, MAIL_IN_DONE_FOLDER and MAIL_IN_NOT_TAKEN_FOLDER have to be different folders: otherwise a mail that was moved is read again.',
    );
  if (names.some((name) => name.length > 200 || /\p{Cc}/u.test(name)))
    throw new Error('A folder in MAIL_IN_… has at most 200 letters and no control characters.');
  const language = text('MAIL_IN_LANGUAGE') || 'en';
  if (!isWrittenLanguage(language))
    throw new Error(
      `MAIL_IN_LANGUAGE is "${language}"; set it to a language by its code, such as en, fr or ar.`,
    );
  const passwordFile = readableFile('MAIL_IN_PASSWORD_FILE', text('MAIL_IN_PASSWORD_FILE'));
  return { server: { ...server, passwordFile }, folder, doneFolder, notTakenFolder, language };
}

function readOut(text: (name: string) => string): MailOut {
  const server = readServer('MAIL_OUT_URL', text('MAIL_OUT_URL'), OUT, 'smtps://name@mail.example.org:465');
  const from = text('MAIL_OUT_FROM');
  if (!isMailAddress(from))
    throw new Error(
      `MAIL_OUT_FROM is "${from}"; set it to the bare address that answers come from, such as post@example.org, whose name tells nothing.`,
    );
  const file = text('MAIL_OUT_PASSWORD_FILE');
  if (server.user === null && file !== '')
    throw new Error(
      'MAIL_OUT_PASSWORD_FILE is set, but MAIL_OUT_URL names nobody to sign in as; write the name before an @ there.',
    );
  const passwordFile = server.user === null ? null : readableFile('MAIL_OUT_PASSWORD_FILE', file);
  return { server: { ...server, passwordFile }, from };
}

function refuseHalfOut(text: (name: string) => string): null {
  for (const name of ['MAIL_OUT_FROM', 'MAIL_OUT_PASSWORD_FILE'])
    if (text(name) !== '')
      throw new Error(`${name} is set without MAIL_OUT_URL. Name the server that sends, or empty ${name}.`);
  return null;
}

function readServer(
  name: string,
  text: string,
  ports: Record<string, number>,
  example: string,
): Omit<MailServer, 'passwordFile'> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.password)
    throw new Error(
      `${name} holds a password. Put it alone into a file, name that in ${name.replace('URL', 'PASSWORD_FILE')}, and take it out here.`,
    );
  const usual = url ? ports[url.protocol] : undefined;
  const user = url && decoded(url.username);
  if (!url || usual === undefined || url.hostname === '' || user === null || hasMore(url))
    throw new Error(
      `${name} is no address of a mail server; set it to one such as ${example}, with nothing behind the port.`,
    );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAtOnce = url.protocol.endsWith('s:');
  return {
    host,
    port: url.port === '' ? usual : Number(url.port),
    tls: isAtOnce ? 'at-once' : isHere(host) ? 'if-offered' : 'demanded',
    user: user === '' ? null : user,
  };
}

function decoded(text: string): string | null {
  try {
    const name = decodeURIComponent(text);
    return /\p{Cc}/u.test(name) ? null : name;
  } catch {
    return null;
  }
}

function hasMore({ pathname, search, hash }: URL): boolean {
  return !['', '/'].includes(pathname) || search !== '' || hash !== '';
}

/** What never leaves this machine may go without TLS. */
function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function readableFile(name: string, path: string): string {
  if (path === '') throw new Error(`${name} has to name a file that holds the password alone.`);
  readPassword(path, name);
  return path;
}

/** The password of a mail server. Throws a sentence for the operator, without what the system says of the path. */
export function readPassword(path: string, name = 'MAIL_…_PASSWORD_FILE'): string {
  let password = '';
  try {
    password = readFileSync(path, 'utf8').trim();
  } catch {
    // Said below.
  }
  if (password === '')
    throw new Error(
      `${name} is "${path}"; let it name a file that holds the password alone and that the user of Redress may read.`,
    );
  return password;
}
