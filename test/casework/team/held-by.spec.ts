import { ReadCase } from '../../../src/casework/read-case';
import { Accounts } from '../../../src/people/accounts';
import { TakeStep } from '../../../src/casework/take-step';
import type { Visitor } from '../../../src/people/visitor';
import type { RoleCode } from '../../../src/rules/roles';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

type Officer = Visitor & { kind: 'officer' };

const SEVERE = { scale: 5, scope: 3, irremediability: 5 };
const NAMED = { exclusionGround: 'EX-NAMED' };

describe.each(engines())('in whose hands a case is, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
  });
  afterAll(() => house.close());

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
  const held = async () => (await view()).heldBy;
  const nameOf = async ({ personId }: Officer) =>
    (await house.get(Accounts).list()).find(({ id }) => id === personId)!.name;
  const nobodyAs = (role: RoleCode) => ({ role: 'TRI', names: [], lacks: role });

  /** A severe case, closed with the word of the reviewer, of which the person asks for a review. */
  async function toAppeal(): Promise<void> {
    await walk.toInvestigation(SEVERE);
    await walk.toFindings('FC-UNSUB', 'NOT_INVOLVED');
    const answers = { residualConsidered: true, systemicEffects: ['SE-NONE'], reasons: 'As the file shows.' };
    await walk.by('DEC', 'close-unsubstantiated', answers);
    await walk.by('IRV', 'close-unsubstantiated', {}, true);
    await walk.by('RH', 'appeal', { grounds: 'Nobody asked me.' });
  }

  it('says who has to be assigned while no investigator is, and names whoever is', async () => {
    expect(await held()).toEqual({ role: 'INT', names: [], lacks: null });
    await walk.toInvestigation();
    expect(await held()).toEqual({ role: 'INV', names: [await nameOf(staff.INV)], lacks: null });
    await walk.by('TRI', 'end-assignment', { person: staff.INV.personId, reasons: 'Elsewhere.' });
    expect(await held()).toEqual(nobodyAs('INV'));
  });

  it('names no reviewer who took part before, and then the one who did not', async () => {
    await toAppeal();
    const seen = await view();
    expect(seen.assignments.map(({ role, name }) => [role, name])).toContainEqual([
      'IRV',
      await nameOf(staff.IRV),
    ]);
    expect(seen.heldBy).toEqual(nobodyAs('IRV'));
    const reject = { reasons: 'As decided.', signposting: 'A court.' };
    await expect(walk.take('IRV', 'reject-appeal', reject)).rejects.toMatchObject({ kind: 'unmet' });

    const reviewer = await house.officer('IRV');
    await walk.bring(reviewer, 'IRV');
    const now = await view();
    expect(now.heldBy).toEqual({ role: 'IRV', names: [await nameOf(reviewer)], lacks: null });
    expect(now.tasks.find(({ kind }) => kind === 'APPEAL')!.who).toBe(await nameOf(reviewer));
    await house
      .get(TakeStep)
      .run({ reference: walk.reference, step: 'reject-appeal', visitor: reviewer, answers: reject });
  });

  it.each([
    [
      'is kept out',
      (reviewer: Officer) => walk.by('TRI', 'exclude', { ...NAMED, person: reviewer.personId }),
    ],
    [
      'withdrew',
      (visitor: Officer) =>
        house.get(TakeStep).run({
          reference: walk.reference,
          step: 'recuse',
          visitor,
          answers: { recusalGround: 'CI-CLOSE' },
        }),
    ],
  ])('names no reviewer who %s', async (_why, leave) => {
    await toAppeal();
    const reviewer = await house.officer('IRV');
    await walk.bring(reviewer, 'IRV');
    expect((await held()).names).toEqual([await nameOf(reviewer)]);
    await leave(reviewer);
    const seen = await view();
    expect(seen.heldBy).toEqual(nobodyAs('IRV'));
    expect(seen.tasks.find(({ kind }) => kind === 'APPEAL')!.who).toBeNull();
  });

  it('names no decision-maker who investigated the case', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    expect(await held()).toMatchObject({ role: 'DEC', lacks: null });
    const both = await house.officer('DEC', 'INV');
    await walk.bring(both, 'INV');
    await walk.by('TRI', 'end-assignment', { person: staff.DEC.personId, reasons: 'Elsewhere.' });
    expect(await held()).toEqual(nobodyAs('DEC'));
  });
});
