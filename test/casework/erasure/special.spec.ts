import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Disposals } from '../../../src/casework/erasure/disposals';
import { ReadCase } from '../../../src/casework/read-case';
import { ReadMyCase } from '../../../src/casework/read-my-case';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { SearchCases } from '../../../src/casework/search/search-cases';
import { CASE_TABLES } from '../../../src/ledger/case-tables';
import { Answers } from '../../../src/records/entities/answers';
import { Case } from '../../../src/records/entities/case';
import { SupportRequest } from '../../../src/records/entities/support-request';
import { Transactions } from '../../../src/records/transactions';
import { Vault } from '../../../src/vault/vault';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { BY_PHONE } from '../../harness/phone-walk';
import { hireStaff, type Staff, type Walk } from '../../harness/walk';
import { endedCase } from './due-house';

const NEEDS = 'signlanguage';
const LEFT = 'stays';
/** Of what this erasure changes. */
const CODES_ALONE = ['disposal_batches', 'disposal_items'];

describe.each(engines())('what somebody needs to take part, erased alone, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let other: Walk;
  const statements: string[] = [];

  beforeAll(async () => {
    house = await House.open(engine, (sql) => void statements.push(sql));
    staff = await hireStaff(house);
    walk = await endedCase(house, staff, { narrative: LEFT, accommodation: NEEDS }, async (begun) => {
      const said = { ...BY_PHONE, saidOn: house.time.today(), saidWords: `${NEEDS}, I said.` };
      await begun.by('INT', 'request-support', { ...said, supportKind: 'INTERPRETER', wish: NEEDS });
      await begun.by('INT', 'arrange-support', { supportNumber: 1, arrangement: `${NEEDS} on Monday.` });
      await begun.by('RH', 'request-support', { supportKind: 'MEETING', wish: NEEDS });
      const no = { reasons: `Nobody here knows ${NEEDS}.`, alternative: `${NEEDS} by video.` };
      await begun.by('INT', 'decline-support', { supportNumber: 2, ...no });
    });
    other = await endedCase(house, staff, {}, (begun) =>
      begun.by('RH', 'request-support', { supportKind: 'MEETING', wish: 'At the library.' }),
    );
  });
  afterAll(() => house.close());

  /** Every text that opens in a column of the case, by column. */
  async function texts(): Promise<[column: string, text: string, sealed: string][]> {
    const vault = house.get(Vault);
    const { id: caseId } = await house.source
      .getRepository(Case)
      .findOneByOrFail({ reference: walk.reference });
    return house.get(Transactions).read(async (db) => {
      const key = await vault.openKey(db, caseId);
      const opened: [string, string, string][] = [];
      for (const entity of CASE_TABLES.filter(
        (each) => db.dataSource.getMetadata(each).tableName !== 'parties',
      )) {
        const { tableName: table, columns } = db.dataSource.getMetadata(entity);
        const rows = await db.findBy(entity, (entity === Case ? { id: caseId } : { caseId }) as object);
        for (const row of rows as unknown as Record<string, string>[])
          for (const { propertyName: column } of columns)
            if (column.endsWith('Sealed') && row[column])
              opened.push([
                `${table}.${column}`,
                vault.unseal(key, { table, column, id: row.id! }, row[column]),
                row[column],
              ]);
      }
      return opened;
    });
  }

  async function erase({ reference }: Walk) {
    const { id } = await house.get(Disposals).propose(staff.DPO, {
      schedule: 'RS-SPECIAL',
      reason: 'It is not needed any more.',
      references: [reference],
    });
    statements.length = 0;
    return (await house.get(Disposals).settle(staff.DEC, id, true)).cases;
  }

  const places = async () =>
    [...new Set((await texts()).filter(([, text]) => text.includes(NEEDS)).map(([column]) => column))].sort();

  const isDue = async ({ reference }: Walk) =>
    (await house.get(Disposals).due(staff.DPO, 'RS-SPECIAL')).free.some(
      (each) => each.reference === reference,
    );

  async function finds(word: string): Promise<number> {
    while ((await house.integrate()) > 0);
    while ((await house.get(IndexCases).follow()) > 0);
    return (await house.get(SearchCases).run(staff.TRI, { words: word })).cases.length;
  }

  it('stands in more than its own row, and is found', async () => {
    expect(await places()).toEqual([
      'answers.answersSealed',
      'cases.accommodationSealed',
      'notices.paramsSealed',
      'support_requests.alternativeSealed',
      'support_requests.arrangementSealed',
      'support_requests.reasonsSealed',
      'support_requests.wishSealed',
    ]);
    expect([await finds(NEEDS), await finds(LEFT)]).toEqual([1, 1]);
  });

  it('is gone from all of them and from search, and all else of the case stays, is read and verified', async () => {
    const sealed = (await texts()).filter(([, text]) => text.includes(NEEDS)).map(([, , value]) => value);
    expect(sealed.length).toBeGreaterThan(7);
    const wiped = jest.spyOn(house.get(Transactions), 'forgetDeleted');
    expect(await erase(walk)).toEqual([expect.objectContaining({ status: 'ERASED' })]);
    // The key of the case stays, so that whatever lies in a dead row would open: every table is wiped but those that hold codes alone.
    const changed = statements.flatMap((sql) => /^(?:UPDATE|DELETE FROM) "(\w+)"/.exec(sql)?.[1] ?? []);
    const isWiped = new Set(wiped.mock.calls.flat(2));
    expect([...new Set(changed)].filter((table) => !isWiped.has(table)).sort()).toEqual(CODES_ALONE);
    expect(await places()).toEqual([]);
    const files = readdirSync(house.database.dataDir).filter((name) => name.includes('sqlite'));
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(house.database.dataDir, name))));
    expect(bytes.length > 0).toBe(engine === 'sqlite');
    expect(sealed.filter((value) => bytes.includes(value))).toEqual([]);
    expect([await finds(NEEDS), await finds(LEFT)]).toEqual([0, 1]);
    const { holder } = await walk.comeBack();
    for (const view of [
      await house.get(ReadCase).forStaff(walk.reference, staff.DPO),
      await house.get(ReadMyCase).view(holder),
    ]) {
      expect(JSON.stringify(view)).toContain(LEFT);
      expect(JSON.stringify(view)).not.toContain(NEEDS);
    }
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is due where it was said in the words of a step alone, once and no more', async () => {
    const said = { ...BY_PHONE, saidOn: house.time.today(), saidWords: `${NEEDS}, I said.` };
    const [told, bare] = [
      await endedCase(house, staff, {}, (begun) =>
        begun.by('INT', 'request-support', { ...said, supportKind: 'INTERPRETER' }),
      ),
      await endedCase(house, staff, {}, (begun) =>
        begun.by('RH', 'request-support', { supportKind: 'INTERPRETER' }),
      ),
    ];
    expect([await isDue(told), await isDue(bare)]).toEqual([true, false]);
    walk = told;
    expect(await places()).toEqual(['answers.answersSealed', 'notices.paramsSealed']);
    expect(await erase(told)).toEqual([expect.objectContaining({ status: 'ERASED' })]);
    expect(await places()).toEqual([]);
    expect(await isDue(told)).toBe(false);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is erased, too, where somebody has changed a copy of it, so that it does not open', async () => {
    const [row] = await house.source
      .getRepository(Answers)
      .findBy({ caseId: other.holder.caseId, step: 'request-support' });
    await house.source.getRepository(Answers).update({ id: row!.id }, { answersSealed: 'AAAA' });
    await expect(erase(other)).resolves.toEqual([expect.objectContaining({ status: 'ERASED' })]);
    const support = await house.source.getRepository(SupportRequest).findBy({ caseId: other.holder.caseId });
    expect(support.map(({ wishSealed }) => wishSealed)).toEqual([null]);
  });

  it('is due where nobody looked, since copies once stayed when the rest was erased', async () => {
    const support = { supportKind: 'MEETING', wish: NEEDS };
    const old = await endedCase(house, staff, {}, (begun) => begun.by('RH', 'request-support', support));
    await erase(old);
    expect(await isDue(old)).toBe(false);
    await house.source
      .getRepository(Answers)
      .update({ caseId: old.holder.caseId, step: 'request-support' }, { tellsNeeds: null });
    expect(await isDue(old)).toBe(true);
  });
});
