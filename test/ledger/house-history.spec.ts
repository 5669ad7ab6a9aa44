import { HOUSE } from '../../src/ledger/house';
import { appendToHouse, readHouse, type HouseDeed } from '../../src/ledger/house-history';
import { Entry } from '../../src/records/entities/entry';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { Transactions } from '../../src/records/transactions';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk } from '../harness/walk';

const deed = (facts: Record<string, unknown> = {}): HouseDeed => ({
  act: 'search-cases',
  by: { role: 'INT', ref: null },
  at: '2026-11-24T09:00:00.000Z',
  facts,
});

describe.each(engines())('the history of the house on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine);
    await Walk.lodge(house, await hireStaff(house));
  });
  afterAll(() => house.close());

  const append = (facts?: Record<string, unknown>) =>
    house.get(Transactions).change((db) => appendToHouse(db, deed(facts)));
  const entries = () =>
    house.source.getRepository(Entry).find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
  const sentences = async () => (await house.verify()).differences.map(({ sentence }) => sentence);

  it('is one chain, whoever writes at once, beside the histories of cases', async () => {
    const before = await house.verify();
    const hired = (await entries()).length;
    await Promise.all(Array.from({ length: 20 }, (_, n) => append({ n })));
    expect((await entries()).map(({ n }) => n)).toEqual(Array.from({ length: hired + 20 }, (_, n) => n + 1));
    expect(await house.verify()).toEqual({
      cases: before.cases,
      entries: before.entries + 20,
      differences: [],
      erased: 0,
    });
  });

  it('leaves nothing when its change fails', async () => {
    const before = await entries();
    const failing = house.get(Transactions).change(async (db) => {
      await appendToHouse(db, deed());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await entries()).toEqual(before);
    await append();
    expect(await sentences()).toEqual([]);
  });

  it('has its places in the global log', async () => {
    while ((await house.integrate()) > 0);
    const leaves = await house.source.getRepository(LogLeaf).countBy({ ledgerId: HOUSE });
    expect(leaves).toBe((await entries()).length);
    expect(await sentences()).toEqual([]);
  });

  const pages = async (most: number) => {
    const read: { n: number[]; faults: string[] } = { n: [], faults: [] };
    for (let before: number | undefined; ;) {
      const page = await house.get(Transactions).read((db) => readHouse(db, { before, most }));
      read.n.push(...page.entries.map(({ n }) => n));
      read.faults.push(...page.faults.map(({ n, what }) => `${n} ${what}`));
      if (page.next === null) return read;
      before = page.next;
    }
  };

  it.each([1, 7, 20, 100])(
    'is read %i entries at a time, newest first, each once and checked',
    async (most) => {
      const whole = (await entries()).map(({ n }) => n).reverse();
      expect(await pages(most)).toEqual({ n: whole, faults: [] });
    },
  );

  it('shows every edit of somebody who took the guard away', async () => {
    const sql = (text: string, parameters: unknown[] = []) => house.source.query<unknown[]>(text, parameters);
    const place = (n: number) => house.source.driver.createParameter('p', n);
    if (engine === 'postgres') await sql('ALTER TABLE "entries" DISABLE TRIGGER USER');
    else for (const verb of ['update', 'delete']) await sql(`DROP TRIGGER "entries_no_${verb}"`);
    const [first, second] = (await entries()).filter(({ body }) => body.includes('search-cases')) as [
      Entry,
      Entry,
    ];
    const put = (column: string, value: unknown) =>
      sql(
        `UPDATE "entries" SET "${column}" = ${place(0)} WHERE "ledgerId" = '${HOUSE}' AND "n" = ${place(1)}`,
        [value, second.n],
      );
    const forgeries: [column: 'body' | 'leafHash', value: string, sentence: RegExp][] = [
      ['body', second.body.replace('search-cases', 'searched'), /does not have the hash/],
      ['body', second.body.replace('"from":"house"', '"from":"received"'), /begins in state/],
      ['body', second.body.replace('"to":"house"', '"to":"closed"'), /tells of a case/],
      [
        'body',
        second.body.replace('"rows":[]', '"rows":[{"id":"1","set":{},"table":"cases"}]'),
        /tells of a case/,
      ],
      ['body', first.body, new RegExp(`stands where entry ${second.n} should`)],
      ['body', 'nothing', /is not an entry any more/],
      ['leafHash', 'a'.repeat(64), /does not have the hash/],
    ];
    for (const [column, value, sentence] of forgeries) {
      await put(column, value);
      expect((await sentences()).join('\n')).toMatch(sentence);
      expect((await sentences())[0]).toMatch(new RegExp(`^history of the house, entry ${second.n}:`));
      expect((await pages(3)).faults.join('\n')).toMatch(sentence);
      await put(column, second[column]);
    }
    expect(await sentences()).toEqual([]);
    const last = (await entries()).at(-1)!;
    await sql(`DELETE FROM "entries" WHERE "ledgerId" = '${HOUSE}' AND "n" = ${place(0)}`, [last.n]);
    expect((await sentences()).join('\n')).toMatch(/entry \d+ of case house is gone/);
  });
});
