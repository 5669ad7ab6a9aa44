import { Lodge } from '../../../src/casework/intake/lodge';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';

/** What each engine says where a reference is there already. */
const CODES: Record<string, string> = { sqlite: 'SQLITE_CONSTRAINT_UNIQUE', postgres: '23505' };

describe.each(engines())('a reference that was drawn before, on %s', (engine) => {
  let taken = 0;
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine, (sql) => {
      if (taken === 0 || !sql.startsWith('INSERT INTO "cases"')) return;
      taken -= 1;
      throw Object.assign(new Error('UNIQUE constraint failed: cases.reference'), { code: CODES[engine] });
    });
  });
  afterAll(() => house.close());

  const lodge = (key?: string) =>
    house.get(Lodge).run({ narrative: 'It stopped my benefit.' }, { role: 'RH' }, key);

  it.each([undefined, 'a key of the sender'])(
    'costs nobody the complaint: another one is drawn (key: %s)',
    async (key) => {
      taken = 2;
      const { reference } = await lodge(key);
      expect(reference).toMatch(/^RD-/);
      expect(taken).toBe(0);
      expect(await lodge(key)).toEqual(
        key ? expect.objectContaining({ reference }) : expect.not.objectContaining({ reference }),
      );
      expect((await house.verify()).differences).toEqual([]);
    },
  );

  it('is an error where chance is not to blame', async () => {
    taken = 3;
    await expect(lodge()).rejects.toThrow();
    expect(taken).toBe(0);
  });
});
