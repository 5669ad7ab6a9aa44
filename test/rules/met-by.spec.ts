import { dictatedRow } from '../../src/rules/dictated-row';
import { MET_BY, metBy, NEED_SECTIONS, stepsMeeting } from '../../src/rules/met-by';
import { NEEDS, type NeedName } from '../../src/rules/needs';
import { STATE_CODES } from '../../src/rules/states';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { BUILT_IN } from '../../src/rules/policy';

const ROWS: readonly StepRow[] = STEPS;
/** Each step, those of the person also as staff write them down. */
const rowsWith = (name: string) =>
  [...ROWS, ...ROWS.filter(({ dictatedTo }) => dictatedTo).map(dictatedRow)].filter(({ needs }) =>
    needs.includes(name as NeedName),
  );

describe('where needs are met', () => {
  it('is said of every need, and by nothing that leads nowhere', () => {
    expect(Object.keys(MET_BY).sort()).toEqual(
      [...Object.keys(NEEDS), 'secondPerson', 'secondPersonIndependent'].sort(),
    );
    for (const [name, { steps, answers, section, page, roles }] of Object.entries(MET_BY).map(
      ([each]) => [each, metBy(each)!] as const,
    ))
      expect([name, Boolean(steps?.length || answers?.length || section || page || roles?.length)]).toEqual([
        name,
        true,
      ]);
    expect(metBy('answer')).toBeNull();
    expect(metBy('constructor')).toBeNull();
  });

  it.each(Object.keys(NEEDS))(
    '%s leads whoever takes a step with it somewhere else than to that step',
    (name) => {
      const { steps = [], answers = [], section, page, roles } = metBy(name)!;
      for (const { step, asks, mayAsk = [] } of rowsWith(name)) {
        const asked = answers.filter((ask) => [...asks, ...mayAsk].includes(ask));
        const others = steps.filter((each) => each !== step);
        expect([step, Boolean(asked.length || others.length || section || page || roles?.length)]).toEqual([
          step,
          true,
        ]);
      }
      // An answer that no row asks would be a link into the void.
      for (const ask of answers)
        expect([
          ask,
          rowsWith(name).some(({ asks, mayAsk = [] }) => [...asks, ...mayAsk].includes(ask)),
        ]).toEqual([ask, true]);
      if (section) expect(NEED_SECTIONS).toContain(section);
    },
  );

  it('names the steps that are open in the state of the case, and those of another state only where there is none', () => {
    const of = (need: string, state: (typeof STATE_CODES)[number]) =>
      stepsMeeting(BUILT_IN.rows, need, state).map(({ step, isOpen }) => [step, isOpen]);
    expect(of('offerAnswered', 'remedy-proposed')).toEqual([
      ['refuse-offer', true],
      ['counter-offer', true],
    ]);
    expect(of('disclosurePlanApproved', 'triage')).toEqual([['approve-disclosure-plan', true]]);
    expect(of('disclosurePlanApproved', 'eligibility')).toEqual([['approve-disclosure-plan', false]]);
    expect(of('legalFactsAssessed', 'received')).toEqual([['acknowledge', true]]);
    expect(of('dueAhead', 'triage')).toEqual([]);
  });
});
