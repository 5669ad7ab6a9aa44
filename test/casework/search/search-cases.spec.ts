import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import complaints from '../../cases/open-cases.json';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { Lodge } from '../../../src/casework/intake/lodge';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { Messages } from '../../../src/casework/messages';
import { ReadWords } from '../../../src/casework/search/read-words';
import { SearchCases } from '../../../src/casework/search/search-cases';
import { HOUSE } from '../../../src/ledger/house';
import { Sessions } from '../../../src/people/sessions';
import { Log } from '../../../src/platform/log';
import { Case } from '../../../src/records/entities/case';
import { DataKey } from '../../../src/records/entities/data-key';
import { Entry } from '../../../src/records/entities/entry';
import { SearchedCase } from '../../../src/records/entities/searched-case';
import { SearchWord } from '../../../src/records/entities/search-word';
import { ENTITIES } from '../../../src/records/entity-list';
import { Transactions } from '../../../src/records/transactions';
import { STAFF_ROLES, CASE_ROLES } from '../../../src/rules/roles';
import { searchedWords } from '../../../src/rules/searchable-words';
import { SearchIndex } from '../../../src/vault/search-index';
import { ATTEMPT } from '../../harness/attempts';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

type SearchPage = Awaited<ReturnType<SearchCases['run']>>;

/** Lodges with these words in the narrative; gives the reference. */
async function lodge(house: House, narrative: string): Promise<string> {
  return (await house.get(Lodge).run({ narrative }, { role: 'RH' })).reference;
}

async function indexAll(house: House): Promise<void> {
  while ((await house.integrate()) > 0);
  while ((await house.get(IndexCases).follow()) > 0);
}

const referencesOf = ({ cases }: SearchPage) => cases.map(({ reference }) => reference);

const SAID = [
  'qqnarrative',
  'qqoutcome',
  'qqwhen',
  'qqsystem',
  'qqreprisal',
  'qqfromher',
  'qqfromstaff',
  'qqdescribes',
  'qqnote',
  'qqallegation',
];
const NEVER_FOUND = [
  'qqcontact',
  'qqdomain',
  'qqsafe',
  'qqaccommodation',
  'qqkeepout',
  'qqfilename',
  'qqcontent',
  'qqreveal',
  'qqreason',
  'qqattempt',
];

describe.each(engines())('search over sealed texts on %s', (engine) => {
  let house: House;
  let staff: Staff;
  /** What makes a statement of a change fail. */
  let watch: (sql: string) => void = () => undefined;

  beforeAll(async () => {
    house = await House.open(engine, (sql) => watch(sql));
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());
  afterEach(() => (watch = () => undefined));

  const search = (words: unknown, more: object = {}) =>
    house.get(SearchCases).run(staff.INT, { words, ...more });
  const entriesOfHouse = async () =>
    house.source.getRepository(Entry).find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
  const caseOf = (reference: string) => house.source.getRepository(Case).findOneByOrFail({ reference });
  const wordsOf = async (reference: string): Promise<number> => {
    const { id } = await caseOf(reference);
    const known = await house.source.getRepository(SearchedCase).findOneBy({ caseId: id });
    return known ? house.source.getRepository(SearchWord).countBy({ place: known.place }) : 0;
  };

  it('finds each of 26 complaints in 14 languages by every one of its words', async () => {
    const missed: string[] = [];
    const references = new Map<string, string>();
    for (const { id, language, narrative } of complaints) {
      const lodged = await house.get(Lodge).run({ language, narrative }, { role: 'RH' });
      references.set(id, lodged.reference);
    }
    await indexAll(house);
    for (const { id, narrative } of complaints) {
      const { id: caseId } = await caseOf(references.get(id)!);
      const words = searchedWords(narrative);
      expect(words.size).toBeGreaterThan(0);
      await house.get(Transactions).read(async (db) => {
        for (const word of words) {
          const found = await house.get(SearchIndex).find(db, [word], { narrow: () => undefined, most: 100 });
          if (!found.some((row) => row.caseId === caseId)) missed.push(`${id}: ${word}`);
        }
      });
      const longest = [...words].sort((a, b) => b.length - a.length).slice(0, 3);
      expect(referencesOf(await search(longest.join(' ')))).toContain(references.get(id));
    }
    expect(missed).toEqual([]);
  });

  it('finds what was written a moment ago, without waiting for the log or a job', async () => {
    const reference = await lodge(house, 'My wheelbarrow was scanned.');
    const page = await search('WHEELBARROW');
    expect(page).toEqual({
      cases: [expect.objectContaining({ reference, state: 'received', overdue: false, tier: null })],
      count: { cases: 1, isMore: false },
      next: null,
      notYetSearched: 0,
    });
    expect(Object.values(page.cases[0]!).join(' ')).not.toMatch(/wheelbarrow/i);
  });

  it('wants every word, in any order and wherever in the case it stands', async () => {
    const both = await lodge(house, 'An albatross, and a bassoon.');
    await lodge(house, 'An albatross alone.');
    expect(referencesOf(await search('bassoon albatross'))).toEqual([both]);
    expect(referencesOf(await search('albatross'))).toHaveLength(2);
    expect(referencesOf(await search('bassoon albatross zither'))).toEqual([]);
  });

  it('shows the newest first, page after page, each case once', async () => {
    const expected: string[] = [];
    for (let n = 0; n < 7; n++) {
      house.time.addDays(1);
      expected.unshift(await lodge(house, `The chandelier and number${n}.`));
    }
    const found: string[] = [];
    let cursor: string | undefined;
    for (let pages = 1; ; pages++) {
      const page = await search('chandelier', { limit: 3, cursor });
      found.push(...referencesOf(page));
      expect(page.next ?? '').not.toMatch(/chandelier/i);
      if (page.next === null) {
        expect(pages).toBe(3);
        break;
      }
      cursor = page.next;
    }
    expect(found).toEqual(expected);
  });

  describe('of a case that went its way', () => {
    let walk: Walk;
    const found = async (word: string) => referencesOf(await search(word)).includes(walk.reference);

    beforeAll(async () => {
      const lodged = await house.get(Lodge).run(
        {
          narrative: 'qqnarrative',
          desiredOutcome: 'qqoutcome',
          whenHappened: 'qqwhen',
          systemKnown: 'qqsystem',
          reprisalText: 'qqreprisal',
          accommodation: 'qqaccommodation',
          keepOut: 'qqkeepout',
          contact: { kind: 'email', value: 'qqcontact@qqdomain.example', safeContact: 'qqsafe' },
        },
        { role: 'RH' },
      );
      const { token } = await house.get(OpenCase).byReceipt(lodged.receipt, 'program');
      const holder = (await house.get(Sessions).resolve(token))!.visitor as Walk['holder'];
      walk = new Walk(house, staff, lodged.reference, lodged.receipt, holder);
      await house.get(Messages).write(walk.holder, 'qqfromher');
      await house.get(Messages).write(staff.INT, 'qqfromstaff', walk.reference);
      await house.get(EvidenceFiles).add(walk.holder, {
        fileName: 'qqfilename.txt',
        describes: 'qqdescribes',
        content: Readable.from([Buffer.from('qqcontent')]),
      });
      await walk.by('PRT', 'reveal-identity', { revealReason: 'qqreveal qqreason' });
      await walk.by('INT', 'record-contact-attempt', {
        ...ATTEMPT,
        attemptOn: house.time.today(),
        contactAttempt: 'qqattempt',
      });
      await walk.by('INT', 'acknowledge', {
        safeChannelChosen: true,
        noConflict: true,
        jurisdiction: 'EU',
        isDataRightsRequest: false,
        reporterIsWorker: false,
        concernsListedLaw: false,
        note: 'qqnote',
      });
      await walk.by('TRI', 'begin-eligibility', { noConflict: true });
      await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
      await walk.by('TRI', 'add-allegation', { allegationText: 'qqallegation' });
    });

    it.each(SAID)('finds what was said: %s', async (word) => {
      expect(await found(word)).toBe(true);
    });

    it.each(NEVER_FOUND)('never finds who somebody is, nor why a seal was opened: %s', async (word) => {
      expect(await found(word)).toBe(false);
    });

    it('leaves none of these words in the database or beside it', async () => {
      expect(await search('qqnarrative qqfromher')).toMatchObject({ cases: [{}] });
      await house.integrate();
      const tables = await Promise.all(
        ENTITIES.map((entity) =>
          house.source.query<unknown[]>(`SELECT * FROM "${house.source.getMetadata(entity).tableName}"`),
        ),
      );
      const everything = [JSON.stringify(tables), ...filesIn(house.database.dataDir)];
      const left = [...SAID, ...NEVER_FOUND].filter((word) => everything.some((text) => text.includes(word)));
      expect(left).toEqual([]);
    });
  });

  function filesIn(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'latin1'));
  }

  it('is for those who work on cases', async () => {
    const { holder } = await Walk.lodge(house, staff);
    for (const visitor of [{ kind: 'nobody' } as never, holder])
      await expect(house.get(SearchCases).run(visitor, { words: 'case' })).rejects.toMatchObject({
        kind: 'not-signed-in',
      });
    for (const role of STAFF_ROLES) {
      const run = house.get(SearchCases).run({ ...staff.INT, roles: [role] }, { words: 'case' });
      if (CASE_ROLES.includes(role)) await run;
      else await expect(run).rejects.toMatchObject({ kind: 'forbidden' });
    }
  });

  it.each([
    ['nothing', undefined, /as text/],
    ['a number', 7, /as text/],
    ['a list', ['a word'], /as text/],
    ['no letter', '', /at least one word/],
    ['spaces', '  \t ', /at least one word/],
    ['signs', '%_*"\'--', /at least one word/],
    ['one letter', 'a', /at least one word/],
    ['too many letters', 'a'.repeat(100_000), /200 characters/],
    ['too many words', Array.from({ length: 21 }, (_, n) => `w${n}x`).join(' '), /at most 20/],
    ['half a character', 'half \ud83d', /retype/],
    ['a control character', 'a\u0000b', /retype/],
  ])('refuses %s in one sentence, and records no search', async (_, words, sentence) => {
    const before = (await entriesOfHouse()).length;
    await expect(search(words)).rejects.toMatchObject({
      kind: 'invalid',
      needs: [{ field: 'words', sentence: expect.stringMatching(sentence) }],
    });
    expect(await entriesOfHouse()).toHaveLength(before);
  });

  it.each(['x', '20261124', "' OR 1=1", 7, {}, '99999999ZZZZZZZZ\n'])(
    'refuses a cursor that it did not give: %p',
    async (cursor) => {
      await expect(search('case', { cursor })).rejects.toMatchObject({
        kind: 'invalid',
        needs: [{ field: 'cursor' }],
      });
    },
  );

  it('is recorded before anybody sees a result: who, how many words, how many cases, no word', async () => {
    await lodge(house, 'An ocarina.');
    const before = (await entriesOfHouse()).length;
    await search('ocarina an');
    const added = (await entriesOfHouse()).slice(before);
    expect(added.map(({ body }) => JSON.parse(body) as object)).toEqual([
      expect.objectContaining({
        act: 'search-cases',
        by: { role: 'INT', ref: staff.INT.personId },
        at: house.time.now().toISOString(),
        facts: { words: 2, shown: 1, goesOn: false },
      }),
    ]);
    watch = (sql) => {
      if (/INSERT INTO "entries"/.test(sql)) throw new Error('the disk is on fire');
    };
    await expect(search('ocarina')).rejects.toThrow('the disk is on fire');
  });

  it('can be done by many at once: each has an entry of its own, and the history holds', async () => {
    const before = (await entriesOfHouse()).length;
    await Promise.all(Array.from({ length: 12 }, () => search('case')));
    expect(await entriesOfHouse()).toHaveLength(before + 12);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('forgets an erased case, whose words no later run brings back', async () => {
    const reference = await lodge(house, 'A xylophone.');
    const { id } = await caseOf(reference);
    await indexAll(house);
    expect(await wordsOf(reference)).toBeGreaterThan(0);
    await house.get(Transactions).change(async (db) => {
      await db.delete(DataKey, { ownerId: id });
      await house.get(SearchIndex).forgetCase(db, id);
    });
    expect(await wordsOf(reference)).toBe(0);
    await house.get(IndexCases).rebuild();
    expect(await wordsOf(reference)).toBe(0);
    expect(referencesOf(await search('xylophone'))).toEqual([]);
  });

  it('lets go of words of a case whose key went while they were on their way', async () => {
    const reference = await lodge(house, 'A kazoo.');
    const { id } = await caseOf(reference);
    const transactions = house.get(Transactions);
    let stored = 0;
    const erasing = Object.create(transactions, {
      change: {
        value: async (work: Parameters<Transactions['change']>[0]) => {
          // The words were read; the first change stores them.
          stored += 1;
          if (stored === 1) await transactions.change((db) => db.delete(DataKey, { ownerId: id }));
          return transactions.change(work);
        },
      },
    }) as Transactions;
    while ((await house.get(IndexCases).follow()) > 0);
    await house.integrate();
    await new IndexCases(erasing, house.get(ReadWords), house.get(SearchIndex), house.get(Log)).follow();
    expect(stored).toBeGreaterThan(1);
    expect(await wordsOf(reference)).toBe(0);
  });

  it('goes on after a case whose texts were changed behind its back', async () => {
    const broken = await lodge(house, 'A bandoneon.');
    const { id, narrativeSealed } = await caseOf(broken);
    const put = (sealed: string) =>
      house.source.getRepository(Case).update({ id }, { narrativeSealed: sealed });
    await put(`${narrativeSealed.slice(0, -8)}AAAAAAAA`);
    const after = await lodge(house, 'Another bandoneon.');
    expect(referencesOf(await search('bandoneon'))).toEqual([after]);
    await put(narrativeSealed);
    await indexAll(house);
    expect(referencesOf(await search('bandoneon'))).toEqual([after]);
    await house.get(IndexCases).rebuild();
    expect(referencesOf(await search('bandoneon')).sort()).toEqual([broken, after].sort());
  });
});

describe.each(engines())('the search index on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let watch: (sql: string) => void = () => undefined;
  const references: string[] = [];

  beforeAll(async () => {
    house = await House.open(engine, (sql) => watch(sql));
    staff = await hireStaff(house);
    for (let n = 0; n < 240; n++) references.push(await lodge(house, `A mandolin, number${n}.`));
    while ((await house.integrate()) > 0);
  });
  afterAll(() => house.close());

  const index = () =>
    house.source.query<unknown[]>('SELECT * FROM "search_words" ORDER BY "wordHash", "place"');
  const search = (words: string) => house.get(SearchCases).run(staff.INT, { words, limit: 100 });

  it('is behind after a long night, says how far, and catches up with every search', async () => {
    const written = await house.get(Transactions).read((db) => db.count(Entry));
    const first = await search('mandolin');
    expect(first.notYetSearched).toBe(written - 200);
    const later = await search('mandolin number239');
    expect(later.notYetSearched).toBe(0);
    expect(referencesOf(later)).toEqual([references[239]]);
  });

  it('is made anew, whatever moment it is ended at, and is the same as before', async () => {
    const whole = await index();
    await house.get(IndexCases).rebuild();
    expect(await index()).toEqual(whole);
    await house.source.query('DELETE FROM "search_words"');
    let ended = 0;
    for (let statement = 1; ; statement += 97) {
      let count = 0;
      watch = () => {
        count += 1;
        if (count === statement) throw new Error('killed');
      };
      const outcome = await house
        .get(IndexCases)
        .rebuild()
        .then(
          () => 'whole',
          () => 'ended',
        );
      watch = () => undefined;
      if (outcome === 'whole') break;
      ended += 1;
    }
    expect(ended).toBeGreaterThan(5);
    expect(await index()).toEqual(whole);
  });

  it('goes on where it was ended instead of beginning again', async () => {
    const seen: number[] = [];
    const run = (endAt: number) =>
      house.get(IndexCases).rebuild((done) => {
        seen.push(done);
        if (done >= endAt) throw new Error('killed');
      });
    await expect(run(1)).rejects.toThrow('killed');
    seen.length = 0;
    await run(Infinity);
    expect(seen[0]).toBeGreaterThan(0);
    seen.length = 0;
    await run(Infinity);
    expect(seen[0]).toBe(0);
  });

  it('is no history: verify is content without it', async () => {
    await house.source.query('DELETE FROM "search_words"');
    expect((await house.verify()).differences).toEqual([]);
  });

  it('holds the same hash for one word in every case, and others under another key', async () => {
    const other = await House.open(engine);
    const hash = (each: House) => each.get(SearchIndex).hashesOf(['mandolin']);
    expect(hash(house)).toEqual(hash(house));
    expect(hash(house)[0]).toMatch(/^[\w-]{12}$/);
    expect(hash(other)).not.toEqual(hash(house));
    await other.close();
  });
});
