import { SavedViews } from '../../../src/casework/queue/saved-views';
import type { Visitor } from '../../../src/people/visitor';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, type Staff } from '../../harness/walk';

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
      needs: [{ field: 'viewName', sentence }],
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
