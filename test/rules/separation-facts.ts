import { NOTHING_NAMED } from './step-drafts';
import { NEEDS, type NeedName } from '../../src/rules/needs';
import { agreeingNeeds } from '../../src/rules/agreements';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { STEPS, type StepRow } from '../../src/rules/steps';

export const ME = 'person-me';
export const YOU = 'person-you';
export const MADE_BY_ME = 'person-made-by-me';
export const ROWS: readonly StepRow[] = STEPS;

export const BLANK: Partial<CaseFacts> = {
  actor: { role: 'TRI', personId: ME },
  consents: {},
  actions: [],
  appeal: null,
  assigned: [],
  asked: [],
  exclusions: [],
  glassBroken: [],
  noOthers: [ME],
  taken: [],
  holds: [],
  mandates: [],
  dictations: [],
  wordsWaiting: [],
  denials: [],
  personHoldsReceipt: false,
  named: NOTHING_NAMED,
};

export type Given = Omit<Partial<CaseFacts>, 'named'> & { named?: Partial<CaseFacts['named']> };

export function factsOf({ named, ...given }: Given): CaseFacts {
  const places = [...(given.assigned ?? []), ...(given.asked ?? [])];
  return { ...BLANK, places, ...given, named: { ...BLANK.named!, ...named } } as CaseFacts;
}

/** Whether a need is met of a case of which only this is known. */
export const met = (need: NeedName, given: Given, answers: StepAnswers = {}): boolean =>
  NEEDS[need].met(factsOf(given), answers);

/** Whether nothing keeps somebody from agreeing to a step in such a case. */
export function agrees(
  given: Given,
  { step = 'lower-severity', isDictated = false }: { step?: string; isDictated?: boolean },
  ...accounts: string[]
): boolean {
  const row = ROWS.find((each) => each.step === step)!;
  const needs = agreeingNeeds(row, factsOf(given), {
    isDictated,
    accounts: accounts.length > 0 ? accounts : [ME],
  });
  for (const { name, sentence } of needs) {
    expect(name).toBe('secondPersonIndependent');
    expect(sentence).toMatch(/^[^;]+; somebody else has to agree\.$/);
  }
  return needs.length === 0;
}

export const by = (role: CaseFacts['actor']['role'], personId: string | null = ME) => ({
  actor: { role, personId },
});
export const took = (step: string, role: string, personId: string | null = ME) => ({ step, role, personId });
export const action = (ownerId: string, more: Partial<CaseFacts['actions'][number]> = {}) => ({
  n: 1,
  action: 'RA-01' as const,
  status: 'AGREED' as const,
  ownerId,
  agreed: null,
  snapshotKept: false,
  verificationResult: null,
  ...more,
});
