import { Readable } from 'node:stream';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Messages } from '../../src/casework/messages';
import type { Visitor } from '../../src/people/visitor';
import { engines } from '../harness/database';
import { CASE_COOKIE } from '../../src/people/cookies';
import { Desk } from './desk/desk';
import { wordsOf } from './desk/desk-browser';

describe.each(engines())('the pages of a long case, on %s', (engine) => {
  let desk: Desk;
  let reference: string;
  let token: string;

  beforeAll(async () => {
    desk = await Desk.open(engine);
    ({ reference, token } = await desk.app.lodge());
    const { personId } = await desk.app.officer('TRI');
    const visitor: Visitor = { kind: 'officer', personId, roles: ['TRI'], unitHash: null, sessionHash: '' };
    for (let n = 1; n <= 60; n += 1)
      await desk.app
        .get(EvidenceFiles)
        .add(
          visitor,
          { fileName: `File ${n}.txt`, content: Readable.from([Buffer.from(`${n}`)]) },
          reference,
        );
    for (let n = 1; n <= 120; n += 1)
      await desk.app.get(Messages).write(visitor, `Word ${n} of ours.`, reference);
  });
  afterAll(() => desk?.app.close());

  const linkIn = (html: string, words: string) =>
    new RegExp(`<a class="govuk-link" href="([^"]+)"[^>]*>${words}</a>`)
      .exec(html)?.[1]
      ?.replaceAll('&amp;', '&');

  it('lead staff from the newest messages and letters to the first, and back', async () => {
    const path = `/desk/cases/${reference}`;
    let page = await desk.as('TRI').get(path);
    expect(page.text).toContain('Word 120 of ours.');
    expect(page.text).not.toContain('Word 70 of ours.');
    expect(linkIn(page.text, 'Earlier letters')).toBeDefined();
    for (let pages = 0; pages < 2; pages += 1)
      page = await desk.as('TRI').get(linkIn(page.text, 'Earlier messages')!.split('#')[0]!);
    expect(page.text).toContain('Word 1 of ours.');
    expect(linkIn(page.text, 'Earlier messages')).toBeUndefined();
    expect(linkIn(page.text, 'Newest messages')).toBe(`${path}#messages`);
    const strange = await desk
      .as('TRI')
      .get(`${path}?messages=${encodeURIComponent("1' OR 1=1")}&letters=-1`);
    expect([strange.status, strange.text.includes('Word 120 of ours.')]).toEqual([200, true]);
  });

  it('lead staff and the person from the newest files to the first, and back', async () => {
    const path = `/desk/cases/${reference}`;
    const newest = await desk.as('TRI').get(path);
    expect([newest.text.includes('>File 60.txt<'), newest.text.includes('>File 10.txt<')]).toEqual([
      true,
      false,
    ]);
    const first = await desk.as('TRI').get(linkIn(newest.text, 'Earlier files')!.split('#')[0]!);
    expect([first.text.includes('>File 1.txt<'), first.text.includes('>File 11.txt<')]).toEqual([
      true,
      false,
    ]);
    expect(linkIn(first.text, 'Earlier files')).toBeUndefined();
    expect(linkIn(first.text, 'Newest files')).toBe(`${path}#evidence`);
    const get = (url: string) => desk.app.ask('GET', url, { headers: { cookie: `${CASE_COOKIE}=${token}` } });
    const mine = await get('/my-case?lang=fr');
    expect([mine.text.includes('File 60.txt'), mine.text.includes('File 10.txt')]).toEqual([true, false]);
    const [earlier] = [...mine.text.matchAll(/href="([^"]+)#evidence"/g)].map(([, href]) => href!);
    const herFirst = await get(earlier!.replaceAll('&amp;', '&'));
    expect(herFirst.text).toContain('<li value="1"><a class="govuk-link" href="/my-case/evidence/1">');
    expect(herFirst.text).not.toContain('File 11.txt');
    expect((await get('/my-case?evidence=x')).text).toContain('File 60.txt');
  });

  it('lead staff through the custody of a file', async () => {
    const path = `/desk/cases/${reference}/evidence/1/custody`;
    for (let times = 0; times < 55; times += 1)
      expect((await desk.as('TRI').get(`/desk/cases/${reference}/evidence/1`)).status).toBe(200);
    const newest = await desk.as('TRI').get(path);
    expect(newest.text.match(/desk-timeline__item/g)).toHaveLength(50);
    expect(wordsOf(newest.text)).not.toContain('Add evidence');
    const first = await desk.as('TRI').get(linkIn(newest.text, 'Earlier entries')!);
    expect(first.text.match(/desk-timeline__item/g)).toHaveLength(6);
    expect(wordsOf(first.text)).toContain('Add evidence');
    expect(linkIn(first.text, 'Newest entries')).toBe(path);
    const api = `/api/v1/cases/${reference}/evidence/1/custody`;
    type Custody = { lines: { n: number }[]; earlierLines: number | null };
    for (const role of ['TRI', 'AUD'] as const) {
      const { token: bearer } = await desk.app.officer(role);
      const page = await desk.app.ask<Custody>('GET', api, { token: bearer });
      const before = page.body.earlierLines!;
      expect([page.body.lines.length, page.body.lines[0]!.n]).toEqual([50, before]);
      const earlier = await desk.app.ask<Custody>('GET', `${api}?lines=${before}`, { token: bearer });
      expect([earlier.body.lines.length, earlier.body.earlierLines]).toEqual([6, null]);
      expect((await desk.app.ask('GET', `${api}?lines=0`, { token: bearer })).status).toBe(400);
    }
  });

  it('lead staff through the history', async () => {
    const newest = await desk.as('TRI').get(`/desk/cases/${reference}/history`);
    expect(newest.text).not.toContain('id="entry-1"');
    let first = newest;
    for (let earlier = linkIn(first.text, 'Earlier entries'); earlier;) {
      first = await desk.as('TRI').get(earlier);
      earlier = linkIn(first.text, 'Earlier entries');
    }
    expect(first.text).toContain('id="entry-1"');
    expect(wordsOf(first.text)).toContain('1. Lodge');
  });

  it('lead the person to everything that was written and done', async () => {
    const get = (url: string) => desk.app.ask('GET', url, { headers: { cookie: `${CASE_COOKIE}=${token}` } });
    const page = await get('/my-case?lang=fr');
    expect(page.text).toContain('Word 120 of ours.');
    const messages = linkIn(page.text, 'Plus ancien : Messages')!;
    expect((await get(messages.split('#')[0]!)).text).toContain('Word 21 of ours.');
    const timeline = [...page.text.matchAll(/href="([^"]+)#timeline"/g)].map(([, href]) => href!);
    const earlier = await get(timeline[0]!.replaceAll('&amp;', '&'));
    expect(earlier.text).toMatch(/lang="fr"/);
    expect(earlier.text.match(/portal-timeline/g)).toHaveLength(1);
  });

  it('lead programs to the letters of all pages', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const lettersOf = async (query: string) => {
      const { body } = await desk.app.ask<{ letters: object[]; earlierLetters: number | null }>(
        'GET',
        `/api/v1/my-case${query}`,
        { headers },
      );
      return [body.letters.length, body.earlierLetters] as const;
    };
    let [letters, before] = await lettersOf('');
    while (before !== null) {
      const [more, next] = await lettersOf(`?letters=${before}`);
      letters += more;
      before = next;
    }
    expect(letters).toBe(121);
    const { token: staffToken } = await desk.app.officer('TRI');
    const first = await desk.app.ask<{ earlier: { letters: number } }>('GET', `/api/v1/cases/${reference}`, {
      token: staffToken,
    });
    const second = await desk.app.ask<{ letters: { revision: number }[] }>(
      'GET',
      `/api/v1/cases/${reference}?letters=${first.body.earlier.letters}&messages=1`,
      { token: staffToken },
    );
    expect(second.body.letters.at(-1)!.revision).toBeLessThan(first.body.earlier.letters);
    expect(second.body).toMatchObject({ messages: [] });
    const files = async (query: string) =>
      (
        await desk.app.ask<{ evidence: object[]; earlier: { evidence: number | null } }>(
          'GET',
          `/api/v1/cases/${reference}${query}`,
          { token: staffToken },
        )
      ).body;
    expect((await files('')).earlier.evidence).toBe(11);
    expect(await files('?evidence=11')).toMatchObject({ earlier: { evidence: null } });
    const mine = await desk.app.ask<{ evidence: object[]; earlierEvidence: number | null }>(
      'GET',
      '/api/v1/my-case?evidence=11',
      { headers },
    );
    expect([mine.body.evidence.length, mine.body.earlierEvidence]).toEqual([10, null]);
    for (const wrong of ['letters=0', 'notes=x', 'messages=1&messages=2', 'evidence=-1'])
      expect(
        (await desk.app.ask('GET', `/api/v1/cases/${reference}?${wrong}`, { token: staffToken })).status,
      ).toBe(400);
  });

  it('tell programs where the page before begins, and refuse what is no page', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const ask = (path: string) =>
      desk.app.ask<{ n: number }[]>('GET', `/api/v1/my-case/${path}`, { headers });
    const newest = await ask('messages?limit=50');
    expect((newest.body as { n: number }[]).map(({ n }) => n)[0]).toBe(71);
    expect(newest.headers.link).toBe('</api/v1/my-case/messages?before=71&limit=50>; rel="next"');
    const all = await ask('messages?before=21');
    expect([(all.body as unknown[]).length, all.headers.link]).toEqual([20, undefined]);
    expect((await ask('timeline')).headers.link).toMatch(/timeline\?before=\d+&limit=100>; rel="next"$/);
    for (const wrong of ['messages?limit=101', 'messages?before=0', 'timeline?before=x', 'evidence?limit=-1'])
      expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 400]);
  });
});
