import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openNote } from '../../../src/ledger/signing-key';
import { Ledger } from '../../../src/ledger/ledger.service';
import { questions } from '../../../src/web/portal/papers/questions';
import { PAPER_NAMES } from '../../../src/web/portal/papers/papers';
import { direction, LANGUAGES, has, say, sayDay } from '../../../src/words/words';
import { TestApp, type Answer } from '../../harness/app';
import { engines } from '../../harness/database';
import { hiddenIn, LodgingPages } from '../../harness/lodging-pages';
import { FORM, Visitors } from '../../harness/visitors';
import { textOf } from '../paper/read-pdf';

const NARRATIVE = 'It stopped my benefit.\n#panic("x") <b>“Why?”</b> ‫لماذا؟‬ सिस्टम 自动系统 😀';
const FILE = 'Dear applicant, no.';
const SHA256 = createHash('sha256').update(FILE).digest('hex');

/** Signs that stand in a text and in a PDF alike: lines are broken elsewhere, and letters of some scripts are joined. */
const plain = (text: string) => text.replaceAll(/[^\p{Script=Latin}\p{Script=Cyrillic}\d]/gu, '');
const shownIn = async ({ headers, bytes, text }: Answer) =>
  plain(headers['content-type'] === 'application/pdf' ? await textOf(bytes) : text);

describe.each(engines())('what a person takes away on %s', (engine) => {
  let app: TestApp;
  let lodged: { receipt: string; reference: string };
  let page: string;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const parts = {
      narrative: NARRATIVE,
      desiredOutcome: 'A person decides.',
      awareOfAiUse: 'no',
      fearOfReprisal: 'some',
      identityMode: 'CONFIDENTIAL',
      name: 'Amina Example',
      'contact.kind': 'phone',
      'contact.value': '0123 456',
      'consent.CN-SENS': 'no',
    };
    const file = { name: 'letter from them.txt', content: FILE };
    const answer = await new LodgingPages(app).lodge(parts, [file]);
    page = answer.text;
    lodged = {
      receipt: /name="receipt" value="([^"]+)"/.exec(page)![1]!,
      reference: /RD-\w{4}-\w{4}/.exec(page)![0],
    };
  });
  afterAll(() => app.close());

  const post = (url: string, body: Record<string, string>) =>
    app.ask('POST', url, { headers: FORM, body: new URLSearchParams(body).toString() });
  const open = async () => {
    const opened = await post('/my-case/open', { receipt: lodged.receipt });
    return String(opened.headers['set-cookie']).split(';')[0]!;
  };

  it('is offered on the page of the receipt and on that of the case, without an address that tells of it', async () => {
    const cookie = await open();
    const mine = (await app.ask('GET', '/my-case', { headers: { cookie } })).text;
    for (const name of PAPER_NAMES) {
      expect(page).toContain(`action="/papers/${name}"`);
      expect(mine).toContain(`href="/my-case/papers/${name}"`);
      expect(name).not.toMatch(/complain|case|griev|receipt|proof|lodg/);
    }
  });

  it('is got with the receipt alone, leaves no session behind, and is the same as from the case', async () => {
    const before = await app.rowCounts();
    const cookie = await open();
    for (const name of PAPER_NAMES) {
      const byReceipt = await post(`/papers/${name}`, { receipt: lodged.receipt });
      const ofCase = await app.ask('GET', `/my-case/papers/${name}`, { headers: { cookie } });
      for (const { status, headers } of [byReceipt, ofCase]) {
        expect(status).toBe(200);
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          'content-type': name.endsWith('.pdf') ? 'application/pdf' : 'text/plain; charset=utf-8',
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
        });
        expect(headers['set-cookie']).toBeUndefined();
      }
      expect(byReceipt.bytes.equals(ofCase.bytes)).toBe(true);
    }
    const after = await app.rowCounts();
    expect({ ...after, sessions: 0 }).toEqual({ ...before, sessions: 0 });
    expect(after.sessions).toBe(before.sessions! + 1);
  });

  it.each(LANGUAGES)('holds every answer below its question, and every file, in %s', async (language) => {
    for (const name of ['copy.pdf', 'copy.txt']) {
      const shown = await shownIn(
        await post(`/papers/${name}?lang=${language}`, { receipt: lodged.receipt }),
      );
      const expected = [
        ...[
          'narrative',
          'desiredOutcome',
          'awareOfAiUse',
          'fearOfReprisal',
          'identityMode',
          'name',
          'contact.kind',
        ].map((field) => say(language, `lodge.${field}.label`)),
        ...[
          'page.no',
          'code.fearOfReprisal.some',
          'code.identityMode.CONFIDENTIAL',
          'code.contact.kind.phone',
        ].map((key) => say(language, key)),
        say(language, 'consent.CN-SENS'),
        NARRATIVE,
        'A person decides.',
        'Amina Example',
        '0123 456',
        'letter from them.txt',
        SHA256,
        lodged.reference,
        say(language, 'start.rights'),
      ];
      for (const words of expected)
        expect([name, shown.includes(plain(words)), words]).toEqual([name, true, words]);
      expect(shown).not.toContain(plain(lodged.receipt));
      expect(shown).not.toContain(plain(say(language, 'lodge.whenHappened.label')) || 'whenHappened');
    }
  });

  it('holds as text every sign that was written', async () => {
    const { text } = await post('/papers/copy.txt', { receipt: lodged.receipt });
    expect(text).toContain(NARRATIVE);
  });

  it('holds what the person wrote later, and nothing that staff wrote', async () => {
    const cookie = await open();
    const mine = (await app.ask('GET', '/my-case', { headers: { cookie } })).text;
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(mine)![1]!;
    const body = new URLSearchParams({ _csrf, text: 'My second thought.' }).toString();
    await app.ask('POST', '/my-case/messages', { headers: { ...FORM, cookie }, body });
    const { token } = await app.officer('INT');
    await app.ask('POST', `/api/v1/cases/${lodged.reference}/messages`, {
      token,
      body: { text: 'Our secret view.' },
    });
    // Of a question that was left empty, and of one that was answered.
    for (const [amendedPart, amendText] of [
      ['whenHappened', 'It began in May.'],
      ['narrative', 'And it stopped my rent.'],
    ] as const) {
      const page = (await app.ask('GET', '/my-case/steps/amend-complaint', { headers: { cookie } })).text;
      const { _csrf: token, seen } = hiddenIn(page, '/my-case/steps/amend-complaint');
      const form = {
        _csrf: token!,
        seen: seen!,
        amendKind: 'CORRECTION',
        amendedPart,
        amendText,
        writtenIn: 'en',
      };
      const step = { headers: { ...FORM, cookie }, body: new URLSearchParams(form).toString() };
      expect((await app.ask('POST', '/my-case/steps/amend-complaint', step)).status).toBe(303);
    }
    const corrected = say('en', 'mycase.amended.CORRECTION', { day: sayDay('en', app.time.today()) });
    for (const name of ['copy.pdf', 'copy.txt']) {
      const shown = await shownIn(await post(`/papers/${name}`, { receipt: lodged.receipt }));
      expect(shown).toContain(plain('My second thought.'));
      expect(shown).toContain(plain('It began in May.'));
      expect(shown).toContain(plain('And it stopped my rent.'));
      expect(shown.split(plain(corrected)).length - 1).toBe(2);
      expect(shown).not.toContain(plain('Our secret view.'));
    }
  });

  it.each(LANGUAGES)(
    'proves the lodging and says how to check that, without a word of it, in %s',
    async (language) => {
      const signed = await post('/papers/signed.txt', { receipt: lodged.receipt });
      const key = app.get(Ledger).verifierKey;
      const note = openNote(key, signed.text);
      expect(note).toContain(lodged.reference);
      expect(note).toContain(SHA256);
      for (const name of ['record.pdf', 'record.txt']) {
        const answer = await post(`/papers/${name}?lang=${language}`, { receipt: lodged.receipt });
        const shown = await shownIn(answer);
        // In a line from right to left, what is read from left to right stands in pieces, the last one first.
        const isInPieces = direction(language) === 'rtl' && name.endsWith('.pdf');
        const isShown = (words: string) =>
          (isInPieces ? words.split(/[^\p{Script=Latin}\p{Script=Cyrillic}\d]+/u) : [words]).every((piece) =>
            shown.includes(plain(piece)),
          );
        for (const words of [
          lodged.reference,
          sayDay(language, app.time.today()),
          SHA256,
          signed.text,
          key,
          say(language, 'paper.record.proves.entry'),
          say(language, 'paper.record.check.signature'),
        ])
          expect([name, isShown(words), words]).toEqual([name, true, words]);
        for (const words of ['stopped', 'Amina', '0123456', 'letterfrom', plain(lodged.receipt), 'Aperson'])
          expect([name, words, shown.includes(words)]).toEqual([name, words, false]);
        if (name.endsWith('.txt')) expect(answer.text).toContain(signed.text.trimEnd());
      }
    },
  );

  it('is not given for another receipt, another name or no case, and does not say which it was', async () => {
    for (const receipt of ['', '1', '00000 00000 00000 00000 00000', 'x'.repeat(5_000)]) {
      const refused = await post('/papers/copy.pdf', { receipt });
      expect(refused.status).toBe(404);
      expect(refused.text).toContain(say('en', 'error.receipt'));
    }
    expect((await post('/papers/none.pdf', { receipt: lodged.receipt })).status).toBe(404);
    expect((await post('/papers/constructor', { receipt: lodged.receipt })).status).toBe(404);
    expect((await app.ask('GET', '/my-case/papers/copy.pdf')).headers.location).toBe('/my-case/open');
    expect((await app.ask('GET', '/papers/copy.pdf')).status).toBe(404);
  });

  it('is of the own case alone', async () => {
    const other = await app.lodge({ narrative: 'Something else entirely.' });
    const shown = await shownIn(await post('/papers/copy.txt', { receipt: other.receipt }));
    expect(shown).toContain(plain('Something else entirely.'));
    expect(shown).not.toContain(plain('It stopped my benefit'));
  });

  it('is a card with what opens the case and where, or one that does not say what it is for', async () => {
    for (const language of LANGUAGES) {
      const { receipt, reference } = lodged;
      const full = await post(`/card/pdf?lang=${language}`, { receipt, reference, look: 'full' });
      const bare = await post(`/card/pdf?lang=${language}`, { receipt, reference, look: 'bare' });
      for (const { status, headers } of [full, bare])
        expect([status, headers['content-type'], headers['cache-control']]).toEqual([
          200,
          'application/pdf',
          'no-store',
        ]);
      expect(await shownIn(full)).toContain(plain('http://localhost:3000/my-case/open'));
      expect(await shownIn(full)).toContain(plain(reference));
      for (const each of [full, bare]) expect(await shownIn(each)).toContain(plain(receipt));
      expect((await shownIn(bare)).replace(plain(receipt), '').replace('11', '')).toBe(
        plain(say(language, 'card.bare')),
      );
    }
    expect((await post('/card/pdf', { receipt: 'none' })).status).toBe(400);
    const forged = await post('/card/pdf', { receipt: lodged.receipt, reference: 'RD-AAAA-BBBB and more' });
    expect(await shownIn(forged)).not.toContain('andmore');
  });

  it('leaves no word of it in a file of the house', async () => {
    await post('/papers/copy.pdf', { receipt: lodged.receipt });
    const files = readdirSync(app.database.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(app.database.dataDir, name))
      .filter((path) => statSync(path).isFile());
    expect(files.filter((path) => readFileSync(path).includes('stopped my benefit'))).toEqual([]);
  });

  it('says on the page of the receipt what happens next, by which day, and whether a law or we say so', () => {
    const days = ['receipt.next.ack', 'receipt.next.eligibility', 'receipt.next.data', 'receipt.next.breach'];
    for (const key of days)
      expect(page).toMatch(new RegExp(say('en', key, { day: '@' }).replace('@', '[A-Z][a-z]+ \\d+, \\d{4}')));
    expect(page.split(say('en', 'receipt.next.promise')).length - 1).toBe(2);
    expect(page.split(say('en', 'receipt.next.law')).length - 1).toBe(2);
    expect(page).toContain(say('en', 'start.rights'));
  });

  it('says on the page of the receipt the day for confirming that the page of the case holds us to', async () => {
    const [, day] = new RegExp(say('en', 'receipt.next.ack', { day: '([A-Z][a-z]+ \\d+, \\d{4})' })).exec(
      page,
    )!;
    const mine = await app.ask('GET', '/my-case', { headers: { cookie: await open() } });
    const what = say('en', 'promise.TARGET-ACK');
    expect(mine.text).toContain(say('en', 'mycase.next.by-us', { what, day: day! }));
  });

  it('keeps the page of the receipt whole, whatever days a form brings', async () => {
    const { receipt } = lodged;
    for (const day of ['', 'x', '2026-13-01', '2026-02-31', '9999-12-31', '<b>', '-1'])
      for (const [ackBy, lodgedOn] of [
        [day, '2026-11-24'],
        ['2026-12-01', day],
      ] as const) {
        const again = await post('/lodge/saved', { receipt, ackBy, lodgedOn });
        expect([day, again.status]).toEqual([day, 400]);
        expect(again.text).not.toContain('<b>');
      }
  });
});

describe('the questions of papers', () => {
  it('are those of the form, each with its words', () => {
    const fields = questions().map(({ field }) => field);
    for (const field of [
      'narrative',
      'desiredOutcome',
      'whenHappened',
      'contact.kind',
      'contact.value',
      'accommodation',
    ])
      expect(fields).toContain(field);
    expect(fields).not.toContain('channel');
    for (const { label, field, choices } of questions()) {
      expect([field, has(label)]).toEqual([field, true]);
      expect([field, choices?.length ?? 2]).not.toEqual([field, 0]);
    }
  });
});

describe('a copy after erasure', () => {
  it('is not there any more', async () => {
    const app = await TestApp.start('sqlite');
    try {
      const visitors = await Visitors.of(app);
      const { receipt } = visitors.mine;
      await app.source.query('UPDATE cases SET "erasedOn" = \'2026-11-24\', "erasedUnder" = \'RS-CASE\'');
      const body = new URLSearchParams({ receipt }).toString();
      expect((await app.ask('POST', '/papers/copy.pdf', { headers: FORM, body })).status).toBe(410);
    } finally {
      await app.close();
    }
  });
});
