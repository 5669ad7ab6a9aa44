import { ReadCase } from '../../../src/casework/read-case';
import { peopleOf } from '../../../src/web/desk/case-people';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, riskOf, Walk } from '../../harness/walk';

describe.each(engines())('the people of a case on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine);
  });
  afterAll(() => house.close());

  it('are shown at one glance: whom it is about, who speaks, is at risk, was heard, works on it, and no name from outside', async () => {
    const staff = await hireStaff(house);
    const walk = await Walk.lodge(house, staff, 'It stopped my benefit.', {
      complainantRole: 'representative',
      identityMode: 'REPRESENTED',
      contact: { kind: 'email', value: 'amina.yusuf@example.org' },
      contactName: 'Amina Yusuf',
      language: 'sw',
    });
    await walk.toInvestigation();
    await walk.by('PRT', 'assess-reprisal', { ...riskOf('LOW'), personsAtRisk: ['COMPLAINANT', 'WITNESS'] });
    for (const interviewWith of ['WITNESS', 'UNIT'])
      await walk.by('INV', 'plan-interview', {
        interviewWith,
        plannedFor: house.time.today(),
        meetingDetails: 'Juma Otieno, at the depot.',
        tellsNothingOfHer: true,
      });
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const risk = view.said.filter(({ step }) => step === 'assess-reprisal').slice(-1);
    const people = peopleOf(view, risk);
    const told = people.map(({ who, what }) => `${who}: ${what}`);
    expect(told.slice(0, 2)).toEqual([
      'The person: Through a representative, speaks as representative, writes Kiswahili',
      'Representative 1: Nobody said yet what it rests on: claimed, not confirmed',
    ]);
    expect(told.filter((line) => line.endsWith('At risk of reprisal'))).toHaveLength(2);
    expect(told).toContain('Interview 1: with a witness: planned');
    expect(told).toContain('Interview 2: with somebody of the unit: planned');
    expect(people.filter(({ section }) => section === 'assignments').length).toBe(view.assignments.length);
    expect(told.join()).not.toMatch(/Amina|Juma|example\.org/);
    expect(peopleOf(view, []).some(({ section }) => section === 'protection')).toBe(false);
  });
});
