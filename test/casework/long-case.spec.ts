import { Messages } from '../../src/casework/messages';
import { earlierThan } from '../../src/platform/pages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { watchReading } from '../harness/watch-reading';

const SHORT = 150;

describe.each(engines())('a case with thousands of messages, on %s', (engine) => {
  // Both engines answer the same pages; that they are still bounded at this length is looked at where writing is quick.
  const LONG = engine === 'sqlite' ? 2000 : 400;
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let statements = 0;
  let rows = 0;
  const atShort: Record<string, number[]> = {};

  const readings: Record<string, () => Promise<unknown>> = {
    'the page of staff': async () => {
      await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
      await house.get(ReadCase).openSteps(walk.reference, staff.TRI);
    },
    'the history': () => house.get(ReadCase).history(walk.reference, staff.TRI),
    'the page of the person': async () => {
      await house.get(ReadMyCase).view(walk.holder);
      await house.get(ReadMyCase).steps(walk.holder);
      await house.get(ReadMyCase).timeline(walk.holder.caseId);
      await house.get(ReadMyCase).openings(walk.holder.caseId);
      await house.get(Messages).page(walk.holder, {});
    },
    'a page of messages': () =>
      house.get(Messages).page(staff.TRI, { before: 60, limit: 20 }, walk.reference),
  };

  async function costOf(name: string): Promise<number[]> {
    [statements, rows] = [0, 0];
    await readings[name]!();
    return [statements, rows];
  }

  async function writeUpTo(many: number, from: number): Promise<void> {
    for (let n = from; n <= many; n += 1)
      await house.get(Messages).write(staff.TRI, `Message ${n}.`, walk.reference);
  }

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    watchReading(
      house,
      () => (statements += 1),
      (found) => (rows += found),
    );
    await writeUpTo(SHORT, 1);
    // Opened once before, so that no entry of it is written meanwhile.
    await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    for (const name of Object.keys(readings)) atShort[name] = await costOf(name);
    await writeUpTo(LONG, SHORT + 1);
  }, 400_000);
  afterAll(() => house.close());

  it.each(Object.keys(readings))(
    'takes no more statements and rows for %s than a short one',
    async (name) => {
      const cost = await costOf(name);
      cost.forEach((each, n) => expect(each).toBeLessThanOrEqual(atShort[name]![n]!));
      expect(cost[0]).toBeGreaterThan(0);
      if (engine === 'sqlite') expect(cost[1]).toBeLessThan(700);
    },
  );

  it('shows the newest messages, and every earlier one a page further back', async () => {
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(view.messages.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => LONG - 49 + n));
    expect(view.earlier).toEqual({ messages: LONG - 49, notes: null, letters: expect.any(Number) });
    const seen: number[] = [];
    for (let before: number | null = LONG + 1; before !== null;) {
      const page = await house.get(Messages).page(walk.holder, { before, limit: 100 });
      seen.unshift(...page.map(({ n }) => n));
      before = earlierThan(page);
    }
    expect(seen).toEqual(Array.from({ length: LONG }, (_, n) => n + 1));
    const earlier = await house.get(ReadCase).forStaff(walk.reference, staff.TRI, {
      messages: 51,
      letters: view.earlier.letters!,
    });
    expect(earlier.messages.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(earlier.earlier.messages).toBeNull();
    expect(earlier.letters.at(-1)!.revision).toBeLessThan(view.letters[0]!.revision);
  });

  it('tells the whole history and the whole timeline, page by page', async () => {
    const whole = async (page: (before: number | undefined) => Promise<{ n: number }[]>) => {
      const seen: number[] = [];
      for (let before: number | undefined, isEnd = false; !isEnd;) {
        const lines = await page(before);
        seen.unshift(...lines.map(({ n }) => n));
        const earlier = earlierThan(lines);
        isEnd = earlier === null;
        before = earlier ?? undefined;
      }
      return seen;
    };
    const history = await whole((before) =>
      house.get(ReadCase).history(walk.reference, staff.TRI, before === undefined ? {} : { before }),
    );
    // Lodged, written and opened.
    expect(history).toEqual(Array.from({ length: LONG + 2 }, (_, n) => n + 1));
    const timeline = await whole((before) =>
      house.get(ReadMyCase).timeline(walk.holder.caseId, before === undefined ? {} : { before }),
    );
    expect(timeline).toHaveLength(LONG + 1);
  });
});
