import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMailAddress, readMailSettings } from '../../src/mail/mail-settings';

const FILE = join(mkdtempSync(join(tmpdir(), 'mail-settings-')), 'password');
writeFileSync(FILE, 'secret\n');
const IN = { MAIL_IN_URL: 'imaps://in%40example.org@mail.example.org', MAIL_IN_PASSWORD_FILE: FILE };
const OUT = { ...IN, MAIL_OUT_URL: 'smtps://mail.example.org', MAIL_OUT_FROM: 'post@example.org' };
const read = (env: Record<string, string>) => readMailSettings({ ...env });

describe('the settings of mail', () => {
  it('read nothing and send nothing while they are empty', () => {
    expect(read({ MAIL_IN_URL: ' ', MAIL_OUT_URL: '' })).toMatchObject({ mailIn: null, mailOut: null });
  });

  it('name a mailbox, with what is usual where nothing is said', () => {
    expect(read(IN).mailIn).toEqual({
      server: {
        host: 'mail.example.org',
        port: 993,
        tls: 'at-once',
        user: 'in@example.org',
        passwordFile: FILE,
      },
      folder: 'INBOX',
      doneFolder: null,
      notTakenFolder: 'Not taken',
      language: 'en',
    });
    expect(read(OUT).mailOut).toEqual({
      server: { host: 'mail.example.org', port: 465, tls: 'at-once', user: null, passwordFile: null },
      from: 'post@example.org',
    });
  });

  it.each([
    ['imaps://u@mail.example.org', 'at-once', 993],
    ['imap://u@mail.example.org', 'demanded', 143],
    ['imap://u@mail.example.org:1143', 'demanded', 1143],
    ['imap://u@localhost', 'if-offered', 143],
    ['imap://u@127.0.0.2', 'if-offered', 143],
    ['imap://u@[::1]:14', 'if-offered', 14],
    ['imap://u@127.0.0.1.example.org', 'demanded', 143],
    ['imap://u@localhost.example.org', 'demanded', 143],
  ])('ask, for %s, for TLS %s on port %i', (url, tls, port) => {
    expect(read({ ...IN, MAIL_IN_URL: url }).mailIn!.server).toMatchObject({ tls, port });
  });

  it.each([
    [{ ...IN, MAIL_IN_URL: 'https://u@mail.example.org' }, /^MAIL_IN_URL is no address of a mail server/],
    [{ ...IN, MAIL_IN_URL: 'imaps://u@mail.example.org/INBOX' }, /^MAIL_IN_URL is no address/],
    [{ ...IN, MAIL_IN_URL: 'imaps://u@mail.example.org?x' }, /^MAIL_IN_URL is no address/],
    [{ ...IN, MAIL_IN_URL: 'imaps://%ff@mail.example.org' }, /^MAIL_IN_URL is no address/],
    [{ ...IN, MAIL_IN_URL: 'imaps://u%0a@mail.example.org' }, /^MAIL_IN_URL is no address/],
    [{ ...IN, MAIL_IN_URL: 'mail.example.org' }, /^MAIL_IN_URL is no address/],
    [{ ...IN, MAIL_IN_URL: 'imaps://mail.example.org' }, /^MAIL_IN_URL names nobody/],
    [{ ...IN, MAIL_IN_URL: 'imaps://u:p@mail.example.org' }, /^MAIL_IN_URL holds a password/],
    [{ ...IN, MAIL_IN_PASSWORD_FILE: '' }, /^MAIL_IN_PASSWORD_FILE has to name a file/],
    [{ ...IN, MAIL_IN_PASSWORD_FILE: '/nowhere' }, /^MAIL_IN_PASSWORD_FILE is "\/nowhere"; let it name/],
    [{ ...IN, MAIL_IN_LANGUAGE: 'klingon' }, /^MAIL_IN_LANGUAGE is "klingon"/],
    [{ ...IN, MAIL_IN_DONE_FOLDER: 'inbox' }, /have to be different folders/],
    [{ ...IN, MAIL_IN_NOT_TAKEN_FOLDER: 'INBOX' }, /have to be different folders/],
    [{ ...IN, MAIL_IN_DONE_FOLDER: 'Not taken' }, /have to be different folders/],
    [{ ...IN, MAIL_IN_FOLDER: 'a\u0001b' }, /no control characters/],
    [{ MAIL_IN_FOLDER: 'INBOX' }, /^MAIL_IN_FOLDER is set without MAIL_IN_URL/],
    [{ MAIL_OUT_URL: 'smtps://x.example' }, /^MAIL_OUT_URL is set without MAIL_IN_URL/],
    [{ ...IN, MAIL_OUT_FROM: 'post@example.org' }, /^MAIL_OUT_FROM is set without MAIL_OUT_URL/],
    [{ ...OUT, MAIL_OUT_URL: 'imaps://mail.example.org' }, /^MAIL_OUT_URL is no address/],
    [{ ...OUT, MAIL_OUT_FROM: 'Complaints <post@example.org>' }, /^MAIL_OUT_FROM is "Complaints/],
    [{ ...OUT, MAIL_OUT_FROM: 'a@example.org\r\nBcc: b@example.org' }, /^MAIL_OUT_FROM is/],
    [
      { ...OUT, MAIL_OUT_PASSWORD_FILE: FILE },
      /^MAIL_OUT_PASSWORD_FILE is set, but MAIL_OUT_URL names nobody/,
    ],
    [{ ...OUT, MAIL_OUT_URL: 'smtp://u@mail.example.org' }, /^MAIL_OUT_PASSWORD_FILE has to name a file/],
  ])('refuse %j with a sentence', (env, sentence) => {
    expect(() => read(env as Record<string, string>)).toThrow(sentence);
  });

  it('know our own addresses', () => {
    expect(read({ ...OUT, MAIL_OUT_FROM: 'Post@Example.org' }).ownAddresses).toEqual([
      'post@example.org',
      'in@example.org',
    ]);
  });
});

describe('a bare address', () => {
  it.each(['a@b', 'rosa.w+x@mail.example.org', 'اسم@مثال.example'])('can be %j', (text) => {
    expect(isMailAddress(text)).toBe(true);
  });

  it.each([
    '',
    'a',
    'a@',
    '@b',
    'a@b@c',
    'a b@c',
    'a@b\n',
    'a@b\r\nBcc: c@d',
    '<a@b>',
    'a@b,c@d',
    'a\u0000@b',
    'a@b\u2028',
  ])('cannot be %j', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });
});
