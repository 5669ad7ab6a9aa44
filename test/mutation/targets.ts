/** What is mutated, and the specifications of which one has to notice each mutant. */
export interface Target {
  file: string;
  /** Names of constants, functions, classes and properties; all of the file when left out. */
  within?: readonly string[];
  specs: readonly string[];
}

/** The needs that say who may act, and what they look at. */
const WHO_ACTS = [
  'investigatorAssigned',
  'actorAssigned',
  'assigneeHoldsRole',
  'assigneeIndependent',
  'personNotKeptOut',
  'ownConflictDenied',
  'actorIsAsked',
  'handsOverOwnPlace',
  'handedOverIsOnTeam',
  'successorFits',
  'personIsOnTeam',
  'somebodyNamed',
  'excludesAnother',
  'leadIsLeft',
  'exclusionStands',
  'glassToReview',
  'glassBrokenByAnother',
  'deciderIsNotInvestigator',
  'deciderOwnsNoAction',
  'actorOwnsNoAction',
  'actorOwnsAction',
  'reviewerAssigned',
  'reviewerTookNoEarlierPart',
  'ownerIsRemedyOwner',
  'ownerIsActive',
  'holdOfAnother',
  'erasureIsHers',
  'representativeMayAct',
  'partsTaken',
  'investigators',
  'tookPart',
  'mayTakeRole',
  'handsOver',
  'placesOf',
  'glassNamed',
  'holdNamed',
  'ownerOf',
  'live',
  'NO_PART',
  'REVIEW_STEPS',
  'SEPARATION_NEEDS',
];

export const TARGETS: readonly Target[] = [
  { file: 'src/rules/acts.ts', within: ['mayDo'], specs: ['test/rules/acts.spec.ts'] },
  { file: 'src/rules/sight.ts', specs: ['test/rules/sight.spec.ts'] },
  {
    file: 'src/rules/needs.ts',
    within: WHO_ACTS,
    specs: ['test/rules/separation.spec.ts', 'test/rules/workflow.spec.ts'],
  },
  { file: 'src/people/sight.ts', specs: ['test/people/sight.spec.ts'] },
  { file: 'src/people/second-person.ts', specs: ['test/people/second-person.spec.ts'] },
  { file: 'src/people/permit.guard.ts', specs: ['test/people/permit-rules.spec.ts'] },
];
