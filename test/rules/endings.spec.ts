import { NEEDS, type NeedName } from '../../src/rules/needs';
import type { CaseFacts, StepAnswers } from '../../src/rules/needs/facts';
import { INVOLVEMENT_CODES, oweRemedy } from '../../src/rules/involvement';
import { FINDING_CODE_LIST } from '../../src/rules/outcomes';
import { ROLES } from '../../src/rules/roles';
import { TIERS, tierRank } from '../../src/rules/severity';
import { OPEN_STATES, STATES, type State } from '../../src/rules/states';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { agreementsOf, needsAgreement } from '../../src/rules/workflow';

const ROWS: readonly StepRow[] = STEPS;

/** Thrown where a rule asks for what these tests do not vary; one for all, since to make one is slow. */
const NOT_VARIED = new Error('These tests do not vary that.');

function watched<T extends object>(known: object): T {
  return new Proxy(known, {
    get(target, key) {
      if (!(key in target)) throw NOT_VARIED;
      return (target as Record<string | symbol, unknown>)[key];
    },
  }) as T;
}

const factsOf = (known: Partial<CaseFacts>) => watched<CaseFacts>(known);
const NOTHING_SAID = watched<StepAnswers>({});

/** Whether the step is open as far as these facts say it; whatever else it needs is there. */
function isOpen({ needs }: StepRow, facts: CaseFacts): boolean {
  return needs.every((name) => {
    try {
      return NEEDS[name].met(facts, NOTHING_SAID);
    } catch (error) {
      if (error === NOT_VARIED) return true;
      throw error;
    }
  });
}

const isOfStaff = ({ by }: StepRow) => by.some((role) => ROLES[role].staff);
const leadsTo = ({ to }: StepRow): State | null => (to === 'same' || to === 'before' ? null : to);
const ends = (row: StepRow) => isOfStaff(row) && leadsTo(row) !== null && STATES[leadsTo(row)!].ended;
/** A reviewer who took no part before confirms what others decided. */
const confirms = ({ needs }: StepRow) => needs.includes('reviewerTookNoEarlierPart');
/** The other case goes on. */
const joins = ({ asks }: StepRow) => asks.includes('otherCase');
/** Presupposes what nobody here can bring about: another case or proceeding, or silence. */
const dependsOnOthers = ({ needs }: StepRow) =>
  (['joinsOpenDuplicate', 'elsewhereOnRecord', 'threeContactAttempts'] as const).some((name) =>
    needs.includes(name),
  );

/** States a case can be in once it is known how the organisation is involved. */
const AFTER_INVOLVEMENT = (() => {
  const reached = new Set<State>(
    ROWS.find(({ step }) => step === 'determine-involvement')!.from as readonly State[],
  );
  for (const state of reached)
    for (const row of ROWS.filter(({ from }) => from.includes(state)))
      if (leadsTo(row)) reached.add(leadsTo(row)!);
  return reached;
})();

const FINDINGS = [...FINDING_CODE_LIST, 'WITHHELD'] as const;
const allegation = (finding: string) => ({
  n: 1,
  finding: finding === 'WITHHELD' ? 'FC-INCON' : finding,
  withheld: finding === 'WITHHELD',
  missingTakenUp: true,
});
const UPHELD: readonly string[] = ['FC-SUBST', 'FC-PART', 'WITHHELD'];
const DONE: CaseFacts['actions'] = [
  {
    n: 1,
    action: 'RA-01',
    status: 'DONE',
    ownerId: 'owner',
    agreed: true,
    snapshotKept: false,
    verificationResult: 'FULL',
  },
];
const took = (step: string) => ({ step, personId: null, role: 'RH' });
const MONITORED = [took('confirm-remedy'), took('record-monitoring-check')];

interface Kind {
  facts: CaseFacts;
  answers: StepAnswers;
  isSevere: boolean;
  isOwed: boolean;
  isDelivered: boolean;
  isUndecided: boolean;
  isUnseen: boolean;
  /** Before the monitoring is over, by only telling where to turn, or without an answer of the other body. */
  isShortcut: boolean;
}

const either = [true, false] as const;
const KINDS: readonly Kind[] = TIERS.flatMap((tier) =>
  FINDINGS.flatMap((finding) =>
    INVOLVEMENT_CODES.flatMap((involvement) =>
      (['NOBODY', 'DEFENDER', 'EXTREME'] as const).flatMap((inDanger) =>
        (['NONE', 'REQUIRED', 'DECIDED'] as const).flatMap((interim) =>
          either.flatMap((isSeen) =>
            either.flatMap((isDelivered) =>
              either.map((isShortcut): Kind => ({
                facts: factsOf({
                  today: '2026-11-24',
                  tier,
                  involvement,
                  allegations: [allegation(finding)],
                  isDefender: inDanger === 'DEFENDER',
                  reprisalLevel: inDanger === 'EXTREME' ? 'EXTREME' : 'LOW',
                  interimRequired: interim === 'REQUIRED',
                  interimDecision: interim === 'NONE' ? null : 'IM_NONE',
                  measures: [],
                  actions: isDelivered ? DONE : [],
                  taken: [...(isSeen ? [took('sight-decline')] : []), ...MONITORED],
                  monitoring: {
                    since: '2026-08-24',
                    until: isShortcut ? '2026-11-25' : '2026-11-24',
                    lookedAtOn: '2026-11-24',
                  },
                }),
                answers: isShortcut
                  ? { referralMode: 'SIGNPOST_ONLY', withoutAnswer: 'She goes there herself.' }
                  : { referralMode: 'WITH_CONSENT' },
                isSevere: tierRank(tier) >= tierRank('SEVERE'),
                isOwed: oweRemedy(involvement) && UPHELD.includes(finding),
                isDelivered,
                isUndecided: tier === 'CRITICAL' && interim !== 'DECIDED',
                isUnseen: !isSeen && (inDanger !== 'NOBODY' || tierRank(tier) >= tierRank('SEVERE')),
                isShortcut,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** What a step that ends a case lets happen that must not; empty when it is sound. */
function faultsOf(row: StepRow): string[] {
  const faults = new Set<string>();
  const turnsAway = row.to === 'declined' || row.to === 'referred';
  const canBeOwed = row.from.some((state) => AFTER_INVOLVEMENT.has(state as State));
  for (const kind of KINDS) {
    if (!isOpen(row, kind.facts)) continue;
    const second = needsAgreement(row, kind.facts, kind.answers);
    const isAlone = second === null && !confirms(row);
    if (kind.isSevere && isAlone) faults.add('one person alone ends a severe case');
    if (kind.isUndecided) faults.add('a critical case ends without a decision on interim measures');
    if (turnsAway && kind.isUnseen) faults.add('nobody independent saw who is turned away');
    if (row.to === 'referred' && kind.isShortcut && isAlone)
      faults.add('one person alone only tells where to turn');
    if (row.needs.includes('referralAnswered') && kind.isShortcut && isAlone)
      faults.add('one person alone ends what no other body has taken');
    if (row.from.includes('monitoring') && row.needs.includes('monitored') && kind.isShortcut && isAlone)
      faults.add('one person alone ends the monitoring');
    if (canBeOwed && kind.isOwed && second !== 'EXE' && !confirms(row) && !joins(row)) {
      if (!kind.isDelivered || !row.from.includes('monitoring') || row.from.length > 1)
        faults.add('what is owed is not delivered, and no executive signs');
    }
  }
  return [...faults];
}

const ENDERS = ROWS.filter(ends);
const without = (row: StepRow, need: NeedName): StepRow => ({
  ...row,
  needs: row.needs.filter((name) => name !== need),
});

describe('a step with which staff end a case', () => {
  it('is any of these', () => {
    expect(ENDERS.map(({ step }) => step)).toEqual([
      ...['decline', 'refer', 'confirm-referral', 'close', 'close-unsubstantiated', 'close-without-remedy'],
      ...['close-linked', 'close-lost-contact', 'close-merged', 'close-resolved-elsewhere'],
      ...['close-own-initiative', 'close-withdrawn', 'reject-appeal', 'refuse-late-appeal'],
    ]);
  });

  it.each(ENDERS.map((row) => [row.step, row] as const))(
    '%s, is sound in every kind of case',
    (_step, row) => {
      expect(faultsOf(row)).toEqual([]);
      expect(KINDS.some(({ facts }) => isOpen(row, facts))).toBe(true);
    },
  );

  const guards = ENDERS.flatMap((row) =>
    (
      [
        'interimDecided',
        'interimDecidedWhereCritical',
        'independentSightWhereNeeded',
        'remedyDelivered',
        'noRemedyOwed',
        'notSevere',
      ] as const
    )
      .filter((name) => row.needs.includes(name))
      .map((name) => [row.step, name, row] as const),
  );

  it.each(guards)('%s, would not be without %s', (_step, name, row) => {
    expect(faultsOf(without(row, name))).not.toEqual([]);
  });

  const agreed = ENDERS.filter((row) => !row.needs.includes('notSevere')).flatMap((row) =>
    agreementsOf(row).map((left) => [row.step, left.role, left.when, row] as const),
  );

  it.each(agreed)('%s, would not be without the word of %s (%s)', (_step, role, when, row) => {
    const agreedBy = agreementsOf(row).filter((each) => each.role !== role || each.when !== when);
    expect(faultsOf({ ...row, agreedBy })).not.toEqual([]);
  });
});

describe('every open case', () => {
  /** Whether staff can bring it to an end, or to where what is open about it is settled; no remedy is offered where none is owed. */
  function leadsOut(
    rows: readonly StepRow[],
    start: State,
    finding: string,
    involvement: string,
    facts: CaseFacts,
  ) {
    const isOwed = oweRemedy(involvement as never) && UPHELD.includes(finding);
    const settles = (state: State) =>
      rows.some(
        ({ step, from }) =>
          from.includes(state) &&
          ((involvement === 'UNDETERMINED' && step === 'determine-involvement') ||
            (finding === 'FC-NA' && ['record-finding', 'correct-finding'].includes(step))),
      );
    const seen = new Set<State>([start]);
    for (const state of seen) {
      if (settles(state)) return true;
      for (const row of rows.filter(({ from }) => from.includes(state)).filter(isOfStaff)) {
        const to = leadsTo(row);
        if (to === null || !isOpen(row, facts)) continue;
        if (to === 'remedy-proposed' && !isOwed) continue;
        if (ends(row) && dependsOnOthers(row)) continue;
        if (STATES[to].ended) return true;
        seen.add(to);
      }
    }
    return false;
  }

  /** Reached only by who has determined the involvement. */
  const isDetermined = (state: State) =>
    ROWS.filter(({ to, from }) => to === state && !from.includes(state)).every(({ needs }) =>
      needs.includes('involvementDetermined'),
    );

  const stuck = (rows: readonly StepRow[]) =>
    OPEN_STATES.flatMap((state) =>
      TIERS.flatMap((tier) =>
        FINDINGS.flatMap((finding) =>
          INVOLVEMENT_CODES.filter((code) => code !== 'UNDETERMINED' || !isDetermined(state))
            .filter(
              (involvement) =>
                !leadsOut(
                  rows,
                  state,
                  finding,
                  involvement,
                  factsOf({
                    tier,
                    involvement,
                    allegations: [allegation(finding)],
                    interimRequired: false,
                    interimDecision: 'IM_NONE',
                    taken: [took('sight-decline'), ...MONITORED],
                  }),
                ),
            )
            .map((involvement) => [state, tier, finding, involvement].join(' ')),
        ),
      ),
    );

  it('has a way out, whatever was found, however the organisation is involved and however severe it is', () => {
    expect(stuck(ROWS)).toEqual([]);
  });

  it('would have none where harm that is only linked was found, if no step ended such a case', () => {
    const found = stuck(ROWS.filter(({ step }) => step !== 'close-linked'));
    expect(found).toContain('findings-shared LOW FC-SUBST DIRECTLY_LINKED');
    expect(found).toContain('findings-shared CRITICAL WITHHELD DIRECTLY_LINKED');
    expect(found.every((each) => each.endsWith('DIRECTLY_LINKED'))).toBe(true);
  });
});
