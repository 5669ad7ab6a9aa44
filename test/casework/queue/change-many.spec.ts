import { ChangeMany, CASES_AT_ONCE, type ChosenCase } from '../../../src/casework/queue/change-many';
import { ReadCase } from '../../../src/casework/read-case';
import { TakeStep } from '../../../src/casework/take-step';
import { Entry } from '../../../src/records/entities/entry';
import { Opening } from '../../../src/records/entities/opening';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('one step in many cases on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let chosen: ChosenCase[];

  beforeEach(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    const walks = [await Walk.lodge(house, staff), await Walk.lodge(house, staff)];
    chosen = walks.map(({ reference }) => ({ reference, revision: 1 }));
  });
  afterEach(() => house.close());

  const lead = () => staff.TRI;
  const note = {
    step: 'write-internal-note',
    answers: { internalNote: 'All of them name one system.' },
  } as const;
  const views = () =>
    Promise.all(chosen.map(({ reference }) => house.get(ReadCase).forStaff(reference, staff.TRI)));

  it('is shown before it is done, and changes nothing then', async () => {
    const before = [await views(), await house.source.getRepository(Entry).count()];
    const outcomes = await house.get(ChangeMany).preview(lead(), { ...note, cases: chosen });
    expect(outcomes).toEqual(chosen.map((each) => ({ ...each, problems: [] })));
    expect([await views(), await house.source.getRepository(Entry).count()]).toEqual(before);
  });

  it('is done in each, and pressed twice it is done once', async () => {
    const press = () => house.get(ChangeMany).run(lead(), { ...note, cases: chosen });
    expect((await press()).flatMap(({ problems }) => problems)).toEqual([]);
    const again = await press();
    expect(again.map(({ problems }) => problems)).toEqual(
      chosen.map(() => ['Someone changed this case; reload it and try again.']),
    );
    for (const { internalNotes } of await views()) expect(internalNotes).toHaveLength(1);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('says of each case why not, in the same words as for a case that is not there, and does the others', async () => {
    const missing = { reference: 'RD-AAAA-AAAA', revision: 1 };
    const stale = { ...chosen[0]!, revision: 9 };
    const outcomes = await house
      .get(ChangeMany)
      .run(lead(), { ...note, cases: [missing, stale, chosen[1]!] });
    expect(outcomes.map(({ problems }) => problems.length)).toEqual([1, 1, 0]);
    // An investigator who is on no team learns nothing of these cases.
    const hidden = await house.get(ChangeMany).preview(staff.INV, { ...note, cases: [missing, chosen[0]!] });
    expect(hidden[1]!.problems).toEqual(hidden[0]!.problems);
  });

  it('assigns, and each case keeps its own reason where it cannot', async () => {
    const answers = { role: 'INV', person: staff.INV.personId };
    const assign = (cases: ChosenCase[]) =>
      house.get(ChangeMany).run(lead(), { step: 'assign', cases, answers });
    expect((await assign(chosen)).flatMap(({ problems }) => problems)).toEqual([]);
    for (const { assignments } of await views())
      expect(assignments).toEqual([expect.objectContaining({ role: 'INV', personId: staff.INV.personId })]);
  });

  it('tells in the history of a case that was refused who read why, also where it was only shown before', async () => {
    const kept = { exclusionGround: 'EX-CLOSE', person: staff.INV.personId };
    const [{ reference }, other] = chosen as [ChosenCase, ChosenCase];
    const visitor = staff.PRT;
    await house.get(TakeStep).run({ reference, step: 'exclude', visitor, answers: kept });
    const cases = [{ reference, revision: 2 }, other];
    const answers = { role: 'INV', person: staff.INV.personId };
    const outcomes = await house.get(ChangeMany).preview(lead(), { step: 'assign', cases, answers });
    expect(outcomes.map(({ problems }) => problems.join())).toEqual([expect.stringMatching(/kept out/), '']);
    const read = (await house.source.getRepository(Opening).find()).map(({ personId }) => personId);
    expect(read).toEqual([staff.TRI.personId]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it.each([
    ['no case', 0, 'Choose at least one case.'],
    ['too many', CASES_AT_ONCE + 1, `Choose at most ${CASES_AT_ONCE} cases.`],
  ])('is refused for %s', async (_, count, sentence) => {
    const cases = Array.from({ length: count }, () => chosen[0]!);
    await expect(house.get(ChangeMany).preview(lead(), { ...note, cases })).rejects.toMatchObject({
      kind: 'invalid',
      needs: [{ field: 'cases', sentence }],
    });
  });

  it('without what it asks is refused as a whole', async () => {
    await expect(
      house.get(ChangeMany).preview(lead(), { ...note, answers: { internalNote: '' }, cases: chosen }),
    ).rejects.toMatchObject({ kind: 'invalid', needs: [{ field: 'internalNote' }] });
  });
});
