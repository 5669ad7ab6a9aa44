import { NEEDS } from '../../src/rules/needs';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { REMEDY_ACTION_CODES, REMEDY_ACTIONS, type RemedyActionCode } from '../../src/rules/remedies';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { NOT_CONCERNED } from '../../src/rules/system-notices';

const ROWS: readonly StepRow[] = STEPS;
const CHANGE = ['snapshotBeforeDestruction', 'authorityToldFirst'] as const;

const factsOf = (patch: object) =>
  ({ actions: [], measures: [], article26Notices: [], ...patch }) as unknown as CaseFacts;
const asAction = (action: RemedyActionCode, more: object = {}) =>
  factsOf({ actions: [{ n: 1, action, status: 'AGREED', snapshotKept: false }], ...more });
const asMeasure = (measure: string) => factsOf({ measures: [{ n: 1, measure, status: 'IM_ORDERED' }] });
const unmet = (facts: CaseFacts, answers: StepAnswers) =>
  CHANGE.filter((name) => !NEEDS[name].met(facts, answers));
const NAMED = { actionNumber: 1 };
const notice = (addressee: string, outcome: string | null) => ({ n: 1, addressee, outcome });

describe('before what shows how a harm arose is overwritten', () => {
  it.each(REMEDY_ACTION_CODES.filter((code) => code !== 'RA-15'))(
    '%s asks at its beginning for a snapshot and the word to the authority, if it can do that',
    (code) => {
      const asked = REMEDY_ACTIONS[code].destructive ? [...CHANGE] : [];
      expect(unmet(asAction(code), NAMED)).toEqual(asked);
      expect(unmet(asMeasure(code), { measureNumber: 1 })).toEqual(asked);
    },
  );

  it('is asked at every step with which such a thing begins or ends', () => {
    const rows = ROWS.filter(({ needs }) => CHANGE.every((name) => needs.includes(name)));
    expect(rows.map(({ step }) => step)).toEqual([
      'activate-interim-measure',
      'start-action',
      'complete-action',
    ]);
  });

  it('a measure of protection asks for neither', () => {
    expect(unmet(asMeasure('PM-01'), { measureNumber: 1 })).toEqual([]);
  });

  it('one snapshot is enough, and is not asked for again at the end', () => {
    const kept = factsOf({ actions: [{ n: 1, action: 'RA-21', status: 'STARTED', snapshotKept: true }] });
    expect(unmet(kept, NAMED)).toEqual([]);
  });

  it('the authority is told by notices on record, all of them, or it is spelled out how, or why not', () => {
    const snapshot = { ...NAMED, snapshot: 'Shelf 3' };
    const after = (article26Notices: object[], more: StepAnswers = {}) =>
      unmet(asAction('RA-21', { article26Notices }), { ...snapshot, ...more });
    expect(after([])).toEqual(['authorityToldFirst']);
    expect(after([], { authorityWord: 'Told.' })).toEqual(['authorityToldFirst']);
    expect(after([], { authorityWord: 'By telephone on 3 May, to Ms Lind.' })).toEqual([]);
    expect(after([notice('PROVIDER', 'TOLD')])).toEqual(['authorityToldFirst']);
    expect(after([notice('MSA', null)])).toEqual(['authorityToldFirst']);
    expect(after([notice('MSA', 'TOLD')])).toEqual([]);
    expect(after([notice('MSA', 'TOLD'), notice('MSA_REPORT', null)])).toEqual(['authorityToldFirst']);
    expect(after([notice('MSA', 'TOLD'), notice('MSA_REPORT', 'TOLD')])).toEqual([]);
    expect(after([notice('MSA', 'TOLD'), notice('MSA', NOT_CONCERNED)])).toEqual([]);
    expect(after([notice('MSA', NOT_CONCERNED)])).toEqual(['authorityToldFirst']);
  });
});
