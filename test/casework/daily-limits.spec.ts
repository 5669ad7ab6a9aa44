import { OpenCase } from '../../src/casework/intake/open-case';
import { Consents } from '../../src/casework/consents';
import { Messages } from '../../src/casework/messages';
import { ReadMyCase } from '../../src/casework/read-my-case';
import { TakeStep } from '../../src/casework/take-step';
import { Receipts } from '../../src/casework/receipts';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Answers } from '../../src/records/entities/answers';
import { Case } from '../../src/records/entities/case';
import { Consent } from '../../src/records/entities/consent';
import { Message } from '../../src/records/entities/message';
import type { ConsentCode } from '../../src/rules/consents';
import {
  DECISIONS_OF_A_CONSENT_A_DAY,
  KEPT_TEXTS_OF_A_STEP_A_DAY,
  MESSAGES_A_DAY,
  TEXTS_OF_A_STEP_A_DAY,
} from '../../src/rules/daily-limits';
import { LANGUAGES, say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';

describe.each(engines())('what may be sent with a receipt on one day on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    walk = await Walk.lodge(house, staff);
  });

  const write = (visitor: Visitor = walk.holder) => house.get(Messages).write(visitor, 'Are you there?');
  const tooMany = (name: string, field: string) => ({
    kind: 'too-many',
    status: 429,
    needs: [{ name, field, sentence: expect.stringMatching(/^error\./) as string }],
  });
  const REFUSED = tooMany('messages-a-day', 'text');
  const counted = async () => {
    const { id: caseId } = await house.source
      .getRepository(Case)
      .findOneByOrFail({ reference: walk.reference });
    return {
      messages: await house.source.getRepository(Message).countBy({ caseId }),
      answers: await house.source.getRepository(Answers).countBy({ caseId }),
    };
  };
  const times = async (count: number, work: (n: number) => Promise<unknown>) => {
    for (let n = 0; n < count; n += 1) await work(n);
  };
  const companion = async (role: 'SUPPORTER' | 'REPRESENTATIVE') => {
    const { receipt } = await house.get(Receipts).add(walk.holder, role);
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor;
  };
  const letters = async () =>
    (await house.get(ReadMyCase).view(walk.holder)).letters.filter(
      ({ letter }) => letter === 'text-not-kept',
    );

  it.each([
    ['a companion', 'SUPPORTER'],
    ['a representative', 'REPRESENTATIVE'],
  ] as const)(`is ${MESSAGES_A_DAY} messages, of which %s uses up none of hers`, async (_name, role) => {
    const others = [await companion(role), await companion(role)];
    await times(MESSAGES_A_DAY, (n) => write(others[n % 2]));
    for (const visitor of others) await expect(write(visitor)).rejects.toMatchObject(REFUSED);
    await times(MESSAGES_A_DAY, () => write());
    await expect(write()).rejects.toMatchObject(REFUSED);
    expect(await counted()).toMatchObject({ messages: 2 * MESSAGES_A_DAY });
  });

  it('is of today alone: tomorrow as much again', async () => {
    await times(MESSAGES_A_DAY, () => write());
    await expect(write()).rejects.toMatchObject(REFUSED);
    house.time.addDays(1);
    walk = new Walk(house, staff, walk.reference, walk.receipt, await again());
    await times(MESSAGES_A_DAY, () => write());
    await expect(write()).rejects.toMatchObject(REFUSED);
  });

  const again = async () => {
    const { token } = await house.get(OpenCase).byReceipt(walk.receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor as Walk['holder'];
  };

  it('counts neither what staff write nor what stands in other cases', async () => {
    await times(MESSAGES_A_DAY + 5, () =>
      house.get(Messages).write(staff.INT, 'We look at it.', walk.reference),
    );
    const other = await Walk.lodge(house, staff);
    await times(MESSAGES_A_DAY, () => write(other.holder));
    await write();
    await expect(write(other.holder)).rejects.toMatchObject(REFUSED);
    await house.get(Messages).write(staff.INT, 'We answer.', other.reference);
  });

  it('is no more when all come at the same moment', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: MESSAGES_A_DAY + 10 }, () => write()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(MESSAGES_A_DAY);
    expect(await counted()).toMatchObject({ messages: MESSAGES_A_DAY });
    expect((await house.verify()).differences).toEqual([]);
  });

  it('bounds a step that can be taken again and again with a text, and no other', async () => {
    await walk.toInvestigation();
    await walk.toFindings();
    const comment = () => walk.by('RH', 'comment-on-findings', { comment: 'And August.' });
    await times(TEXTS_OF_A_STEP_A_DAY - 1, comment);
    const before = await counted();
    await expect(comment()).rejects.toMatchObject(tooMany('texts-a-day', 'comment'));
    expect(await counted()).toEqual(before);
    await write();
    await walk.by('RH', 'request-erasure', { erasureScope: 'PERSON', comment: 'Please.' });
    house.time.addDays(1);
    walk = new Walk(house, staff, walk.reference, walk.receipt, await again());
    await comment();
  });

  it('never bounds a step without a text', async () => {
    const ask = (text: object) =>
      walk
        .by('RH', 'request-erasure', { erasureScope: 'PERSON', ...text })
        .then(() => walk.by('RH', 'take-back-erasure'));
    await times(TEXTS_OF_A_STEP_A_DAY, () => ask({ comment: 'Please.' }));
    await expect(ask({ comment: 'Please.' })).rejects.toMatchObject(tooMany('texts-a-day', 'comment'));
    await ask({});
  });

  it('lets a representative take a step as often as she can, and uses up none of hers', async () => {
    await walk.toInvestigation();
    const representative = await companion('REPRESENTATIVE');
    await walk.toFindings();
    const comment = (visitor: Visitor) =>
      house.get(TakeStep).run({ visitor, step: 'comment-on-findings', answers: { comment: 'And August.' } });
    await times(TEXTS_OF_A_STEP_A_DAY, () => comment(representative));
    await expect(comment(representative)).rejects.toMatchObject(tooMany('texts-a-day', 'comment'));
    // One comment is hers on the way to the findings.
    await times(TEXTS_OF_A_STEP_A_DAY - 1, () => comment(walk.holder));
    await expect(comment(walk.holder)).rejects.toMatchObject(tooMany('texts-a-day', 'comment'));
  });

  it(`takes every report of retaliation, and keeps the words of ${KEPT_TEXTS_OF_A_STEP_A_DAY} a day`, async () => {
    await walk.toInvestigation();
    const report = () => walk.by('RH', 'report-retaliation', { threat: 'He waits outside.' });
    const level = async () =>
      (await house.source.getRepository(Case).findOneByOrFail({ reference: walk.reference })).reprisalLevel;
    await times(KEPT_TEXTS_OF_A_STEP_A_DAY, report);
    expect(await letters()).toEqual([]);
    await walk.by('TRI', 'lower-reprisal', {
      reprisalLevel: 'LOW',
      isDefender: false,
      reasons: 'The manager left.',
    });
    await walk.by('PRT', 'lower-reprisal', {}, true);
    expect(await level()).toBe('LOW');
    const kept = await counted();
    expect(kept.answers).toBeGreaterThan(KEPT_TEXTS_OF_A_STEP_A_DAY);
    await times(5, report);
    expect(await counted()).toEqual(kept);
    expect(await level()).toBe('HIGH');
    expect(await letters()).toHaveLength(1);
    expect((await house.verify()).differences).toEqual([]);
    house.time.addDays(1);
    walk = new Walk(house, staff, walk.reference, walk.receipt, await again());
    await report();
    expect(await counted()).toEqual({ ...kept, answers: kept.answers + 1 });
    expect(await letters()).toHaveLength(1);
  });

  it.each(LANGUAGES)('tells her in her language that further words are not kept: %s', async (language) => {
    walk = await Walk.lodge(house, staff, 'It stopped.', { language });
    await times(KEPT_TEXTS_OF_A_STEP_A_DAY + 1, () =>
      walk.by('RH', 'report-retaliation', { threat: 'He waits outside.' }),
    );
    const [letter] = await letters();
    expect(letter!.subject).toBe(
      say(language, 'letter.text-not-kept.subject', { reference: walk.reference }),
    );
  });

  it(`is ${DECISIONS_OF_A_CONSENT_A_DAY} decisions about each consent, but a no that ends a yes is always taken`, async () => {
    const decide = (code: ConsentCode, given: boolean, scope?: string, visitor = walk.holder) =>
      house.get(Consents).decide(visitor, [{ code, given, scope }]);
    const representative = (await companion('REPRESENTATIVE')) as Walk['holder'];
    const rows = () => house.source.getRepository(Consent).countBy({ caseId: walk.holder.caseId });
    await times(DECISIONS_OF_A_CONSENT_A_DAY, (n) => decide('CN-STORY', true, `Only ${n}.`));
    const more = tooMany('decisions-a-day', 'CN-STORY');
    await expect(decide('CN-STORY', true, 'Only one more.')).rejects.toMatchObject(more);
    await decide('CN-STORY', false);
    for (const given of [true, false])
      await expect(decide('CN-STORY', given, 'Again.')).rejects.toMatchObject(more);
    expect(await rows()).toBe(DECISIONS_OF_A_CONSENT_A_DAY + 1);
    await decide('CN-SHARE-UNIT', true, 'Only the dates.');
    expect(
      (await house.get(Consents).list(walk.holder)).find(({ code }) => code === 'CN-STORY'),
    ).toMatchObject({
      given: false,
    });
    await expect(decide('CN-STORY', true, 'For her.', representative)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    house.time.addDays(1);
    walk = new Walk(house, staff, walk.reference, walk.receipt, await again());
    await decide('CN-STORY', true, 'Tomorrow.');
  });

  it('never bounds what protects her: retaliation is reported and a complaint withdrawn at any time', async () => {
    await times(MESSAGES_A_DAY, () => write());
    await times(TEXTS_OF_A_STEP_A_DAY + 5, () =>
      walk.by('RH', 'report-retaliation', { threat: 'He waits outside.' }),
    );
    await times(TEXTS_OF_A_STEP_A_DAY + 2, async () => {
      await walk.by('RH', 'withdraw', { note: 'I am tired.' });
      await walk.by('RH', 'come-back');
    });
    await expect(write()).rejects.toMatchObject(REFUSED);
  });
});

describe('a text too many', () => {
  let app: TestApp;
  let lodged: Awaited<ReturnType<TestApp['lodge']>>;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    lodged = await app.lodge();
    const { token } = lodged;
    for (let n = 0; n < MESSAGES_A_DAY; n += 1)
      await app.ask('POST', '/api/v1/my-case/messages', { token, body: { text: `Message ${n}.` } });
    for (let n = 0; n < TEXTS_OF_A_STEP_A_DAY; n += 1)
      for (const [step, answers] of [
        ['request-erasure', { erasureScope: 'PERSON', comment: 'Please.' }],
        ['take-back-erasure', {}],
      ] as const)
        await app.ask('POST', `/api/v1/my-case/steps/${step}`, { token, body: { answers } });
    for (let n = 0; n < DECISIONS_OF_A_CONSENT_A_DAY; n += 1)
      await app.ask('POST', '/api/v1/my-case/consents', {
        token,
        body: { code: 'CN-STORY', given: true, scope: `Only ${n}.` },
      });
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)('is refused on her page in her words, and stays in the form: %s', async (language) => {
    const browser = new DeskBrowser(app);
    await browser.get('/my-case/open');
    await browser.post('/my-case/open', { receipt: lodged.receipt });
    const kept = 'Kept 1 & 2';
    for (const [form, path, answers, sentence] of [
      ['/my-case', '/my-case/messages', { text: kept }, 'error.message.too-many'],
      [
        '/my-case/steps/request-erasure',
        '/my-case/steps/request-erasure',
        { erasureScope: 'PERSON', comment: kept },
        'error.step.too-many',
      ],
      [
        '/my-case/consents',
        '/my-case/consents',
        { 'CN-STORY': 'yes', 'CN-STORY.scope': kept },
        'error.consent.too-many',
      ],
    ] as const) {
      await browser.get(`${form}?lang=${language}`);
      const page = await browser.post(`${path}?lang=${language}`, answers);
      const shown = wordsOf(page.text);
      expect([page.status, shown.includes(say(language, sentence))]).toEqual([429, true]);
      expect(page.text).toContain('Kept 1 &amp; 2');
    }
  });

  it.each(LANGUAGES)('is a problem for a program, in the language it asks for: %s', async (language) => {
    const { status, body } = await app.ask<{ needs: object[] }>('POST', '/api/v1/my-case/messages', {
      token: lodged.token,
      headers: { 'accept-language': language },
      body: { text: 'One more.' },
    });
    expect([status, body.needs]).toEqual([
      429,
      [{ name: 'messages-a-day', field: 'text', sentence: say(language, 'error.message.too-many') }],
    ]);
  });
});
