import { complaintOf, openCase } from '../../src/commands/demo/complaints';
import { ENDINGS } from '../../src/commands/demo/endings';
import { foundOrganisation, type Staff } from '../../src/commands/demo/organisation';
import { Walk } from '../../src/commands/demo/walk';
import { Lodge } from '../../src/casework/intake/lodge';
import { ReadCase } from '../../src/casework/read-case';
import { addDays } from '../../src/rules/counting';
import { engines } from '../harness/database';
import { House } from '../harness/house';

/** Letters that the complainant gets on the way, in order, the receipt first. */
const LETTERS: Record<string, string> = {
  'open-01':
    'receipt acknowledgement accepted plan draft-findings message message offer agreement please-check thanks closed',
  'open-04': 'receipt acknowledgement accepted consent-recorded plan draft-findings message closed',
  'open-06': 'receipt acknowledgement accepted offer agreement please-check thanks message closed reopened',
  'open-09':
    'receipt acknowledgement accepted plan draft-findings message message closed appeal-received appeal-decided agreement please-check thanks closed',
  'open-10': 'receipt acknowledgement accepted consent-recorded plan draft-findings message closed',
  'open-11': 'receipt acknowledgement accepted message closed',
  'open-15': 'receipt acknowledgement message consent-recorded referred closed',
  'open-17': 'receipt acknowledgement accepted withdrawn own-initiative closed',
  'open-19': 'receipt acknowledgement accepted plan draft-findings message closed',
  'open-20':
    'receipt acknowledgement accepted consent-recorded facilitator-proposed dialogue-invitation meeting offer agreement please-check thanks closed',
  'open-21': 'receipt acknowledgement declined',
};

describe.each(engines())('Every ending, walked by real steps on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await foundOrganisation(house);
  });

  afterAll(async () => {
    await house.close();
  });

  it.each(ENDINGS)('$caseId is $title', async (ending) => {
    const record = openCase(ending.caseId);
    const receivedOn = addDays(house.time.today(), -(ending.receivedDaysAgo ?? 0));
    const lodged = await house.get(Lodge).run(complaintOf(record), { role: 'RH', receivedOn });
    await ending.walk(await Walk.start(house, staff, record, lodged));
    const view = await house.get(ReadCase).forStaff(lodged.reference, staff.triage.visitor);
    expect([view.state, view.assessment.closureCode ?? null]).toEqual([ending.state, ending.closureCode]);
    expect(view.letters.map(({ letter }) => letter).join(' ')).toBe(LETTERS[ending.caseId]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('reaches each ending once', () => {
    expect(new Set(ENDINGS.map(({ caseId }) => caseId)).size).toBe(11);
    expect(ENDINGS.map(({ caseId }) => caseId).sort()).toEqual(Object.keys(LETTERS).sort());
  });
});
