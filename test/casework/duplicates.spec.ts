import { ReadCase } from '../../src/casework/read-case';
import { IndexCases } from '../../src/casework/search/index-cases';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { watchReading } from '../harness/watch-reading';

const LETTER =
  'The program Quillfinch stopped the housing allowance on the third of November; clerk Room 14 said the score of the flat in Larkspur Lane was too low, and nobody listened.';
const SAME =
  'On the third of November my housing allowance was stopped by Quillfinch. In Room 14 they told me the score for Larkspur Lane is too low. I wrote twice.';
const ANOTHER = 'A camera at the gate takes me for somebody else, and the guard sends me away each morning.';

describe.each(engines())('cases that may tell of the same, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let same: Walk;
  let another: Walk;
  const statements: string[] = [];

  beforeAll(async () => {
    house = await House.open(engine);
    watchReading(house, (sql) => void statements.push(sql));
    staff = await hireStaff(house);
    [walk, same, another] = [await lodge(LETTER), await lodge(SAME), await lodge(ANOTHER)];
    await house.integrate();
    await house.get(IndexCases).catchUp();
  });
  afterAll(() => house.close());

  const lodge = (narrative: string) =>
    Walk.lodge(house, staff, narrative, { systemKnown: undefined, desiredOutcome: undefined });
  const duplicates = async (of: Walk, who: keyof Staff = 'TRI') =>
    (await house.get(ReadCase).forStaff(of.reference, staff[who])).duplicates;

  /** What was found, and how many statements asked for words. */
  const statementsOf = async (work: () => Promise<unknown[]>) => {
    statements.length = 0;
    const found = await work();
    return { found, ofWords: statements.filter((sql) => sql.includes('"search_words"')).length };
  };

  it('are suggested by the unusual words that stand in both, to whoever reads the one or the other', async () => {
    const [found, ...others] = await duplicates(walk);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      reference: same.reference,
      state: 'received',
      lodgedOn: '2026-11-24',
      sameDomain: false,
      sameHarm: false,
      daysApart: 0,
    });
    expect(found!.words).toBeGreaterThanOrEqual(4);
    expect((await duplicates(same)).map(({ reference }) => reference)).toEqual([walk.reference]);
    expect(await duplicates(another)).toEqual([]);
  });

  it('are not suggested where everybody uses these words', async () => {
    const campaign = [];
    for (let n = 0; n < 4; n += 1) campaign.push(await lodge(ANOTHER));
    await house.integrate();
    await house.get(IndexCases).catchUp();
    expect(await duplicates(campaign[0]!)).toEqual([]);
  });

  it('are told to those alone who may join the two cases, and nobody else asks for them', async () => {
    for (const who of ['INT', 'PRT', 'DPO'] as const) {
      const asked = await statementsOf(() => duplicates(walk, who));
      expect([who, asked.found, asked.ofWords]).toEqual([who, [], 0]);
    }
  });

  it('take as many statements for many words as for few', async () => {
    const { found, ofWords } = await statementsOf(() => duplicates(walk));
    expect(found).toHaveLength(1);
    expect(ofWords).toBe(2);
  });

  it('are hidden from whoever is kept out of them, and no longer looked for once they are linked', async () => {
    const keptOut = await house.officer('TRI');
    const seen = () => house.get(ReadCase).forStaff(walk.reference, keptOut);
    expect((await seen()).duplicates).toHaveLength(1);
    await same.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: keptOut.personId });
    expect((await seen()).duplicates).toEqual([]);
    expect(await duplicates(walk)).toHaveLength(1);
    await walk.by('TRI', 'link-case', { otherCase: same.reference, linkType: 'DUPLICATE' });
    expect(await duplicates(walk)).toEqual([]);
  });

  it('are looked for only while a case can be joined to another one', async () => {
    expect(await duplicates(same)).toHaveLength(1);
    await same.toInvestigation();
    expect(await duplicates(same)).toEqual([]);
  });
});
