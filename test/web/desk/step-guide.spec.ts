import { readSignposts } from '../../../src/web/signposts';
import { CLOCK_CODES, clockRule } from '../../../src/rules/clocks';
import { INVOLVEMENTS } from '../../../src/rules/involvement';
import { REMEDY_ACTION_CODES, remedyAction } from '../../../src/rules/remedies';
import { STEPS } from '../../../src/rules/steps';
import type { ClockView, CaseView } from '../../../src/casework/views';
import { clockRows } from '../../../src/web/desk/clock-lines';
import { stepGuide } from '../../../src/web/desk/step-guide';
import { BUILT_IN } from '../../../src/rules/policy';

type Seen = Pick<CaseView, 'actions' | 'allegations'>;

const action = (n: number, more: object) => ({
  n,
  action: 'RA-01',
  label: 'Decide again',
  status: 'PLANNED',
  doneOn: null,
  ...more,
});
const view = {
  actions: [action(1, {}), action(2, { doneOn: '2026-11-24' }), action(3, { status: 'DROPPED' })],
  allegations: [],
} as unknown as Seen;

describe('what stands beside the form of a step', () => {
  it.each(STEPS.filter(({ asks }) => (asks as readonly string[]).includes('action')).map(({ step }) => step))(
    'says at “%s” of each of the 33 actions what closes it and what the person is asked',
    (step) => {
      const { choices } = stepGuide(BUILT_IN.row(step), view, readSignposts())!;
      expect(choices).toHaveLength(33);
      for (const [n, code] of REMEDY_ACTION_CODES.entries()) {
        const { label, evidence, question, destructive } = remedyAction(code);
        const { title, lines } = choices[n]!;
        expect(title).toBe(label);
        expect(lines.join('\n')).toContain(evidence);
        if (question) expect(lines.join('\n')).toContain(question);
        expect(lines.some((line) => line.includes('snapshot'))).toBe(destructive);
      }
    },
  );

  it('says at completing what closes each action that is neither done nor dropped', () => {
    const { choices } = stepGuide(BUILT_IN.row('complete-action'), view, readSignposts())!;
    expect(choices.map(({ title }) => title)).toEqual(['1. Decide again']);
    expect(choices[0]!.lines.join()).toContain(remedyAction('RA-01').evidence);
  });

  it('says how to tell the kinds of involvement apart, and what follows from each', () => {
    const text = JSON.stringify(stepGuide(BUILT_IN.row('determine-involvement'), view, readSignposts()));
    for (const { label, questions, consequence } of Object.values(INVOLVEMENTS))
      for (const line of [label, ...questions, consequence]) expect(text).toContain(line);
  });

  it('is nothing where the form says everything', () => {
    expect(stepGuide(BUILT_IN.row('write-internal-note'), view, readSignposts())).toBeNull();
  });
});

describe('a clock on the page of a case', () => {
  it.each(CLOCK_CODES)('%s says on what it rests, and whether anybody read that in the law', (code) => {
    const rule = clockRule(code);
    const [row] = clockRows([{ code, basis: rule.basis } as ClockView]);
    const text = row!.lines.join('\n');
    for (const part of [rule.law, rule.forceStatus, rule.starts, rule.stops]) expect(text).toContain(part);
    expect(/Check it/.test(text)).toBe(['SECONDARY', 'MEMORY'].includes(rule.verification));
    expect(text.includes('Nothing pauses it')).toBe(!rule.pausable);
    expect(text.includes('can be put off')).toBe(rule.extension !== null);
  });

  it('lists the places outside beside the form that passes a case on, each with whether anybody looked', () => {
    const { choices } = stepGuide(BUILT_IN.row('refer'), view, readSignposts())!;
    const lines = choices.flatMap((choice) => choice.lines);
    expect(choices.length).toBeGreaterThan(5);
    for (const line of lines)
      expect(line).toMatch(
        /^[A-Z][a-z -]+: .+ \((looked at|nobody has looked whether this is right; written down) on \d{4}-\d\d-\d\d\)\.$/,
      );
    expect(choices.map(({ title }) => title)).toContain('Everywhere');
    expect(lines.join()).toContain('https://');
  });
});
