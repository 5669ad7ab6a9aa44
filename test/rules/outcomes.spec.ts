import {
  DECLINE_CODE_LIST,
  declineIsAllowed,
  NEVER_GROUNDS_TO_DECLINE,
  type DeclineFacts,
} from '../../src/rules/outcomes';

const facts = (patch: Partial<DeclineFacts> = {}): DeclineFacts => ({
  tier: 'LOW',
  isDefender: false,
  identityMode: 'NAMED',
  attemptsToUnderstand: 3,
  twoPersonReview: true,
  effectOnPeople: false,
  referralGiven: true,
  linkedAsDuplicate: true,
  ...patch,
});

describe('Declining a complaint', () => {
  it.each(DECLINE_CODE_LIST)('is possible with %s when everything it asks for is there', (code) => {
    expect(declineIsAllowed(code, facts())).toEqual([]);
  });

  it.each(DECLINE_CODE_LIST)(
    'with %s needs independent sight for a defender, in extreme danger, and for a severe allegation',
    (code) => {
      const needed = 'INDEPENDENT-REVIEW-NEEDED';
      expect(declineIsAllowed(code, facts({ isDefender: true }))).toEqual([needed]);
      expect(declineIsAllowed(code, facts({ reprisalLevel: 'EXTREME' }))).toEqual([needed]);
      expect(declineIsAllowed(code, facts({ reprisalLevel: 'HIGH' }))).toEqual([]);
      expect(declineIsAllowed(code, facts({ tier: 'SEVERE' }))).toEqual([needed]);
      expect(declineIsAllowed(code, facts({ tier: 'CRITICAL' }))).toEqual([needed]);
      expect(declineIsAllowed(code, facts({ tier: 'MODERATE' }))).toEqual([]);
      expect(declineIsAllowed(code, facts({ tier: null }))).toEqual([]);
      expect(
        declineIsAllowed(code, facts({ tier: 'CRITICAL', isDefender: true, independentReviewerSaw: true })),
      ).toEqual([]);
    },
  );

  it('as commercial is refused when people are affected', () => {
    expect(declineIsAllowed('DC-COMM', facts({ effectOnPeople: true }))).toEqual(['EFFECT-ON-PEOPLE']);
  });

  it('as not understandable needs three attempts and somebody to ask', () => {
    expect(declineIsAllowed('DC-UNINTELL', facts({ attemptsToUnderstand: 2 }))).toEqual([
      'THREE-ATTEMPTS-NEEDED',
    ]);
    expect(declineIsAllowed('DC-UNINTELL', facts({ identityMode: 'ANONYMOUS' }))).toEqual([
      'NO-WAY-TO-ASK-BACK',
    ]);
    expect(
      declineIsAllowed('DC-UNINTELL', facts({ identityMode: 'ANONYMOUS', attemptsToUnderstand: 0 })),
    ).toEqual(['THREE-ATTEMPTS-NEEDED', 'NO-WAY-TO-ASK-BACK']);
  });

  it('as abusive needs two people', () => {
    expect(declineIsAllowed('DC-ABUSE', facts({ twoPersonReview: false }))).toEqual([
      'TWO-PERSON-REVIEW-NEEDED',
    ]);
  });

  it('as a duplicate needs the link to the earlier case', () => {
    expect(declineIsAllowed('DC-DUP', facts({ linkedAsDuplicate: false }))).toEqual(['DUPLICATE-NOT-LINKED']);
  });

  it.each(['DC-NOLINK', 'DC-OTHERBODY', 'DC-COMM'] as const)('with %s says who can help', (code) => {
    expect(declineIsAllowed(code, facts({ referralGiven: false }))).toEqual(['REFERRAL-MISSING']);
  });

  it('names every obstacle at once', () => {
    const bare: DeclineFacts = {
      tier: 'SEVERE',
      isDefender: false,
      identityMode: 'NAMED',
      attemptsToUnderstand: 0,
      twoPersonReview: false,
      effectOnPeople: true,
    };
    expect(declineIsAllowed('DC-COMM', bare)).toEqual([
      'REFERRAL-MISSING',
      'EFFECT-ON-PEOPLE',
      'INDEPENDENT-REVIEW-NEEDED',
    ]);
  });

  it('is never grounded on another proceeding, anonymity, lateness alone or a union', () => {
    expect(Object.keys(NEVER_GROUNDS_TO_DECLINE)).toEqual([
      'PARALLEL_PROCEEDING',
      'ANONYMITY',
      'LATENESS_ALONE',
      'UNION_EXISTS',
    ]);
    expect(DECLINE_CODE_LIST).toEqual(expect.not.arrayContaining(Object.keys(NEVER_GROUNDS_TO_DECLINE)));
  });
});
