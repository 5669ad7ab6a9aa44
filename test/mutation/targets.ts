/** What is mutated, and the specifications of which one has to notice each mutant. */
export interface Target {
  file: string;
  /** Names of constants, functions, classes and properties; all of the file when left out. */
  within?: readonly string[];
  specs: readonly string[];
}

const OF_SEPARATION = ['', 'dictation-', 'mandate-'].map((of) => `test/rules/${of}separation.spec.ts`);
const OF_STEPS = ['steps', 'dictated-steps', 'workflow'].map((of) => `test/rules/${of}.spec.ts`);

export const TARGETS: readonly Target[] = [
  { file: 'src/rules/acts.ts', within: ['mayDo'], specs: ['test/rules/acts.spec.ts'] },
  { file: 'src/rules/sight.ts', specs: ['test/rules/sight.spec.ts'] },
  {
    file: 'src/rules/needs.ts',
    within: ['SEPARATION_NEEDS'],
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  {
    file: 'src/rules/needs/who-acts.ts',
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  {
    file: 'src/rules/needs/dictations.ts',
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  {
    file: 'src/rules/agreements.ts',
    within: ['agreeingNeeds', 'refusingNeeds', 'partakers'],
    specs: OF_SEPARATION,
  },
  {
    file: 'src/rules/workflow.ts',
    within: ['needsOf', 'needsAgreement', 'AGREEMENT_IS_DUE', 'mayActInState'],
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  {
    file: 'src/rules/needs/mandates.ts',
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  {
    file: 'src/rules/needs/readings.ts',
    within: ['live', 'holdNamed', 'isAnothers'],
    specs: [...OF_SEPARATION, ...OF_STEPS],
  },
  { file: 'src/people/sight.ts', specs: ['test/people/sight.spec.ts'] },
  { file: 'src/people/second-person.ts', specs: ['test/people/second-person.spec.ts'] },
  { file: 'src/people/permit.guard.ts', specs: ['test/people/permit-rules.spec.ts'] },
];
