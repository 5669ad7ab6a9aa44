import { FindPatterns } from '../../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../../src/casework/patterns/pattern-reviews';
import { Systems } from '../../../src/casework/registers/systems';
import type { Officer } from '../../../src/people/visitor';
import { newId } from '../../../src/platform/ids';
import { PatternReview } from '../../../src/records/entities/pattern-review';
import { Transactions } from '../../../src/records/transactions';
import { SearchIndex } from '../../../src/vault/search-index';
import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { houseOf, hireStaff, Walk, type Staff } from '../../harness/walk';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('the pages of the dashboards on %s', (engine) => {
  let app: TestApp;
  let staff: Staff;
  let lead: TestOfficer;
  let visitor: Officer;
  let browser: DeskBrowser;
  let walk: Walk;
  let system: number;
  let review: string;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const house = houseOf(app);
    staff = await hireStaff(house);
    lead = await app.officer('TRI');
    visitor = { kind: 'officer', personId: lead.personId, roles: ['TRI'], unitHash: null, sessionHash: '' };
    browser = await DeskBrowser.of(app, lead);
    system = await app.get(Systems).add(visitor, {
      systemName: 'Benefit <scorer>',
      purpose: 'It rates applications.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    for (let n = 0; n < 3; n++) {
      walk = await Walk.lodge(house, staff);
      await walk.toInvestigation();
      await walk.by('TRI', 'name-system', { systemNumber: system });
      await walk.bring(visitor, 'TRI');
    }
    await app.get(FindPatterns).run();
    review = `/desk/patterns/${(await app.get(PatternReviews).list(visitor))[0]!.number}`;
  });
  afterAll(() => app.close());

  const page = async (path: string) => {
    const { status, text } = await browser.get(path);
    expect([path, status]).toEqual([path, 200]);
    return text;
  };

  it('lead from each number into the queue, which finds as many', async () => {
    for (const path of ['/desk/dashboard', '/desk/dashboard/cases', '/desk/dashboard/team']) {
      const text = await page(path);
      const links = [...text.matchAll(/<a class="govuk-link" href="(\/desk\?[^"]+)" aria-label="(\d+): /g)];
      expect(links.length).toBeGreaterThan(0);
      for (const [, href, count] of links) {
        const queue = wordsOf(await page(href!.replaceAll('&amp;', '&')));
        expect([href, queue]).toEqual([
          href,
          expect.stringMatching(new RegExp(`\\b${count} cases? fits?\\b`)),
        ]);
      }
    }
  });

  it('say the same numbers and definitions as programs get', async () => {
    const pages = [
      ['/desk/dashboard', 'own-work'],
      ['/desk/dashboard/cases', 'ageing'],
      ['/desk/dashboard/cases', 'clocks'],
      ['/desk/dashboard/times', 'dwell'],
      ['/desk/dashboard/team', 'team-load'],
    ];
    for (const [path, name] of pages) {
      const { body } = await app.ask<{ definitions: string[] }>('GET', `/api/v1/statistics/${name}`, lead);
      const words = wordsOf(await page(path!));
      for (const sentence of body.definitions)
        expect([path, words]).toEqual([path, expect.stringContaining(sentence)]);
    }
    const { body: work } = await app.ask<{ all: { open: number } }>(
      'GET',
      '/api/v1/statistics/own-work',
      lead,
    );
    expect(work.all.open).toBe(3);
    const { body: dwell } = await app.ask<{ states: object[] }>('GET', '/api/v1/statistics/dwell', lead);
    expect(dwell.states).toContainEqual({ state: 'triage', n: 3, median: 0, p90: 0 });
    const refused = await app.ask('GET', '/api/v1/statistics/dwell?from=x&to=2026-02-30', lead);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('"to"')]);
  });

  it('show a pattern on the page of its system, in the work of those who may take it, and take its decision', async () => {
    expect(wordsOf(await page(`/desk/systems/${system}`))).toContain('Reviews of patterns');
    const work = await page('/desk/dashboard');
    expect(work).toContain(`href="${review}"`);
    expect(work).toContain('Benefit &lt;scorer&gt;');
    const rules = wordsOf(await page('/desk/patterns'));
    expect(rules).toContain('a hit is a question and no proof');
    await page(review);
    expect((await browser.post(`${review}/owner`, { person: 'nobody' })).status).toBe(400);
    await page(review);
    const taken = await browser.post(`${review}/owner`, { person: staff.PRT.personId });
    expect(taken.status).toBe(303);
    expect(await page('/desk/dashboard')).not.toContain(`href="${review}"`);
    await page(review);
    const stale = await browser.post(`${review}/decision`, {
      revision: '1',
      patternDecision: 'PD-WATCH',
      decisionReasons: 'Typed before.',
    });
    expect([stale.status, wordsOf(stale.text)]).toEqual([412, expect.stringContaining('Typed before.')]);
    const wrong = await browser.post(`${review}/decision`, {});
    expect([wrong.status, wordsOf(wrong.text)]).toEqual([400, expect.stringContaining('There is a problem')]);
    const decided = await browser.post(`${review}/decision`, {
      patternDecision: 'PD-CORRECT',
      decisionReasons: '<b>The threshold</b> goes back.',
    });
    const shown = await browser.follow(decided);
    expect(shown.text).toContain('&lt;b&gt;The threshold&lt;/b&gt; goes back.');
    expect(wordsOf(shown.text)).toContain('The system or its use is changed');
    expect((await browser.post('/desk/patterns')).status).toBe(303);
  });

  it('name the group of a pattern, and lead to its cases only by the queue, which records that', async () => {
    const code = app.get(SearchIndex).hashOfGroup('AG-TENANT');
    await app.get(Transactions).change(async (db) => {
      const { id: _, ...other } = await db.findOneByOrFail(PatternReview, { systemNumber: system });
      await db.insert(PatternReview, { ...other, id: newId(), number: 77, rule: 'PT-GROUP', code });
    });
    const text = await page('/desk/patterns/77');
    expect(wordsOf(text)).toContain('One group more often than elsewhere: Tenants');
    expect(text).not.toContain(code);
    const [, href] = /href="(\/desk\?system=[^"]*)"/.exec(text)!;
    expect(wordsOf(await page(href!.replaceAll('&amp;', '&')))).toContain('No case fits');
  });

  it('are open to whom the table of acts names, and no others', async () => {
    const investigator = await DeskBrowser.of(app, await app.officer('INV'));
    const own = await investigator.get('/desk/dashboard');
    expect([own.status, own.text.includes('/desk/dashboard/team')]).toEqual([200, false]);
    expect((await investigator.get('/desk/dashboard/team')).status).toBe(403);
    expect((await investigator.get(review)).status).toBe(404);
    expect((await investigator.post('/desk/patterns')).status).toBe(403);
    for (const role of ['ADM', 'AUD'] as const) {
      const other = await DeskBrowser.of(app, await app.officer(role));
      for (const path of ['', '/cases', '/times', '/team'])
        expect((await other.get(`/desk/dashboard${path}`)).status).toBe(403);
      expect((await other.get('/desk/patterns')).status).toBe(403);
    }
  });
});
