import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFields } from '../../src/casework/answers';
import type { Ask } from '../../src/rules/asks';
import { fitOf } from '../../src/rules/case-law';
import { OWN_FROM } from '../../src/rules/register-seed';
import {
  REGISTER_NAMES,
  REGISTERS,
  VERSIONED,
  VERSIONED_NAMES,
  type RegisterRow,
  type VersionedRow,
} from '../../src/rules/registers';
import { codeLabel } from '../../src/web/desk/code-label';

const ROWS: [string, RegisterRow][] = REGISTER_NAMES.map((name) => [name, REGISTERS[name]]);
const VERSIONED_ROWS: [string, VersionedRow][] = VERSIONED_NAMES.map((name) => [name, VERSIONED[name]]);
const isClosed = (ask: Ask) => ['code', 'codes', 'yesNo', 'number', 'entries'].includes(ask.kind);

describe('the table of registers', () => {
  it.each(ROWS)('names in %s only what its form asks', (_name, { form, calledBy, filters }) => {
    expect(form.must.filter((name) => !form.asks[name])).toEqual([]);
    expect(form.must).toContain(calledBy);
    expect(form.asks[calledBy]!.kind).toBe('text');
    // A list is narrowed by what can be chosen; words find texts.
    expect(filters.filter((name) => !form.asks[name] || !isClosed(form.asks[name]))).toEqual([]);
  });

  it.each(VERSIONED_ROWS)('shows in %s columns that its form asks, and a day that is a day', (_name, row) => {
    expect(row.columns.filter((name) => !row.form.asks[name])).toEqual([]);
    if (row.dueBy) expect(row.form.asks[row.dueBy]!.kind).toBe('day');
  });

  it.each(ROWS)('has words for every code of %s', (_name, { form }) => {
    for (const [name, ask] of Object.entries<Ask>(form.asks))
      if ('codes' in ask)
        for (const code of ask.codes) expect([name, codeLabel(name, code)]).not.toEqual([name, code]);
  });

  it('keeps every code that a form of a register can say', () => {
    const golden = JSON.parse(readFileSync(join(__dirname, 'register-codes.json'), 'utf8')) as unknown;
    const said = Object.fromEntries(
      VERSIONED_ROWS.flatMap(([, { form }]) =>
        Object.entries<Ask>(form.asks).flatMap(([name, ask]) =>
          'codes' in ask ? [[name, [...ask.codes]]] : [],
        ),
      ),
    );
    expect(said).toEqual(golden);
  });
});

describe('the rows to begin with', () => {
  const seeded = VERSIONED_ROWS.filter(([, { seeds }]) => seeds);

  it.each(seeded)('of %s fit its form, and their numbers are stable and leave room', (_name, row) => {
    const numbers = row.seeds!.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(Math.max(...numbers)).toBeLessThan(OWN_FROM);
    for (const { number, said } of row.seeds!) {
      const { answers, faults } = parseFields(row.form.asks, { ...said }, 'not asked');
      expect([number, faults]).toEqual([number, []]);
      expect([number, row.form.must.filter((name) => answers[name] === undefined)]).toEqual([number, []]);
      const all = Object.fromEntries(Object.keys(row.form.asks).map((name) => [name, answers[name] ?? null]));
      expect([number, row.check?.(all, '2026-11-29') ?? []]).toEqual([number, []]);
    }
  });

  it.each(seeded)(
    'of %s name day and source of a comparison, or stand as compared with nothing',
    (_name, row) => {
      for (const { number, checked } of row.seeds!) {
        if (checked === null) continue;
        expect([number, checked.on]).toEqual([number, expect.stringMatching(/^20\d\d-\d\d-\d\d$/)]);
        expect([number, new URL(checked.against).protocol]).toEqual([number, 'https:']);
      }
      const compared = row.seeds!.filter(({ checked }) => checked !== null).length;
      expect(compared).toBe(_name === 'case-law' ? 15 : 2);
    },
  );

  it('are fifteen decisions, each with harms, rights and use domains to be found by', () => {
    const seeds = VERSIONED['case-law'].seeds;
    expect(seeds).toHaveLength(15);
    for (const { said } of seeds)
      for (const name of ['harms', 'rights', 'useDomains'])
        expect((said[name] as string[]).length).toBeGreaterThan(0);
  });
});

describe('how a decision fits a case', () => {
  const decision = { harms: ['AIH-01', 'AIH-03'], useDomains: ['DOM-EMP-REC'] };

  it.each([
    [['AIH-03'], 'DOM-EMP-REC', 3],
    [['AIH-03'], 'DOM-OTH', 2],
    [['AIH-09'], 'DOM-EMP-REC', 1],
    [['AIH-09'], null, 0],
    [[], null, 0],
  ] as const)('is found by harms %j and use domain %s: %i', (harms, useDomain, fit) => {
    expect(fitOf(decision, { harms, useDomain })).toBe(fit);
  });
});
