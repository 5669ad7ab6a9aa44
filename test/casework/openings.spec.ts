import { ReasonsLetters } from '../../src/casework/closure/reasons-letters';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadCustody } from '../../src/casework/read-custody';
import { ReadHouse } from '../../src/casework/read-house';
import { ReadLog } from '../../src/casework/read-log';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { Registers } from '../../src/casework/registers/registers';
import { Packets } from '../../src/casework/sharing/packets';
import { Redactions } from '../../src/casework/sharing/redactions';
import { TakeStep } from '../../src/casework/take-step';
import { HOUSE } from '../../src/ledger/house';
import { readEntry } from '../../src/ledger/entry';
import type { Officer } from '../../src/people/visitor';
import { Refusal } from '../../src/platform/refusal';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { Notice } from '../../src/records/entities/notice';
import { Opening } from '../../src/records/entities/opening';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('opening a case, on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let auditor: Officer;
  let walk: Walk;
  let failing = '';

  beforeAll(async () => {
    house = await House.open(engine, (sql) => {
      if (failing !== '' && sql.includes(failing)) throw new Error('The disk is full.');
    });
    staff = await hireStaff(house);
    auditor = await house.officer('AUD');
  });
  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const open = (who: keyof Staff) => house.get(ReadCase).forStaff(walk.reference, staff[who]);
  const row = () => house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference });
  const entries = async (ledgerId?: string) => {
    const found = await house.source
      .getRepository(Entry)
      .find({ where: { ledgerId: ledgerId ?? (await row()).ledgerId }, order: { n: 'ASC' } });
    return found.map(({ body }) => readEntry(body)!);
  };
  const acts = async (ledgerId?: string) => (await entries(ledgerId)).map(({ act }) => act);

  it('is an entry of its history that names who, in which role and when, before anything is shown', async () => {
    const view = await open('TRI');
    const last = (await entries()).at(-1)!;
    expect(last).toMatchObject({
      act: 'open-case',
      by: { role: 'TRI', ref: staff.TRI.personId },
      at: house.time.instant(),
      from: 'received',
      to: 'received',
      facts: {},
    });
    // What is shown is the case with this entry.
    expect(view.revision).toBe(last.n);
  });

  it.each([
    ['a letter drafted from it', () => house.get(ReasonsLetters).draft(walk.reference, 'decline', staff.TRI)],
    ['what was used in it', () => house.get(Registers).besideCase(staff.TRI, walk.reference)],
  ])('is an entry also where nothing but %s is shown', async (_, look) => {
    await look().catch(() => null);
    expect((await entries()).at(-1)).toMatchObject({ act: 'open-case', by: { ref: staff.TRI.personId } });
  });

  it('is one entry a person and day, whichever door it comes through', async () => {
    for (let n = 0; n < 2; n += 1) {
      await open('TRI');
      await house.get(ReadCase).openSteps(walk.reference, staff.TRI);
      await house.get(ReadCase).history(walk.reference, staff.TRI);
      await house.get(Messages).list(staff.TRI, walk.reference);
      await house.get(EvidenceFiles).page(staff.TRI, {}, walk.reference);
    }
    await open('PRT');
    expect(await acts()).toEqual(['lodge', 'open-case', 'open-case']);
    house.time.addDays(1);
    await open('TRI');
    expect(await acts()).toEqual(['lodge', 'open-case', 'open-case', 'open-case']);
    expect(await house.source.getRepository(Opening).countBy({ caseId: (await row()).id })).toBe(2);
  });

  it.each([
    ['the list of messages', () => house.get(Messages).list(staff.TRI, walk.reference), 'open-case'],
    ['the list of files', () => house.get(EvidenceFiles).page(staff.TRI, {}, walk.reference), 'open-case'],
    ['the open steps', () => house.get(ReadCase).openSteps(walk.reference, staff.TRI), 'open-case'],
    ['the history', () => house.get(ReadCase).history(walk.reference, staff.TRI), 'open-history'],
  ])('is told also of %s alone', async (_, read, act) => {
    await read();
    expect(await acts()).toEqual(['lodge', act]);
  });

  it.each([
    [
      'which words stand in a text',
      () =>
        house
          .get(Redactions)
          .keep(staff.TRI, walk.reference, { kind: 'COMPLAINT', n: 1 }, ['the', 'no such words']),
    ],
    [
      'which would be masked',
      () =>
        house
          .get(Redactions)
          .preview(staff.TRI, walk.reference, { kind: 'COMPLAINT', n: 1 }, ['no such words']),
    ],
    [
      'what of it could be passed on',
      () =>
        house.get(Packets).make(staff.TRI, walk.reference, [{ kind: 'MESSAGE', n: 7, reason: 'All of it.' }]),
    ],
  ])('is told also of a refusal that says %s', async (_, tried) => {
    await expect(tried()).rejects.toBeInstanceOf(Refusal);
    expect(await acts()).toEqual(['lodge', 'open-case']);
  });

  it('is told twice where two look at once, and once where one person looks twice at once', async () => {
    await Promise.all([open('TRI'), open('TRI'), open('PRT')]);
    expect(await acts()).toEqual(['lodge', 'open-case', 'open-case']);
  });

  it('shows nothing where it cannot be written', async () => {
    for (const statement of ['"openings"', '"entries"', '"cases"']) {
      failing = `INSERT INTO ${statement}`;
      if (statement === '"cases"') failing = 'UPDATE "cases"';
      await expect(open('TRI')).rejects.toThrow('The disk is full.');
      failing = '';
    }
    expect(await acts()).toEqual(['lodge']);
  });

  it('makes no form stale, sends no letter, and is not told to the person line by line', async () => {
    const { revision } = await open('TRI');
    const letters = await house.source.getRepository(Notice).countBy({ caseId: (await row()).id });
    await open('PRT');
    await open('INT');
    const step = {
      reference: walk.reference,
      step: 'write-internal-note',
      answers: { internalNote: 'Seen.' },
    };
    await house.get(TakeStep).run({ ...step, visitor: staff.TRI, revision });
    expect(await house.source.getRepository(Notice).countBy({ caseId: (await row()).id })).toBe(letters);
    const told = await house.get(ReadMyCase).timeline(walk.holder);
    expect(told.map(({ act }) => act)).toEqual(['lodge']);
    await expect(house.get(TakeStep).run({ ...step, visitor: staff.PRT, revision })).rejects.toMatchObject({
      kind: 'stale',
    });
  });

  it('is not written of a case that the reader may not see', async () => {
    await expect(open('INV')).rejects.toMatchObject({ kind: 'not-found' });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: staff.DPO.personId });
    await expect(open('DPO')).rejects.toMatchObject({ kind: 'not-found' });
    expect((await acts()).filter((act) => act === 'open-case')).toEqual([]);
  });

  it('is an entry for auditors, too, in each case whose history, custody or single entry they read', async () => {
    const { ledgerId } = await row();
    await house.get(ReadCase).audit(ledgerId, auditor);
    await house.get(ReadCase).audit(ledgerId, auditor);
    expect((await entries()).at(-1)).toMatchObject({
      act: 'open-history',
      by: { role: 'AUD', ref: auditor.personId },
    });
    expect(await acts()).toEqual(['lodge', 'open-history']);
    const other = await house.officer('AUD');
    await house.integrate();
    const { index } = await house.source.getRepository(LogLeaf).findOneByOrFail({ ledgerId, n: 1 });
    for (let n = 0; n < 2; n += 1) await house.get(ReadLog).entry(other, index);
    await expect(
      house.get(ReadCustody).of(await house.officer('AUD'), { ledgerId }, 1),
    ).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect(await acts()).toEqual(['lodge', 'open-history', 'open-history', 'open-history']);
    const page = await house.get(ReadCase).audit(ledgerId, auditor);
    expect(page.differences).toEqual([]);
    expect(page.entries.map(({ by }) => by)).toEqual([null, 'person 1', 'person 2', 'person 3']);
  });

  it('leaves entries in the history of the house where auditors list histories or read that one', async () => {
    await house.get(ReadCase).auditList(auditor);
    await house.get(ReadHouse).page(auditor);
    await house.get(ReadHouse).page(auditor, 5);
    const told = (await entries(HOUSE)).slice(-3);
    expect(told.map(({ act, facts }) => [act, facts.goesOn])).toEqual([
      ['list-histories', false],
      ['read-house', false],
      ['read-house', true],
    ]);
    for (const { by } of told) expect(by).toEqual({ role: 'AUD', ref: auditor.personId });
  });
});
