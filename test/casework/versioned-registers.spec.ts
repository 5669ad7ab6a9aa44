import { Registers } from '../../src/casework/registers/registers';
import type { RegisterEntryView } from '../../src/casework/registers/register-views';
import { Systems } from '../../src/casework/registers/systems';
import { Vendors } from '../../src/casework/registers/vendors';
import { ExportRegister } from '../../src/casework/registers/export-register';
import { ReadHouse } from '../../src/casework/read-house';
import { EVERY_ENTRY, type RegisterFilter } from '../../src/casework/registers/register-filter';
import type { Officer } from '../../src/people/visitor';
import { CASE_LAW_SEEDS } from '../../src/rules/case-law-seeds';
import { FRAMEWORK_SEEDS } from '../../src/rules/framework-seeds';
import { addDays } from '../../src/rules/days';
import type { VersionedName } from '../../src/rules/registers';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const ENGAGEMENT = {
  engagementTitle: 'Workshop with job centres',
  engagementKind: 'EG-CONSULT',
  heldOn: '2026-11-02',
  consultedGroups: ['AG-BENEF', 'AG-DISAB'],
  changeAdopted: 'AD-OPEN',
};
const TENDER = {
  tenderTitle: 'Lot 7',
  tenderSide: 'TS-BID',
  buyerKind: 'BK-STATE',
  country: 'FR',
  tenderDecision: 'TD-OPEN',
};
const FRAMEWORK = {
  frameworkName: 'Own AI policy',
  frameworkKind: 'FK-OWN',
  jurisdictionName: 'Here',
  frameworkAsks: 'A human decides.',
  frameworkSource: 'Intranet',
  inForce: 'FS-FORCE',
};

describe.each(engines())('the registers that keep versions on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let registers: Registers;
  let executive: Officer;
  let adviser: Officer;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    registers = house.get(Registers);
    executive = await house.officer('EXE');
    adviser = await house.officer('LEG');
  });
  afterAll(async () => {
    expect((await house.verify()).differences).toEqual([]);
    await house.close();
  });

  const add = (name: VersionedName, raw: object, who: Officer = staff.TRI) =>
    registers.of(name).add(who, raw as Record<string, unknown>);
  const view = (name: VersionedName, number: number, who: Officer = staff.TRI) =>
    registers.of(name).view(who, number) as Promise<RegisterEntryView>;
  const listed = async (name: VersionedName, filter: Partial<RegisterFilter> = {}) =>
    (await registers.of(name).versions!.list(staff.TRI, { ...EVERY_ENTRY, ...filter })).map(
      ({ number }) => number,
    );
  const refused = (kind: string, ...fields: string[]) => ({
    kind,
    needs: fields.map((field) => expect.objectContaining({ field }) as object),
  });
  const aVendor = () => house.get(Vendors).add(staff.TRI, { companyName: 'Acme' });
  const aSystem = () =>
    house.get(Systems).add(staff.TRI, {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
  const aMeasure = async (more: object = {}) => ({
    measureTitle: 'Asked for logs',
    vendorNumber: await aVendor(),
    leverageMeasure: 'LV-INFO',
    takenOn: '2026-11-20',
    measureOwner: 'Purchasing',
    leverageResult: 'LR-OPEN',
    nextReviewOn: '2026-12-20',
    ...more,
  });

  it('keep an engagement with its systems, and every version of it', async () => {
    const system = await aSystem();
    const number = await add('engagements', { ...ENGAGEMENT, systemNumbers: [String(system)] }, staff.DIA);
    const corrected = {
      ...ENGAGEMENT,
      changeAdopted: 'AD-PARTLY',
      whatChanged: 'The letter names a human.',
      adviceFunded: 'yes',
    };
    await registers.of('engagements').replace(executive, number, 1, corrected);
    const seen = await view('engagements', number, staff.INV);
    expect(seen).toMatchObject({
      revision: 2,
      version: 2,
      entryName: ENGAGEMENT.engagementTitle,
      answers: { changeAdopted: 'AD-PARTLY', whatChanged: 'The letter names a human.', adviceFunded: true },
      toBeginWith: false,
    });
    expect(seen.versions.map(({ n, answers, recordedBy }) => [n, answers.systemNumbers, recordedBy])).toEqual(
      [
        [2, null, expect.any(String)],
        [1, [system], expect.any(String)],
      ],
    );
    await expect(registers.of('engagements').replace(executive, number, 1, ENGAGEMENT)).rejects.toMatchObject(
      {
        kind: 'stale',
      },
    );
    await registers.of('engagements').retire(staff.TRI, number, 2, true);
    expect(await view('engagements', number)).toMatchObject({ retiredOn: house.time.today(), revision: 3 });
  });

  it('refuse what does not fit together, what lies ahead and what names nothing', async () => {
    const no = (name: VersionedName, raw: object, ...fields: string[]) =>
      expect(add(name, raw)).rejects.toMatchObject(refused('invalid', ...fields));
    await no(
      'engagements',
      { engagementTitle: ' ' },
      'engagementTitle',
      'engagementKind',
      'heldOn',
      'consultedGroups',
      'changeAdopted',
    );
    await no('engagements', { ...ENGAGEMENT, heldOn: '2027-06-01' }, 'heldOn');
    await no('engagements', { ...ENGAGEMENT, changeAdopted: 'AD-NO' }, 'whatChanged');
    await no('engagements', { ...ENGAGEMENT, toldBackOn: '2026-01-01' }, 'toldBackOn');
    await no('engagements', { ...ENGAGEMENT, systemNumbers: [9999] }, 'systemNumbers');
    await no('engagements', { ...ENGAGEMENT, systemNumbers: ['x'] }, 'systemNumbers');
    await no('leverage', { ...(await aMeasure()), vendorNumber: 9999 }, 'vendorNumber');
    await no('leverage', { ...(await aMeasure()), nextReviewOn: '' }, 'nextReviewOn');
    await no('leverage', { ...(await aMeasure()), leverageMeasure: 'LV-EXIT' }, 'exitImpact');
    await no('leverage', { ...(await aMeasure()), takenOn: '2027-06-01' }, 'takenOn');
    await no('tenders', { ...TENDER, tenderDecision: 'TD-DECLINED' }, 'decisionReasons');
    await no('tenders', { ...TENDER, tenderDecision: 'TD-WON', redLines: ['RL-RBI'] }, 'decisionReasons');
    const decision = {
      caseTitle: 'X',
      court: 'Y',
      jurisdictionName: 'Z',
      decidedYear: 2020,
      legalPoint: 'P',
    };
    await no('case-law', { ...decision, decidedOn: '2021-01-01' }, 'decidedOn');
    expect(await listed('tenders')).toEqual([]);
  });

  it('are kept by those whom the table of acts names, and read by everybody who works on cases', async () => {
    const administrator = await house.officer('ADM');
    for (const [name, raw, may] of [
      ['engagements', ENGAGEMENT, [staff.DIA, adviser, executive]],
      ['tenders', TENDER, [staff.REM, executive]],
      ['frameworks', FRAMEWORK, [adviser, staff.DPO]],
    ] as const) {
      for (const who of may) await add(name, raw, who);
      for (const who of [staff.INT, staff.INV, staff.PRT, administrator])
        await expect(add(name, raw, who)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await expect(add('frameworks', FRAMEWORK, executive)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(registers.of('frameworks').view(administrator, 1)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(registers.of('frameworks').list(administrator)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(view('frameworks', 9999)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('begin with laws and decisions that are unverified until an adviser read them', async () => {
    expect((await listed('case-law')).length).toBe(CASE_LAW_SEEDS.length);
    expect(await listed('case-law', { verified: true })).toEqual([]);
    expect(await listed('frameworks', { answers: { inForce: 'FS-CONTESTED' } })).toEqual([12, 13]);
    expect((await listed('frameworks')).filter((number) => number < 1000)).toHaveLength(
      FRAMEWORK_SEEDS.length,
    );
    const law = registers.of('case-law');
    const checkOf = async (number: number) => (await view('case-law', number)).checked;
    expect(await checkOf(2)).toEqual({ on: '2026-11-30', against: expect.stringContaining('C-634/21') });
    const source = { verifiedSource: 'https://curia.europa.eu/juris/C-634-21' };
    for (const who of [staff.TRI, staff.DEC, executive])
      await expect(law.versions!.verify(who, 2, 1, source)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(law.versions!.verify(adviser, 2, 1, {})).rejects.toMatchObject(
      refused('invalid', 'verifiedSource'),
    );
    await law.versions!.verify(adviser, 2, 1, source);
    await expect(law.versions!.verify(adviser, 2, 1, source)).rejects.toMatchObject({ kind: 'stale' });
    const verified = await view('case-law', 2);
    expect(verified).toMatchObject({ verifiedOn: house.time.today(), toBeginWith: true, revision: 2 });
    expect(verified.checked).toEqual(CASE_LAW_SEEDS[1]!.checked);
    expect(verified.versions).toMatchObject([
      { n: 1, recordedBy: null, verifiedSource: source.verifiedSource },
    ]);
    // What is corrected has to be read anew; the version that was read stays as it was.
    const { answers } = await law.asked(2);
    await law.replace(staff.TRI, 2, 2, { ...answers, legalPoint: 'Told better.' });
    const corrected = await view('case-law', 2);
    expect(corrected).toMatchObject({ verifiedOn: null, version: 2, toBeginWith: false, checked: null });
    expect(corrected.versions.map(({ verifiedOn }) => verifiedOn !== null)).toEqual([false, true]);
    // Own entries leave room for those that later versions of the program bring.
    expect(
      await add('case-law', {
        caseTitle: 'Own',
        court: 'C',
        jurisdictionName: 'J',
        decidedYear: 2026,
        legalPoint: 'P',
      }),
    ).toBe(1001);
    expect(await add('tenders', TENDER)).toBeLessThan(1000);
  });

  it('are narrowed by what was answered, by words, and by days that are over', async () => {
    const one = await add('leverage', await aMeasure());
    const two = await add(
      'leverage',
      await aMeasure({
        measureTitle: 'Prüfung',
        measureAim: 'Fewer errors.',
        leverageMeasure: 'LV-AUDIT',
        nextReviewOn: '2027-09-01',
      }),
    );
    expect(await listed('leverage', { words: ['prufung', 'errors'] })).toEqual([two]);
    expect(await listed('leverage', { answers: { leverageMeasure: 'LV-INFO' } })).toEqual([one]);
    const { answers } = await registers.of('leverage').asked(one);
    expect(await listed('leverage', { answers: { vendorNumber: String(answers.vendorNumber) } })).toEqual([
      one,
    ]);
    expect(await listed('leverage', { due: true })).toEqual([]);
    const today = house.time.today();
    house.time.goTo(`${addDays('2026-12-20', 1)}T09:00:00.000Z`);
    expect(await listed('leverage', { due: true })).toEqual([one]);
    house.time.goTo(`${today}T09:00:00.000Z`);
    // From the vendor, one sees what was done towards it.
    const naming = await registers.naming(staff.INV, 'vendors', answers.vendorNumber as number);
    expect(naming).toMatchObject([{ register: 'leverage', number: one }]);
  });

  it('tell of cases only who may see them, and refuse a hidden case as one that does not exist', async () => {
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    const { reference } = walk;
    const link = (who: Officer, of = reference, name: VersionedName = 'frameworks') =>
      registers.of(name).versions!.link(who, 1, { reference: of });
    const before = await view('frameworks', 1);
    await link(staff.TRI);
    await link(staff.TRI, reference, 'case-law');
    await expect(link(staff.TRI)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await view('frameworks', 1)).cases).toMatchObject([{ reference }]);
    const beside = await registers.besideCase(staff.TRI, reference);
    expect(beside.used.map(({ register, number }) => [register, number])).toEqual([
      ['frameworks', 1],
      ['case-law', 1],
    ]);
    // Harm and use domain of this case are those of decisions about benefits.
    expect(beside.caseLaw.map(({ number }) => number)).toEqual([11, 12, 1]);
    expect(beside.caseLaw[0]).toMatchObject({
      sharedHarms: ['AIH-04'],
      sharesUseDomain: true,
      verifiedOn: null,
    });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-NAMED', person: staff.DPO.personId });
    const out = await view('frameworks', 1, staff.DPO);
    // To the last field as before anybody linked it, but that it is stored now.
    expect({ ...out, versions: [] }).toEqual({ ...before, versions: [] });
    const told = JSON.stringify([out, await registers.of('frameworks').list(staff.DPO)]);
    expect(told).not.toContain(reference);
    const refusal = (promise: Promise<void>) =>
      promise.then(
        () => null,
        (error: unknown) => error,
      );
    const hidden = await refusal(link(staff.DPO));
    const none = await refusal(link(staff.DPO, 'RD-0000-0000'));
    expect(hidden).toMatchObject(refused('invalid', 'reference'));
    expect(hidden).toEqual(none);
    expect(await refusal(registers.of('frameworks').versions!.unlink(staff.DPO, 1, { reference }))).toEqual(
      none,
    );
    await expect(registers.besideCase(staff.DPO, reference)).rejects.toMatchObject({ kind: 'not-found' });
    await registers.of('frameworks').versions!.unlink(staff.TRI, 1, { reference });
    expect((await view('frameworks', 1)).cases).toEqual([]);
    await expect(
      registers.of('frameworks').versions!.unlink(staff.TRI, 1, { reference }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('seal every text, and empty one for good while entry and reason stay', async () => {
    const secret = 'Frau Muster said so';
    const number = await add('engagements', { ...ENGAGEMENT, whatTheySaid: secret });
    const rows = () => house.source.query<object[]>('SELECT * FROM "register_versions"');
    expect(JSON.stringify(await rows())).not.toContain(secret);
    await registers.of('engagements').replace(staff.TRI, number, 1, {
      ...ENGAGEMENT,
      whatTheySaid: `${secret}.`,
      whatChanged: 'Nothing yet',
    });
    const keys = async () =>
      await house.source.query<{ ownerId: string; wrappedKey: string }[]>(
        `SELECT k."ownerId", k."wrappedKey" FROM "data_keys" k INNER JOIN "register_versions" v ON v."id" = k."ownerId" INNER JOIN "register_entries" e ON e."id" = v."entryId" WHERE e."register" = 'engagements' AND e."number" = ${number} ORDER BY 1`,
      );
    const before = await keys();
    const register = registers.of('engagements');
    const emptying = { part: 'whatTheySaid', emptyingReason: 'It names a person.' };
    await expect(register.empty(staff.TRI, number, 2, emptying)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(register.empty(staff.DPO, number, 1, emptying)).rejects.toMatchObject({ kind: 'stale' });
    await expect(
      register.empty(staff.DPO, number, 2, { ...emptying, emptyingReason: 'No.' }),
    ).rejects.toMatchObject(refused('invalid', 'emptyingReason'));
    await expect(register.empty(staff.DPO, number, 2, { ...emptying, part: 'heldOn' })).rejects.toMatchObject(
      refused('invalid', 'part'),
    );
    expect(await keys()).toEqual(before);
    await register.empty(staff.DPO, number, 2, emptying);
    const seen = await view('engagements', number);
    expect(seen.versions.map(({ answers }) => [answers.whatTheySaid, answers.engagementTitle])).toEqual([
      [null, ENGAGEMENT.engagementTitle],
      [null, ENGAGEMENT.engagementTitle],
    ]);
    expect(seen.emptied).toMatchObject([
      {
        part: 'whatTheySaid',
        label: 'What they said',
        reason: 'It names a person.',
        emptiedOn: house.time.today(),
      },
    ]);
    // The keys that opened the text are gone, those of what stays are new.
    const after = await keys();
    expect(after.map(({ ownerId }) => ownerId)).toEqual(before.map(({ ownerId }) => ownerId));
    for (const { wrappedKey } of before) expect(after.map((key) => key.wrappedKey)).not.toContain(wrappedKey);
    await expect(register.empty(staff.DPO, number, 3, emptying)).rejects.toMatchObject(
      refused('invalid', 'part'),
    );
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are verified by nobody who wrote a version of the entry, nor by whoever made their account', async () => {
    const frameworks = registers.of('frameworks').versions!;
    const number = await add('frameworks', FRAMEWORK, adviser);
    const verify = (who: Officer, revision: number) =>
      frameworks.verify(who, number, revision, { verifiedSource: 'The intranet' });
    const notTheirs = {
      kind: 'unmet',
      message:
        'You wrote a part of this, or one of you created the other’s account: somebody else has to read it against its source.',
    };
    await expect(verify(adviser, 1)).rejects.toMatchObject(notTheirs);
    // A correction by somebody else leaves words of the adviser in it.
    await registers
      .of('frameworks')
      .replace(staff.DPO, number, 1, { ...FRAMEWORK, frameworkAsks: 'A human.' });
    for (const who of [adviser, staff.DPO]) await expect(verify(who, 2)).rejects.toMatchObject(notTheirs);
    const another = await house.officer('LEG');
    const madeBy = (createdBy: string) =>
      house.source.query(
        `UPDATE "people" SET "createdBy" = '${createdBy}' WHERE "id" = '${another.personId}'`,
      );
    await madeBy(adviser.personId);
    await expect(verify(another, 2)).rejects.toMatchObject(notTheirs);
    await madeBy((await house.administrator()).personId);
    await verify(another, 2);
    expect(await view('frameworks', number)).toMatchObject({ verifiedOn: house.time.today() });
  });

  it('are emptied by nobody who wrote the text', async () => {
    const notTheirs = {
      kind: 'unmet',
      message:
        'You wrote a part of this, or one of you created the other’s account: somebody else who may empty texts has to do it.',
    };
    const emptying = (part: string) => ({ part, emptyingReason: 'It names a person.' });
    const tenders = registers.of('tenders');
    const number = await add('tenders', { ...TENDER, remarks: 'Of the officer.' }, staff.DPO);
    await tenders.replace(adviser, number, 1, {
      ...TENDER,
      remarks: 'Of the officer.',
      decisionReasons: 'Mine.',
    });
    for (const who of [staff.DPO, adviser])
      await expect(tenders.empty(who, number, 2, emptying('remarks'))).rejects.toMatchObject(notTheirs);
    await tenders.empty(staff.DPO, number, 2, emptying('decisionReasons'));

    const systems = registers.of('systems');
    const system = await house.get(Systems).add(adviser, {
      systemName: 'S',
      purpose: 'It rates.',
      useDomain: 'DOM-OTH',
      lifecycleStage: 'LC-OPER',
    });
    await expect(systems.empty(adviser, system, 1, emptying('purpose'))).rejects.toMatchObject(notTheirs);
    const record = {
      recordKind: 'INCIDENT',
      happenedOn: '2026-11-02',
      recordTitle: 'Down',
      recordText: 'Said.',
    };
    await systems.records!.add(staff.DPO, system, record);
    await expect(systems.empty(staff.DPO, system, 1, emptying('records.1.recordText'))).rejects.toMatchObject(
      notTheirs,
    );
    const another = await house.officer('LEG');
    await systems.empty(another, system, 1, emptying('records.1.recordText'));
    await systems.retire(another, system, 2, true);
    // To empty and to retire is to write nothing.
    await systems.empty(another, system, 3, emptying('purpose'));
    expect(await systems.view(staff.TRI, system)).toMatchObject({ purpose: '' });
  });

  it('empty what the program brought, and where it was read', async () => {
    const law = registers.of('case-law');
    await law.versions!.verify(staff.DPO, 4, 1, { verifiedSource: 'Told by Jane Roe' });
    expect((await law.written(4)).map(({ part }) => part)).toContain('verifiedSource');
    const emptying = (part: string) => ({ part, emptyingReason: 'It names a person.' });
    await law.empty(adviser, 4, 2, emptying('verifiedSource'));
    await law.empty(adviser, 4, 3, emptying('caseTitle'));
    const seen = await view('case-law', 4);
    expect(seen).toMatchObject({ entryName: '(emptied)', verifiedOn: house.time.today() });
    expect(seen.versions[0]).toMatchObject({
      verifiedSource: null,
      answers: { court: expect.any(String) as string },
    });
  });

  it('are told by the history of the house without their texts, and every column that was changed by hand is named', async () => {
    const number = await add('tenders', { ...TENDER, remarks: 'Words of a tender.' });
    await registers
      .of('tenders')
      .replace(staff.TRI, number, 1, { ...TENDER, remarks: 'Words of a tender, corrected.' });
    const { entries } = await house.get(ReadHouse).page(await house.officer('AUD'));
    expect(entries.find(({ act }) => act === 'correct-tenders')!.facts).toEqual({
      entryNumber: number,
      version: 2,
    });
    expect(JSON.stringify(entries)).not.toContain('Words of a tender');
    const query = (text: string) => house.source.query<Record<string, unknown>[]>(text);
    const literal = (value: unknown) =>
      value === null
        ? 'NULL'
        : typeof value === 'number'
          ? String(value)
          : `'${(value as string).replaceAll("'", "''")}'`;
    const missed: string[] = [];
    for (const table of ['register_entries', 'register_versions', 'register_cases', 'register_emptyings']) {
      const all = await query(`SELECT * FROM "${table}" ORDER BY "id"`);
      // A second version can be given to an entry that has one.
      const row = all.find(({ n }) => n === 2) ?? all[0]!;
      for (const [column, value] of Object.entries(row)) {
        if (column === 'id') continue;
        const isReference = /(Id|By)$/.test(column);
        const others = isReference
          ? await query(
              `SELECT "id" FROM "${column === 'entryId' ? 'register_entries' : column === 'caseId' ? 'cases' : 'people'}" WHERE "id" <> ${literal(value ?? '')}${column === 'entryId' ? ' AND "version" = 1' : ''} LIMIT 1`,
            )
          : [];
        const isUnique = column === 'n' || column === 'number';
        const forged = isReference
          ? others[0]?.id
          : isUnique || typeof value === 'number'
            ? 777
            : column === 'coded'
              ? '{"forged":1}'
              : column.endsWith('On')
                ? '2020-01-01'
                : 'forged';
        if (forged === undefined) continue;
        await query(`UPDATE "${table}" SET "${column}" = ${literal(forged)} WHERE "id" = ${literal(row.id)}`);
        const found = (await house.verify()).differences.some(
          (each) => each.table === table && each.column === column,
        );
        if (!found) missed.push(`${table}.${column}`);
        await query(`UPDATE "${table}" SET "${column}" = ${literal(value)} WHERE "id" = ${literal(row.id)}`);
      }
    }
    expect(missed).toEqual([]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are saved as files whose cells no spreadsheet takes for a formula, each told by the history of the house', async () => {
    const remarks = 'Asked twice.\n=1+1';
    await add('tenders', { ...TENDER, tenderTitle: '=1+1', remarks, clauses: ['TC-AUDIT', 'TC-HRDD'] });
    const exported = (format: 'csv' | 'json', who: Officer = executive) =>
      house.get(ExportRegister).run(who, 'tenders', { ...EVERY_ENTRY, words: ['=1+1'] }, format);
    const { name, content } = await exported('csv');
    expect(name).toMatch(/^tenders-\d{4}-\d\d-\d\d\.csv$/);
    expect(content).toContain("'=1+1");
    // A line of a cell begins no row.
    expect(content).toContain(`"${remarks}"`);
    expect(content).toContain('TC-AUDIT; TC-HRDD');
    const [row] = JSON.parse((await exported('json')).content) as [Record<string, unknown>];
    expect(row).toMatchObject({ tenderTitle: '=1+1', clauses: ['TC-AUDIT', 'TC-HRDD'] });
    await expect(exported('csv', staff.INT)).rejects.toMatchObject({ kind: 'forbidden' });
    const { entries } = await house.get(ReadHouse).page(await house.officer('AUD'));
    expect(entries.filter(({ act }) => act === 'export-register').map(({ facts }) => facts)).toEqual([
      { register: 'tenders', format: 'json', shown: 1 },
      { register: 'tenders', format: 'csv', shown: 1 },
    ]);
  });

  it('empty texts of vendors, systems and their records as well', async () => {
    const [vendors, systems] = [registers.of('vendors'), registers.of('systems')];
    const vendor = await house.get(Vendors).add(staff.TRI, { companyName: 'B', remarks: 'Call Jane Roe' });
    const system = await house.get(Systems).add(staff.TRI, {
      systemName: 'S',
      purpose: 'Jane Roe rates',
      useDomain: 'DOM-OTH',
      lifecycleStage: 'LC-OPER',
    });
    const record = {
      recordKind: 'INCIDENT',
      happenedOn: '2026-11-02',
      recordTitle: 'Jane Roe',
      recordText: 'Said.',
    };
    await systems.records!.add(staff.TRI, system, record);
    for (const table of ['vendors', 'ai_systems', 'system_records'])
      expect(JSON.stringify(await house.source.query(`SELECT * FROM "${table}"`))).not.toContain('Jane Roe');
    const emptying = (part: string) => ({ part, emptyingReason: 'It names a person.' });
    expect((await systems.written(system)).map(({ part }) => part)).toEqual([
      'purpose',
      'records.1.recordTitle',
      'records.1.recordText',
    ]);
    await expect(vendors.empty(staff.TRI, vendor, 1, emptying('remarks'))).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await vendors.empty(adviser, vendor, 1, emptying('remarks'));
    expect(await vendors.view(staff.TRI, vendor)).toMatchObject({
      companyName: 'B',
      remarks: null,
      revision: 2,
      emptied: [{ part: 'remarks', label: 'Remarks' }],
    });
    await systems.empty(staff.DPO, system, 1, emptying('records.1.recordTitle'));
    await systems.empty(staff.DPO, system, 2, emptying('purpose'));
    expect(await systems.view(staff.TRI, system)).toMatchObject({
      systemName: 'S',
      purpose: '',
      records: [{ recordTitle: '', recordText: 'Said.' }],
      emptied: [{ label: 'Record 1: Version, number or title' }, { part: 'purpose' }],
    });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('are named by verify where a key is gone', async () => {
    const number = await add('tenders', { ...TENDER, remarks: 'To be read.' });
    const [key] = await house.source.query<
      { ownerId: string; ownerKind: string; wrappedKey: string; keyEncryptionKeyId: string }[]
    >(
      `SELECT k.* FROM "data_keys" k INNER JOIN "register_versions" v ON v."id" = k."ownerId" INNER JOIN "register_entries" e ON e."id" = v."entryId" WHERE e."register" = 'tenders' AND e."number" = ${number}`,
    );
    const { ownerId, ownerKind, wrappedKey, keyEncryptionKeyId } = key!;
    await house.source.query(`DELETE FROM "data_keys" WHERE "ownerId" = '${ownerId}'`);
    const { differences } = await house.verify();
    expect(differences.map(({ table, sentence }) => [table, sentence.includes(ownerId)])).toEqual([
      ['data_keys', true],
    ]);
    await house.source.query(
      `INSERT INTO "data_keys" ("ownerId", "ownerKind", "wrappedKey", "keyEncryptionKeyId") VALUES ('${ownerId}', '${ownerKind}', '${wrappedKey}', '${keyEncryptionKeyId}')`,
    );
    expect((await house.verify()).differences).toEqual([]);
  });

  it('seal texts from before, once their row is changed, and show them until then', async () => {
    const number = await aVendor();
    await house.source.query(
      `UPDATE "vendors" SET "textsSealed" = NULL, "remarks" = 'From before' WHERE "number" = ${number}`,
    );
    expect(await registers.of('vendors').view(staff.TRI, number)).toMatchObject({ remarks: 'From before' });
    const { answers } = await registers.of('vendors').asked(number);
    await registers
      .of('vendors')
      .replace(staff.TRI, number, 1, { companyName: 'Acme', remarks: answers.remarks });
    expect(await registers.of('vendors').view(staff.TRI, number)).toMatchObject({ remarks: 'From before' });
    const [row] = await house.source.query<{ remarks: unknown }[]>(
      `SELECT "remarks" FROM "vendors" WHERE "number" = ${number}`,
    );
    expect(row!.remarks).toBeNull();
  });
});
