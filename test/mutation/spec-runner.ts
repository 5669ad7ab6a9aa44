import { expect } from 'expect';

type Work = () => unknown;
interface Suite {
  before: Work[];
  after: Work[];
  beforeEach: Work[];
  afterEach: Work[];
  tests: { title: string; work: Work }[];
  suites: Suite[];
}

const TEST_IN_MS = 20_000;
const emptySuite = (): Suite => ({
  before: [],
  after: [],
  beforeEach: [],
  afterEach: [],
  tests: [],
  suites: [],
});

let current = emptySuite();

const it = Object.assign((title: string, work: Work) => void current.tests.push({ title, work }), {
  each: eachOf((title, work) => void current.tests.push({ title, work })),
});
const describe = Object.assign(inSuite, { each: eachOf(inSuite) });

/**
 * The few words of Jest that specifications are written in, so that one process can run a specification again and again, each time over
 * another mutant: Jest itself would start anew for each.
 */
export function defineWords(): void {
  const on = (list: 'before' | 'after' | 'beforeEach' | 'afterEach') => (work: Work) =>
    void current[list].push(work);
  Object.assign(globalThis, {
    expect,
    it,
    test: it,
    describe,
    beforeAll: on('before'),
    afterAll: on('after'),
    beforeEach: on('beforeEach'),
    afterEach: on('afterEach'),
  });
}

/** Loads a specification and runs it up to its first failure, which is returned; null when all of it passes. */
export async function runSpec(load: () => void): Promise<Error | null> {
  current = emptySuite();
  const root = current;
  try {
    load();
    await runSuite(root, [], []);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function inSuite(_title: string, work: Work): void {
  const outer = current;
  current = emptySuite();
  outer.suites.push(current);
  work();
  current = outer;
}

function eachOf(define: (title: string, work: Work) => void) {
  return (rows: readonly unknown[]) => (title: string, work: (...row: never[]) => unknown) => {
    for (const row of rows)
      define(`${title} ${JSON.stringify(row)}`, () => work(...([row].flat(1) as never[])));
  };
}

async function runSuite(
  suite: Suite,
  beforeEach: readonly Work[],
  afterEach: readonly Work[],
): Promise<void> {
  const [before, after] = [
    [...beforeEach, ...suite.beforeEach],
    [...suite.afterEach, ...afterEach],
  ];
  try {
    for (const work of suite.before) await inTime(work, 'beforeAll');
    for (const { title, work } of suite.tests) {
      for (const each of before) await inTime(each, 'beforeEach');
      await inTime(work, title);
      for (const each of after) await inTime(each, 'afterEach');
    }
    for (const inner of suite.suites) await runSuite(inner, before, after);
  } finally {
    for (const work of suite.after) await inTime(work, 'afterAll');
  }
}

async function inTime(work: Work, title: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`“${title}” does not end.`)), TEST_IN_MS);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
