import { ReadStatistics } from '../../../src/insight/read-statistics';
import { readEntry } from '../../../src/ledger/entry';
import { HOUSE } from '../../../src/ledger/house';
import { newId } from '../../../src/platform/ids';
import { Entry } from '../../../src/records/entities/entry';
import { Exclusion } from '../../../src/records/entities/exclusion';
import { SurveyAnswer } from '../../../src/records/entities/survey-answer';
import { Transactions } from '../../../src/records/transactions';
import { changeableUntil, SURVEY_CHANGES } from '../../../src/rules/survey';
import { TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import type { House } from '../../harness/house';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';

describe.each(engines())('The survey after the end on %s', (engine) => {
  let app: TestApp;
  let house: House;
  let staff: Staff;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    house = houseOf(app);
    staff = await hireStaff(house);
  });

  afterAll(async () => {
    expect((await app.verify()).differences).toEqual([]);
    await app.close();
  });

  const survey = (token: string, body?: object) =>
    app.ask<Record<string, unknown>>(body ? 'POST' : 'GET', '/api/v1/my-case/survey', { token, body });
  const withdraw = (token: string) =>
    app.ask('POST', '/api/v1/my-case/steps/withdraw', { token, body: { answers: {} } });
  const comeBack = async (receipt: string) =>
    (await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', { body: { receipt } })).body
      .token;

  it('is given once the case has ended, skips what is left out, and is changed instead of given twice', async () => {
    const { token } = await app.lodge();
    expect((await survey(token)).body).toMatchObject({ isOpen: false, fair: null });
    expect((await survey(token, { fair: 2 })).status).toBe(409);
    await withdraw(token);
    expect((await survey(token, { easy: 4, fair: 2, comment: 'Nobody called.' })).status).toBe(201);
    const changed = await survey(token, { easy: 5, fair: 3 });
    expect(changed.body).toEqual({
      isOpen: true,
      changeableUntil: '2026-12-24',
      easy: 5,
      respect: null,
      informed: null,
      fair: 3,
      comment: null,
    });
    expect((await app.get(ReadStatistics).run()).survey.given).toBe(1);
  });

  it.each([
    { fair: 0 },
    { fair: 6 },
    { fair: 2.5 },
    { fair: '3' },
    { kind: 5 },
    { comment: 5 },
    { comment: 'x'.repeat(5001) },
  ])('refuses %j', async (body) => {
    const { token } = await app.lodge();
    await withdraw(token);
    expect((await survey(token, body)).status).toBe(400);
  });

  it('is seen by nobody who works on the case, neither in it nor in its history', async () => {
    const { token, reference } = await app.lodge();
    await withdraw(token);
    await survey(token, { respect: 1, comment: 'They laughed at me.' });
    const lead = await app.officer('TRI');
    for (const path of ['', '/history'])
      expect(
        (await app.ask('GET', `/api/v1/cases/${reference}${path}`, { token: lead.token })).text,
      ).not.toMatch(/laughed|"respect"/);
    const timeline = await app.ask<{ act: string }[]>('GET', '/api/v1/my-case/timeline', { token });
    expect(timeline.body.at(-1)!.act).toBe('answer-survey');
  });

  it('is closed to a supporter', async () => {
    const { token } = await app.lodge();
    const { body } = await app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts', {
      token,
      body: { holder: 'SUPPORTER' },
    });
    await withdraw(token);
    expect((await survey(await comeBack(body.receipt), { fair: 1 })).status).toBe(409);
  });

  it('is hers: what was given for her she gives anew, and who acts for her reads none of it', async () => {
    const union = await Walk.lodge(house, staff, 'It refused her.', {
      complainantRole: 'representative',
      mandateBasis: 'MB-SPOKEN',
    });
    await union.by('INT', 'confirm-mandate', {
      mandateNumber: 1,
      mandateCovers: ['MC-END'],
      reasons: 'Seen.',
    });
    await union.by('RH', 'withdraw');
    const acting = await comeBack(union.receipt);
    for (let times = 0; times < SURVEY_CHANGES; times++)
      expect((await survey(acting, { fair: 5, comment: 'All well.' })).status).toBe(201);
    expect((await survey(acting)).body).toMatchObject({ isOpen: false, fair: 5, comment: 'All well.' });
    app.time.addDays(3);
    const person = await app.ask<{ token: string; receipt: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt: await union.numberForPerson() },
    });
    const hers = person.body.token;
    expect((await survey(hers)).body).toMatchObject({ isOpen: true, comment: 'All well.' });
    const said = { fair: 1, comment: 'I fear who speaks for me.' };
    expect((await survey(hers, said)).body).toMatchObject({
      ...said,
      isOpen: true,
      changeableUntil: changeableUntil(app.time.today()),
    });
    const again = await comeBack(union.receipt);
    expect((await survey(again)).body).toMatchObject({ isOpen: false, fair: null, comment: null });
    expect((await survey(again, { fair: 5 })).status).toBe(409);
    const added = await app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts', {
      token: hers,
      body: { holder: 'SUPPORTER' },
    });
    const companion = await comeBack(added.body.receipt);
    expect((await survey(companion)).body).toMatchObject({ fair: null, comment: null });
    expect((await survey(hers, { fair: 2 })).status).toBe(201);
  });

  it('has a most of changes, and an end', async () => {
    const { token, receipt } = await app.lodge();
    await withdraw(token);
    for (let times = 0; times < SURVEY_CHANGES; times++)
      expect((await survey(token, { fair: 1 + (times % 5) })).status).toBe(201);
    expect((await survey(token, { fair: 1 })).status).toBe(409);
    const other = await app.lodge();
    await withdraw(other.token);
    await survey(other.token, { fair: 1 });
    app.time.addDays(30);
    expect((await survey(await comeBack(other.receipt), { fair: 2 })).status).toBe(201);
    app.time.addDays(1);
    expect((await survey(await comeBack(other.receipt), { fair: 3 })).status).toBe(409);
    expect((await survey(await comeBack(receipt))).body.isOpen).toBe(false);
  });

  it('has its texts read only once the history of the house tells who reads them', async () => {
    const reading = async () =>
      (
        await app
          .get(Transactions)
          .read((db) => db.find(Entry, { where: { ledgerId: HOUSE }, order: { n: 'ASC' } }))
      )
        .map(({ body }) => readEntry(body)!)
        .filter(({ act }) => act === 'read-survey-comments')
        .map(({ by, facts }) => [by, facts]);
    const read = (token: string) => app.ask('GET', '/api/v1/statistics/survey-comments', { token });
    const [reviewer, lead] = [await app.officer('TRI', 'IRV'), await app.officer('TRI')];
    const before = await reading();
    expect((await read(lead.token)).status).toBe(403);
    expect(await reading()).toEqual(before);
    expect((await read(reviewer.token)).status).toBe(200);
    expect(await reading()).toEqual([...before, [{ role: 'IRV', ref: reviewer.personId }, {}]]);
  });

  it('is counted without small counts for the public, and its texts are read without their cases, by nobody who is kept out of these', async () => {
    const reviewer = await app.officer('IRV');
    const texts = async ({ token } = reviewer) =>
      (await app.ask<{ comments: string[] }>('GET', '/api/v1/statistics/survey-comments', { token })).body
        .comments;
    const before = (await texts()).length;
    const counts = [];
    for (const said of ['Quick', 'Kind', 'Slow', 'Fair', 'Late']) {
      const { token } = await app.lodge();
      await withdraw(token);
      await survey(token, { ...(said === 'Late' ? {} : { informed: 5 }), comment: said });
      const shown = await texts();
      expect(shown).toEqual([...shown].sort());
      counts.push(shown.length - before);
    }
    // Five more came, and they came into sight together with whoever waited.
    expect([...new Set([0, ...counts])]).toEqual([0, 5]);
    expect(
      (await texts()).filter((said) => ['Quick', 'Kind', 'Slow', 'Fair', 'Late'].includes(said)),
    ).not.toEqual([]);
    const { survey: told } = await app.get(ReadStatistics).forPublic();
    expect(told.scores.informed.every(({ count }) => count === null)).toBe(true);
    const out = await app.officer('IRV');
    expect(await texts(out)).toEqual(await texts());
    const { personId } = out;
    const ids = (await app.source.getRepository(SurveyAnswer).find()).map(({ caseId }) => caseId);
    await app.source.getRepository(Exclusion).insert(
      [...new Set(ids)].map((caseId, n) => ({
        ...{ id: newId(), caseId, n, personId },
        ground: 'EX-CLOSE',
        excludedOn: '2026-11-24',
      })),
    );
    expect(await texts(out)).toEqual([]);
    await app.source.getRepository(Exclusion).delete({ personId });
    const lead = await app.officer('TRI');
    expect((await app.ask('GET', '/api/v1/statistics/survey-comments', { token: lead.token })).status).toBe(
      403,
    );
  });
});
