import { Lodge } from '../../src/casework/intake/lodge';
import { DraftPolicies } from '../../src/casework/policies/draft-policies';
import { Policies } from '../../src/casework/policies/policies';
import { ReadCase } from '../../src/casework/read-case';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { readEntry } from '../../src/ledger/entry';
import { HOUSE } from '../../src/ledger/house';
import type { Visitor } from '../../src/people/visitor';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { PolicyDraft } from '../../src/records/entities/policy-draft';
import { PolicyVersion } from '../../src/records/entities/policy-version';
import { Transactions } from '../../src/records/transactions';
import type { PolicyAmendment } from '../../src/rules/policy';
import type { RoleCode } from '../../src/rules/roles';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';

const amend = (
  kind: PolicyAmendment['kind'],
  of: string,
  code: string | null,
  length: number | null = null,
): PolicyAmendment => ({ kind, of, code, length });
const SECOND_ACCEPT = amend('SECOND_PERSON', 'accept', 'DEC');

describe.each(engines())('versions of the process on %s', (engine) => {
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());

  const drafts = () => house.get(DraftPolicies);
  const seen = async () => (await drafts().view()).seen;
  const add = async (amendment: PolicyAmendment, who: Visitor = staff.TRI) =>
    drafts().add(who, amendment, await seen());
  const settle = async (isPublished = true, who: Visitor = staff.DEC) =>
    drafts().settle(who, isPublished, await seen());
  const newest = async () => (await drafts().view()).versions[0]!.version;
  const versionOf = async ({ reference }: { reference: string }) =>
    (await house.get(Transactions).read((db) => db.findOneByOrFail(Case, { reference }))).policyVersion;
  const differences = async () =>
    (await house.verify()).differences.map(({ table, column }) => [table, column]);

  it('begin with the table in code, and are dropped without a trace in any case', async () => {
    expect(await newest()).toBe('2026-11');
    await add(SECOND_ACCEPT);
    await settle(false, staff.TRI);
    const { versions, draft, dropped } = await drafts().view();
    expect([versions.length, draft, dropped.map(({ n }) => n)]).toEqual([1, null, [1]]);
    await expect(settle()).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('refuse what is not stricter at the question that it is about, and store nothing of it', async () => {
    const before = await house.source.getRepository(PolicyDraft).count();
    await expect(add(amend('SHORTER_TARGET', 'TARGET-ACK', null, 9))).rejects.toMatchObject({
      kind: 'invalid',
      needs: [{ field: 'length' }],
    });
    await expect(add(amend('SECOND_PERSON', 'withdraw', 'DEC'))).rejects.toMatchObject({
      needs: [{ field: 'of' }],
    });
    await expect(
      drafts().replace(staff.TRI, [amend('FEWER_ROLES', 'accept', 'TRI'), SECOND_ACCEPT], await seen()),
    ).rejects.toMatchObject({ needs: [{ sentence: expect.stringContaining('Triage lead') as string }] });
    expect(await house.source.getRepository(PolicyDraft).count()).toBe(before);
  });

  it('are published by nobody who drafted a part of them, or counts as one person with somebody who did', async () => {
    await add(SECOND_ACCEPT);
    await expect(settle(true, staff.TRI)).rejects.toMatchObject({ kind: 'unmet' });
    await add(amend('SHORTER_TARGET', 'TARGET-ACK', null, 1), staff.DEC);
    await expect(settle(true, staff.DEC)).rejects.toMatchObject({ kind: 'unmet' });
    // Whoever made the accounts of the others is no other person than they are.
    const administrator = { ...(await house.administrator()), roles: ['ADM', 'DEC'] as RoleCode[] };
    await expect(settle(true, administrator)).rejects.toMatchObject({ kind: 'unmet' });
    await settle(true, staff.DEC2);
    expect(await newest()).toBe('2026-11.2');
  });

  it('say nothing twice: what the newest says already is not published', async () => {
    const same = (await drafts().view()).versions[0]!.amendments;
    await drafts().replace(staff.TRI, same, await seen());
    expect((await drafts().view()).draft).toMatchObject({ changes: [], faults: [] });
    await expect(settle()).rejects.toMatchObject({ kind: 'unmet' });
    await settle(false);
  });

  it('are published once where two press at the same time', async () => {
    await add(amend('FURTHER_ASK', 'accept', 'note'));
    const form = await seen();
    const results = await Promise.allSettled(
      [staff.DEC, staff.DEC2].map((who) => drafts().settle(who, true, form)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ kind: 'stale' });
    expect((await drafts().view()).versions.map(({ version }) => version)).toEqual([
      '2026-11.3',
      '2026-11.2',
      '2026-11',
    ]);
  });

  it('reach the cases of another server within ten seconds, without a restart', async () => {
    const other = new Policies(house.get(Transactions), house.time);
    expect((await other.newest()).version).toBe('2026-11.3');
    await add(amend('SHORTER_TARGET', 'TARGET-TRIAGE', null, 2));
    await settle();
    expect((await house.get(Policies).newest()).version).toBe('2026-11.4');
    expect((await other.newest()).version).toBe('2026-11.3');
    house.time.goTo('2026-11-24T09:00:10.000Z');
    expect((await other.newest()).version).toBe('2026-11.4');
    expect((await other.of('2026-11.2')).row('accept').agreedBy).toEqual({ role: 'DEC', when: 'always' });
  });

  it('are kept by a case when it is joined to another one, goes on and is opened again', async () => {
    const [first, second] = [await Walk.lodge(house, staff), await Walk.lodge(house, staff)];
    await add(amend('SECOND_PERSON', 'begin-eligibility', 'PRT'));
    await settle();
    for (const walk of [first, second]) {
      await walk.toEligibility();
      await walk.rate();
    }
    const { reference: otherCase } = second;
    await second.joinTeam('DEC');
    await first.by('TRI', 'link-case', { otherCase, linkType: 'DUPLICATE' });
    await first.by('TRI', 'close-merged', { otherCase, reasons: 'The same event.' });
    await first.by('DEC', 'close-merged', {}, true);
    await first.by('RH', 'reopen');
    expect([await versionOf(first), await versionOf(second)]).toEqual(['2026-11.4', '2026-11.4']);
    expect(await versionOf(await Walk.lodge(house, staff))).toBe('2026-11.5');
    // What it was joined under is what it goes on under: a second person agrees to taking it, and it asks a note.
    const view = await house.get(ReadCase).forStaff(first.reference, staff.TRI);
    expect([view.state, view.policyVersion]).toEqual(['triage', '2026-11.4']);
    expect(view.clocks.findLast(({ code }) => code === 'TARGET-TRIAGE')!.dueInternal).toBe('2026-11-26');
  });

  it('tell the person in her letters the times that her own case has', async () => {
    const days = async (walk: Walk) => {
      await walk.by('INT', 'acknowledge', {
        noConflict: true,
        safeChannelChosen: true,
        jurisdiction: 'OTHER',
        isDataRightsRequest: false,
        reporterIsWorker: false,
        concernsListedLaw: false,
      });
      const { letters } = await house.get(ReadMyCase).view(walk.holder);
      const text = letters.at(-1)!.paragraphs.join('\n');
      return [text.includes('60 days'), text.includes('30 days')];
    };
    const before = await Walk.lodge(house, staff);
    await add(amend('SHORTER_TARGET', 'TARGET-INVESTIGATION', null, 30));
    await settle();
    const after = await Walk.lodge(house, staff);
    expect([await days(before), await days(after)]).toEqual([
      [true, expect.any(Boolean)],
      [false, true],
    ]);
  });

  it('are looked up once, and not for each complaint or page', async () => {
    const query = jest.spyOn(house.get(Transactions), 'read');
    const policies = house.get(Policies);
    const first = await policies.newest();
    for (let n = 0; n < 5; n += 1) {
      await house.get(Lodge).run({ narrative: `Complaint ${n}` }, { role: 'RH' });
      expect(await policies.newest()).toBe(first);
    }
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
    expect(await policies.of(first.version)).toBe(await policies.of(first.version));
  });

  it('leave a history of the house that tells who did what, and are what it tells', async () => {
    const entries = await house.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
    const told = entries.map(({ body }) => readEntry(body)!).filter(({ act }) => act.endsWith('-policy'));
    expect(told.slice(0, 2).map(({ act, by, facts }) => [act, by.role, facts])).toEqual([
      ['draft-policy', 'TRI', { amendments: 1, draft: 1 }],
      ['drop-policy', 'TRI', { draft: 1 }],
    ]);
    expect(
      told
        .filter(({ act }) => act === 'publish-policy')
        .map(({ by, facts }) => [by.role, facts.policyVersion]),
    ).toEqual([
      ['DEC', '2026-11.2'],
      ['DEC', '2026-11.3'],
      ['DEC', '2026-11.4'],
      ['DEC', '2026-11.5'],
      ['DEC', '2026-11.6'],
    ]);
    expect(await differences()).toEqual([]);
  });

  it('are rewritten by nobody, and whoever takes the guard away is found', async () => {
    const sql = (text: string) => house.source.query(text);
    await expect(sql(`UPDATE "policies" SET "amendments" = '[]'`)).rejects.toThrow();
    await expect(sql(`DELETE FROM "policies"`)).rejects.toThrow();
    if (engine === 'postgres') await sql('ALTER TABLE "policies" DISABLE TRIGGER USER');
    else for (const verb of ['update', 'delete']) await sql(`DROP TRIGGER "policies_no_${verb}"`);
    const { amendments, draftedBy } = await house.source
      .getRepository(PolicyVersion)
      .findOneByOrFail({ version: '2026-11.2' });
    const forge = async (column: string, value: unknown) => {
      await sql(`UPDATE "policies" SET "${column}" = '${JSON.stringify(value)}' WHERE "n" = 2`);
      return differences();
    };
    expect(await forge('amendments', [])).toEqual([['policies', 'amendments']]);
    expect(await forge('amendments', amendments)).toEqual([]);
    expect(await forge('draftedBy', [])).toEqual([['policies', 'draftedBy']]);
    expect(await forge('draftedBy', draftedBy)).toEqual([]);
  });

  it('stop the start where the table in code no longer leaves their steps a way, and say which', async () => {
    const start = () => new Policies(house.get(Transactions), house.time).onModuleInit();
    await expect(start()).resolves.toBeUndefined();
    const row = (n: number, amendments: PolicyAmendment[]) => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      n,
      version: `2026-11.${n}`,
      amendments,
      publishedAt: '2026-11-24T09:00:00.000Z',
      draftedBy: [staff.TRI.personId],
      publishedBy: staff.DEC.personId,
    });
    const policies = house.source.getRepository(PolicyVersion);
    // What was amended and is gone, or is so by now anyway, changes nothing.
    await policies.insert(
      row(7, [amend('FEWER_ROLES', 'gone', 'TRI'), amend('FURTHER_NEED', 'accept', 'gone')]),
    );
    await expect(start()).resolves.toBeUndefined();
    await policies.insert(row(8, [amend('FEWER_ROLES', 'accept', 'TRI')]));
    await expect(start()).rejects.toThrow(
      /Version 2026-11\.8 of the process[\s\S]*“accept” can be taken by nobody\.[\s\S]*Start the program that ran before/,
    );
    expect((await differences()).map(([table]) => table)).toEqual(['policies', 'policies']);
    await policies.delete({ n: 8 });
    await policies.insert({ ...row(9, []), version: '2027-01.9' });
    await expect(start()).rejects.toThrow(
      'Version 2027-01.9 of the process, which cases are held to, amends a table that this program never had: it knows 2026-11.',
    );
    await policies.delete({ n: 7 });
    await policies.delete({ n: 9 });
    expect(await differences()).toEqual([]);
  });

  it('hold a case to none but its own: where that is gone, nobody works on it under another', async () => {
    const walk = await Walk.lodge(house, staff);
    const holdTo = (version: string) =>
      house.source.query(
        `UPDATE "cases" SET "policyVersion" = '${version}' WHERE "reference" = '${walk.reference}'`,
      );
    // None was published, or had by the program, by these names.
    for (const version of ['2026-11.9', '2026-12', '1999-01']) {
      await holdTo(version);
      await expect(walk.by('INT', 'acknowledge', {})).rejects.toThrow(`version ${version} of the process`);
      const found = (await house.verify()).differences;
      expect(found.map(({ column }) => column)).toEqual(['policyVersion', 'policyVersion']);
      expect(found[1]!.sentence).toContain(`there is no version ${version} of the process`);
    }
    await holdTo('2026-11.6');
    expect(await differences()).toEqual([]);
  });
});

describe.each(engines())('a version that leaves a step to nobody who works here, on %s', (engine) => {
  let house: House;

  beforeAll(async () => {
    house = await House.open(engine);
  });
  afterAll(() => house.close());

  it('is published only by whoever says so, and the history of the house tells of that and of what is looser', async () => {
    const [lead, decider] = [await house.officer('TRI'), await house.officer('DEC')];
    const drafts = house.get(DraftPolicies);
    const seen = async () => (await drafts.view()).seen;
    await drafts.replace(lead, [SECOND_ACCEPT, amend('SHORTER_TARGET', 'TARGET-ACK', null, 1)], await seen());
    expect((await drafts.view()).draft!.leftToNobody).toEqual([]);
    await drafts.settle(decider, true, await seen());
    const second = amend('SECOND_PERSON', 'begin-eligibility', 'EXE');
    const sentence = 'Nobody could agree to “begin-eligibility”: no active account is Executive.';
    expect((await drafts.try([second])).leftToNobody).toEqual([sentence]);
    await drafts.replace(lead, [second], await seen());
    await expect(drafts.settle(decider, true, await seen())).rejects.toMatchObject({
      kind: 'unmet',
      needs: [{ name: 'leftToNobody', field: 'despite', sentence }],
    });
    await drafts.settle(decider, true, await seen(), { despite: true });
    const entries = await house.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
    const told = entries.map(({ body }) => readEntry(body)!).filter(({ act }) => act === 'publish-policy');
    expect(told.map(({ facts }) => facts)).toEqual([
      { draft: 1, policyVersion: '2026-11.2' },
      {
        draft: 2,
        policyVersion: '2026-11.3',
        looser: ['accept', 'TARGET-ACK'],
        leftToNobody: ['begin-eligibility'],
      },
    ]);
    expect((await house.verify()).differences).toEqual([]);
  });

  it('asks besides what stays with staff: her letter quotes what the table in code tells her, and no more', async () => {
    const drafts = house.get(DraftPolicies);
    const asks = ['reasons', 'note', 'lessons'].map((ask) => amend('FURTHER_ASK', 'share-findings', ask));
    const seen = async () => (await drafts.view()).seen;
    const staff = await hireStaff(house);
    await drafts.replace(staff.TRI, asks, await seen());
    await drafts.settle(staff.DEC, true, await seen());
    const walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    const words = { reasons: 'Told-reasons', note: 'Inner-note', lessons: 'Inner-lessons' };
    await expect(walk.toFindings()).rejects.toMatchObject({
      needs: Object.keys(words).map((field) => expect.objectContaining({ field }) as unknown),
    });
    await walk.by('INV', 'share-findings', {
      aiRole: 'It scored the file.',
      evidenceList: 'Logs.',
      affectedOthers: 'About forty.',
      vendorReply: 'The vendor answered.',
      ...words,
    });
    const { letters } = await house.get(ReadMyCase).view(walk.holder);
    const text = JSON.stringify(letters.at(-1));
    expect(Object.values(words).map((each) => text.includes(each))).toEqual([true, false, false]);
    const hers = JSON.stringify(await house.get(ReadMyCase).view(walk.holder));
    expect([hers.includes('Inner-note'), hers.includes('Inner-lessons')]).toEqual([false, false]);
  });
});
