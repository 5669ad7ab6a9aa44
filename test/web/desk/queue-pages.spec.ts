import { engines } from '../../harness/database';
import { Desk } from './desk';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('the queue and the search of the desk on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
  });
  afterAll(() => desk?.app.close());

  describe('the queue', () => {
    it('narrows, sorts and goes on page by page, and keeps the choice', async () => {
      for (let i = 0; i < 26; i++) await desk.app.lodge();
      const first = await desk.as('TRI').get('/desk?sort=lodged&state=received');
      const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
      expect(next).toContain('state=received');
      const second = await desk.as('TRI').get(next);
      const references = (html: string) =>
        [...html.matchAll(/cases\/(RD-[0-9A-Z-]{9})"/g)].map(([, each]) => each!);
      expect(references(first.text)).toHaveLength(25);
      expect(references(second.text).filter((each) => references(first.text).includes(each))).toEqual([]);
      expect(second.text).toContain('First page');
      expect((await desk.as('TRI').get('/desk?state=closed&due=overdue')).text).toContain('No case fits');
      expect((await desk.as('TRI').get('/desk?cursor=nonsense')).status).toBe(400);
      expect((await desk.as('TRI').get('/desk?state=nonsense&tier=&sort=x')).status).toBe(200);
    });

    it('keeps the choice of any language in which people may write, and says what it shows where no state is chosen', async () => {
      const { text } = await desk.as('TRI').get('/desk?language=it');
      expect(text).toMatch(/<option value="it" selected>Italian</);
      expect(wordsOf(text)).toContain('Open, and ended with a day to come');
      const newest = await desk.as('TRI').get('/desk?sort=lodged');
      expect(wordsOf(newest.text)).toContain('Every open state');
    });

    it('says of each case what is due, by law or by us, who works on it and what marks it', async () => {
      const { reference } = await desk.app.lodge({
        narrative: 'It said so.',
        fearOfReprisal: 'serious',
        language: 'sw',
      });
      const rowOf = async () => {
        const { text } = await desk.as('TRI').get('/desk?language=sw&limit=100');
        return wordsOf(text.split('<tr').find((row) => row.includes(`cases/${reference}"`))!);
      };
      expect(await rowOf()).toMatch(
        /Received Not set Fears reprisal \d{4}-\d\d-\d\d Acknowledge the complaint \(our own target\) Nobody yet Swahili/,
      );
      await desk.toEligibility(reference);
      expect(await rowOf()).toMatch(
        /Decide whether this is the right place to help \(our own target\) INT \d , TRI \d Swahili/,
      );
    });

    it('has pages of a size, and ticks all of one without script', async () => {
      const { text } = await desk.as('TRI').get('/desk?state=received&limit=50');
      const choose = /href="([^"]*choose=all[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&');
      expect(choose).toMatch(/state=received.*limit=50/);
      const boxes = (html: string) => html.match(/name="cases" type="checkbox"/g)!.length;
      const ticked = (html: string) => html.match(/name="cases" type="checkbox"[^>]* checked/g)?.length ?? 0;
      const all = (await desk.as('TRI').get(choose)).text;
      expect([boxes(text) > 25, ticked(text), ticked(all)]).toEqual([true, 0, boxes(text)]);
      expect(all).toContain('Choose none on this page');
      const small = await desk.as('TRI').get('/desk?state=received&limit=25');
      expect(/href="([^"]*cursor=[^"]*)"/.exec(small.text)![1]).toContain('limit=25');
    });

    it('asks for a case where none was chosen before anything is typed, and keeps a note that some cases did not take', async () => {
      const lead = desk.as('TRI');
      const press = (fields: Record<string, string>) =>
        lead.post('/desk/many-cases', { step: 'write-internal-note', ...fields });
      await lead.get('/desk');
      const none = await press({});
      expect(none.status).toBe(400);
      expect(wordsOf(none.text)).toContain('Choose at least one case.');
      expect(none.text).not.toContain('<textarea');
      const { reference } = await desk.app.lodge();
      await lead.get('/desk');
      const internalNote = 'All of them name one system.';
      const stale = await press({ cases: `${reference} 9`, press: 'do', internalNote });
      expect(wordsOf(stale.text)).toContain(`What you typed ${internalNote}`);
      await lead.get('/desk');
      const done = await press({ cases: `${reference} 1`, press: 'do', internalNote });
      expect(wordsOf(done.text)).toContain('Done in 1 of 1 case.');
      expect(done.text).not.toContain('What you typed');
    });

    it('shows only my cases when asked', async () => {
      const { reference } = await desk.app.lodge();
      const officer = await desk.app.officer('DIA');
      const mine = await DeskBrowser.of(desk.app, officer);
      expect((await mine.get('/desk?assignee=me')).text).toContain('No case fits');
      await desk.app.bring(reference, officer);
      expect((await mine.get('/desk?assignee=me')).text).toContain(reference);
    });
  });

  describe('searching', () => {
    const cases = (text: string) =>
      [...text.matchAll(/href="\/desk\/cases\/([\w-]+)"/g)].map(([, name]) => name);

    it('finds cases by words that stand in no address, title or address of a next page', async () => {
      const { reference } = await desk.app.lodge({ narrative: 'Le théorbe du voisin.' });
      const form = await desk.as('INT').get('/desk/search');
      expect(form.text).toMatch(/<form[^>]+method="post" action="\/desk\/search"/);
      const found = await desk.as('INT').post('/desk/search', { words: 'THEORBE voisin' });
      expect([found.status, cases(found.text)]).toEqual([200, [reference]]);
      expect(found.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(found.headers.location).toBeUndefined();
      expect(/<title>[^<]*/.exec(found.text)![0]).not.toMatch(/theorbe/i);
      // In the field, and in the form that saves what was found.
      expect(found.text.split(/theorbe/i)).toHaveLength(3);
      expect((await desk.as('INT').get('/desk/search?words=THEORBE')).text).not.toMatch(/theorbe/i);
    });

    it('searches within the filters of the queue in one form, keeps them from page to page, and saves what was found', async () => {
      for (let n = 0; n < 26; n++) await desk.app.lodge({ narrative: `A bassoon ${n}.` });
      const form = await desk.as('INT').get('/desk/search?state=received&tier=nonsense');
      expect(form.text).toMatch(/<option value="received" selected>/);
      await desk.as('INT').post('/desk/search', { words: 'bassoon', state: 'closed' });
      const first = await desk
        .as('INT')
        .post('/desk/search', { words: 'bassoon', state: 'received', sort: 'due', cursor: '' });
      expect(wordsOf(first.text)).toContain('26 cases fit.');
      expect(cases(first.text)).toHaveLength(25);
      const second = await desk.as('INT').post('/desk/search');
      expect(cases(second.text)).toHaveLength(1);
      expect(second.text).toMatch(/<option value="due" selected>/);
      const file = await desk.as('INT').post('/desk/search-export/json');
      expect(JSON.parse(file.text)).toHaveLength(26);
      expect(String(file.headers['content-disposition'])).not.toMatch(/bassoon/);
      expect((await desk.as('INT').post('/desk/search-export/xml')).status).toBe(404);
      expect((await desk.as('INT').get('/desk?state=received')).text).toContain(
        'href="/desk/search?state=received"',
      );
    });

    it('is shown to auditors: who, when and for how many words, and not for which', async () => {
      await desk.as('INT').get('/desk/search');
      await desk.as('INT').post('/desk/search', { words: 'theorbe' });
      const { text } = await desk.as('AUD').get('/audit/house');
      expect(wordsOf(text)).toMatch(
        /Search cases .*Intake officer: person [0-9a-f]{8}.*Words searched for 1/,
      );
      expect(wordsOf(text)).toContain('Checked now: every entry on this page');
      expect(text).not.toMatch(/theorbe|INT 2/i);
    });

    it('goes on by a form that sends the same words again', async () => {
      const lodged: string[] = [];
      for (let n = 0; n < 27; n++)
        lodged.push((await desk.app.lodge({ narrative: `A harmonium "${n}".` })).reference);
      const first = await desk.as('INT').post('/desk/search', { words: '"harmonium"', cursor: '' });
      expect(cases(first.text)).toHaveLength(25);
      expect(first.text).toContain('<input type="hidden" name="words" value="&quot;harmonium&quot;">');
      const second = await desk.as('INT').post('/desk/search', { words: '"harmonium"' });
      expect([...cases(first.text), ...cases(second.text)].sort()).toEqual(lodged.sort());
      expect(second.text).not.toContain('name="cursor"');
      expect(wordsOf((await desk.as('INT').post('/desk/search', { words: 'no-such-word' })).text)).toContain(
        'No case has all these words.',
      );
    });

    it.each([
      ['', 'Write at least one word'],
      ['x', 'Write at least one word'],
      ['a'.repeat(100_000), 'Shorten this to 200 characters.'],
    ])('says what is wrong with what was typed', async (words, sentence) => {
      await desk.as('INT').get('/desk/search');
      const answer = await desk.as('INT').post('/desk/search', { words });
      expect(wordsOf(answer.text)).toContain(sentence);
      expect(answer.status).toBe(400);
      expect(answer.text.length).toBeLessThan(40_000);
    });
  });
});
