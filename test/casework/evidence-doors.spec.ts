import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { TestApp, type Answer, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { picture, withMetadata } from '../vault/cleaning/pictures';
import { tracesIn } from '../vault/cleaning/traces';

const FORM = { 'content-type': 'multipart/form-data; boundary=xx' };

interface File {
  n: number;
  fileName: string;
  describes: string | null;
}

type Part = [field: string, content: string | Buffer, fileName?: string];

/** The body of a form, part by part: a text, or a file under a name. */
function formOf(...parts: Part[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(([field, content, fileName]) => [
      Buffer.from(
        `--xx\r\nContent-Disposition: form-data; name="${field}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--xx--\r\n'),
  ]);
}

describe.each(engines())('the doors of evidence on %s', (engine) => {
  let app: TestApp;
  let intake: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    intake = await app.officer('INT');
  });
  afterAll(() => app.close());

  const stored = () => {
    const folder = join(app.database.dataDir, 'evidence');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const kept = () => stored().filter((name) => !name.startsWith('draft'));
  const send = (token: string, body: Buffer) =>
    app.ask<File>('POST', '/api/v1/my-case/evidence', { token, headers: FORM, body });
  const list = async (token: string) =>
    (await app.ask<File[]>('GET', '/api/v1/my-case/evidence', { token })).body;

  const staffOpen = (reference: string, n: number) =>
    app.ask('GET', `/api/v1/cases/${reference}/evidence/${n}`, { token: intake.token });
  const acts = async (token: string) =>
    (await app.ask<{ act: string }[]>('GET', '/api/v1/my-case/timeline', { token })).body.map(
      ({ act }) => act,
    );
  const savedName = ({ headers }: Answer<unknown>) =>
    decodeURIComponent(String(headers['content-disposition']).split("filename*=UTF-8''")[1]!);

  /** The cookie of the case, and the address of its form for files. */
  async function page(receipt: string) {
    const opened = await app.ask('POST', '/my-case/open', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `receipt=${encodeURIComponent(receipt)}`,
    });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const { text } = await app.ask('GET', '/my-case', { headers: { cookie } });
    const address = /action="(\/my-case\/evidence\?[^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    return { cookie, address, text };
  }

  /** A body whose last part comes only a while after the file before it came to lie in the store. */
  async function* inTwoGoes(parts: Buffer, splitAt: string): AsyncGenerator<Buffer> {
    const place = parts.indexOf(splitAt) + splitAt.length;
    const before = kept().length;
    yield parts.subarray(0, place);
    while (kept().length === before) await delay(5);
    await delay(100);
    yield parts.subarray(place);
  }

  it('keeps what a file shows, also when it is said after the file and comes later', async () => {
    const { token, receipt } = await app.lodge();
    const { cookie, address } = await page(receipt);
    const body = formOf(['file', 'A letter.', 'letter.txt'], ['describes', 'What it shows.']);
    const late = () => Readable.from(inTwoGoes(body, 'name="describes"'));
    const api = await app.nest.inject({
      method: 'POST',
      url: '/api/v1/my-case/evidence',
      headers: { ...FORM, authorization: `Bearer ${token}` },
      payload: late(),
    });
    expect([api.statusCode, api.json<File>().describes]).toEqual([201, 'What it shows.']);
    const other = formOf(['file', 'Another letter.', 'letter.txt'], ['describes', 'What it shows.']);
    const form = await app.nest.inject({
      method: 'POST',
      url: address,
      headers: { ...FORM, cookie },
      payload: Readable.from(inTwoGoes(other, 'name="describes"')),
    });
    expect(form.statusCode).toBe(303);
    expect((await list(token)).map(({ describes }) => describes)).toEqual([
      'What it shows.',
      'What it shows.',
    ]);
  });

  it('asks what a file shows before the file, and keeps the answer when the file is refused', async () => {
    const { receipt } = await app.lodge();
    const { cookie, address, text } = await page(receipt);
    expect(text.indexOf('name="describes"')).toBeLessThan(text.indexOf('name="file"'));
    const answer = await app.ask('POST', address, {
      headers: { ...FORM, cookie },
      body: formOf(['describes', 'The letter of May.'], ['file', '', '']),
    });
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringContaining('value="The letter of May."'),
    ]);
  });

  it.each<[string, ...Part[]]>([
    ['before the file', ['describes', 'One.'], ['describes', 'Two.'], ['file', 'x', 'a.txt']],
    ['around the file', ['describes', 'One.'], ['file', 'x', 'a.txt'], ['describes', 'Two.']],
    ['after the file', ['file', 'x', 'a.txt'], ['describes', 'One.'], ['describes', 'Two.']],
    ['as a second file', ['file', 'x', 'a.txt'], ['file', 'y', 'b.txt']],
  ])('refuses a field that is sent twice, %s, and keeps nothing', async (_where, ...parts) => {
    const { token } = await app.lodge();
    const before = stored().length;
    const { status } = await send(token, formOf(...parts));
    expect([400, 413]).toContain(status);
    expect([await list(token), stored().length]).toEqual([[], before]);
  });

  it('takes a file without a name', async () => {
    const { token } = await app.lodge();
    const body = Buffer.from(
      '--xx\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: application/octet-stream\r\n\r\nA letter.\r\n--xx--\r\n',
    );
    expect((await send(token, body)).body.fileName).toBe('file');
  });

  it.each([
    ['report.bat', 'report.bat.txt'],
    ['photo\u202egpj.ps1', 'photogpj.ps1.txt'],
    ['notes.hta', 'notes.hta.txt'],
    ['evil.lnk.js', 'evil.lnk.js.txt'],
    ['desktop.ini\u200b', 'desktop.ini.txt'],
    ['WhatsApp Image 2026-11-20 at 23.14.07.txt', 'WhatsApp Image 2026-11-20 at 23.14.07.txt'],
    ['رسالة.txt', 'رسالة.txt'],
  ])('saves the copy of %j under its number, and the original as a text', async (sent, original) => {
    const { token, reference } = await app.lodge();
    const { body } = await send(token, formOf(['file', '@echo off\r\nstart calc\r\n', sent]));
    expect(body.fileName).toBe(sent.replace(/[\u202e\u200b]/, ''));
    expect(savedName(await staffOpen(reference, 1))).toBe('evidence-1.txt');
    const opened = await app.ask('POST', `/api/v1/cases/${reference}/evidence/1/original`, {
      token: intake.token,
      body: { reason: 'The name may matter for it.' },
    });
    expect(savedName(opened)).toBe(original);
    expect(opened.headers['content-disposition']).not.toMatch(/%E2%80%(AE|8B)/i);
    expect(savedName(await app.ask('GET', '/api/v1/my-case/evidence/1', { token }))).toBe(original);
  });

  it('bears the day of an upload on its files, and no time', async () => {
    const { token } = await app.lodge();
    await send(token, formOf(['file', 'Sent at night.', 'a.txt']));
    const times = stored().map((name) => statSync(join(app.database.dataDir, 'evidence', name)).mtime);
    expect(times.length).toBeGreaterThan(1);
    expect(new Set(times.map((time) => time.toISOString().slice(10)))).toEqual(new Set(['T12:00:00.000Z']));
  });

  it('gives the complainant a copy of what staff sent, without a trace of who made it', async () => {
    const { token, reference, receipt } = await app.lodge();
    const from = (body: Buffer) =>
      app.ask<File>('POST', `/api/v1/cases/${reference}/evidence`, {
        token: intake.token,
        headers: FORM,
        body,
      });
    const photo = await withMetadata(picture()).jpeg().toBuffer();
    await from(formOf(['file', photo, 'photo of A. Smith.jpg']));
    const opened = await app.ask('GET', '/api/v1/my-case/evidence/1', { token });
    expect([opened.status, savedName(opened), tracesIn(opened.bytes)]).toEqual([200, 'evidence-1.jpg', []]);
    await from(formOf(['file', String.raw`{\rtf1\ansi{\info{\author Somebody}} Letter}`, 'a.rtf']));
    const held = await app.ask('GET', '/api/v1/my-case/evidence/2', { token });
    expect([held.status, held.text]).toEqual([409, expect.stringContaining('another form')]);
    const { cookie, text } = await page(receipt);
    expect([text.includes('/my-case/evidence/1"'), text.includes('/my-case/evidence/2"')]).toEqual([
      true,
      false,
    ]);
    expect(text).toContain('Write to us and ask for it in another form.');
    const typed = await app.ask('GET', '/my-case/evidence/2', { headers: { cookie } });
    expect([typed.status, typed.text]).toEqual([409, expect.stringContaining('error-summary')]);
    expect(await acts(token)).toEqual(['lodge', 'add-evidence', 'add-evidence']);
  });

  it('writes no opening for HEAD, and opens nothing', async () => {
    const { token, reference } = await app.lodge();
    await send(token, formOf(['file', 'A letter.', 'a.txt']));
    const head = await app.ask('HEAD', `/api/v1/cases/${reference}/evidence/1`, {
      token: intake.token,
    });
    expect(head.status).toBe(404);
    expect(await acts(token)).toEqual(['lodge', 'add-evidence']);
    expect((await staffOpen(reference, 1)).status).toBe(200);
    expect(await acts(token)).toEqual(['lodge', 'add-evidence', 'open-evidence']);
  });

  it('says what is wrong with a reason: too short, too long', async () => {
    const { token, reference } = await app.lodge();
    await send(token, formOf(['file', 'A letter.', 'a.txt']));
    const say = async (reason: string) =>
      (
        await app.ask<{ needs: { sentence: string }[] }>(
          'POST',
          `/api/v1/cases/${reference}/evidence/1/original`,
          { token: intake.token, body: { reason } },
        )
      ).body.needs[0]!.sentence;
    for (const reason of ['because', '\u200b'.repeat(12), '\u3164\u2800'.repeat(6)])
      expect(await say(reason)).toContain('at least 10');
    expect(await say('because '.repeat(300))).toContain('2000');
  });

  it('takes a file that is sent again as the file it is, unless something else is said of it', async () => {
    const { token, reference } = await app.lodge();
    const letter = (describes: string, fileName = 'a.txt') =>
      send(token, formOf(['describes', describes], ['file', 'A letter.', fileName]));
    expect((await letter('Mine.')).body.n).toBe(1);
    const kept = stored().length;
    const again = await letter('Mine.');
    expect([again.status, again.body.n, stored().length]).toEqual([201, 1, kept]);
    expect(await acts(token)).toEqual(['lodge', 'add-evidence']);
    expect((await letter('Another word for it.')).body.n).toBe(2);
    expect((await letter('Mine.', 'b.txt')).body.n).toBe(3);
    const fromStaff = await app.ask<File>('POST', `/api/v1/cases/${reference}/evidence`, {
      token: intake.token,
      headers: FORM,
      body: formOf(['describes', 'Mine.'], ['file', 'A letter.', 'a.txt']),
    });
    expect(fromStaff.body.n).toBe(4);
  });

  it('leaves a history that can be verified', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
  });
});

it('keeps a file whose row was stored although the answer to its commit was lost', async () => {
  const app = await TestApp.start('postgres');
  const { token } = await app.lodge();
  const restore = losingOneCommit(app.source);
  const answer = await app.ask('POST', '/api/v1/my-case/evidence', {
    token,
    headers: FORM,
    body: formOf(['file', 'The only copy of my letter.', 'letter.txt']),
  });
  restore();
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect((await app.ask<File[]>('GET', '/api/v1/my-case/evidence', { token })).body).toHaveLength(1);
  expect((await app.ask('GET', '/api/v1/my-case/evidence/1', { token })).text).toBe(
    'The only copy of my letter.',
  );
  await app.close();
});

/** The next commit that stores evidence happens, and whoever asked for it hears that the connection broke. */
function losingOneCommit(source: DataSource): () => void {
  const make = source.createQueryRunner.bind(source);
  const restore = () => {
    source.createQueryRunner = make;
  };
  source.createQueryRunner = (...args) => {
    const runner = make(...args);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    let isEvidence = false;
    runner.query = (async (...given: unknown[]) => {
      const result = await query(...given);
      const sql = String(given[0]);
      isEvidence ||= /^INSERT INTO "evidence"/.test(sql);
      if (!isEvidence || !/^COMMIT/.test(sql)) return result;
      restore();
      throw new Error('Connection terminated unexpectedly');
    }) as typeof runner.query;
    return runner;
  };
  return restore;
}
