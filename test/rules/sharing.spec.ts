import { ASKED_OF_CODES } from '../../src/rules/inquiry';
import { SHARED_WITH, SHARED_WITH_CODES } from '../../src/rules/consents';
import {
  COMPLAINT_PARTS,
  goesToRespondent,
  PASSING_STEPS,
  SHARED_KINDS,
  SHARERS,
} from '../../src/rules/sharing';
import { packetMayLeave } from '../../src/rules/needs/sharing';
import { STEPS, type StepRow } from '../../src/rules/steps';

const ROWS: readonly StepRow[] = STEPS;

describe('what is passed on', () => {
  it('goes out with the steps that ask for a packet, each of which looks at it, and with no other', () => {
    const asking = ROWS.filter(({ asks, mayAsk }) => [...asks, ...(mayAsk ?? [])].includes('packetNumber'));
    expect(asking.map(({ step }) => step)).toEqual([...PASSING_STEPS]);
    for (const { needs } of asking)
      expect(needs).toEqual(expect.arrayContaining(['packetIsReady', 'packetNamesNobody']));
  });

  it('is prepared by those who may share', () => {
    expect(SHARERS).toEqual(ROWS.find(({ step }) => step === 'share')!.by);
  });

  it('goes to those complained about where a unit or the vendor gets it', () => {
    for (const sharedWith of SHARED_WITH_CODES)
      expect(goesToRespondent({ sharedWith })).toBe(SHARED_WITH[sharedWith].respondent);
    expect(ASKED_OF_CODES.map((askedOf) => goesToRespondent({ askedOf }))).toEqual([true, true, false]);
    expect(goesToRespondent({})).toBe(false);
  });

  it.each([
    // names somebody, erased, must not be learnt, agreed to be shown: may leave
    [false, true, true, false, true],
    [true, false, false, false, true],
    [true, false, true, true, true],
    [true, false, true, false, false],
    [true, true, true, true, false],
    [true, true, false, true, false],
  ])(
    'leaves with a name only where it may be learnt (named %s, erased %s, hidden %s, shown %s)',
    (namesSomebody, identityErased, hidden, shown, leaves) => {
      expect(packetMayLeave({ namesSomebody, identityErased }, { hidden, shown })).toBe(leaves);
    },
  );

  it('keeps its codes and the order of the parts of a complaint, by which histories name them', () => {
    expect(SHARED_KINDS).toEqual([
      ...['COMPLAINT', 'AMENDMENT', 'MESSAGE', 'ANSWER', 'TRANSCRIPT'],
      ...['ALLEGATION', 'FINDING', 'REPLY', 'TRANSLATION', 'FILE'],
    ]);
    expect(COMPLAINT_PARTS).toEqual([
      ...['narrative', 'desiredOutcome', 'whenHappened', 'systemKnown', 'reprisalText', 'groupDefinition'],
      'groupByStaff',
    ]);
  });
});
