import { IndexCases } from '../../../src/casework/search/index-cases';
import { ExportSearch } from '../../../src/casework/search/export-search';
import { SearchCases } from '../../../src/casework/search/search-cases';
import type { SearchQuestion } from '../../../src/casework/search/views';
import { ReadQueue } from '../../../src/casework/queue/read-queue';
import { HOUSE } from '../../../src/ledger/house';
import type { Officer } from '../../../src/people/visitor';
import { Entry } from '../../../src/records/entities/entry';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

const SEVERE = { scale: 4, scope: 3, irremediability: 4 };

describe.each(engines())('a search within the queue, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  /** With the word: moderate, severe, not assessed, withdrawn. Without it: severe. */
  let walks: Record<'moderate' | 'severe' | 'fresh' | 'ended' | 'wordless', Walk>;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    const lodge = (narrative: string) => Walk.lodge(house, staff, narrative, { systemKnown: undefined });
    walks = {
      moderate: await lodge('The qqgate stopped me. qqtwice'),
      severe: await lodge('At the qqgate again. qqtwice'),
      fresh: await lodge('A qqgate.'),
      ended: await lodge('The qqgate. qqtwice'),
      wordless: await lodge('Nothing of that.'),
    };
    await walks.moderate.toInvestigation();
    for (const walk of [walks.severe, walks.wordless]) await walk.toInvestigation(SEVERE);
    await walks.ended.by('RH', 'withdraw');
    while ((await house.integrate()) > 0);
    while ((await house.get(IndexCases).follow()) > 0);
  });
  afterAll(() => house.close());

  const search = (question: Partial<SearchQuestion>, who: Officer = staff.TRI) =>
    house.get(SearchCases).run(who, { words: 'qqgate', ...question });
  const found = async (question: Partial<SearchQuestion>, who?: Officer) =>
    (await search(question, who)).cases.map(({ reference }) => reference);
  const references = (...names: (keyof typeof walks)[]) => names.map((name) => walks[name].reference);

  it('finds every case of whatever state where no filter is chosen', async () => {
    const { cases, count } = await search({});
    expect(cases.map(({ reference }) => reference).sort()).toEqual(
      references('moderate', 'severe', 'fresh', 'ended').sort(),
    );
    expect(count).toEqual({ cases: 4, isMore: false });
  });

  it('is narrowed by every filter of the queue at once, counted and in its order', async () => {
    const { cases, count, next } = await search({ filter: { sort: 'now' } });
    expect(count).toEqual({ cases: 3, isMore: false });
    expect(next).toBeNull();
    const queue = await house.get(ReadQueue).page({ sort: 'now' }, staff.TRI);
    const inQueue = queue.cases.map(({ reference }) => reference);
    expect(cases.map(({ reference }) => reference)).toEqual(
      inQueue.filter((each) => each !== walks.wordless.reference),
    );
    expect(await found({ filter: { tier: 'MODERATE' } })).toEqual(references('moderate'));
    expect(await found({ filter: { tier: 'MODERATE', state: 'triage' } })).toEqual([]);
    expect(await found({ filter: { state: 'withdrawn' } })).toEqual(references('ended'));
    expect(await found({ filter: { assignee: 'nobody' } })).toEqual(references('fresh'));
    expect(await found({ words: 'qqgate qqtwice', filter: { stage: 'inquiry' } })).toHaveLength(2);
    expect(await found({ words: 'qqnowhere', filter: { stage: 'inquiry' } })).toEqual([]);
  });

  it('goes on page by page, and refuses a cursor of another list', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ filter: { sort: 'lodged' }, limit: 1, cursor });
      expect(page.count === null).toBe(cursor !== undefined);
      seen.push(...page.cases.map(({ reference }) => reference));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual(references('moderate', 'severe', 'fresh').sort());
    const { next } = await search({ limit: 1 });
    await expect(search({ filter: { sort: 'lodged' }, cursor: next })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('shows whoever is on some teams, or kept out of a case, those alone that they see', async () => {
    expect((await found({ filter: { sort: 'now' } }, staff.INV)).sort()).toEqual(
      references('moderate', 'severe').sort(),
    );
    expect(await found({ filter: { sort: 'now' } }, staff.EXE)).toEqual([]);
    const out = await house.officer('TRI');
    await walks.severe.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: out.personId });
    const { cases, count } = await search({ filter: { sort: 'now' } }, out);
    expect(cases.map(({ reference }) => reference).sort()).toEqual(references('moderate', 'fresh').sort());
    expect(count).toEqual({ cases: 2, isMore: false });
    expect((await search({}, out)).count).toEqual({ cases: 3, isMore: false });
  });

  it('is saved as a file, of which the history of the house tells, and neither the words', async () => {
    const question = { words: 'qqgate', filter: { tier: 'MODERATE' } };
    const { name, content } = await house.get(ExportSearch).run(question, staff.TRI, 'csv');
    expect(name).toMatch(/^found-2026-11-24\.csv$/);
    expect(content).toContain(walks.moderate.reference);
    expect(content.trim().split('\n')).toHaveLength(2);
    expect(content).not.toContain('qqgate');
    const whole = await house.get(ExportSearch).run({ words: 'qqgate' }, staff.TRI, 'json');
    expect(JSON.parse(whole.content)).toHaveLength(4);
    const told = await house.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'DESC' }, take: 2 });
    expect(told.map(({ body }) => body).join()).toMatch(
      /"act":"export-search".*"facts":\{"format":"json","shown":4,"words":1\}/,
    );
    expect(told.map(({ body }) => body).join()).not.toContain('qqgate');
  });
});
