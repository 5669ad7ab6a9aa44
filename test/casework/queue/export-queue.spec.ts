import { ExportQueue } from '../../../src/casework/queue/export-queue';
import { Case } from '../../../src/records/entities/case';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('the queue as a file on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    // No code is like this; whoever could write one must not reach the spreadsheet of a colleague.
    await house.source
      .getRepository(Case)
      .update({ reference: walk.reference }, { channel: '=cmd|"/c calc"!A1' });
  });
  afterAll(() => house.close());

  it('holds no cell that a spreadsheet takes for a formula', async () => {
    const { name, content } = await house.get(ExportQueue).run({}, staff.TRI, 'csv');
    expect(name).toBe('queue-2026-11-24.csv');
    expect(content).toContain(walk.reference);
    expect(content).toContain(`"'=cmd|""/c calc""!A1"`);
    expect(content.split('\r\n')[0]).toBe(
      '\uFEFFreference,state,tier,language,channel,lodgedOn,nextDueOn,overdue,lateToldTo,alertSince,erasedOn,dueKind,dueCode,dueByLaw,legallyLate,workers,flags',
    );
  });

  it('says the same as JSON, and no more than the reader may see', async () => {
    const { content } = await house.get(ExportQueue).run({}, staff.TRI, 'json');
    expect(JSON.parse(content)).toEqual([
      expect.objectContaining({
        reference: walk.reference,
        overdue: false,
        dueKind: 'CLOCK',
        dueCode: 'TARGET-ACK',
        dueByLaw: false,
        workers: [],
        flags: ['UNASSESSED'],
      }),
    ]);
    expect(content).not.toMatch(/Sealed|revision/);
    expect((await house.get(ExportQueue).run({}, staff.INV, 'json')).content).toBe('[]\n');
  });

  it('is an entry of the house with who, how and how many', async () => {
    const told = async () =>
      (await house.source.query<{ body: string }[]>(`SELECT "body" FROM "entries"`)).filter(({ body }) =>
        body.includes('"act":"export-queue"'),
      );
    const before = (await told()).length;
    await house.get(ExportQueue).run({ tier: 'LOW' }, staff.TRI, 'csv');
    const after = await told();
    expect(after).toHaveLength(before + 1);
    expect(
      after.some(({ body }) => body.includes('"facts":{"filter":{"tier":"LOW"},"format":"csv","shown":0}')),
    ).toBe(true);
  });
});
