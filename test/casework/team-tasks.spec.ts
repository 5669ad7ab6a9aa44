import { ReadQueue } from '../../src/casework/queue/read-queue';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { ReadOwnWork } from '../../src/insight/own-work';
import { Sight } from '../../src/people/sight';
import { Transactions } from '../../src/records/transactions';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const TEXT = 'Ring the landlord about the second letter.';

describe.each(engines())('a task that the team gives itself, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
  });
  afterAll(() => house.close());

  const view = () => house.get(ReadCase).forStaff(walk.reference, staff.TRI);
  const open = async () => (await view()).tasks.filter(({ kind }) => kind === 'TEAM_TASK');
  const own = async (who: keyof Staff) =>
    (
      await new ReadOwnWork(house.get(Transactions), house.get(Sight), house.time).run(staff[who], [])
    ).tasks.filter(({ kind }) => kind === 'TEAM_TASK');
  const row = async () => (await house.get(ReadQueue).page({}, staff.TRI)).cases[0]!;
  const add = (more: Record<string, unknown> = {}) =>
    walk.by('TRI', 'add-task', {
      taskText: TEXT,
      owner: staff.INV.personId,
      dueOn: '2026-11-25',
      ...more,
    });

  it('belongs to somebody of the team, by a day that is not over', async () => {
    for (const [more, name] of [
      [{ owner: staff.REM.personId }, 'ownerIsOnTeam'],
      [{ dueOn: '2026-11-23' }, 'dueAhead'],
    ] as const)
      await expect(add(more)).rejects.toMatchObject({
        kind: 'unmet',
        needs: [expect.objectContaining({ name })],
      });
  });

  it('stands in the case, in the work of its owner and in the queue until it is done', async () => {
    const before = (await row()).nextDueOn;
    await add();
    const task = { n: 1, dueOn: '2026-11-25', overdue: false };
    expect(await open()).toEqual([
      {
        ...task,
        kind: 'TEAM_TASK',
        text: TEXT,
        owedBy: 'INV',
        who: expect.stringContaining('INV'),
        step: 'finish-task',
        isReached: true,
      },
    ]);
    expect(await own('INV')).toEqual([expect.objectContaining({ ...task, reference: walk.reference })]);
    expect(await own('TRI')).toEqual([]);
    expect(await row()).toMatchObject({
      nextDueOn: '2026-11-25',
      due: { kind: 'TEAM_TASK', code: null, isLaw: false },
    });
    expect((await house.verify()).differences).toEqual([]);
    await walk.by('INV', 'finish-task', { taskNumber: 1 });
    expect([await open(), await own('INV'), (await row()).nextDueOn]).toEqual([[], [], before]);
    await expect(walk.by('INV', 'finish-task', { taskNumber: 1 })).rejects.toMatchObject({ kind: 'unmet' });
  });

  it('can be dropped with a reason, and is kept as dropped', async () => {
    await add();
    await walk.by('TRI', 'drop-task', { taskNumber: 2, reasons: 'She rang herself.' });
    expect(await open()).toEqual([]);
    expect((await view()).teamTasks.map(({ n, status, settledOn }) => [n, status, settledOn])).toEqual([
      [1, 'DONE', '2026-11-24'],
      [2, 'DROPPED', '2026-11-24'],
    ]);
  });

  it('is told to nobody but the team: neither the person nor an entry has its text or that there is one', async () => {
    expect(JSON.stringify((await view()).said)).not.toContain(TEXT);
    const mine = await house.get(ReadMyCase).timeline(walk.holder);
    expect(JSON.stringify(mine)).not.toMatch(/add-task|finish-task|drop-task|landlord/);
    const bodies = await house.source.query<{ body: string }[]>('SELECT "body" FROM "entries"');
    expect(bodies.some(({ body }) => body.includes('landlord'))).toBe(false);
    expect((await house.verify()).differences).toEqual([]);
  });
});
