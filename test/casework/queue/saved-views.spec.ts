import { Like } from 'typeorm';
import { SavedViews } from '../../../src/casework/queue/saved-views';
import { HOUSE } from '../../../src/ledger/house';
import { Entry } from '../../../src/records/entities/entry';
import type { Visitor } from '../../../src/people/visitor';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

type Officer = Visitor & { kind: 'officer' };

describe.each(engines())('views of the queue that people keep, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let lead: Officer;
  let other: Officer;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    [lead, other] = [staff.TRI, staff.INV];
  });
  afterAll(() => house.close());

  const views = () => house.get(SavedViews);

  it('are one’s own, or shared; keep what says something and no page; and “me” stays whoever looks', async () => {
    const query = {
      tier: 'SEVERE',
      assignee: 'me',
      cursor: 'abc',
      limit: '5',
      colour: 'red',
      state: 'nowhere',
    };
    await views().save(lead, { name: '  Severe, mine ', query, isShared: false });
    await views().save(lead, { name: 'Late by law', query: { due: 'legally-late' }, isShared: true });
    const mine = await views().list(lead);
    expect(mine.map(({ name, filter, isOwn }) => ({ name, filter, isOwn }))).toEqual([
      { name: 'Late by law', filter: { due: 'legally-late' }, isOwn: true },
      { name: 'Severe, mine', filter: { tier: 'SEVERE', assignee: 'me' }, isOwn: true },
    ]);
    const theirs = await views().list(other);
    expect(theirs.map(({ name, isOwn }) => [name, isOwn])).toEqual([['Late by law', false]]);
    await expect(views().remove(other, theirs[0]!.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await views().list(other)).toEqual(theirs);
    for (const { id } of mine) await views().remove(lead, id);
    expect(await views().list(other)).toEqual([]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are renamed, shared and kept to oneself again by whoever saved them, and by nobody else', async () => {
    const { id } = await views().save(lead, { name: 'Severe', query: { tier: 'SEVERE' }, isShared: false });
    const changed = await views().change(lead, id, { name: ' Most severe ', isShared: true });
    expect(changed).toEqual({
      id,
      name: 'Most severe',
      filter: { tier: 'SEVERE' },
      isShared: true,
      isOwn: true,
    });
    expect(await views().list(other)).toEqual([{ ...changed, isOwn: false }]);
    await expect(views().change(other, id, { name: 'Theirs', isShared: false })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(views().change(lead, id, { name: ' ', isShared: false })).rejects.toMatchObject({
      needs: [{ field: 'name', sentence: 'Give the view a name.' }],
    });
    expect(await views().list(lead)).toEqual([changed]);
    await views().change(lead, id, { name: 'Most severe', isShared: false });
    expect(await views().list(other)).toEqual([]);
    const told = await house.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
    const acts = told.map(({ body }) => body).filter((body) => body.includes(id));
    expect(acts.map((body) => /"act":"([^"]+)"/.exec(body)![1])).toEqual([
      'save-view',
      'change-view',
      'change-view',
    ]);
    expect(acts.join()).not.toMatch(/severe/i);
    await views().remove(lead, id);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('say how many cases each finds for whoever looks, and never one that they are kept out of', async () => {
    const walk = await Walk.lodge(house, staff);
    await Walk.lodge(house, staff);
    for (const query of [
      {},
      { sort: 'lodged' },
      { state: 'closed' },
      { assignee: 'me' },
      { group: 'AG-WORKER' },
    ])
      await views().save(lead, { name: JSON.stringify(query), query, isShared: true });
    const counts = async (visitor: Officer) =>
      Object.fromEntries(
        (await views().counted(visitor)).map(({ filter, count }) => [JSON.stringify(filter), count]),
      );
    const two = { cases: 2, isMore: false };
    const none = { cases: 0, isMore: false };
    expect(await counts(lead)).toEqual({
      '{}': two,
      '{"sort":"lodged"}': two,
      '{"state":"closed"}': none,
      '{"assignee":"me"}': none,
      '{"group":"AG-WORKER"}': null,
    });
    const searches = () =>
      house.source.getRepository(Entry).countBy({ ledgerId: HOUSE, body: Like('%search-cases%') });
    expect(await searches()).toBe(0);
    expect(await counts(other)).toMatchObject({ '{}': none, '{"sort":"lodged"}': none });
    expect(await counts(staff.PRT)).toMatchObject({ '{}': two, '{"sort":"lodged"}': two });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.PRT.personId });
    const one = { cases: 1, isMore: false };
    expect(await counts(staff.PRT)).toMatchObject({ '{}': one, '{"sort":"lodged"}': one });
    for (const { id } of await views().list(lead)) await views().remove(lead, id);
  });

  it('have names that the database does not tell', async () => {
    await views().save(lead, { name: 'Zebra crossing', query: {}, isShared: true });
    expect(JSON.stringify(await house.source.query('SELECT * FROM "saved_views"'))).not.toMatch(/zebra/i);
  });

  it.each([
    ['', 'Give the view a name.'],
    ['   ', 'Give the view a name.'],
    ['x'.repeat(61), 'Shorten the name to 60 characters.'],
    ['a\u0000b', 'This name holds characters that cannot be kept; retype it.'],
  ])('refuse the name %j', async (name, sentence) => {
    await expect(views().save(lead, { name, query: {}, isShared: false })).rejects.toMatchObject({
      needs: [{ field: 'name', sentence }],
    });
  });

  it('are at most thirty of one person', async () => {
    for (let n = (await views().list(other)).filter(({ isOwn }) => isOwn).length; n < 30; n++)
      await views().save(other, { name: `View ${n}`, query: {}, isShared: false });
    await expect(views().save(other, { name: 'One more', query: {}, isShared: false })).rejects.toThrow(
      'The view was not saved.',
    );
  });
});
