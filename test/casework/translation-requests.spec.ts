import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { asGuestSees } from '../../src/casework/team/guest-views';
import type { GuestGrant } from '../../src/people/visitor';
import { Case } from '../../src/records/entities/case';
import { TranslationRequest } from '../../src/records/entities/translation-request';
import { Transactions } from '../../src/records/transactions';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const unmet = (...names: string[]) => ({ needs: names.map((name) => expect.objectContaining({ name })) });

describe.each(engines())('requests for translations on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  beforeEach(async () => {
    house.time.goTo('2026-11-24');
    walk = await Walk.lodge(house, staff, 'أوقف النظام إعانتي.', { language: 'ar' });
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const ask = (more: object = {}) =>
    walk.by('INT', 'request-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'en',
      owner: staff.TRI.personId,
      dueOn: '2026-11-25',
      ...more,
    });
  const translate = (more: object = {}) =>
    walk.by('INT', 'add-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'en',
      translationAuthor: 'PERSON',
      translationText: 'The system stopped my benefit.',
      ...more,
    });
  const requests = async () =>
    (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).translationRequests;
  const underWay = async () => (await house.get(ReadMyCase).view(walk.holder)).translationsUnderWay;
  const nextDue = async () =>
    (await house.get(Transactions).read((db) => db.findOneByOrFail(Case, { reference: walk.reference })))
      .nextDueOn;

  it('stand beside the original with an owner and a day, until a translation of that text into that language comes', async () => {
    const before = await nextDue();
    await ask();
    const [asked] = await requests();
    expect(asked).toMatchObject({ n: 1, ofKind: 'COMPLAINT', ofNumber: 0, language: 'en', status: 'ASKED' });
    expect([asked!.byRole, asked!.overdue]).toEqual(['INT', false]);
    expect(await nextDue()).toBe('2026-11-25');
    await expect(ask()).rejects.toMatchObject(unmet('translationNotAskedYet'));
    await ask({ translationLanguage: 'fr', dueOn: '2026-12-01' });
    house.time.goTo('2026-11-26');
    expect((await requests()).map(({ overdue }) => overdue)).toEqual([true, false]);
    await translate({ translationLanguage: 'de' });
    expect((await requests()).map(({ status }) => status)).toEqual(['ASKED', 'ASKED']);
    await translate();
    expect((await requests()).map(({ status, settledOn }) => [status, settledOn])).toEqual([
      ['DONE', '2026-11-26'],
      ['ASKED', null],
    ]);
    await walk.by('INT', 'withdraw-translation-request', {
      translationRequestNumber: 2,
      reasons: 'Nobody reads French here.',
    });
    expect((await requests())[1]).toMatchObject({ status: 'WITHDRAWN', settledOn: '2026-11-26' });
    expect(await nextDue()).toBe(before);
    await expect(
      walk.by('INT', 'withdraw-translation-request', { translationRequestNumber: 1, reasons: 'Why not.' }),
    ).rejects.toMatchObject(unmet('translationWaits'));
  });

  it('are for a text that is there, by a day that is not over, and by somebody of the house who may see the case', async () => {
    await expect(ask({ translatedKind: 'MESSAGE', translatedNumber: 1 })).rejects.toMatchObject(
      unmet('textIsThere'),
    );
    await expect(ask({ translatedKind: 'FILE', translatedNumber: 1 })).rejects.toMatchObject(
      unmet('textIsThere'),
    );
    await expect(ask({ dueOn: '2026-11-23' })).rejects.toMatchObject(unmet('dueAhead'));
    const { personId } = await house.officer('AUD');
    await expect(ask({ owner: personId })).rejects.toMatchObject(unmet('ownerIsActive'));
    const kept = await house.officer('INT');
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: kept.personId });
    await expect(ask({ owner: kept.personId })).rejects.toMatchObject(unmet('personNotKeptOut'));
  });

  it('ask their owner onto the team, who sees the case once they say that they have no conflict of interest', async () => {
    const places = async () =>
      (await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).assignments
        .filter(({ personId }) => personId === staff.INV.personId)
        .map(({ role, isAsked }) => [role, isAsked]);
    await ask({ owner: staff.INV.personId });
    await ask({ owner: staff.INV.personId, translationLanguage: 'fr' });
    expect(await places()).toEqual([['INV', true]]);
    await expect(house.get(ReadCase).forStaff(walk.reference, staff.INV)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await walk.take('INV', 'declare-no-conflict', { noConflict: true });
    expect(await places()).toEqual([['INV', false]]);
    const seen = await house.get(ReadCase).forStaff(walk.reference, staff.INV);
    expect(seen.translationRequests.map(({ status }) => status)).toEqual(['ASKED', 'ASKED']);
  });

  it('go to whoever comes onto the team in the role of an owner who left it, and to nobody in another role', async () => {
    await ask({ owner: staff.INV.personId });
    await walk.take('INV', 'declare-no-conflict', { noConflict: true });
    const others = [await house.officer('INV'), await house.officer('DIA')];
    const ownerNow = async () => {
      const { id: caseId } = await house.source
        .getRepository(Case)
        .findOneByOrFail({ reference: walk.reference });
      const rows = await house.source.getRepository(TranslationRequest).findBy({ caseId });
      return rows.toSorted((a, b) => a.n - b.n).at(-1)!.ownerId;
    };
    await walk.by('TRI', 'end-assignment', { person: staff.INV.personId, reasons: 'On leave.' });
    await walk.bring(others[1]!, others[1]!.roles[0]!);
    expect(await ownerNow()).toBe(staff.INV.personId);
    await walk.bring(others[0]!, others[0]!.roles[0]!);
    expect(await ownerNow()).toBe(others[0]!.personId);
    await ask({ owner: others[0]!.personId, translationLanguage: 'fr' });
    await walk.by('TRI', 'assign', { role: 'INV', person: staff.INV.personId });
    await walk.take('INV', 'declare-no-conflict', { noConflict: true });
    expect(await ownerNow()).toBe(others[0]!.personId);
  });

  it('are told to the person where they are into her language, and never into which other one', async () => {
    await ask();
    await house.get(Messages).write(staff.INT, 'We look at it.', walk.reference);
    await ask({ translatedKind: 'MESSAGE', translatedNumber: 1, translationLanguage: 'ar' });
    expect(await underWay()).toEqual([{ ofKind: 'MESSAGE', ofNumber: 1, language: 'ar' }]);
    const timeline = JSON.stringify(await house.get(ReadMyCase).timeline(walk.holder));
    expect(timeline).not.toContain('translation');
    await translate({ translatedKind: 'MESSAGE', translatedNumber: 1, translationLanguage: 'ar' });
    expect(await underWay()).toEqual([]);
  });

  it('tell the person of no translation into a language that is not hers, by its words, a number or a line', async () => {
    await house.get(Messages).write(staff.INT, 'We look at it.', walk.reference);
    const message = { translatedKind: 'MESSAGE', translatedNumber: 1 };
    await translate({ ...message, translationLanguage: 'ru', translationText: 'Мы смотрим.' });
    await translate({ ...message, translationLanguage: 'ar', translationText: 'ننظر في الأمر.' });
    await translate({ ...message, translationLanguage: 'fr', translationText: 'Nous regardons.' });
    await walk.by('INV', 'check-translation', { translationNumber: 1, readBoth: true });
    await ask({ ...message, translationLanguage: 'ti' });
    const mine = () => house.get(ReadMyCase).view(walk.holder, 'ru');
    const told = async () => (await mine()).translations.map(({ n, language }) => [n, language]);
    expect(await told()).toEqual([[1, 'ar']]);
    expect(JSON.stringify(await house.get(ReadMyCase).timeline(walk.holder))).not.toContain('translation');
    // One more is hers once she writes in it; that staff write in another makes it no language of hers.
    await house.get(Messages).write(staff.INT, 'Мы смотрим.', walk.reference, 'ru');
    await house.get(Messages).write(walk.holder, 'Merci.', undefined, 'fr');
    await walk.by('RH', 'amend-complaint', {
      amendKind: 'ADDITION',
      amendedPart: 'narrative',
      amendText: 'ኣሎ',
      writtenIn: 'ti',
    });
    expect(await told()).toEqual([
      [1, 'ar'],
      [2, 'fr'],
    ]);
    expect(await underWay()).toEqual([{ ofKind: 'MESSAGE', ofNumber: 1, language: 'ti' }]);
    expect((await house.get(ReadCase).forStaff(walk.reference, staff.TRI)).translations).toHaveLength(3);
  });

  it('tell nothing of a finding before it is shared with her, neither that it is written nor what it says', async () => {
    await walk.toInvestigation();
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-SUBST',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'The log shows it.',
    });
    const finding = { translatedKind: 'FINDING', translatedNumber: 1, translationLanguage: 'ar' };
    await walk.by('INV', 'add-translation', {
      ...finding,
      translationAuthor: 'PERSON',
      translationText: 'The log shows it, in Arabic.',
    });
    await walk.by('INV', 'request-translation', {
      ...finding,
      owner: staff.TRI.personId,
      dueOn: '2026-11-25',
    });
    const mine = await house.get(ReadMyCase).view(walk.holder);
    expect([mine.translations, mine.translationsUnderWay]).toEqual([[], []]);
    await walk.toFindings();
    expect((await house.get(ReadMyCase).view(walk.holder)).translations).toHaveLength(1);
    expect(await underWay()).toHaveLength(1);
  });

  it('are not for guests', async () => {
    await ask();
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    expect(asGuestSees(view, { seesFiles: true } as GuestGrant).translationRequests).toEqual([]);
  });

  it('bring a guest no translation of what she fears, and no page of a list that is left out', async () => {
    for (const amendedPart of ['reprisalText', 'narrative']) {
      await walk.by('RH', 'amend-complaint', {
        amendKind: 'ADDITION',
        amendedPart,
        amendText: 'They know me.',
      });
      const translatedNumber = amendedPart === 'narrative' ? 2 : 1;
      await translate({ translatedKind: 'AMENDMENT', translatedNumber });
    }
    const view = await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    const earlier = { messages: 51, notes: 51, letters: 51, evidence: 51 };
    const seen = asGuestSees({ ...view, earlier }, {
      seesFiles: true,
    } as GuestGrant);
    expect(seen.translations.map(({ ofNumber }) => ofNumber)).toEqual([2]);
    expect(seen.earlier).toEqual({ messages: 51, notes: null, letters: null, evidence: 51 });
    const blind = asGuestSees({ ...view, earlier }, { seesFiles: false } as GuestGrant);
    expect(blind.earlier.evidence).toBeNull();
  });
});
