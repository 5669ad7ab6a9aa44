import { OpenCase } from '../../src/casework/intake/open-case';
import { Messages } from '../../src/casework/messages';
import { Receipts } from '../../src/casework/receipts';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Answers } from '../../src/records/entities/answers';
import { Case } from '../../src/records/entities/case';
import { Message } from '../../src/records/entities/message';
import { MESSAGES_A_DAY, TEXTS_OF_A_STEP_A_DAY } from '../../src/rules/daily-limits';
import { LANGUAGES, say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { House } from '../harness/house';
import { hireStaff, Walk, type Staff } from '../harness/walk';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';

describe.each(engines())('what the side of a complainant may write on one day on %s', (engine) => {
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
  const companion = async () => {
    const receipt = await house.get(Receipts).add(walk.holder, 'SUPPORTER');
    const { token } = await house.get(OpenCase).byReceipt(receipt, 'program');
    return (await house.get(Sessions).resolve(token))!.visitor;
  };

  it(`is ${MESSAGES_A_DAY} messages of all who hold a receipt together, and as many tomorrow`, async () => {
    const other = await companion();
    await times(MESSAGES_A_DAY, (n) => write(n % 2 === 0 ? walk.holder : other));
    for (const visitor of [walk.holder, other]) await expect(write(visitor)).rejects.toMatchObject(REFUSED);
    expect(await counted()).toMatchObject({ messages: MESSAGES_A_DAY });
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
    ] as const) {
      await browser.get(`${form}?lang=${language}`);
      const page = await browser.post(`${path}?lang=${language}`, answers);
      const shown = wordsOf(page.text);
      expect([page.status, shown.includes(say(language, sentence))]).toEqual([429, true]);
      expect(page.text).toContain('Kept 1 &amp; 2</textarea>');
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
