import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Drafts } from '../../src/casework/intake/drafts';
import { RetentionJob } from '../../src/jobs/retention.job';
import { DRAFT_COOKIE, cookieName } from '../../src/people/cookies';
import { LodgingPace } from '../../src/people/lodging-pace';
import { Ledger } from '../../src/ledger/ledger.service';
import { Settings } from '../../src/platform/settings';
import { Draft } from '../../src/records/entities/draft';
import { Evidence } from '../../src/records/entities/evidence';
import { LODGING_QUESTIONS } from '../../src/rules/lodging-questions';
import { newLetterCode, normaliseLetterCode } from '../../src/vault/letter-codes';
import { normaliseReceipt } from '../../src/vault/receipts';
import { LANGUAGES, say } from '../../src/words/words';
import { TestApp, type Answer } from '../harness/app';
import { engines } from '../harness/database';
import { hiddenIn, LodgingPages, receiptIn } from '../harness/lodging-pages';
import { openSignedNote } from '../ledger/signed-note';

const codeIn = ({ text }: Answer): string => /class="receipt"><bdi dir="ltr">([A-Z ]{24})</.exec(text)![1]!;
const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');

describe.each(engines())('a draft of a complaint on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine, {
      replace: () => [[LodgingPace, { secondsToWait: () => 0 }]],
    });
  });
  afterAll(() => app.close());

  const inStore = (): string[] => {
    const folder = join(app.database.dataDir, 'evidence');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  const drafts = () => app.source.getRepository(Draft).find();
  const codeOf = async (pages: LodgingPages) =>
    codeIn(await pages.press(await pages.get('/lodge/later'), '/lodge/later'));
  const open = async (pages: LodgingPages, code: string) =>
    pages.press(await pages.get('/lodge/continue'), '/lodge/continue', { code });
  /** What is left of drafts, their files and keys. */
  const left = async () => {
    const { drafts: rows, draft_files, doomed_files, data_keys } = await app.rowCounts();
    return [rows, draft_files, doomed_files, data_keys, inStore()];
  };

  it('begins with the first answer, whatever question it is, and not before', async () => {
    const before = await app.rowCounts();
    for (const { name } of LODGING_QUESTIONS.filter(({ fields }) => fields.length > 0)) {
      const pages = new LodgingPages(app);
      for (const path of ['/lodge', '/lodge/continue', `/lodge/${name}`]) {
        const page = await pages.get(path);
        expect([path, page.status, pages.cookie]).toEqual([path, 200, '']);
      }
      await pages.answer(name, {}, 'later');
      expect([name, pages.cookie]).toEqual([name, expect.stringMatching(/^redress_draft=[\w-]{43}$/)]);
      await pages.press(await pages.get('/lodge/later'), '/lodge/delete');
      expect(pages.cookie).toBe('');
    }
    expect(await app.rowCounts()).toEqual(before);
  });

  it('is no case: it has no reference, no entry and no letter, and it becomes one with everything in it', async () => {
    const before = await app.rowCounts();
    const mine = new LodgingPages(app);
    const answers = {
      narrative: 'It refused me.\r\nTwice.',
      country: 'FR',
      systemUnknown: 'yes',
      awareOfAiUse: 'no',
      complainantRole: 'group',
      whenHappened: 'In May',
      desiredOutcome: 'Another look',
      fearOfReprisal: 'serious',
      reprisalText: 'My shifts',
      identityMode: 'CONFIDENTIAL',
      name: 'Ada',
      'contact.kind': 'phone',
      'contact.value': '0171',
      'contact.safeContact': 'After eight',
      accommodation: 'Large print',
      keepOut: 'The night shift',
      'consent.CN-SENS': 'yes',
      'consent.CN-SHARE-UNIT': 'no',
    };
    for (const { name, fields } of LODGING_QUESTIONS)
      if (fields.length > 0)
        await mine.answer(
          name,
          Object.fromEntries(
            (fields as readonly string[]).map((field) => [field, (answers as never)[field] ?? '']),
          ),
        );
    const during = await app.rowCounts();
    for (const table of ['cases', 'entries', 'waiting_entries', 'parties', 'notices', 'idempotency_keys'])
      expect([table, during[table]]).toEqual([table, before[table]]);
    const receipt = receiptIn(await mine.send());
    const { body } = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    const kept = await app.ask<Record<string, unknown>>('GET', '/api/v1/my-case', { token: body.token });
    expect(kept.body).toMatchObject({
      narrative: 'It refused me.\nTwice.',
      systemKnown: null,
      systemUnknown: true,
      awareOfAiUse: false,
      complainantRole: 'group',
      whenHappened: 'In May',
      desiredOutcome: 'Another look',
      fearOfReprisal: 'serious',
      reprisalText: 'My shifts',
      identityMode: 'CONFIDENTIAL',
      name: 'Ada',
      contact: { kind: 'phone', value: '0171', safeContact: 'After eight' },
      accommodation: 'Large print',
      keepOut: 'The night shift',
      channel: 'web',
    });
    const after = await app.rowCounts();
    expect([after.drafts, after.cases! - before.cases!, after.consents! - before.consents!]).toEqual([
      0, 1, 2,
    ]);
  });

  it.each(LANGUAGES)('keeps what was typed before it says in %s what is wrong with it', async (language) => {
    const mine = new LodgingPages(app, language);
    for (const narrative of [' ', '\u200b\u3164']) {
      const empty = await mine.answer('what-happened', { narrative });
      expect([empty.status, empty.text]).toEqual([
        400,
        expect.stringContaining(say(language, 'error.narrative.empty')),
      ]);
    }
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const wrong: [string, Record<string, string>, string][] = [
      ['known', { identityMode: 'ANONYMOUS', name: 'Ada "A" <b>' }, 'error.name.not-in-mode'],
      [
        'contact',
        { 'contact.kind': 'email', 'contact.value': '', 'contact.safeContact': 'x' },
        'error.contact.value-or-none',
      ],
      ['contact', { 'contact.kind': 'none', 'contact.value': 'me@example.org' }, 'error.contact.none'],
      ['when', { whenHappened: 'a'.repeat(2001) }, 'error.text.too-long'],
      ['when', { whenHappened: 'a\u0000b' }, 'error.text.unreadable'],
      ['when', { whenHappened: 'a\ufffdb' }, 'error.text.unreadable'],
      ['computer', { awareOfAiUse: 'perhaps' }, 'error.yes-or-no'],
      ['who', { complainantRole: 'nobody' }, 'error.complainant-role.unknown'],
    ];
    for (const [question, fields, error] of wrong) {
      const page = await mine.answer(question, fields);
      expect([question, page.status, page.text]).toEqual([
        question,
        400,
        expect.stringContaining(say(language, error)),
      ]);
      const again = await mine.get(`/lodge/${question}`);
      for (const text of Object.values(fields).filter((each) => /^[\w. ]+$/.test(each)))
        if (!['nobody', 'perhaps'].includes(text)) expect(again.text).toContain(text);
      const refused = await mine.send();
      expect([question, refused.status]).toEqual([question, 400]);
      expect(refused.text).toContain(`href="#${question}"`);
      await mine.answer(question, Object.fromEntries(Object.keys(fields).map((field) => [field, ''])));
    }
    expect((await mine.send()).status).toBe(200);
  });

  it('is left and opened on another device by its code alone, and is then closed on the first', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    await mine.addFile({ name: 'letter.txt', content: 'Dear applicant', describes: 'The refusal' });
    const first = await codeOf(mine);
    const code = await codeOf(mine);
    expect(normaliseReceipt(code)).toBe(null);
    const other = new LodgingPages(app);
    const old = await open(other, first);
    expect([old.status, old.text]).toEqual([404, expect.stringContaining(say('en', 'error.draft.code'))]);
    const opened = await open(other, ` “${code.toLowerCase().replaceAll(' ', '-')}”,\u200b `);
    expect([opened.status, opened.headers.location]).toEqual([303, '/lodge/begun?to=check']);
    const check = await other.get('/lodge/check');
    for (const shown of ['It refused me.', 'letter.txt', 'The refusal']) expect(check.text).toContain(shown);

    const before = await drafts();
    const page = await mine.post('/lodge/when', {
      whenHappened: 'In "May"',
      _csrf: hiddenIn(check.text, '/lodge')._csrf!,
    });
    expect([page.status, page.text]).toEqual([410, expect.stringContaining(say('en', 'error.draft.closed'))]);
    expect(page.text).toContain('In &quot;May&quot;');
    expect(await drafts()).toEqual(before);
    const anew = await mine.press(page, '/lodge/when', { whenHappened: 'In "May"', go: 'next' });
    expect([anew.status, (await drafts()).length]).toEqual([303, before.length + 1]);
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');

    await other.press(await other.get('/lodge/later'), '/lodge/leave');
    expect([other.cookie, (await other.get('/lodge/check')).headers.location]).toEqual(['', '/lodge']);
    await open(other, code);
    expect(receiptIn(await other.send())).toMatch(/^\d{5}/);
    expect((await open(new LodgingPages(app), code)).status).toBe(404);
  });

  it('says of a receipt that was typed as its code what it is', async () => {
    const page = await open(new LodgingPages(app), '12345 67890 12345 67890 12345');
    expect([page.status, page.text]).toEqual([
      404,
      expect.stringContaining(say('en', 'error.draft.is-receipt')),
    ]);
  });

  it('is deleted at once when its writer says so, and 30 days after its last change by itself: rows, files and key', async () => {
    const empty = await left();
    const gone = new LodgingPages(app);
    await gone.answer('what-happened', { narrative: 'It refused me.' });
    await gone.addFile({ name: 'letter.txt', content: 'Dear applicant' });
    await gone.press(await gone.get('/lodge/later'), '/lodge/delete');
    expect(await left()).toEqual(empty);

    const old = new LodgingPages(app);
    await old.answer('what-happened', { narrative: 'It refused me.' });
    await old.addFile({ name: 'letter.txt', content: 'Dear applicant' });
    const code = await codeOf(old);
    app.time.addDays(20);
    await app.get(RetentionJob).run();
    await old.answer('when', { whenHappened: 'In May' });
    app.time.addDays(30);
    await app.get(RetentionJob).run();
    expect((await old.get('/lodge/check')).text).toContain('In May');
    app.time.addDays(1);
    expect((await old.get('/lodge/check')).headers.location).toBe('/lodge');
    expect((await open(new LodgingPages(app), code)).status).toBe(404);
    await app.get(RetentionJob).run();
    expect(await left()).toEqual(empty);
  });

  it('is not written on by a browser that keeps no cookie: wherever a draft begins, the next page says so', async () => {
    const blind = new LodgingPages(app, 'fr');
    const sentence = say('fr', 'error.draft.cookie');
    const nextOf = async (go: string) => {
      const { headers } = await blind.answer('what-happened', { narrative: 'On m’a refusé.' }, go);
      const { cookie } = blind;
      blind.cookie = '';
      const next = await blind.get(String(headers.location));
      blind.cookie = cookie;
      await blind.press(await blind.get('/lodge/later'), '/lodge/delete');
      return next;
    };
    for (const go of ['next', 'back', 'later'])
      expect(await nextOf(go)).toMatchObject({
        status: 409,
        text: expect.stringContaining(sentence) as string,
      });
    await blind.answer('what-happened', { narrative: 'On m’a refusé.' });
    const opened = await open(blind, await codeOf(blind));
    const { cookie } = blind;
    blind.cookie = '';
    expect((await blind.get(String(opened.headers.location))).text).toContain(sentence);
    blind.cookie = cookie;
    expect((await blind.get(String(opened.headers.location))).headers.location).toBe('/lodge/check?lang=fr');
    await blind.press(await blind.get('/lodge/later'), '/lodge/delete');
  });

  it('takes files one by one, gives each a line, takes one away again and brings the rest into the statement', async () => {
    const before = await app.rowCounts();
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'])
      expect((await mine.addFile({ name, content: `Dear ${name}`, describes: `About ${name}` })).status).toBe(
        303,
      );
    const full = await mine.get('/lodge/files');
    expect(full.text).not.toContain('type="file"');
    const forms = full.text.split('action="/lodge/files/remove"');
    const { file, _csrf } = hiddenIn(`<form action="/x"${forms[2]!}`.replace('>', ' >'), '/x');
    await mine.post('/lodge/files/remove', { file: file!, _csrf: _csrf! });
    expect((await mine.get('/lodge/files')).text).not.toContain('b.txt');
    const page = await mine.send();
    const receipt = receiptIn(page);
    const hashes = ['a.txt', 'c.txt', 'd.txt', 'e.txt'].map((name) => hashOf(`Dear ${name}`));
    for (const hash of hashes) expect(page.text).toContain(hash);
    const { body } = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    const kept = await app.ask<{ statement: string }>('GET', '/api/v1/my-case', { token: body.token });
    const statement = openSignedNote(app.get(Ledger).verifierKey, kept.body.statement);
    expect(statement.split('\n').slice(4, -1)).toEqual(
      hashes.map((hash, at) => `file ${at + 1} sha256 ${hash}`),
    );
    const second = await app.ask('GET', '/api/v1/my-case/evidence/2', { token: body.token });
    expect(second.text).toBe('Dear c.txt');
    expect((await app.rowCounts()).evidence! - before.evidence!).toBe(4);
    const rows = await app.source.getRepository(Evidence).find();
    expect(inStore()).toEqual(rows.flatMap(({ id }) => [id, `${id}.working`]).sort());
  });

  it('refuses a file that no complaint may bring, in words, and keeps what was said of it', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const stored = inStore();
    for (const [name, content, error] of [
      ['empty.txt', '', 'error.evidence.empty'],
      ['a.pdf', 'MZ\0\0\0\0', 'error.evidence.kind'],
      ['', '', 'error.evidence.forgotten'],
      [`${'a'.repeat(256)}.txt`, 'x', 'error.evidence.name'],
    ] as const) {
      const page = await mine.addFile({ name, content, describes: 'My "proof"' });
      expect([name, page.status, page.text]).toEqual([name, 400, expect.stringContaining(say('en', error))]);
      expect(page.text).toContain('My &quot;proof&quot;');
    }
    expect(inStore()).toEqual(stored);
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
  });

  it('does not let one window overwrite another silently, and takes what is then saved knowingly', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'First.' });
    const [left, right] = [await mine.get('/lodge/what-happened'), await mine.get('/lodge/what-happened')];
    const aside = await mine.get('/lodge/when');
    await mine.press(left, '/lodge/what-happened', { narrative: 'From the left.' });
    // Another question is not the same answer.
    expect((await mine.press(aside, '/lodge/when', { whenHappened: 'In May' })).status).toBe(303);
    const page = await mine.press(right, '/lodge/what-happened', { narrative: 'From the right.' });
    expect([page.status, page.text]).toEqual([
      409,
      expect.stringContaining(say('en', 'error.draft.conflict')),
    ]);
    for (const text of ['From the left.', 'From the right.']) expect(page.text).toContain(text);
    expect((await mine.get('/lodge/check')).text).toContain('From the left.');
    await mine.press(page, '/lodge/what-happened', { narrative: 'From the right.' });

    const stale = await mine.get('/lodge/check');
    expect(stale.text).toContain('From the right.');
    await mine.answer('when', { whenHappened: 'In June' });
    const refused = await mine.press(stale, '/lodge');
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringContaining(say('en', 'error.draft.changed')),
    ]);
    expect(receiptIn(await mine.press(refused, '/lodge'))).toBeTruthy();
  });

  it('is lodged once however often the button is pressed, and every press shows the same receipt', async () => {
    const before = await app.rowCounts();
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    await mine.addFile({ name: 'letter.txt', content: 'Dear applicant' });
    const check = await mine.get('/lodge/check');
    const pressed = await Promise.all([1, 2, 3, 4, 5].map(() => mine.press(check, '/lodge')));
    pressed.push(await mine.press(check, '/lodge'));
    expect(new Set(pressed.map(receiptIn)).size).toBe(1);
    for (const { text } of pressed) expect(text).toContain(hashOf('Dear applicant'));
    const after = await app.rowCounts();
    expect([after.cases! - before.cases!, after.evidence! - before.evidence!, after.drafts]).toEqual([
      1, 1, 0,
    ]);
    // Whoever goes back before the receipt is kept finds it again, and not an empty complaint.
    const back = await mine.get('/lodge/check');
    expect([back.status, receiptIn(back)]).toEqual([200, receiptIn(pressed[0]!)]);
    const start = await mine.get('/lodge');
    expect([start.text.includes('href="/lodge/check"'), start.text.includes(receiptIn(back))]).toEqual([
      true,
      false,
    ]);
    // Once the receipt is kept, the browser knows nothing any more.
    await mine.press(pressed[0]!, '/lodge/saved', { saved: 'yes' });
    expect(mine.cookie).toBe('');
    expect((await mine.press(check, '/lodge')).status).toBe(409);
    expect((await mine.get('/lodge')).text).not.toContain('href="/lodge/check"');
  });

  it('is changed by no form of another site', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const before = await drafts();
    for (const _csrf of ['', 'x', 'a'.repeat(64)])
      for (const [path, fields] of [
        ['/lodge/what-happened', { narrative: 'Forged.' }],
        ['/lodge', {}],
        ['/lodge/later', {}],
        ['/lodge/delete', {}],
        ['/lodge/leave', {}],
        ['/lodge/files/remove', { file: 'x' }],
        [`/lodge/files?_csrf=${_csrf}`, {}],
      ] as const) {
        const page = await mine.post(path, { ...fields, _csrf });
        expect([path, page.status >= 400 && page.status < 500, page.headers['set-cookie']]).toEqual([
          path,
          true,
          undefined,
        ]);
      }
    const foreign = new LodgingPages(app, 'en', { 'sec-fetch-site': 'cross-site' });
    for (const path of ['/lodge/what-happened', '/lodge/continue']) {
      const page = await foreign.post(path, { narrative: 'Forged.', code: newLetterCode() });
      expect([path, page.status, page.headers['set-cookie']]).toEqual([path, 403, undefined]);
    }
    expect(await drafts()).toEqual(before);
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
  });

  it('knows no page that is none, and answers hostile input in words', async () => {
    const mine = new LodgingPages(app);
    for (const path of ['/lodge/nothing', '/lodge/__proto__', '/lodge/constructor'])
      expect([path, (await mine.get(path)).status, (await mine.post(path, {})).status]).toEqual([
        path,
        404,
        404,
      ]);
    const page = await mine.post('/lodge/when', {
      whenHappened: '"><script>',
      version: '-1',
      from: 'x',
      go: 'x',
    });
    expect(page.status).toBe(303);
    const again = await mine.get('/lodge/when');
    expect(again.text).not.toContain('"><script>');
    await mine.press(again, '/lodge/delete'.replace('delete', 'when'), { version: 'NaN', whenHappened: 'x' });
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
  });

  it('lies sealed only: no word of it, no code and no token is in the database, its log, a file or an entry', async () => {
    const mine = new LodgingPages(app);
    await mine.answer('what-happened', { narrative: 'qxPlanted narrative' });
    await mine.answer('keep-out', { keepOut: 'qxPlanted people' });
    await mine.addFile({ name: 'qxPlanted.txt', content: 'qxPlanted content', describes: 'qxPlanted words' });
    const code = await codeOf(mine);
    const token = mine.cookie.split('=')[1]!;
    const secrets = ['qxPlanted', code, normaliseLetterCode(code)!, token];
    const look = async () => {
      const files = readdirSync(app.database.dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
      for (const secret of secrets)
        for (const shown of [secret, Buffer.from(secret).toString('hex'), secret.toLowerCase()])
          expect(files.some((bytes) => bytes.includes(shown))).toBe(false);
      for (const { tableName } of app.source.entityMetadatas) {
        const rows = JSON.stringify(await app.source.query(`SELECT * FROM "${tableName}"`));
        for (const secret of secrets) expect([tableName, rows.includes(secret)]).toEqual([tableName, false]);
      }
    };
    await look();
    const [row] = await drafts();
    expect(Object.keys(row!).sort()).toEqual([
      'answersSealed',
      'changedOn',
      'codeHash',
      'id',
      'revision',
      'tokenHash',
    ]);
    receiptIn(await mine.send());
    await look();
  });

  it('leaves a history that can be verified', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
    expect((await app.get(Drafts).open('x')) === null && (await drafts()).length).toBe(0);
  });
});

describe('a network that is asked to wait', () => {
  let app: TestApp;
  let wait = 0;
  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!, {
      replace: () => [[LodgingPace, { secondsToWait: () => wait }]],
    });
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)('reads in %s for how long, and loses nothing that was typed', async (language) => {
    const mine = new LodgingPages(app, language);
    wait = 17;
    const told = say(language, 'error.draft.wait', { seconds: 17 });
    const page = await mine.answer('what-happened', { narrative: 'It "refused" me.' });
    expect([page.status, page.headers['retry-after'], mine.cookie]).toEqual([429, '17', '']);
    for (const shown of [told, 'It &quot;refused&quot; me.']) expect(page.text).toContain(shown);
    wait = 0;
    await mine.press(page, '/lodge/what-happened', { narrative: 'It "refused" me.' });
    wait = 17;
    expect((await mine.answer('when', { whenHappened: 'In May' })).status).toBe(303);
    const check = await mine.send();
    expect([check.status, check.text]).toEqual([429, expect.stringContaining(told)]);
    wait = 0;
    const receipt = receiptIn(await mine.press(check, '/lodge'));
    wait = 17;
    expect(receiptIn(await mine.press(check, '/lodge'))).toBe(receipt);
  });
});

it('sets its cookie for this host alone', async () => {
  const app = await TestApp.start(engines()[0]!, { publicUrl: 'https://redress.example.org' });
  const set = await app.ask('POST', '/lodge/when', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'whenHappened=May',
  });
  expect(cookieName(DRAFT_COOKIE, app.get(Settings))).toBe('__Host-redress_draft');
  expect(String(set.headers['set-cookie'])).toMatch(
    /^__Host-redress_draft=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  await app.close();
});
