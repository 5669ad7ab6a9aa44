/** What is mutated, and the specifications of which one has to notice each mutant. */
export interface Target {
  file: string;
  /** Names of constants, functions, classes and properties; all of the file when left out. */
  within?: readonly string[];
  specs: readonly string[];
}

export const TARGETS: readonly Target[] = [
  { file: 'src/rules/acts.ts', within: ['mayDo'], specs: ['test/rules/acts.spec.ts'] },
  { file: 'src/rules/sight.ts', specs: ['test/rules/sight.spec.ts'] },
  {
    file: 'src/rules/needs.ts',
    within: ['SEPARATION_NEEDS'],
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  {
    file: 'src/rules/needs/who-acts.ts',
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  {
    file: 'src/rules/needs/dictations.ts',
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  {
    file: 'src/rules/agreements.ts',
    within: ['agreeingNeeds', 'refusingNeeds', 'partakers'],
    specs: ['test/rules/separation.spec.ts'],
  },
  {
    file: 'src/rules/workflow.ts',
    within: ['needsOf', 'needsAgreement', 'AGREEMENT_IS_DUE', 'mayActInState'],
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  {
    file: 'src/rules/needs/mandates.ts',
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  {
    file: 'src/rules/needs/readings.ts',
    within: ['live', 'holdNamed', 'isAnothers'],
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  { file: 'src/people/sight.ts', specs: ['test/people/sight.spec.ts'] },
  { file: 'src/people/second-person.ts', specs: ['test/people/second-person.spec.ts'] },
  { file: 'src/people/permit.guard.ts', specs: ['test/people/permit-rules.spec.ts'] },
];
