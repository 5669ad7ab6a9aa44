import 'reflect-metadata';
import fc from 'fast-check';
import { readApart } from '../../src/mail/read-apart';
import { idsIn, readMail, UnreadableMail } from '../../src/mail/read-mail';
import { isStorableText } from '../../src/casework/intake/complaint-form';
import { mailOf } from '../harness/mail-servers';

const read = (headers: Record<string, string>, body = 'It refused me.', own: string[] = []) =>
  readMail(Buffer.from(mailOf(headers, body), 'utf8'), own);
const multipart = (kind: string, parts: string[]) =>
  [...parts.map((part) => `--b\r\n${part}\r\n`), '--b--\r\n'].join('');
const MIXED = { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' };

describe('what a mail says', () => {
  it('is subject and text, the address alone, and nothing of its way', async () => {
    const mail = await read({ Subject: '=?utf-8?q?Abgelehnt=21?=', 'Content-Language': 'de-AT' });
    expect(mail).toMatchObject({
      from: 'rosa@elsewhere.example',
      isAutomatic: false,
      answersTo: [],
      language: 'de-AT',
      text: 'Abgelehnt!\n\nIt refused me.',
      files: [],
    });
    expect(JSON.stringify(mail)).not.toMatch(/203\.0|Pocketmail|Rosa|08:31/);
  });

  it('keeps a quoted reply, and turns a mail of HTML alone into text', async () => {
    expect((await read({}, 'Yes.\n\n> What happened?\n> When?')).text).toContain('> When?');
    const html =
      '<style>p{}</style><h1>The loan</h1><p>It <b>refused</b>&nbsp;me.</p><script>x()</script><img src="http://t.example/p.gif">';
    const { text } = await read({ 'Content-Type': 'text/html; charset=utf-8', Subject: '' }, html);
    expect(text.replaceAll('\u00a0', ' ')).toBe('The loan\n\nIt refused me.');
  });

  it.each(['', '\r\n', '\u00a0'])(
    'is that of HTML beside a text part that says nothing (%j)',
    async (blank) => {
      const parts = [
        `Content-Type: text/plain; charset=utf-8\r\n\r\n${blank}`,
        'Content-Type: text/html\r\n\r\n<p>It fired me.</p>',
      ];
      const headers = {
        'MIME-Version': '1.0',
        'Content-Type': 'multipart/alternative; boundary=b',
        Subject: '',
      };
      expect((await read(headers, multipart('alternative', parts))).text).toBe('It fired me.');
    },
  );

  it('takes the text of two that say the same, and files by their names', async () => {
    const mail = await read(
      MIXED,
      multipart('mixed', [
        'Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nPlain.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Rich.</p>\r\n--c--',
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="=?utf-8?q?Brief_=C3=A4=2Epdf?="\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=',
        'Content-Type: image/png\r\nContent-Disposition: inline\r\n\r\nx',
        'Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: Their words\r\n\r\nNot hers.',
      ]),
    );
    expect(mail.text).toBe('The letter\n\nPlain.');
    expect(mail.files.map(({ fileName }) => fileName)).toEqual(['Brief ä.pdf', 'file-2', 'file-3']);
    expect(mail.files[0]!.content.toString()).toBe('%PDF-');
  });

  it('has the same digest for copies of one mail, and another for every other mail', async () => {
    const id = { 'Message-ID': '<1@x.example>' };
    const digests = await Promise.all(
      [
        read(id),
        read({ ...id, Received: 'from another way', 'X-Spam': 'no' }),
        read({ ...id, 'Message-ID': '<2@x.example>' }),
        read({ ...id, From: 'eva@elsewhere.example' }),
        read(id, 'It refused her.'),
      ].map(async (mail) => (await mail).digest),
    );
    expect(digests[0]).toBe(digests[1]);
    expect(new Set(digests).size).toBe(4);
  });

  it.each([
    ['', null],
    ['Rosa', null],
    ['a@b.example, c@d.example', 'a@b.example'],
    ['"x" <rosa@elsewhere.example>', 'rosa@elsewhere.example'],
    ['=?utf-8?q?a=40b=0D=0ABcc=3A_c=40d?=', null],
    ['<a b@c.example>', null],
    [`${'a'.repeat(300)}@b.example`, null],
  ])('says for the sender %j that it is %j', async (from, expected) => {
    expect((await read({ From: from })).from).toBe(expected);
  });

  it('says of two senders that it has none', async () => {
    const raw = mailOf({}, 'x').replace('To: ', 'From: other@elsewhere.example\r\nTo: ');
    expect((await readMail(Buffer.from(raw))).from).toBeNull();
  });
});

describe('a mail that no person wrote', () => {
  it.each<[Record<string, string>]>([
    [{ 'Auto-Submitted': 'auto-replied' }],
    [{ 'Auto-Submitted': 'auto-generated; x=y' }],
    [{ Precedence: 'Bulk' }],
    [{ Precedence: 'auto_reply' }],
    [{ 'List-Id': '<news.example.org>' }],
    [{ 'X-Autoreply': 'yes' }],
    [{ 'Return-Path': '<>' }],
    [{ 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }],
    [{ From: 'Mail <MAILER-DAEMON@mx.example>' }],
    [{ From: 'post@house.example' }],
    [{ From: 'POST@HOUSE.example' }],
  ])('is known by %j', async (headers) => {
    expect((await read(headers, 'x', ['post@house.example'])).isAutomatic).toBe(true);
  });

  it.each<[Record<string, string>]>([
    [{ 'Auto-Submitted': 'no' }],
    [{ Precedence: 'first-class' }],
    [{ 'X-Auto-Response-Suppress': 'OOF' }],
    [{ Subject: 'Out of work because of your system' }],
  ])('is none for %j', async (headers) => {
    expect((await read(headers)).isAutomatic).toBe(false);
  });
});

describe('a mail over which a parser thinks for long', () => {
  it('is refused when its time is over, and reads like any other before', async () => {
    const raw = Buffer.from(
      mailOf(
        MIXED,
        multipart('mixed', ['\r\nhi', `Content-Type: text/html\r\n\r\n${'\n'.repeat(2_000_000)}`]),
      ),
    );
    await expect(readApart(raw, [], 3000)).rejects.toMatchObject({
      name: 'UnreadableMail',
      reason: 'too-long',
    });
    await expect(
      readApart(Buffer.from(mailOf({ 'Content-Type': 'text/html' }, '<i>'.repeat(5000))), []),
    ).rejects.toMatchObject({ reason: 'too-long' });
    const files = multipart('mixed', [
      'Content-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj',
    ]);
    const mail = await readApart(Buffer.from(mailOf(MIXED, files)), []);
    expect(mail.files.map(({ content }) => [Buffer.isBuffer(content), content.toString()])).toEqual([
      [true, 'abc'],
    ]);
  });
});

describe('hostile bytes', () => {
  const nested = (depth: number) => {
    const heads = Array.from(
      { length: depth },
      (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
    );
    return mailOf(
      { 'Content-Type': 'multipart/mixed; boundary=b0' },
      `${heads.join('')}--b${depth}\r\n\r\nDeep.`,
    );
  };
  const mails: [string, string, boolean][] = [
    ['10 MB of text in one line', mailOf({}, 'x'.repeat(10_000_000)), false],
    ['4 MB of text', mailOf({}, 'It refused me. '.repeat(266_000)), true],
    [
      '1,000 parts',
      mailOf(
        MIXED,
        multipart(
          'mixed',
          Array.from({ length: 1000 }, (_, n) => `Content-Disposition: attachment; filename=${n}\r\n\r\nx`),
        ),
      ),
      true,
    ],
    ['parts 90 deep', nested(90), true],
    ['parts 10,000 deep', nested(10_000), false],
    [
      'mails in mails, 200 deep',
      mailOf({ 'Content-Type': 'message/rfc822' }, 'Content-Type: message/rfc822\r\n\r\n'.repeat(200)),
      true,
    ],
    ['450 kB of headers', mailOf({ 'X-A': 'a\r\n b'.repeat(150_000) }, 'x'), false],
    ['HTML 100,000 deep', mailOf({ 'Content-Type': 'text/html' }, '<div>'.repeat(100_000)), false],
    ['HTML of 5 MB', mailOf({ 'Content-Type': 'text/html' }, '<b>x</b>'.repeat(700_000)), false],
    [
      'a charset that nobody knows',
      mailOf({ 'Content-Type': 'text/plain; charset=x-klingon' }, 'It refused me.'),
      true,
    ],
    [
      'half characters',
      mailOf({ 'Content-Type': 'text/plain; charset=utf-16le' }, '\u0000\u00d8x\u0000'),
      true,
    ],
    ['NUL', mailOf({ Subject: 'a\u0000b' }, 'a\u0000b\u0007c'), true],
    ['a base64 that is none', mailOf({ 'Content-Transfer-Encoding': 'base64' }, '!!!!%%%%'), true],
    [
      'a boundary that never comes',
      mailOf({ 'Content-Type': 'multipart/mixed; boundary="never"' }, 'x'),
      true,
    ],
    [
      'an empty boundary',
      mailOf({ 'Content-Type': 'multipart/mixed; boundary=""' }, '--\r\n\r\nx\r\n----'),
      true,
    ],
    ['nothing', '', true],
    ['line breaks alone', '\r\n\r\n\r\n', true],
    ['encoded words without end', mailOf({ Subject: '=?utf-8?q?a?= '.repeat(5000) }, 'x'), true],
    [
      'names of files that break lines',
      mailOf(
        MIXED,
        multipart('mixed', ['Content-Disposition: attachment; filename="=?utf-8?q?a=0D=0Ab=00?="\r\n\r\nx']),
      ),
      true,
    ],
  ];

  it.each(mails)('are read or refused: %s', async (_what, raw, isRead) => {
    const mail = await readMail(Buffer.from(raw, 'latin1')).catch((error: unknown) => error);
    if (!isRead) return expect(mail).toBeInstanceOf(UnreadableMail);
    const { text, files } = mail as Awaited<ReturnType<typeof readMail>>;
    expect(isStorableText(text)).toBe(true);
    for (const { fileName } of files)
      expect([isStorableText(fileName), /\n/.test(fileName)]).toEqual([true, false]);
  });

  it('whatever they are, are text and files that can be stored', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\r\n',
        '--b\r\n',
        '--b--\r\n',
        'Content-Type: ',
        'multipart/mixed; boundary=b\r\n',
        'text/html\r\n',
        '=?utf-8?b?',
        '?=',
        '<p>',
        '&#0;',
        '&#xD800;',
        '<!--',
        ': ',
        'From: a@b.c\r\n',
        'Content-Transfer-Encoding: base64\r\n',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const raw = Buffer.from(
          `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${pieces.join('')}`,
        );
        const mail = await readMail(raw).catch((error: unknown) => {
          if (error instanceof UnreadableMail) return null;
          throw error;
        });
        if (!mail) return;
        expect(isStorableText(mail.text)).toBe(true);
        expect(mail.digest).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: 500 },
    );
  });

  it('name at most 50 mails that are answered', () => {
    expect(idsIn(Array.from({ length: 500 }, (_, n) => `<${n}@x.example>`).join(' '))).toHaveLength(50);
  });
});
