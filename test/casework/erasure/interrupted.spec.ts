import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CarryOut } from '../../../src/casework/erasure/carry-out';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { DataKey } from '../../../src/records/entities/data-key';
import { DisposalItem } from '../../../src/records/entities/disposal-item';
import { DoomedFile } from '../../../src/records/entities/doomed-file';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, type Staff, type Walk } from '../../harness/walk';
import { disposeOf, endedCase } from './due-house';

/** Enough for one case and the end of its batch. */
const STATEMENTS = 60;

describe.each(engines())('a disposal that breaks off on %s', (engine) => {
  let house: House;
  let staff: Staff;
  const cases: Walk[] = [];
  const fault = { at: 0, count: 0, fired: false };

  beforeAll(async () => {
    house = await House.open(engine, () => {
      fault.count += 1;
      if (fault.count !== fault.at) return;
      fault.fired = true;
      throw new Error('the disk is on fire');
    });
    staff = await hireStaff(house);
    for (let n = 0; n < STATEMENTS + 14; n += 1) cases.push(await endedCase(house, staff));
    house.time.addDays(7 * 366);
  });
  afterAll(() => house.close());

  /** Fails the statement of this number from now on; 0: none. */
  function failAt(n: number): void {
    Object.assign(fault, { at: n, count: 0, fired: false });
  }

  it('goes on after any statement failed, erases each case once, and leaves no file', async () => {
    let failed = 0;
    for (let n = 1; n <= STATEMENTS; n += 1) {
      const walk = cases.pop()!;
      const { id } = await house.get(Disposals).propose(staff.DPO, {
        schedule: 'RS-CASE',
        reason: 'Seven years are over.',
        references: [walk.reference],
      });
      failAt(n);
      const outcome = await house
        .get(Disposals)
        .settle(staff.DEC, id, true)
        .then(
          () => 'done',
          () => 'failed',
        );
      const { fired } = fault;
      failAt(0);
      const { status } = await house.get(Disposals).view(staff.DPO, id);
      if (status === 'PROPOSED') await house.get(Disposals).settle(staff.DEC, id, true);
      else await house.get(CarryOut).resume();
      const done = await house.get(Disposals).view(staff.DPO, id);
      expect(done).toMatchObject({ status: 'DONE', cases: [{ status: 'ERASED' }] });
      expect(await house.source.getRepository(DoomedFile).count()).toBe(0);
      if (!fired) {
        expect(outcome).toBe('done');
        break;
      }
      failed += 1;
    }
    expect(failed).toBeGreaterThan(20);
    expect((await house.verify()).differences).toEqual([]);
    expect(readdirSync(join(house.database.dataDir, 'evidence'))).toHaveLength(2 * cases.length);
  });

  it('was agreed to for exactly what is listed, whatever has become due since', async () => {
    const [mine, other] = [cases.pop()!, cases.at(-1)!];
    const batch = await disposeOf(house, staff, [mine]);
    expect(batch.cases.map(({ reference }) => reference)).toEqual([mine.reference]);
    const free = await house.get(Disposals).due(staff.DPO, 'RS-CASE');
    expect(free.free.map(({ reference }) => reference)).toContain(other.reference);
  });

  /** What one proposes and another agrees to; the key of the first case does not open, until `mend`. */
  async function withBrokenCase(walks: Walk[]) {
    const keys = house.source.getRepository(DataKey);
    const [key] = await keys.findBy({ ownerId: walks[0]!.holder.caseId });
    await keys.update({ ownerId: key!.ownerId }, { wrappedKey: 'AAAA' });
    const batch = await disposeOf(house, staff, walks);
    return { batch, mend: () => keys.update({ ownerId: key!.ownerId }, { wrappedKey: key!.wrappedKey }) };
  }

  const statusOf = async (id: string) => {
    const { status, cases: items } = await house.get(Disposals).view(staff.DPO, id);
    return [status, items.map((item) => item.status)];
  };

  it('passes over a case that cannot be erased, goes on with all others, and ends when that one can', async () => {
    const { batch, mend } = await withBrokenCase([cases.pop()!, cases.pop()!]);
    expect(batch.status).toBe('AGREED');
    expect(batch.cases.map(({ status }) => status).sort()).toEqual(['ERASED', 'LISTED']);
    const later = await withBrokenCase([cases.pop()!]);
    await later.mend();
    expect(await house.get(CarryOut).resume()).toBe(2);
    expect(await statusOf(later.batch.id)).toEqual(['DONE', ['ERASED']]);
    expect((await statusOf(batch.id))[0]).toBe('AGREED');
    await mend();
    await house.get(CarryOut).resume();
    expect(await statusOf(batch.id)).toEqual(['DONE', ['ERASED', 'ERASED']]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is not gone on with when its list was changed after two people agreed to it', async () => {
    const [broken, other] = [cases.pop()!, cases.at(-1)!];
    const { batch, mend } = await withBrokenCase([broken]);
    const items = house.source.getRepository(DisposalItem);
    await items.update({ batchId: batch.id }, { caseId: other.holder.caseId });
    await house.get(CarryOut).resume();
    expect(await statusOf(batch.id)).toEqual(['AGREED', ['LISTED']]);
    expect(await house.source.getRepository(DataKey).countBy({ ownerId: other.holder.caseId })).toBe(1);
    await items.update({ batchId: batch.id }, { caseId: broken.holder.caseId });
    await mend();
    await house.get(CarryOut).resume();
    expect(await statusOf(batch.id)).toEqual(['DONE', ['ERASED']]);
  });

  it('ends with a case whose key was gone before, erases what else is left of it, and says so', async () => {
    const [mine, other] = [cases.pop()!, cases.pop()!];
    const keys = house.source.getRepository(DataKey);
    await keys.delete({ ownerId: mine.holder.caseId });
    expect((await house.verify()).differences.map(({ table }) => table)).toEqual(['data_keys']);
    const batch = await disposeOf(house, staff, [mine, other]);
    expect(await statusOf(batch.id)).toEqual(['DONE', ['ERASED', 'ERASED']]);
    expect(await house.get(CarryOut).resume()).toBe(0);
    const certificate = await house.get(Disposals).certificate(staff.DPO, batch.id);
    const line = (walk: Walk) => certificate.split('\n').find((each) => each.includes(walk.reference));
    expect(line(mine)).toMatch(/ key-was-missing$/);
    expect(line(other)).toMatch(/ [0-9a-f]{64}$/);
    expect(await keys.countBy({ ownerId: mine.holder.partyId })).toBe(0);
    expect(readdirSync(join(house.database.dataDir, 'evidence'))).toHaveLength(2 * cases.length);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('takes every other file out of the store when one stays, and that one on a later day', async () => {
    const files = join(house.database.dataDir, 'evidence');
    const doomed = house.source.getRepository(DoomedFile);
    // A folder in the place of a file that sorts before all others cannot be removed as a file.
    const stuck = '00000000-0000-4000-8000-000000000000';
    mkdirSync(join(files, stuck));
    await doomed.insert({ id: stuck, since: house.time.today() });
    await disposeOf(house, staff, [cases.pop()!]);
    expect((await doomed.find()).map(({ id }) => id)).toEqual([stuck]);
    expect(readdirSync(files)).toHaveLength(2 * cases.length + 1);
    rmSync(join(files, stuck), { recursive: true });
    await house.get(CarryOut).resume();
    expect(await doomed.count()).toBe(0);
  });

  it('is carried out once by two servers that carry it out at the same time', async () => {
    const both = [cases.pop()!, cases.pop()!];
    const { id } = await house.get(Disposals).propose(staff.DPO, {
      schedule: 'RS-CASE',
      reason: 'Seven years are over.',
      references: both.map(({ reference }) => reference),
    });
    await Promise.all([
      house.get(Disposals).settle(staff.DEC, id, true),
      house.get(CarryOut).resume(),
      house.get(CarryOut).resume(),
    ]);
    const items = await house.source.getRepository(DisposalItem).findBy({ batchId: id });
    expect(items.map(({ status }) => status)).toEqual(['ERASED', 'ERASED']);
    expect((await house.verify()).differences).toEqual([]);
  });
});
