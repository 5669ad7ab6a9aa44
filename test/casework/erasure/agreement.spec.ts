import { CarryOut } from '../../../src/casework/erasure/carry-out';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { DisposalBatch } from '../../../src/records/entities/disposal-batch';
import { DisposalItem } from '../../../src/records/entities/disposal-item';
import { Entry } from '../../../src/records/entities/entry';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, type Staff, type Walk } from '../../harness/walk';
import { disposeOf, endedCase } from './due-house';

/** Each written into the row of a batch from outside; `$DEC`, `$DPO` and `$TRI` stand for people. */
const FORGED: Record<string, string> = {
  'a proposal that nobody agreed to': `"status" = 'AGREED', "settledBy" = '$DEC', "settledByRole" = 'DEC', "settledAt" = '2040-01-01T00:00:00.000Z'`,
  'a proposal said to be agreed to by whoever made it': `"status" = 'AGREED', "settledBy" = '$DPO', "settledByRole" = 'DPO', "settledAt" = '2040-01-01T00:00:00.000Z'`,
  'a proposal said to be another person’s': `"status" = 'AGREED', "proposedBy" = '$TRI', "settledBy" = '$DPO', "settledByRole" = 'DPO', "settledAt" = '2040-01-01T00:00:00.000Z'`,
};

/** Each written into what is stored of the batch `$DONE`, which erased one case; `$CASE` is another case. */
const EDITS: [string, string, string][] = [
  [
    'another case in its list',
    `UPDATE "disposal_items" SET "caseId" = '$CASE' WHERE "batchId" = '$DONE'`,
    'items',
  ],
  ['another number in its list', `UPDATE "disposal_items" SET "n" = 7 WHERE "batchId" = '$DONE'`, 'items'],
  ['a case taken from its list', `DELETE FROM "disposal_items" WHERE "batchId" = '$DONE'`, 'items'],
  [
    'a case put on its list',
    `INSERT INTO "disposal_items" ("batchId", "n", "caseId", "status") VALUES ('$DONE', 2, '$CASE', 'LISTED')`,
    'items',
  ],
  [
    'an erasure that another entry is said to tell of',
    `UPDATE "disposal_items" SET "entryN" = 1 WHERE "batchId" = '$DONE'`,
    'items',
  ],
  [
    'another schedule',
    `UPDATE "disposal_batches" SET "schedule" = 'RS-SPECIAL' WHERE "id" = '$DONE'`,
    'batches',
  ],
  ['another proposer', `UPDATE "disposal_batches" SET "proposedBy" = '$TRI' WHERE "id" = '$DONE'`, 'batches'],
  [
    'another second person',
    `UPDATE "disposal_batches" SET "settledBy" = '$TRI' WHERE "id" = '$DONE'`,
    'batches',
  ],
  ['another role', `UPDATE "disposal_batches" SET "settledByRole" = 'EXE' WHERE "id" = '$DONE'`, 'batches'],
  ...['PROPOSED', 'AGREED', 'REFUSED'].map((status): [string, string, string] => [
    `that it is ${status}`,
    `UPDATE "disposal_batches" SET "status" = '${status}' WHERE "id" = '$DONE'`,
    'batches',
  ]),
];

describe.each(engines())('a disposal agreed to behind our back on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let done: string;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    walk = await endedCase(house, staff);
    const erased = await endedCase(house, staff);
    house.time.addDays(7 * 366);
    done = (await disposeOf(house, staff, [erased])).id;
  });
  afterAll(() => house.close());

  const write = (id: string, set: string) => {
    const filled = set.replace(/\$([A-Z]+)/g, (_, role: keyof Staff) => staff[role].personId);
    return house.source.query(`UPDATE "disposal_batches" SET ${filled} WHERE "id" = '${id}'`);
  };
  const refused = { kind: 'conflict', message: expect.stringMatching(/two people agreed/) as unknown };

  it.each(Object.entries(FORGED))('is neither carried out nor certified: %s', async (_, set) => {
    const disposals = house.get(Disposals);
    const asked = { schedule: 'RS-CASE', reason: 'Seven years are over.', references: [walk.reference] };
    const { id } = await disposals.propose(staff.DPO, asked);
    await write(id, set);
    await expect(house.get(CarryOut).run(id)).rejects.toMatchObject(refused);
    expect(await house.get(CarryOut).resume()).toBe(1);
    const items = await house.source.getRepository(DisposalItem).findBy({ batchId: id });
    expect(items.map(({ status }) => status)).toEqual(['LISTED']);
    await write(id, `"status" = 'DONE', "doneAt" = '2040-01-01T00:00:00.000Z'`);
    await expect(disposals.certificate(staff.DPO, id)).rejects.toMatchObject(refused);
    await write(id, `"status" = 'PROPOSED', "proposedBy" = '$DPO', "settledBy" = NULL`);
    await disposals.settle(staff.DEC, id, false);
  });

  it('is not agreed to when its list was changed since it was proposed, which verify names', async () => {
    const [mine, other] = [await endedCase(house, staff), await endedCase(house, staff)];
    house.time.addDays(7 * 366);
    const disposals = house.get(Disposals);
    const asked = { schedule: 'RS-CASE', reason: 'Seven years are over.', references: [mine.reference] };
    const { id } = await disposals.propose(staff.DPO, asked);
    const items = house.source.getRepository(DisposalItem);
    await items.update({ batchId: id }, { caseId: other.holder.caseId });
    await expect(disposals.settle(staff.DEC, id, true)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/list of cases .* is not the one that was proposed/) as unknown,
    });
    const { differences } = await house.verify();
    expect(differences).toMatchObject([{ ledgerId: 'house', table: 'disposal_items' }]);
    expect(differences[0]!.sentence).toContain(id);
    expect(await disposals.view(staff.DPO, id)).toMatchObject({ status: 'PROPOSED' });
    await items.update({ batchId: id }, { caseId: mine.holder.caseId });
    expect((await disposals.settle(staff.DEC, id, true)).status).toBe('DONE');
    await expect(house.get(OpenCase).byReceipt(other.receipt, 'page')).resolves.toBeDefined();
  });

  it.each(EDITS)('is named by verify when somebody wrote into the database: %s', async (_, edit, table) => {
    const items = house.source.getRepository(DisposalItem);
    const batches = house.source.getRepository(DisposalBatch);
    const [batch, rows] = [
      await batches.findOneByOrFail({ id: done }),
      await items.findBy({ batchId: done }),
    ];
    const filled = edit
      .replace('$DONE', done)
      .replace('$CASE', walk.holder.caseId)
      .replace('$TRI', staff.TRI.personId);
    expect((await house.verify()).differences).toEqual([]);
    await house.source.query(filled);
    const { differences } = await house.verify();
    expect(differences[0]).toMatchObject({ ledgerId: 'house', table: `disposal_${table}` });
    expect(differences[0]!.sentence).toContain(`disposal ${done}: `);
    await items.delete({ batchId: done });
    await batches.update({ id: done }, batch);
    await items.insert(rows);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is missed by verify when it is gone altogether', async () => {
    const items = house.source.getRepository(DisposalItem);
    const batches = house.source.getRepository(DisposalBatch);
    const [batch, rows] = [
      await batches.findOneByOrFail({ id: done }),
      await items.findBy({ batchId: done }),
    ];
    await items.delete({ batchId: done });
    await batches.delete({ id: done });
    expect((await house.verify()).differences).toMatchObject([
      {
        table: 'disposal_batches',
        sentence: expect.stringContaining(`disposal ${done} is missing`) as unknown,
      },
    ]);
    await batches.insert(batch);
    await items.insert(rows);
  });

  it('has a certificate that names no entry when every case was kept back', async () => {
    const disposals = house.get(Disposals);
    const asked = { schedule: 'RS-CASE', reason: 'Seven years are over.', references: [walk.reference] };
    const { id } = await disposals.propose(staff.DPO, asked);
    await walk.by('DEC', 'place-hold', { holdGround: 'LEGAL_CLAIM', reasons: 'Somebody sued us.' });
    await disposals.settle(staff.DEC, id, true);
    const certificate = await disposals.certificate(staff.DPO, id);
    expect(certificate).toContain('erased 0 of 1\n');
    expect(certificate).toContain('kept-back ON_HOLD\n');
  });

  it('is not certified either for an entry that was put there without its hash', async () => {
    const disposals = house.get(Disposals);
    const entries = house.source.getRepository(Entry);
    const ofHouse = await entries.find({ where: { ledgerId: 'house' }, order: { n: 'ASC' } });
    const agreement = ofHouse.find(({ body }) => body.includes(done) && body.includes('agree-to-disposal'))!;
    expect(await disposals.certificate(staff.DPO, done)).toContain(agreement.leafHash);
    const other = await endedCase(house, staff);
    house.time.addDays(7 * 366);
    const { id } = await disposals.propose(staff.DPO, {
      schedule: 'RS-CASE',
      reason: 'Seven years are over.',
      references: [other.reference],
    });
    await entries.insert({
      ledgerId: 'house',
      n: ofHouse.length + 2,
      body: agreement.body.replace(done, id),
      leafHash: agreement.leafHash,
    });
    await write(id, FORGED['a proposal that nobody agreed to']!);
    await expect(house.get(CarryOut).run(id)).rejects.toMatchObject(refused);
  });
});
