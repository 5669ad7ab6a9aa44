import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { TakeStep } from '../../src/casework/take-step';
import { Case } from '../../src/records/entities/case';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

describe.each(engines())('what the person is given of her case on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24T09:00:00.000Z');
    walk = await Walk.lodge(house, staff);
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const mine = () => house.get(ReadMyCase);
  const opened = async (...who: (keyof Staff)[]) => {
    for (const role of who) await house.get(ReadCase).forStaff(walk.reference, staff[role]);
  };
  /** Everything that she gets, whatever it is called. */
  const given = async () =>
    JSON.stringify([
      await mine().view(walk.holder),
      await mine().timeline(walk.holder),
      await mine().openings(walk.holder.caseId),
      await mine().steps(walk.holder),
      await house.get(Messages).page(walk.holder, {}),
    ]);
  const withdraw = (seen: string) =>
    house.get(TakeStep).run({ visitor: walk.holder, step: 'withdraw', answers: {}, revision: seen });

  it('is to the last sign the same, however often staff read the case', async () => {
    await house.get(Messages).write(staff.INT, 'We look at it.', walk.reference);
    await walk.by('INT', 'add-translation', {
      translatedKind: 'LETTER',
      translatedNumber: (await house.get(ReadCase).forStaff(walk.reference, staff.INT)).letters.at(-1)!
        .revision,
      translationLanguage: 'en',
      translationAuthor: 'PERSON',
      translationText: 'In other words.',
    });
    const before = await given();
    await opened('TRI', 'PRT', 'DPO');
    const auditor = await house.officer('AUD');
    const { ledgerId } = await house.source
      .getRepository(Case)
      .findOneByOrFail({ reference: walk.reference });
    await house.get(ReadCase).audit(ledgerId, auditor);
    expect(await given()).toBe(before);
    const walked = async () => [
      (await mine().timeline(walk.holder)).map(({ n }) => n),
      (await mine().view(walk.holder)).letters.map(({ n }) => n),
    ];
    await house.get(Messages).write(staff.INT, 'We still look at it.', walk.reference);
    expect(await walked()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('names letters by numbers of her own, by which a translation names them as well', async () => {
    await opened('TRI', 'PRT');
    for (const text of ['First.', 'Second.'])
      await house.get(Messages).write(staff.INT, text, walk.reference);
    const { letters } = await house.get(ReadCase).forStaff(walk.reference, staff.INT);
    for (const { revision } of letters)
      await walk.by('INT', 'add-translation', {
        translatedKind: 'LETTER',
        translatedNumber: revision,
        translationLanguage: 'en',
        translationAuthor: 'PERSON',
        translationText: `Of ${revision}.`,
      });
    const { translations, letters: hers } = await mine().view(walk.holder);
    expect(hers.map(({ n }) => n)).toEqual(letters.map((_, index) => index + 1));
    expect(translations.map(({ n, ofNumber, text }) => [n, ofNumber, text])).toEqual(
      letters.map(({ revision }, index) => [index + 1, index + 1, `Of ${revision}.`]),
    );
  });

  it('pages her timeline and her letters by these numbers', async () => {
    for (let n = 1; n <= 60; n++) {
      await house.get(Messages).write(staff.INT, `Message ${n}.`, walk.reference);
      if (n % 20 === 0) {
        house.time.addDays(1);
        await opened('TRI');
      }
    }
    const from = (first: number, many: number) => Array.from({ length: many }, (_, index) => first + index);
    const timeline = async (page?: { before?: number; limit?: number }) =>
      (await mine().timeline(walk.holder, page)).map(({ n }) => n);
    expect(await timeline()).toEqual(from(1, 61));
    expect(await timeline({ limit: 10 })).toEqual(from(52, 10));
    expect(await timeline({ before: 52, limit: 10 })).toEqual(from(42, 10));
    expect(await timeline({ before: 4, limit: 10 })).toEqual(from(1, 3));
    expect(await timeline({ before: 1 })).toEqual([]);
    expect(await timeline({ before: 9999, limit: 2 })).toEqual(from(60, 2));
    const letters = async (before?: number) => {
      const view = await mine().view(walk.holder, undefined, { letters: before });
      return [view.letters.map(({ n }) => n), view.earlierLetters];
    };
    expect(await letters()).toEqual([from(12, 50), 12]);
    expect(await letters(12)).toEqual([from(1, 11), null]);
    expect(await letters(1)).toEqual([[], null]);
  });

  it('still makes a form stale once something happened, and by nothing else', async () => {
    const { seen } = await mine().view(walk.holder);
    await opened('TRI', 'PRT');
    await house.get(Messages).write(staff.INT, 'We look at it.', walk.reference);
    await expect(withdraw(seen)).rejects.toMatchObject({ kind: 'stale' });
    for (const wrong of ['1', '%', '________________', 'f'.repeat(16), ''.padEnd(16, '%')])
      await expect(withdraw(wrong)).rejects.toMatchObject({ kind: 'stale' });
    const { seen: now } = await mine().view(walk.holder);
    expect(now).not.toBe(seen);
    house.time.addDays(1);
    await opened('TRI', 'PRT', 'DPO');
    await withdraw(now);
    const { state } = await house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference });
    expect(state).toBe('withdrawn');
  });
});
