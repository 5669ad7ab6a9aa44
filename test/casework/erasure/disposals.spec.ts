import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openNote } from '../../../src/ledger/signing-key';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { SearchedCase } from '../../../src/records/entities/searched-case';
import { DataKey } from '../../../src/records/entities/data-key';
import { Case } from '../../../src/records/entities/case';
import { TestApp, type TestOfficer } from '../../harness/app';
import { SCHEDULE_CODES } from '../../../src/rules/retention';
import { engines } from '../../harness/database';
import { ClosedCases, type ClosedCase } from './closed-cases';

const SEVEN_YEARS_IN_DAYS = 7 * 365 + 2;

describe.each(engines())('erasing what is due on %s', (engine) => {
  let app: TestApp;
  let cases: ClosedCases;
  let dpo: TestOfficer;
  let decider: TestOfficer;
  let triage: TestOfficer;
  let old: ClosedCase[];
  let held: ClosedCase;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    cases = new ClosedCases(app);
    await app.officer('ADM');
    old = [];
    for (let n = 0; n < 8; n += 1) old.push(await cases.one());
    held = await cases.one({ systemKnown: 'BenefitBot' });
    app.time.addDays(SEVEN_YEARS_IN_DAYS);
    await cases.one();
    dpo = await app.officer('DPO', 'ADM');
    decider = await app.officer('DEC');
    triage = await app.officer('TRI');
  });
  afterAll(() => app.close());

  const rowOf = (reference: string) => app.source.getRepository(Case).findOneByOrFail({ reference });
  const keysOf = async (reference: string) =>
    app.source.getRepository(DataKey).countBy({ ownerId: (await rowOf(reference)).id });

  it('lists what is due from the last closure, and what a legal hold keeps back', async () => {
    const due = await cases.due(dpo);
    expect(due.free.sort()).toEqual(old.map(({ reference }) => reference).sort());
    expect(due.held).toEqual([`${held.reference} ON_HOLD`]);
  });

  it.each(SCHEDULE_CODES)('takes nothing of a case under a legal hold under %s', async (schedule) => {
    const { free, held: kept } = await cases.due(dpo, schedule);
    expect([free.includes(held.reference), kept]).toEqual([false, [`${held.reference} ON_HOLD`]]);
    expect((await cases.propose(dpo, [held.reference], schedule)).status).toBe(422);
  });

  it('never takes a hold for a case without one, nor a case that is not due, into a batch', async () => {
    for (const reference of [held.reference, 'RD-0000-0000']) {
      const refused = await cases.propose(dpo, [old[0]!.reference, reference]);
      expect(refused.status).toBe(422);
      expect(refused.text).toContain(reference);
    }
  });

  it('needs a second person, and one whose account the first did not make', async () => {
    const proposed = await cases.propose(dpo, [old[0]!.reference]);
    expect(proposed.body).toMatchObject({ status: 'PROPOSED', note: 'Seven years are over.' });
    expect((await cases.settle(dpo, proposed.body.id)).status).toBe(422);
    const made = await app.officerInvitedBy(dpo.personId, 'EXE');
    expect((await cases.settle(made, proposed.body.id)).status).toBe(422);
    expect((await cases.settle(triage, proposed.body.id)).status).toBe(403);
    expect(await keysOf(old[0]!.reference)).toBe(1);
    const refused = await cases.settle(dpo, proposed.body.id, false);
    expect(refused.body).toMatchObject({ status: 'REFUSED', cases: [{ status: 'DROPPED' }] });
    expect((await cases.settle(decider, proposed.body.id)).status).toBe(409);
  });

  it('erases keys, texts, contacts and files of exactly what was listed, and the history still verifies', async () => {
    const [mine, other] = [old[0]!, old[1]!];
    const files = async () => readdirSync(join(app.database.dataDir, 'evidence')).length;
    const before = await files();
    const batch = await cases.erase(dpo, decider, [mine.reference]);
    expect(batch).toMatchObject({
      status: 'DONE',
      cases: [{ n: 1, reference: mine.reference, status: 'ERASED' }],
    });
    const row = await rowOf(mine.reference);
    expect(row).toMatchObject({ erasedUnder: 'RS-CASE', narrativeSealed: '', accommodationSealed: null });
    expect(await keysOf(mine.reference)).toBe(0);
    expect(await keysOf(other.reference)).toBe(1);
    expect(await files()).toBe(before - 2);
    await app.integrate();
    const verified = await app.verify();
    expect(verified).toMatchObject({ differences: [], erased: 1 });
  });

  it('says that it was erased, on which day and under which schedule, to staff, programs, auditors and her', async () => {
    const mine = old[0]!;
    const { erasedOn } = await rowOf(mine.reference);
    const read = await app.ask('GET', `/api/v1/cases/${mine.reference}`, { token: dpo.token });
    expect([read.status, read.text]).toEqual([
      410,
      expect.stringContaining(`erased on ${erasedOn} under RS-CASE`),
    ]);
    const token = (await cases.open(mine.receipt))!;
    expect((await app.ask('GET', '/api/v1/my-case', { token })).status).toBe(410);
    const timeline = await app.ask<{ act: string }[]>('GET', '/api/v1/my-case/timeline', { token });
    expect(timeline.body.at(-1)).toMatchObject({ act: 'erase-case', byRole: 'DEC' });
    const queue = await app.ask<{ cases: { reference: string; erasedOn: string | null }[] }>(
      'GET',
      '/api/v1/cases?state=withdrawn&limit=100',
      { token: dpo.token },
    );
    expect(queue.body.cases.find(({ reference }) => reference === mine.reference)!.erasedOn).toBe(erasedOn);
  });

  it('keeps back what was reopened or put on hold between the proposal and the agreement, and says so', async () => {
    const [reopened, onHold, erased] = [old[1]!, old[2]!, old[3]!];
    const { body } = await cases.propose(
      dpo,
      [reopened, onHold, erased].map(({ reference }) => reference),
    );
    await cases.take((await cases.open(reopened.receipt))!, 'come-back', {});
    const placed = { holdGround: 'LEGAL_CLAIM', reasons: 'Her lawyer wrote.' };
    expect((await cases.staff(triage, onHold.reference, 'place-hold', placed)).status).toBe(201);
    const settled = (await cases.settle(decider, body.id)).body;
    expect(
      Object.fromEntries(settled.cases.map((each) => [each.reference, each.keptBack ?? each.status])),
    ).toEqual({
      [reopened.reference]: 'REOPENED',
      [onHold.reference]: 'ON_HOLD',
      [erased.reference]: 'ERASED',
    });
    expect(await keysOf(reopened.reference)).toBe(1);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('counts from the last closure: a case that was reopened and closed again starts anew', async () => {
    const again = old[1]!;
    await cases.take((await cases.open(again.receipt))!, 'withdraw', { withdrawalPressure: false });
    expect((await cases.due(dpo)).free).not.toContain(again.reference);
    expect((await cases.propose(dpo, [again.reference])).status).toBe(422);
  });

  it('erases names and contacts alone under their own schedule, and the receipt still opens the case', async () => {
    const mine = old[4]!;
    await cases.erase(dpo, decider, [mine.reference], 'RS-IDENTITY');
    const token = (await cases.open(mine.receipt))!;
    const view = await app.ask('GET', '/api/v1/my-case', { token });
    expect(view.body).toMatchObject({ contact: null, narrative: 'The system stopped my benefit.' });
    expect((await cases.due(dpo, 'RS-IDENTITY')).free).not.toContain(mine.reference);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('erases special-category data alone under its own schedule', async () => {
    const mine = old[4]!;
    await cases.erase(dpo, decider, [mine.reference], 'RS-SPECIAL');
    const { body } = await app.ask<{ complaint: { accommodation: string | null; narrative: string } }>(
      'GET',
      `/api/v1/cases/${mine.reference}`,
      { token: dpo.token },
    );
    expect(body.complaint).toMatchObject({
      accommodation: null,
      narrative: 'The system stopped my benefit.',
    });
    expect((await app.verify()).differences).toEqual([]);
  });

  it('gives a signed certificate that holds without this house', async () => {
    const { body } = await cases.propose(dpo, [old[5]!.reference, old[6]!.reference]);
    const path = `/api/v1/disposals/${body.id}/certificate`;
    expect((await app.ask('GET', path, { token: dpo.token })).status).toBe(409);
    await cases.settle(decider, body.id);
    const auditor = await app.officer('AUD');
    const note = (await app.ask('GET', path, { token: auditor.token })).text;
    const vkey = (await app.ask('GET', '/api/v1/ledger/verifier-key')).text.trim();
    const text = openNote(vkey, note)!;
    expect(text).toContain('schedule RS-CASE\n');
    expect(text).toContain('erased 2 of 2\n');
    const lines = text.trim().split('\n').slice(-2);
    for (const line of lines) {
      const [, reference, ledgerId, n, leafHash] = line.split(' ');
      const audited = await app.ask<{ entries: { n: number; leafHash: string; act: string }[] }>(
        'GET',
        `/api/v1/audit/cases/${ledgerId}`,
        { token: auditor.token },
      );
      expect(audited.body).toMatchObject({ reference, erasedUnder: 'RS-CASE' });
      // The last entry is that an auditor reads it.
      expect(audited.body.entries.at(-2)).toMatchObject({ n: Number(n), leafHash, act: 'erase-case' });
    }
    expect(openNote(vkey, note.replace('erased 2', 'erased 1'))).toBeNull();
    const house = await app.source.query<{ leafHash: string }[]>(
      `SELECT "leafHash" FROM "entries" WHERE "ledgerId" = 'house' AND "body" LIKE '%${body.id}%' ORDER BY "n"`,
    );
    expect(text).toMatch(new RegExp(`^proposed .* ${house[0]!.leafHash}$`, 'm'));
    expect(text).toMatch(new RegExp(`^agreed .* DEC ${house[1]!.leafHash}$`, 'm'));
  });

  it('tells each batch in the history of the house, without naming anybody or any case', async () => {
    const lines = await app.source.query<{ body: string }[]>(
      `SELECT "body" FROM "entries" WHERE "ledgerId" = 'house' ORDER BY "n"`,
    );
    const acts = lines.map(({ body }) => JSON.parse(body) as { act: string; facts: Record<string, unknown> });
    expect(new Set(acts.map(({ act }) => act).filter((act) => act.includes('disposal')))).toEqual(
      new Set(['propose-disposal', 'refuse-disposal', 'agree-to-disposal', 'end-disposal']),
    );
    expect(acts.filter(({ act }) => act === 'end-disposal').at(-1)).toMatchObject({
      facts: { schedule: 'RS-CASE', erased: 2, keptBack: 0 },
    });
    for (const { reference } of old) expect(lines.map(({ body }) => body).join()).not.toContain(reference);
  });

  it('leaves no word of an erased case in the search index', async () => {
    await app.integrate();
    while ((await app.get(IndexCases).follow()) > 0);
    const place = async ({ reference }: ClosedCase) =>
      app.source.getRepository(SearchedCase).countBy({ caseId: (await rowOf(reference)).id });
    expect(await place(old[7]!)).toBe(1);
    await cases.erase(dpo, decider, [old[7]!.reference]);
    await app.integrate();
    while ((await app.get(IndexCases).follow()) > 0);
    for (const each of [old[0]!, old[5]!, old[7]!]) expect(await place(each)).toBe(0);
    const words = (await app.rowCounts()).search_words!;
    await app.get(IndexCases).rebuild();
    expect((await app.rowCounts()).search_words).toBe(words);
  });

  it('keeps the statistics of what was erased', async () => {
    const { body } = await app.ask<{ total: number }>('GET', '/api/v1/statistics', { token: dpo.token });
    expect(body.total).toBe(10);
  });
});
