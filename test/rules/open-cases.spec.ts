import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DECISION_MODES } from '../../src/rules/decision-modes';
import { AFFECTED_GROUPS } from '../../src/rules/groups';
import { HARMS } from '../../src/rules/harms';
import { IDENTITY_MODES, type IdentityMode } from '../../src/rules/identity-modes';
import { INVOLVEMENTS } from '../../src/rules/involvement';
import { LIFECYCLE_STAGES } from '../../src/rules/lifecycle';
import {
  DECLINE_CODE_LIST,
  declineIsAllowed,
  type DeclineCode,
  type DeclineFacts,
} from '../../src/rules/outcomes';
import { RIGHTS } from '../../src/rules/rights';
import { computeTier, severityProblems, type Severity, type Tier } from '../../src/rules/severity';
import { STATE_NEXUS } from '../../src/rules/state-nexus';
import { USE_DOMAINS } from '../../src/rules/use-domains';

interface OpenCase {
  id: string;
  identityMode: IdentityMode;
  expected: {
    domain: string;
    lifecycle: string;
    stateNexus: string;
    harms: string[];
    rights: string[];
    groups: string[];
    decisionMode: string;
    likelyInvolvement: string;
    severity: Omit<Severity, 'nature'> & { tier: Tier };
    eligibility: string;
  };
}

const CASES = JSON.parse(readFileSync(join(__dirname, '../cases/open-cases.json'), 'utf8')) as OpenCase[];
const byId = (id: string) => CASES.find((one) => one.id === id)!;

/** What can be known of a case when it is decided whether to accept it, with all the care that helps a decline. */
const factsOf = ({ identityMode, expected }: OpenCase): DeclineFacts => ({
  tier: expected.severity.tier,
  isDefender: expected.groups.includes('AG-HRD'),
  identityMode,
  attemptsToUnderstand: 0,
  twoPersonReview: true,
  effectOnPeople: expected.likelyInvolvement !== 'NOT_INVOLVED' || expected.groups.length > 0,
  referralGiven: true,
  independentReviewerSaw: true,
});

describe('The open cases', () => {
  it('are 26', () => {
    expect(CASES).toHaveLength(26);
  });

  it.each(CASES)('$id comes to the tier that its assessment says', ({ expected }) => {
    const severity: Severity = { ...expected.severity, nature: 'ACTUAL' };
    expect(severityProblems(severity)).toEqual([]);
    expect(computeTier(severity)).toEqual({
      tier: expected.severity.tier,
      interimMeasuresRequired: expected.severity.delayMakesIrremediable,
    });
  });

  it.each(CASES)('$id finds all its codes in the tables', ({ identityMode, expected }) => {
    expect(Object.keys(IDENTITY_MODES)).toContain(identityMode);
    expect(Object.keys(USE_DOMAINS)).toContain(expected.domain);
    expect(Object.keys(LIFECYCLE_STAGES)).toContain(expected.lifecycle);
    expect(Object.keys(STATE_NEXUS)).toContain(expected.stateNexus);
    expect(Object.keys(DECISION_MODES)).toContain(expected.decisionMode);
    expect(Object.keys(INVOLVEMENTS)).toContain(expected.likelyInvolvement);
    expect(Object.keys(HARMS)).toEqual(expect.arrayContaining(expected.harms));
    expect(Object.keys(RIGHTS)).toEqual(expect.arrayContaining(expected.rights));
    expect(Object.keys(AFFECTED_GROUPS)).toEqual(expect.arrayContaining(expected.groups));
  });

  it.each(CASES.filter(({ expected }) => expected.eligibility.startsWith('DECLINE:')))(
    '$id may be declined as its assessment says',
    (one) => {
      const code = one.expected.eligibility.slice('DECLINE:'.length) as DeclineCode;
      expect(DECLINE_CODE_LIST).toContain(code);
      expect(declineIsAllowed(code, factsOf(one))).toEqual([]);
    },
  );

  it.each(CASES.filter(({ expected }) => expected.eligibility === 'ACCEPT'))(
    '$id cannot be waved away as commercial, nor as not understandable at first sight',
    (one) => {
      expect(declineIsAllowed('DC-COMM', factsOf(one))).toContain('EFFECT-ON-PEOPLE');
      expect(declineIsAllowed('DC-UNINTELL', factsOf(one))).toContain('THREE-ATTEMPTS-NEEDED');
    },
  );

  it('open-14, three anonymous words, can never be declined as not understandable', () => {
    const patient = { ...factsOf(byId('open-14')), attemptsToUnderstand: 99 };
    expect(declineIsAllowed('DC-UNINTELL', patient)).toEqual(['NO-WAY-TO-ASK-BACK']);
  });
});
