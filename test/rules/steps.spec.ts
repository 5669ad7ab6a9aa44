import type { StepAnswers } from '../../src/rules/needs/facts';
import { ROLE_CODES, type RoleCode } from '../../src/rules/roles';
import { STATE_CODES } from '../../src/rules/states';
import { stateAfter, unmetNeeds } from '../../src/rules/workflow';
import { CASES, ready, names } from './need-cases';
import { ROWS } from './step-drafts';

describe.each(ROWS.map((row) => [row.step, row] as const))('the step %s', (_name, row) => {
  it('may be taken when everything it needs is there', () => {
    expect(names(ready(row), row)).toEqual([]);
  });

  if (row.needs.length > 0)
    it.each(row.needs)('is refused with a sentence while %s is unmet', (name) => {
      const draft = ready(row);
      CASES[name].unmet(draft);
      const unmet = unmetNeeds(row, draft.facts, draft.answers as StepAnswers);
      expect(unmet.map((need) => need.name)).toContain(name);
      expect(unmet.find((need) => need.name === name)!.sentence).toMatch(/^[A-Z“].{10,}[.!]$/);
    });

  if (row.asks.length > 0)
    it.each(row.asks)('is refused with a sentence while %s is not answered', (ask) => {
      const draft = ready(row);
      delete draft.answers[ask];
      const missing = unmetNeeds(row, draft.facts, draft.answers as StepAnswers).find(
        (need) => need.field === ask,
      );
      expect(missing?.sentence).toMatch(/\.$/);
    });

  if (row.freeFor)
    it.each(row.freeFor)('asks nothing of %s, who may say it all the same', (role) => {
      const draft = ready(row);
      draft.facts.actor = { role, personId: null };
      expect(unmetNeeds(row, draft.facts, {})).toEqual([]);
      expect(names(draft, row)).toEqual([]);
    });

  it('names nothing but missing answers to whoever has not answered yet', () => {
    const draft = ready(row);
    const unmet = unmetNeeds(row, draft.facts, {});
    expect(unmet.map((need) => need.field)).toEqual([...row.asks]);
  });

  it('is refused in every state where the table does not have it', () => {
    for (const state of [...STATE_CODES, 'new' as const].filter((each) => !row.from.includes(each))) {
      const draft = ready(row);
      draft.facts.state = state;
      expect(names(draft, row)).toEqual(['state']);
    }
  });

  it('is refused for every role that the table does not name', () => {
    for (const role of ROLE_CODES.filter((each: RoleCode) => !row.by.includes(each))) {
      const draft = ready(row);
      draft.facts.actor = { ...draft.facts.actor, role };
      expect(names(draft, row)).toEqual(['role']);
    }
  });

  it('leads to a state of the table from each state it starts in', () => {
    for (const from of row.from)
      expect(STATE_CODES).toContain(stateAfter(row, from === 'new' ? 'received' : from));
  });
});
