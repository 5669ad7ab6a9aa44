import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { keyOf, Wordings } from '../../src/casework/wordings/wordings';
import { placesOf } from '../../src/notices/letter-words';
import { readEntry } from '../../src/ledger/entry';
import { HOUSE } from '../../src/ledger/house';
import { DataKey } from '../../src/records/entities/data-key';
import { Entry } from '../../src/records/entities/entry';
import { Wording } from '../../src/records/entities/wording';
import { Transactions } from '../../src/records/transactions';
import { say } from '../../src/words/words';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const DECLARED = {
  noConflict: true,
  safeChannelChosen: true,
  jurisdiction: 'OTHER',
  isDataRightsRequest: false,
  reporterIsWorker: false,
  concernsListedLaw: false,
};

describe.each(engines())('words of letters on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let lawyer: Staff['TRI'];

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    lawyer = await house.officer('LEG');
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const wordings = () => house.get(Wordings);
  const seen = async (kind: string, name: string, language: string) =>
    (await wordings().view(kind, name, language)).seen;
  const draft = async (
    language: string,
    text: { subject: string; body: string },
    { kind = 'LETTER_TEXT', name = 'receipt', who = staff.TRI } = {},
  ) => wordings().draft(who, keyOf(kind, name, language), text, await seen(kind, name, language));
  const settle = async (
    language: string,
    isOn: boolean,
    { kind = 'LETTER_TEXT', name = 'receipt', who = lawyer } = {},
  ) => wordings().settle(who, keyOf(kind, name, language), isOn, await seen(kind, name, language));
  const takeUp = async (language: string, n: number) =>
    wordings().takeUp(
      staff.TRI,
      keyOf('LETTER_TEXT', 'receipt', language),
      n,
      await seen('LETTER_TEXT', 'receipt', language),
    );
  const lodge = (language: string) =>
    Walk.lodge(house, staff, 'The system stopped my benefit.', { language });
  const firstLetter = async (walk: Walk, language?: string) =>
    (await house.get(ReadMyCase).view(walk.holder, language)).letters[0]!;
  const receipt = (hello: string) => ({
    subject: `${hello} {reference}`,
    body: [`${hello}: {organisation}.`, ...placesOf('receipt').must.map((name) => `{${name}}`)].join('\n\n'),
  });

  it('are used once a second person read them, from then on, and nobody rewrites what was sent before', async () => {
    const before = await lodge('fr');
    await draft('fr', receipt('Bonjour'));
    const waiting = await lodge('fr');
    expect((await firstLetter(waiting)).subject).toBe(
      say('fr', 'letter.receipt.subject', { reference: waiting.reference }),
    );
    await settle('fr', true);
    const worded = await lodge('fr');
    await draft('fr', receipt('Salut'));
    await settle('fr', true);
    const second = await lodge('fr');
    const read = await Promise.all(
      [before, waiting, worded, second].map(async (walk) => {
        const { wording, subject } = await firstLetter(walk);
        return [wording, subject.split(' ')[0]];
      }),
    );
    const builtIn = say('fr', 'letter.receipt.subject', { reference: '' }).split(' ')[0];
    expect(read).toEqual([
      [null, builtIn],
      [null, builtIn],
      [1, 'Bonjour'],
      [2, 'Salut'],
    ]);
    // In the language it was sent in, whichever the reader chose; a built-in letter follows the reader.
    expect((await firstLetter(worded, 'ar')).language).toBe('fr');
    expect((await firstLetter(before, 'ar')).subject).toBe(
      say('ar', 'letter.receipt.subject', { reference: before.reference }),
    );
    const { letters } = await house.get(ReadCase).forStaff(worded.reference, staff.INT);
    expect(letters[0]).toMatchObject({ wording: 1, language: 'fr' });
  });

  it('of another language, of one that we have no words in, and of other letters stay built in', async () => {
    await draft('en', receipt('Welcome'));
    await settle('en', true);
    expect((await firstLetter(await lodge('de'))).wording).toBeNull();
    const amharic = await lodge('am');
    expect(await firstLetter(amharic)).toMatchObject({ wording: 1, language: 'am' });
    expect((await firstLetter(amharic)).subject).toBe(`Welcome ${amharic.reference}`);
    await amharic.by('INT', 'acknowledge', DECLARED);
    const { letters } = await house.get(ReadMyCase).view(amharic.holder);
    expect(letters.map(({ wording }) => wording)).toEqual([1, null]);
  });

  it('can go back to an earlier version or to the built-in words, by two people again', async () => {
    await takeUp('fr', 1);
    await expect(settle('fr', true, { who: staff.TRI })).rejects.toMatchObject({ kind: 'unmet' });
    await settle('fr', true);
    expect(await firstLetter(await lodge('fr'))).toMatchObject({ wording: 3 });
    await takeUp('fr', 0);
    await settle('fr', true);
    expect((await firstLetter(await lodge('fr'))).wording).toBeNull();
    const { on, earlier, builtIn } = await wordings().view('LETTER_TEXT', 'receipt', 'fr');
    expect([on!.n, on!.text]).toEqual([4, null]);
    expect(builtIn!.body).toContain('{url}');
    expect(earlier.map(({ n, status }) => [n, status])).toEqual([
      [3, 'OFF'],
      [2, 'OFF'],
      [1, 'OFF'],
    ]);
    await expect(takeUp('fr', 9)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(takeUp('fr', 0)).rejects.toMatchObject({ kind: 'unmet' });
  });

  it('are switched on by nobody who drafted a part of them, or whose account one of them made', async () => {
    await draft('de', receipt('Hallo'));
    await draft('de', receipt('Guten Tag'), { who: lawyer });
    await expect(settle('de', true)).rejects.toMatchObject({ kind: 'unmet' });
    await expect(settle('de', true, { who: staff.TRI })).rejects.toMatchObject({ kind: 'unmet' });
    await settle('de', true, { who: staff.DPO });
    await draft('de', receipt('Tag'));
    await settle('de', false, { who: staff.TRI });
    expect((await wordings().view('LETTER_TEXT', 'receipt', 'de')).draft).toBeNull();
    await expect(settle('de', true)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('are refused with every fault, and when somebody changed them meanwhile', async () => {
    await expect(
      draft('es', { subject: 'Hola\u202e', body: 'Gracias {name}' }, { name: 'closed' }),
    ).rejects.toMatchObject({
      kind: 'invalid',
      needs: [
        { field: 'subject', sentence: expect.stringContaining('turn text around') as string },
        { field: 'body', sentence: expect.stringContaining('{name}') as string },
        { field: 'body', sentence: expect.stringContaining('{appealWindow}') as string },
        { field: 'body', sentence: expect.stringContaining('{url}') as string },
        { field: 'body', sentence: expect.stringContaining('{noWaiver}') as string },
      ],
    });
    const key = keyOf('LETTER_TEXT', 'receipt', 'es');
    await draft('es', receipt('Hola'));
    await expect(wordings().draft(staff.TRI, key, receipt('Buenas'), '0')).rejects.toMatchObject({
      kind: 'stale',
    });
    await expect(wordings().settle(lawyer, key, true, '0')).rejects.toMatchObject({ kind: 'stale' });
    expect(() => keyOf('LETTER_TEXT', 'late-alert', 'en')).toThrow('no such letter');
    expect(() => keyOf('LETTER_TEXT', 'toString', 'en')).toThrow('no such letter');
    expect(() => keyOf('BLOCK', '../x', 'en')).toThrow('no such letter');
    expect(() => keyOf('LETTER_TEXT', 'receipt', 'xx')).toThrow('not written in this language');
  });

  it('of blocks are offered in their language once they are on, and no more once they are taken away', async () => {
    const key = { kind: 'BLOCK', name: 'waiting' };
    await draft('ar', { subject: 'شكر', body: 'شكرًا لصبرك.' }, key);
    expect(await wordings().blocks('ar')).toEqual([]);
    await settle('ar', true, key);
    expect(await wordings().blocks('ar-EG')).toEqual([
      { name: 'waiting', subject: 'شكر', body: 'شكرًا لصبرك.' },
    ]);
    expect(await wordings().blocks('en')).toEqual([]);
    const view = await wordings().view('BLOCK', 'waiting', 'ar');
    await wordings().takeUp(staff.TRI, keyOf('BLOCK', 'waiting', 'ar'), 0, view.seen);
    await settle('ar', true, key);
    expect(await wordings().blocks('ar')).toEqual([]);
    expect((await wordings().list('ar')).find(({ name }) => name === 'waiting')).toMatchObject({
      on: null,
      subject: 'شكر',
    });
  });

  it('leave a history of the house that tells who did what, and find a hand that edits them', async () => {
    const entries = await house
      .get(Transactions)
      .read((db) => db.find(Entry, { where: { ledgerId: HOUSE }, order: { n: 'ASC' } }));
    const told = entries
      .map(({ body }) => readEntry(body)!)
      .filter(({ act, facts }) => act.includes('wording') && facts.language === 'ar')
      .map(({ act, by, facts }) => [act, by.role, facts]);
    expect(told).toEqual(
      [
        ['draft-wording', 'TRI', 1],
        ['switch-wording-on', 'LEG', 1],
        ['draft-wording', 'TRI', 2],
        ['switch-wording-on', 'LEG', 2],
      ].map(([act, role, version]) => [act, role, { wording: 'BLOCK', language: 'ar', version }]),
    );
    // The words themselves are no part of it, and sealed where they stand.
    const stored = JSON.stringify([
      entries.map(({ body }) => body),
      await house.source.getRepository(Wording).find(),
    ]);
    for (const words of ['شكرًا لصبرك.', 'Bonjour']) expect(stored.includes(words)).toBe(false);
    const rows = house.source.getRepository(Wording);
    const row = await rows.findOneByOrFail({ name: 'waiting', n: 1 });
    const edit = async (patch: Partial<Wording>) => {
      await rows.update({ id: row.id }, patch);
      return (await house.verify()).differences.map(({ table, column }) => [table, column]);
    };
    expect(await edit({ body: 'You lose all rights.' })).toEqual([['wordings', 'body']]);
    expect(await edit({ body: null, textsSealed: 'x' })).toEqual([['wordings', 'textsSealed']]);
    expect(await edit({ textsSealed: row.textsSealed })).toEqual([]);
    const keys = await house.source.query<Record<string, string>[]>(
      `SELECT * FROM "data_keys" WHERE "ownerId" = '${row.id}'`,
    );
    await house.source.query(`DELETE FROM "data_keys" WHERE "ownerId" = '${row.id}'`);
    expect((await house.verify()).differences.map(({ table, sentence }) => [table, sentence])).toEqual([
      ['data_keys', expect.stringContaining(`wordings ${row.id}`)],
    ]);
    await house.source.getRepository(DataKey).insert(keys[0]!);
  });

  it('are emptied for good by somebody who drafted none of them, and letters sent in them say so', async () => {
    const secret = 'Frau Muster';
    const key = keyOf('LETTER_TEXT', 'receipt', 'sw');
    await draft('sw', receipt(secret), { who: staff.DPO });
    await settle('sw', true);
    const walk = await lodge('sw');
    expect((await firstLetter(walk)).paragraphs.join()).toContain(secret);
    const empty = async (who: Staff['TRI'], emptyingReason: string, n = 1) =>
      wordings().empty(who, key, n, { emptyingReason }, await seen('LETTER_TEXT', 'receipt', 'sw'));
    const reason = 'It names a person.';
    await expect(empty(lawyer, reason)).rejects.toMatchObject({ kind: 'unmet' });
    await draft('sw', receipt('Habari'));
    await expect(empty(lawyer, reason, 2)).rejects.toMatchObject({ kind: 'unmet' });
    await settle('sw', true);
    await expect(empty(staff.TRI, reason)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(empty(staff.DPO, reason)).rejects.toMatchObject({ kind: 'unmet' });
    await expect(empty(lawyer, 'No.')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(empty(lawyer, reason, 9)).rejects.toMatchObject({ kind: 'invalid' });
    expect((await firstLetter(walk)).paragraphs.join()).toContain(secret);
    await empty(lawyer, reason);
    const view = await wordings().view('LETTER_TEXT', 'receipt', 'sw');
    expect(view.earlier).toMatchObject([{ n: 1, text: null, emptied: { on: house.time.today(), reason } }]);
    const { subject, paragraphs } = await firstLetter(walk);
    expect(subject).toBe(say('sw', 'letter.receipt.subject', { reference: walk.reference }));
    expect(paragraphs[0]).toBe(say('sw', 'mycase.letter.emptied'));
    expect(JSON.stringify([view, paragraphs])).not.toContain(secret);
    expect((await firstLetter(await lodge('sw'))).paragraphs.join()).toContain('Habari');
    await expect(empty(lawyer, reason)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(takeUp('sw', 1)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await house.source.query('SELECT * FROM "wordings"')).not.toContainEqual(
      expect.objectContaining({ body: expect.anything() as string }),
    );
  });

  it('are read where they stand in the clear from before, and sealed with the next change', async () => {
    await draft('tr', receipt('Merhaba'));
    await settle('tr', true);
    const walk = await lodge('tr');
    const rows = house.source.getRepository(Wording);
    const { id } = await rows.findOneByOrFail({ language: 'tr' });
    await rows.update({ id }, { ...receipt('Merhaba'), textsSealed: null });
    await house.source.query(`DELETE FROM "data_keys" WHERE "ownerId" = '${id}'`);
    for (const each of [walk, await lodge('tr')])
      expect((await firstLetter(each)).paragraphs.join()).toContain('Merhaba');
    await draft('tr', receipt('Selam'));
    await settle('tr', true);
    expect(await rows.findOneByOrFail({ id })).toMatchObject({
      status: 'OFF',
      subject: null,
      body: null,
      textsSealed: expect.any(String) as string,
    });
    expect((await firstLetter(walk)).paragraphs.join()).toContain('Merhaba');
  });
});
