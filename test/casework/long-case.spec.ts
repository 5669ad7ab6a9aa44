import { Readable } from 'node:stream';
import { EVIDENCE_MAX_FILES, EvidenceFiles, STAFF_MAX_FILES } from '../../src/casework/evidence-files';
import { Messages } from '../../src/casework/messages';
import { ReadCustody } from '../../src/casework/read-custody';
import { earlierThan } from '../../src/platform/pages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import type { CustodyLine, CustodyView } from '../../src/casework/record-views';
import type { CaseView, MyCaseView } from '../../src/casework/views';
import type { Visitor } from '../../src/people/visitor';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { watchReading } from '../harness/watch-reading';

const SHORT = 150;

/** How a long case is read, by what takes no more of it than a short one. */
const readingsOf = (house: House, staff: Staff, walk: Walk): Record<string, () => Promise<unknown>> => ({
  'the page of staff': async () => {
    await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    await house.get(ReadCase).openSteps(walk.reference, staff.TRI);
  },
  'the history': () => house.get(ReadCase).history(walk.reference, staff.TRI),
  'the page of the person': async () => {
    await house.get(ReadMyCase).view(walk.holder);
    await house.get(ReadMyCase).steps(walk.holder);
    await house.get(ReadMyCase).timeline(walk.holder);
    await house.get(ReadMyCase).openings(walk.holder.caseId);
    await house.get(Messages).page(walk.holder, {});
  },
  'a page of messages': () => house.get(Messages).page(staff.TRI, { before: 60, limit: 20 }, walk.reference),
  'a page of files': () =>
    house.get(EvidenceFiles).page(staff.TRI, { before: 60, limit: 20 }, walk.reference),
  'the custody of a file': () =>
    house.get(ReadCustody).of(staff.TRI, { reference: walk.reference }, 1).catch(isNoSuchFile),
});

/** Their names. */
const READINGS = Object.keys(readingsOf(null as never, null as never, null as never));

/** A case without files has no custody. */
const isNoSuchFile = (error: unknown) => expect(error).toMatchObject({ kind: 'not-found' });

/** Counts what each reading takes: statements, and rows as far as the engine lets us see them. */
function costs(house: House, readings: () => Record<string, () => Promise<unknown>>) {
  let statements = 0;
  let rows = 0;
  watchReading(
    house,
    () => (statements += 1),
    (found) => (rows += found),
  );
  return async (name: string): Promise<number[]> => {
    [statements, rows] = [0, 0];
    await readings()[name]!();
    return [statements, rows];
  };
}

describe.each(engines())('a case with thousands of messages, on %s', (engine) => {
  // Both engines answer the same pages; that they are still bounded at this length is looked at where writing is quick.
  const LONG = engine === 'sqlite' ? 2000 : 400;
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let costOf: (name: string) => Promise<number[]>;
  const atShort: Record<string, number[]> = {};

  async function writeUpTo(many: number, from: number): Promise<void> {
    for (let n = from; n <= many; n += 1)
      await house.get(Messages).write(staff.TRI, `Message ${n}.`, walk.reference);
  }

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    costOf = costs(house, () => readingsOf(house, staff, walk));
    await writeUpTo(SHORT, 1);
    // Opened once before, so that no entry of it is written meanwhile.
    await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    for (const name of READINGS) atShort[name] = await costOf(name);
    await writeUpTo(LONG, SHORT + 1);
  }, 400_000);
  afterAll(() => house.close());

  it.each(READINGS)('takes no more statements and rows for %s than a short one', async (name) => {
    const cost = await costOf(name);
    cost.forEach((each, n) => expect(each).toBeLessThanOrEqual(atShort[name]![n]!));
    expect(cost[0]).toBeGreaterThan(0);
    if (engine === 'sqlite') expect(cost[1]).toBeLessThan(700);
  });

  it('shows the newest messages, and every earlier one a page further back', async () => {
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(view.messages.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => LONG - 49 + n));
    expect(view.earlier).toEqual({
      messages: LONG - 49,
      notes: null,
      letters: expect.any(Number),
      evidence: null,
    });
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
      house.get(ReadMyCase).timeline(walk.holder, before === undefined ? {} : { before }),
    );
    expect(timeline).toHaveLength(LONG + 1);
  });
});

describe.each(engines())('a case with as many files as it can hold, on %s', (engine) => {
  const MANY = engine === 'sqlite' ? STAFF_MAX_FILES + EVIDENCE_MAX_FILES : 150;
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let costOf: (name: string) => Promise<number[]>;
  const atShort: Record<string, number[]> = {};

  const add = (visitor: Visitor, n: number) =>
    house
      .get(EvidenceFiles)
      .add(
        visitor,
        { fileName: `${n}.txt`, content: Readable.from([Buffer.from(`File ${n}.`)]) },
        visitor.kind === 'officer' ? walk.reference : undefined,
      );
  const open = (n: number) => house.get(EvidenceFiles).open(staff.TRI, n, walk.reference);
  const custody = (before?: number) =>
    house.get(ReadCustody).of(staff.TRI, { reference: walk.reference }, 1, before);

  async function fileUpTo(many: number, from: number): Promise<void> {
    for (let n = from; n <= many; n += 1)
      await add(n > MANY - EVIDENCE_MAX_FILES ? walk.holder : staff.TRI, n);
  }

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    costOf = costs(house, () => readingsOf(house, staff, walk));
    await fileUpTo(60, 1);
    for (let times = 0; times < 60; times += 1) (await open(1)).content.destroy();
    await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    await house.get(ReadCustody).of(staff.TRI, { reference: walk.reference }, 1);
    for (const name of READINGS) atShort[name] = await costOf(name);
    await fileUpTo(MANY, 61);
    for (let times = 0; times < 60; times += 1) (await open(1)).content.destroy();
  }, 400_000);
  afterAll(() => house.close());

  it.each(READINGS)('takes no more statements and rows for %s than one with 60', async (name) => {
    const cost = await costOf(name);
    cost.forEach((each, n) => expect(each).toBeLessThanOrEqual(atShort[name]![n]!));
    expect(cost[0]).toBeGreaterThan(0);
  });

  it('shows the newest files, and every earlier one a page further back, to staff and to the person', async () => {
    const pages = {
      staff: (evidence?: number) => house.get(ReadCase).forStaff(walk.reference, staff.TRI, { evidence }),
      person: (evidence?: number) => house.get(ReadMyCase).view(walk.holder, 'en', { evidence }),
    };
    for (const page of Object.values(pages)) {
      const seen: number[] = [];
      for (let before: number | undefined | null = undefined; before !== null;) {
        const view: CaseView | MyCaseView = await page(before);
        expect(view.evidence).toHaveLength(50);
        seen.unshift(...view.evidence.map(({ n }) => n));
        before = 'earlier' in view ? view.earlier.evidence : view.earlierEvidence;
      }
      expect(seen).toEqual(Array.from({ length: MANY }, (_, n) => n + 1));
    }
    expect((await house.get(EvidenceFiles).list(walk.holder)).map(({ n }) => n)).toHaveLength(MANY);
  });

  it('tells the whole custody of a file, page by page', async () => {
    const seen: CustodyLine[] = [];
    for (let before: number | undefined | null = undefined; before !== null;) {
      const page: CustodyView = await custody(before);
      expect(page.lines.length).toBeLessThanOrEqual(50);
      seen.unshift(...page.lines);
      before = page.earlierLines;
    }
    expect(seen.map(({ act }) => act)).toEqual([
      'add-evidence',
      ...Array.from({ length: 120 }, () => 'open-evidence'),
    ]);
    expect([...seen].sort((a, b) => a.n - b.n)).toEqual(seen);
  });
});
