import { EraseOnRequest } from '../../src/casework/erasure/erase-on-request';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { SearchCases } from '../../src/casework/search/search-cases';
import { IndexCases } from '../../src/casework/search/index-cases';
import { asGuestSees } from '../../src/casework/team/guest-views';
import { Answers } from '../../src/records/entities/answers';
import { InternalNote } from '../../src/records/entities/internal-note';
import { Vault } from '../../src/vault/vault';
import { Transactions } from '../../src/records/transactions';
import { CASE_ROLES } from '../../src/rules/roles';
import { STATE_CODES } from '../../src/rules/states';
import { stepRow } from '../../src/rules/workflow';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const NOTE = 'The depot keeps a xylophone of its own.';

describe.each(engines())('an internal note on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const write = (walk: Walk, who: keyof Staff = 'TRI', internalNote = NOTE) =>
    walk.by(who, 'write-internal-note', { internalNote });
  const notesOf = async (walk: Walk, who: keyof Staff = 'TRI') =>
    (await house.get(ReadCase).forStaff(walk.reference, staff[who])).internalNotes;

  it('is open to everybody who works on cases, in every state', () => {
    expect(stepRow('write-internal-note')).toMatchObject({ from: STATE_CODES, by: CASE_ROLES, tells: null });
  });

  it('is read by those who work on the case, with the name of who wrote it, and stands in one place', async () => {
    const walk = await Walk.lodge(house, staff);
    await write(walk);
    await write(walk, 'PRT', 'Call her after eight.');
    expect(await notesOf(walk, 'DPO')).toMatchObject([
      { n: 1, byRole: 'TRI', text: NOTE, writtenOn: house.time.today() },
      { n: 2, byRole: 'PRT', text: 'Call her after eight.' },
    ]);
    expect((await notesOf(walk)).every(({ by }) => by.length > 0)).toBe(true);
    const { said } = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(said.filter(({ step }) => step === 'write-internal-note')).toEqual([]);
    const kept = await house.source.getRepository(Answers).findBy({ step: 'write-internal-note' });
    const [first] = kept;
    const key = await house.get(Transactions).read((db) => house.get(Vault).openKey(db, first!.caseId));
    const place = { table: 'answers', column: 'answersSealed', id: first!.id };
    expect(house.get(Vault).unseal(key, place, first!.answersSealed)).toBe('{}');
  });

  it('is never told to the person: not in her case, not in her timeline, not as a letter', async () => {
    const walk = await Walk.lodge(house, staff);
    const before = (await house.get(ReadMyCase).timeline(walk.holder)).length;
    await write(walk);
    const seen = [
      await house.get(ReadMyCase).view(walk.holder),
      await house.get(ReadMyCase).steps(walk.holder),
      await house.get(ReadMyCase).timeline(walk.holder),
      await house.get(Messages).list(walk.holder),
    ];
    expect(JSON.stringify(seen)).not.toMatch(/xylophone|internal-?note/i);
    expect((await house.get(ReadMyCase).timeline(walk.holder)).length).toBe(before);
    expect((await house.get(ReadMyCase).view(walk.holder)).letters).toHaveLength(1);
    await expect(walk.by('RH', 'write-internal-note', { internalNote: NOTE })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('is never told to a guest', async () => {
    const walk = await Walk.lodge(house, staff);
    await write(walk);
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const guest = asGuestSees(view, { role: 'EXP', seesFiles: true } as never);
    expect(JSON.stringify(guest)).not.toMatch(/xylophone/);
    expect(stepRow('write-internal-note').forGuests).toBeUndefined();
  });

  it('is found by its words', async () => {
    const walk = await Walk.lodge(house, staff);
    await write(walk, 'TRI', 'A quokka was seen.');
    await house.integrate();
    await house.get(IndexCases).catchUp();
    const { cases } = await house.get(SearchCases).run(staff.TRI, { words: 'quokka' });
    expect(cases.map(({ reference }) => reference)).toEqual([walk.reference]);
  });

  it('takes no part in a decision: who reviews can note what they think, and decide', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.by('RH', 'appeal', { grounds: 'Not enough.' });
    await walk.by('TRI', 'assign', { role: 'IRV', person: staff.IRV.personId });
    await write(walk, 'IRV', 'I read the log.');
    await walk.by('IRV', 'send-back', { reasons: 'Look again.' });
  });

  it('goes with the case when that is erased', async () => {
    const walk = await Walk.lodge(house, staff, 'It refused me.', { systemKnown: undefined });
    await write(walk);
    await walk.by('RH', 'withdraw');
    await walk.by('RH', 'request-erasure', { erasureScope: 'CASE' });
    await house.get(EraseOnRequest).run(staff.DPO, walk.reference);
    const rows = await house.source.getRepository(InternalNote).findBy({ caseId: walk.holder.caseId });
    expect(rows.map(({ textSealed }) => textSealed)).toEqual(['']);
  });
});
