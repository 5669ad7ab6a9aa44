import { Readable } from 'node:stream';
import type { EntityMetadata } from 'typeorm';
import { DeliverNews } from '../../src/casework/collective/deliver-news';
import { Consents } from '../../src/casework/consents';
import { EvidenceFiles } from '../../src/casework/evidence-files';
import { Packets } from '../../src/casework/sharing/packets';
import { Redactions } from '../../src/casework/sharing/redactions';
import { SurveyForm, Surveys } from '../../src/casework/closure/surveys';
import { Receipts } from '../../src/casework/receipts';
import { Messages } from '../../src/casework/messages';
import { ReadCase } from '../../src/casework/read-case';
import { TellMerged } from '../../src/casework/triage/tell-merged';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { Systems } from '../../src/casework/registers/systems';
import { CASE_TABLES } from '../../src/ledger/case-tables';
import { isUniqueViolation } from '../../src/records/dialect';
import { Entry } from '../../src/records/entities/entry';
import { ATTEMPT } from '../harness/attempts';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { BY_PHONE } from '../harness/phone-walk';
import { hireStaff, Walk } from '../harness/walk';

/** Refuse it in the database itself; that they were changed all the same is tried in `test/ledger/log.spec.ts` and below. */
const GUARDED = ['entries', 'log_leaves', 'log_checkpoints', 'policies'];

describe.each(engines())('a history on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine);
    const staff = await hireStaff(house);
    const other = await Walk.lodge(house, staff, 'The same system, another person.');
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation({ scale: 4 });
    await walk.by('INV', 'ask-question', {
      questionText: 'When was that?',
      why: 'To find the log.',
      dueOn: '2026-12-01',
    });
    await walk.by('PRT', 'order-interim-measure', {
      measure: 'RA-17',
      measureReason: 'It goes on.',
      owner: staff.REM.personId,
      dueOn: '2026-11-25',
    });
    await walk.by('PRT', 'plan-protection', {
      protects: 'FAMILY',
      protectionMeasures: ['PM-21'],
      protectionWished: true,
      owner: staff.PRT.personId,
      reviewOn: '2026-12-01',
    });
    await walk.by('PRT', 'begin-protection', { protectionNumber: 1 });
    await walk.by('PRT', 'review-protection', {
      protectionNumber: 1,
      protectionFound: 'She sleeps again.',
      reviewOn: '2026-12-02',
    });
    await other.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    const into = { otherCase: walk.reference };
    await other.by('TRI', 'link-case', { ...into, linkType: 'DUPLICATE' });
    await other.by('TRI', 'close-merged', { ...into, reasons: 'The same letter.' });
    await walk.joinTeam('DEC');
    await other.by('DEC', 'close-merged', {}, true);
    await walk.by('TRI', 'link-case', { otherCase: other.reference, linkType: 'SAME_SYSTEM' });
    await house.get(Messages).write(walk.holder, 'Are you there?');
    await house
      .get(Consents)
      .decide(walk.holder, [{ code: 'CN-STORY', given: true, scope: 'No place.' }], 'en');
    await house.get(Consents).decide(walk.holder, [{ code: 'CN-EXPERT', given: true }], 'en');
    await walk.by('INV', 'invite-guest', {
      guestRole: 'EXP',
      guestUntil: '2026-12-24',
      guestSeesFiles: true,
      reasons: 'Nobody here can read the model.',
      concerns: 'The agency.',
    });
    await house.get(EvidenceFiles).add(walk.holder, {
      fileName: 'letter.txt',
      describes: 'the letter',
      content: Readable.from([Buffer.from('stopped')]),
    });
    await house.get(Receipts).add(walk.holder, 'REPRESENTATIVE');
    await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER', wish: 'Tigrinya.' });
    await walk.by('INT', 'decline-support', {
      supportNumber: 1,
      reasons: 'Nobody is free.',
      alternative: 'By phone.',
    });
    await walk.by('RH', 'request-support', { supportKind: 'MEETING', wish: 'In June.' });
    await walk.by('INT', 'arrange-support', { supportNumber: 2, arrangement: 'On Monday.' });
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '30' });
    await walk.by('INT', 'stop-check-ins', { ...BY_PHONE, saidOn: house.time.today() });
    await walk.by('PRT', 'stop-check-ins', {}, true);
    await walk.by('INT', 'record-contact-attempt', { ...ATTEMPT, attemptOn: house.time.today() });
    await walk.by('RH', 'amend-complaint', {
      amendKind: 'ADDITION',
      amendedPart: 'narrative',
      amendText: 'In June.',
    });
    await walk.by('INV', 'record-transcript', {
      occasion: 'MEETING',
      occasionOn: '2026-11-24',
      writtenIn: 'en',
      transcriptText: 'She said: June.',
    });
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Its support.',
      askedFor: 'The log of June.',
      dueOn: '2026-12-01',
      tellsNothingOfHer: true,
      allegationNumber: 1,
    });
    await walk.by('INV', 'record-evidence-refusal', {
      evidenceRequestNumber: 1,
      refusalGround: 'NOT_HELD',
      recordsRefused: 'LOST',
      reasons: 'Deleted in July.',
    });
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-UNSUB',
      standardOfProof: 'SP-BALANCE',
      reasons: 'The letter shows it.',
      missingRecords: 'The log would say no more.',
    });
    await walk.facilitate();
    await walk.by('RH', 'refuse-facilitator', { facilitatorNumber: 1, comment: 'I know him.' });
    await walk.by('INV', 'invite-to-meeting', {
      plannedFor: '2026-11-24',
      meetingDetails: 'At ten, at the library.',
      companionOffered: true,
    });
    await walk.by('INV', 'record-meeting', {
      meetingNumber: 1,
      meetingOutcome: 'HELD',
      occasionOn: '2026-11-24',
      meetingNote: 'She came with her sister.',
      accompanied: true,
      transcriptNumber: 1,
    });
    await walk.by('TRI', 'record-proceeding', {
      proceedingType: 'PP-DPA',
      proceedingCourse: 'CONTINUE',
      proceedingBody: 'CNIL',
      proceedingReference: '26/1',
      proceedingCountry: 'FR',
      proceedingFiledBy: 'PF-PERSON',
      stayRequested: false,
      proceedingToldOn: '2026-11-24',
    });
    await walk.by('TRI', 'record-proceeding-order', {
      proceedingNumber: 1,
      proceedingOrders: ['PB-KEEP'],
      proceedingOrderOn: '2026-11-24',
      proceedingOrderText: 'Keep every score.',
    });
    await walk.by('TRI', 'end-proceeding', {
      proceedingNumber: 1,
      proceedingOutcome: 'PE-AGAINST',
      proceedingResult: 'Dismissed.',
    });
    // Two, so that a reference to one can be forged into one to the other.
    for (const systemName of ['Scorer', 'Chat'])
      await house.get(Systems).add(staff.TRI, {
        systemName,
        purpose: 'It rates applications.',
        useDomain: 'DOM-SVC-BEN',
        lifecycleStage: 'LC-OPER',
      });
    const system = { systemNumber: 1 };
    await walk.by('TRI', 'name-system', system);
    await walk.by('TRI', 'request-log-preservation', {
      ...system,
      logHolder: 'LH-VENDOR',
      logsToKeep: 'June.',
      dueOn: '2026-12-01',
    });
    await walk.by('TRI', 'record-preservation-answer', {
      preservationNumber: 1,
      preservationAnswer: 'KEPT',
      preservationReply: 'Until 2028.',
    });
    await walk.by('TRI', 'plan-article-26-notices', {
      ...system,
      article26Ground: 'SERIOUS_INCIDENT',
      incidentKind: 'DEATH',
      knownSince: '2026-11-24',
    });
    await walk.by('TRI', 'record-article-26-notice', {
      noticeNumber: 1,
      noticeOutcome: 'TOLD',
      noticeWords: 'By letter.',
      toldOn: '2026-11-24',
    });
    const reason = 'The vendor needs all of it.';
    await house.get(Redactions).keep(staff.INV, walk.reference, { kind: 'COMPLAINT', n: 1 }, ['benefit']);
    await house.get(Packets).make(staff.INV, walk.reference, [
      { kind: 'COMPLAINT', n: 1, version: 1 },
      { kind: 'MESSAGE', n: 1, reason },
    ]);
    await walk.by('INT', 'share', {
      sharedWith: 'AUTHORITY',
      recipient: 'The inspectorate',
      sharedWhat: 'What happened.',
      identityShared: false,
      scopeKept: true,
      legalDuty: 'A law.',
      packetNumber: 1,
    });
    await walk.by('INV', 'write-internal-note', { internalNote: 'Ask for the log of June.' });
    await walk.by('RH', 'dispute-transcript', { transcriptNumber: 1, dispute: 'July.' });
    const texts = { translatedKind: 'COMPLAINT', owner: staff.TRI.personId, dueOn: '2027-12-01' };
    const task = { taskText: 'Ring her.', owner: staff.INV.personId, dueOn: '2027-01-10' };
    await walk.by('INV', 'add-task', task);
    await walk.by('INV', 'add-task', task);
    await walk.by('INV', 'request-translation', { ...texts, translationLanguage: 'ar' });
    await walk.by('INV', 'request-translation', { ...texts, translationLanguage: 'fr' });
    await walk.by('INV', 'add-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'ar',
      translationAuthor: 'PERSON',
      translationText: 'أوقف النظام إعانتي.',
    });
    await walk.by('INV', 'check-translation', { translationNumber: 1, readBoth: true });
    const group = await Walk.lodge(house, staff, 'It fires our members.', { complainantRole: 'group' });
    const { joinCode } = await group.by('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    await group.by('RH', 'describe-group', {
      groupDefinition: 'Drivers.',
      estimatedSize: 200,
      membershipMode: 'OPT_IN',
      individualRemedyNeeded: true,
    });
    await walk.by('RH', 'join-group', { joinCode, agreesToJoin: true });
    await group.by('RH', 'write-to-members', { memberNews: 'On Monday.' });
    await house.get(DeliverNews).run();
    await walk.by('RH', 'plan-check-ins', { checkInEvery: '30' });
    await walk.toFindings();
    await walk.toOffer();
    await house.get(TellMerged).run();
    await walk.toMonitoring();
    await walk.close();
    await walk.by('DEC', 'record-lesson', {
      ...system,
      lessonCauses: ['RC-THRESH'],
      lessonText: 'Look at the threshold.',
    });
    await house.get(Surveys).give(walk.holder, { ...new SurveyForm(), easy: 4, comment: 'It took long.' });
    await walk.by('DIA', 'publish-story', {
      storyText: 'A system stopped a benefit.',
      storyLanguage: 'en',
      nothingIdentifies: true,
      scopeKept: true,
    });
    await walk.by('PRT', 'publish-story', {}, true);
    await walk.by('RH', 'appeal', { grounds: 'It is not enough.' });
    await walk.by('TRI', 'place-hold', { holdGround: 'EVIDENCE', reasons: 'Another case needs it.' });
    await walk.by('DEC', 'review-hold', { holdNumber: 1, reasons: 'Looked at it again.' });
    await walk.by('RH', 'request-erasure', { erasureScope: 'PERSON' });
    await walk.by('TRI', 'exclude', {
      exclusionGround: 'EX-UNIT',
      unit: 'Claims',
      person: staff.DEC2.personId,
    });
    await house.get(OpenInEmergency).run(staff.EXE, walk.reference, 'A hearing is today.');
    await walk.by('PRT', 'review-break-glass', {
      breakGlassNumber: 1,
      breakGlassNeeded: true,
      reasons: 'There was one.',
    });
    await house.get(ReadCase).forStaff(walk.reference, staff.TRI);
    house.time.addDays(40);
    await walk.by('RH', 'report-late');
    await house.integrate();
  });

  afterAll(() => house.close());

  const sql = (text: string) => house.source.query<unknown[]>(text);
  const quote = (name: string) => `"${name}"`;
  const tableOf = (entity: (typeof CASE_TABLES)[number]): EntityMetadata => house.source.getMetadata(entity);

  it('holds after a whole way through the house', async () => {
    const { differences, entries } = await house.verify();
    expect(differences).toEqual([]);
    expect(entries).toBeGreaterThan(30);
  });

  it('has a row in every table of a case, so that each is tried below', async () => {
    for (const entity of CASE_TABLES)
      expect(await sql(`SELECT 1 FROM ${quote(tableOf(entity).tableName)}`)).not.toHaveLength(0);
  });

  it('shows an edit of any column of any row of any table of a case', async () => {
    const missed: string[] = [];
    for (const entity of CASE_TABLES) {
      const { tableName, columns } = tableOf(entity);
      for (const { propertyName: column, type } of columns.filter(({ isPrimary }) => !isPrimary)) {
        const isReference =
          (column.endsWith('Id') && column !== 'ledgerId') ||
          [
            'foundBy',
            'askedBy',
            'madeBy',
            'decidedBy',
            'linkedBy',
            'assignedBy',
            'proposedBy',
            'settledBy',
            'placedBy',
            'reviewedBy',
            'releasedBy',
            'excludedBy',
            'invitedBy',
            'endedBy',
            'addedBy',
            'agreedBy',
            'checkedBy',
          ].includes(column);
        const forgeriesOf = async (value: unknown) =>
          isReference
            ? await otherKeys(column, value)
            : [column === 'systemNumber' ? '2' : edited(String(type), value)];
        let tried = 0;
        for (const { id, value } of await valuesOf(tableName, column)) {
          if (!(await edit(tableName, column, id, await forgeriesOf(value)))) continue;
          tried += 1;
          const { differences } = await house.verify();
          const found = differences.some(
            (each) =>
              each.table === tableName &&
              (each.column === column || column === 'caseId' || column === 'ledgerId'),
          );
          if (!(found || (column === 'ledgerId' && differences.length > 0)))
            missed.push(`${tableName}.${column}`);
          await sql(
            `UPDATE ${quote(tableName)} SET ${quote(column)} = ${literal(value)} WHERE "id" = '${id}'`,
          );
        }
        expect([tableName, column, tried]).not.toEqual([tableName, column, 0]);
      }
    }
    expect(missed).toEqual([]);
    expect((await house.verify()).differences).toEqual([]);
  }, 600_000);

  it('shows a value that its column cannot hold, and goes on', async () => {
    const [{ id, harms, legalHold, state, narrativeSealed }] = (await sql(
      'SELECT "id", "harms", "legalHold", "state", "narrativeSealed" FROM "cases" ORDER BY "id" LIMIT 1',
    )) as [Record<'id' | 'harms' | 'legalHold' | 'state' | 'narrativeSealed', unknown>];
    const forged = [
      ['harms', `'["H-'`, harms],
      ...(engine === 'sqlite'
        ? [
            ['legalHold', '7', legalHold],
            ['state', 'CAST(state AS BLOB)', state],
            ['narrativeSealed', 'CAST("narrativeSealed" AS BLOB)', narrativeSealed],
          ]
        : []),
    ];
    for (const [column, value, before] of forged as [string, string, unknown][]) {
      await sql(`UPDATE "cases" SET ${quote(column)} = ${value} WHERE "id" = ${literal(id)}`);
      expect((await house.verify()).differences.map((each) => each.column)).toEqual([column]);
      await sql(`UPDATE "cases" SET ${quote(column)} = ${literal(before)} WHERE "id" = ${literal(id)}`);
    }
    expect((await house.verify()).differences).toEqual([]);
  });

  it('shows a row that was taken away or put in', async () => {
    const { tableName } = house.source.getMetadata(CASE_TABLES[CASE_TABLES.length - 1]!);
    const [row] = (await sql(`SELECT * FROM ${quote(tableName)} LIMIT 1`)) as [Record<string, unknown>];
    await sql(`DELETE FROM ${quote(tableName)} WHERE "id" = '${String(row.id)}'`);
    expect((await house.verify()).differences[0]!.sentence).toMatch(/is missing from the database/);
    const names = Object.keys(row).map(quote).join(', ');
    const insert = (values: Record<string, unknown>) =>
      sql(
        `INSERT INTO ${quote(tableName)} (${names}) VALUES (${Object.values(values).map(literal).join(', ')})`,
      );
    await insert(row);
    expect((await house.verify()).differences).toEqual([]);
    const forged = { ...row, id: '00000000-0000-4000-8000-000000000000' };
    await insert(forged);
    expect((await house.verify()).differences[0]!.sentence).toMatch(/the history does not know it/);
    await sql(`DELETE FROM ${quote(tableName)} WHERE "id" = '${forged.id}'`);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('shows a case that was taken away from its history, as the one or the other', async () => {
    const [{ ledgerId, reference }] = (await sql('SELECT "ledgerId", "reference" FROM "cases" LIMIT 1')) as [
      { ledgerId: string; reference: string },
    ];
    const other = '00000000-0000-4000-8000-000000000000';
    await sql(`UPDATE "cases" SET "ledgerId" = '${other}' WHERE "reference" = '${reference}'`);
    const { cases, differences } = await house.verify();
    expect(cases).toBe(4);
    const sentences = differences.map((each) => each.sentence);
    expect(sentences).toContainEqual(expect.stringContaining(`case ${other}: the history does not begin`));
    expect(sentences).toContainEqual(
      expect.stringMatching(new RegExp(`^case ${ledgerId}: cases .* is missing from the database`)),
    );
    await sql(`UPDATE "cases" SET "ledgerId" = '${ledgerId}' WHERE "reference" = '${reference}'`);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('names every table that was emptied, but for those of which no history tells', async () => {
    const unnamed: string[] = [];
    if (engine === 'sqlite') await sql('PRAGMA foreign_keys = OFF');
    for (const { tableName: table } of house.source.entityMetadatas) {
      const guard = (deed: string) =>
        engine === 'postgres' ? sql(`ALTER TABLE ${quote(table)} ${deed} TRIGGER ALL`) : undefined;
      const rows = (await sql(`SELECT * FROM ${quote(table)}`)) as Record<string, unknown>[];
      if (rows.length === 0 || GUARDED.includes(table)) continue;
      await guard('DISABLE');
      await sql(`DELETE FROM ${quote(table)}`);
      if ((await house.verify()).differences.length === 0) unnamed.push(table);
      for (const row of rows)
        await sql(
          `INSERT INTO ${quote(table)} (${Object.keys(row).map(quote).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`,
        );
      await guard('ENABLE');
    }
    if (engine === 'sqlite') await sql('PRAGMA foreign_keys = ON');
    // README, “What `verify` cannot find”, names it, and those that are empty here.
    expect(unnamed).toEqual(['sessions']);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('refuses edits of the ledger itself', async () => {
    await expect(sql(`UPDATE "entries" SET "body" = 'x'`)).rejects.toThrow();
    await expect(sql(`DELETE FROM "entries"`)).rejects.toThrow();
  });

  it('shows an edit of the ledger by somebody who took the guard away', async () => {
    await takeGuardAway();
    const entries = await house.source.getRepository(Entry).find({ order: { ledgerId: 'ASC', n: 'ASC' } });
    const victim = entries[Math.floor(entries.length / 2)]!;
    const where = `WHERE "ledgerId" = '${victim.ledgerId}' AND "n" = ${victim.n}`;
    for (const [column, forged, value] of [
      ['body', literal(victim.body.replace('"act":"', '"act":"x')), literal(victim.body)],
      ['leafHash', `'${'a'.repeat(64)}'`, literal(victim.leafHash)],
    ] as const) {
      await sql(`UPDATE "entries" SET ${quote(column)} = ${forged} ${where}`);
      expect((await house.verify()).differences[0]!.sentence).toMatch(/entry|place/);
      await sql(`UPDATE "entries" SET ${quote(column)} = ${value} ${where}`);
    }
    expect((await house.verify()).differences).toEqual([]);
    const last = entries.filter(({ ledgerId }) => ledgerId === victim.ledgerId).at(-1)!;
    await sql(`DELETE FROM "entries" WHERE "ledgerId" = '${last.ledgerId}' AND "n" = ${last.n}`);
    expect((await house.verify()).differences.length).toBeGreaterThan(0);
  });

  /** Whatever else the column could point to. */
  async function otherKeys(column: string, value: unknown): Promise<string[]> {
    const table = ['caseId', 'otherCaseId', 'groupCaseId', 'intoCaseId'].includes(column)
      ? 'cases'
      : column === 'offerId'
        ? 'offers'
        : 'people';
    const rows = (await sql(
      `SELECT "id" FROM ${quote(table)} WHERE "id" <> ${literal(value ?? '')} ORDER BY "id"`,
    )) as { id: string }[];
    return rows.length > 0 ? rows.map(({ id }) => literal(id)) : ['NULL'];
  }

  const valuesOf = (tableName: string, column: string) =>
    sql(`SELECT "id", ${quote(column)} AS value FROM ${quote(tableName)} ORDER BY "id"`) as Promise<
      { id: string; value: unknown }[]
    >;

  /** Puts the first of the forgeries that no unique index refuses into the row; false where each is refused. */
  async function edit(
    tableName: string,
    column: string,
    id: string,
    forgeries: readonly string[],
  ): Promise<boolean> {
    for (const forged of forgeries)
      try {
        await sql(`UPDATE ${quote(tableName)} SET ${quote(column)} = ${forged} WHERE "id" = '${id}'`);
        return true;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    return false;
  }

  async function takeGuardAway(): Promise<void> {
    if (engine === 'postgres') {
      await sql(`ALTER TABLE "entries" DISABLE TRIGGER USER`);
      return;
    }
    const triggers = (await sql(
      `SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'`,
    )) as { name: string }[];
    for (const { name } of triggers) await sql(`DROP TRIGGER ${quote(name)}`);
  }

  function literal(value: unknown): string {
    if (value === null || value === undefined) return 'NULL';
    if (typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return engine === 'postgres' ? String(value) : value ? '1' : '0';
    return `'${textOf(value).replaceAll("'", "''")}'`;
  }

  function edited(type: string, value: unknown): string {
    if (type === 'boolean') return engine === 'postgres' ? (value ? 'FALSE' : 'TRUE') : value ? '0' : '1';
    if (type === 'integer') return String(Number(value ?? 0) + 1000);
    if (type === 'simple-json') return `'["forged"]'`;
    return value === null
      ? `'forged'`
      : literal(`${textOf(value).slice(0, -1)}${textOf(value).endsWith('x') ? 'y' : 'x'}`);
  }

  function textOf(value: unknown): string {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
});
