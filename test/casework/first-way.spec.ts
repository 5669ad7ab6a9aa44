import { Not } from 'typeorm';
import { Entry } from '../../src/records/entities/entry';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { Lodge } from '../../src/casework/intake/lodge';
import { TakeStep } from '../../src/casework/take-step';
import { ReadCase } from '../../src/casework/read-case';

describe.each(engines())('the first way through the house on %s', (engine) => {
  it('lodges, acknowledges and verifies', async () => {
    const house = await House.open(engine);
    const intake = await house.officer('INT');
    const lodged = await house.get(Lodge).run({ narrative: 'I was fired by the system.' }, { role: 'RH' });
    expect(lodged.reference).toMatch(/^RD-/);
    const taken = await house.get(TakeStep).run({
      reference: lodged.reference,
      step: 'acknowledge',
      visitor: intake,
      answers: {
        safeChannelChosen: 'yes',
        noConflict: 'yes',
        jurisdiction: 'EU',
        isDataRightsRequest: 'yes',
        reporterIsWorker: 'no',
        concernsListedLaw: 'no',
      },
    });
    expect(taken).toMatchObject({ state: 'acknowledged', revision: 2, proposed: false });
    const view = await house.get(ReadCase).forStaff(lodged.reference, intake);
    expect(view.complaint.narrative).toBe('I was fired by the system.');
    // Of the case two deeds, and that staff read it; the others of the house, about the two accounts.
    const entries = await house.source.getRepository(Entry).count();
    expect(await house.source.getRepository(Entry).countBy({ ledgerId: Not('house') })).toBe(3);
    expect(await house.integrate()).toBe(entries);
    expect(await house.verify()).toEqual({ cases: 1, entries, differences: [], erased: 0 });
    await house.close();
  });
});
