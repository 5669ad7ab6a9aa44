import { CHECK_IN_INTERVALS } from '../../../src/rules/check-ins';
import { SendCheckIns } from '../../../src/casework/safety/send-check-ins';
import { MailSettings } from '../../../src/mail/mail-settings';
import { ASKS, type Ask } from '../../../src/rules/asks';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { LODGING_QUESTIONS } from '../../../src/rules/lodging-questions';
import { LodgingPace } from '../../../src/people/lodging-pace';
import en from '../../../src/words/en.json';
import { LANGUAGES, say } from '../../../src/words/words';
import { TestApp, type Answer } from '../../harness/app';
import { LodgingPages, multipart, type SentFile } from '../../harness/lodging-pages';
import { SENDING_NOWHERE } from '../../harness/mail-servers';
import { FORM } from '../../harness/visitors';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';
import { errorsOn, formsOf, heldIn, plain, type PageField, type PageForm } from './page-forms';

const TODAY = '2026-11-24T09:00:00.000Z';
/** Errors are read in a language that is not that of the code: an English sentence shows. */
const LANGUAGE = 'ar';
const ar = (key: string) => say(LANGUAGE, key);
/** How long a text is and may be, which stands behind what is wrong with it. */
const MEASURE = new RegExp(
  ` ${say(LANGUAGE, 'error.text.measure', { length: 1, most: 2 }).replace('1', '[\\d,]+').replace('2', '[\\d,]+')}$`,
);
const unmeasured = (sentence: string) => sentence.replace(MEASURE, '');
/** What somebody typed. It holds what a page has to write otherwise. */
const TYPED = 'My “own” words & <more>';
/** Words without anything to fill in: what errors are made of. */
const KEYS = Object.keys(en).filter(
  (key) => /^(error|need)\./.test(key) && !en[key as 'error.receipt'].includes('{'),
);
/** What is said of the answer to a question, in its words. */
const OF_QUESTION = /^«(?:.* – )?([^»]*)»: (.*)$/;
const whatIn = (sentence: string) => OF_QUESTION.exec(sentence)?.[2] ?? sentence;
const TOO_LONG = 'x'.repeat(60_000);

/** One way to answer a field wrongly, and what is said then; a key of words, or a beginning of keys. */
interface Wrong {
  way: string;
  value: string;
  says: string;
}

/** Steps that ask the person something. */
const OWN_STEPS = (STEPS as readonly StepRow[]).filter(
  ({ step, by, asks, mayAsk }) =>
    step !== 'lodge' && by.includes('RH') && asks.length + (mayAsk ?? []).length > 0,
);
/** What has to be answered on pages that are no step. */
const NEEDED: Record<string, readonly string[]> = {
  '/my-case/alerts': ['address'],
  '/my-case/messages': ['text'],
  '/my-case/receipts': ['holder'],
  '/my-case/receipts/saved': ['saved'],
  '/my-case/survey': ['easy'],
  '/my-case/check': ['actionResults'],
};

const UNREADABLE: Wrong = { way: 'a control character', value: 'a\u0000b', says: 'error.text.unreadable' };
const LONG: Wrong = { way: 'too much', value: TOO_LONG, says: 'error.(text|narrative).too-long' };

/** Fields of secrets, which are right or open nothing. */
const OPENS: Record<string, string> = {
  receipt: 'error.receipt',
  code: 'error.draft.code',
  joinCode: 'error.join-code',
};

const askOf = (name: string): Ask | undefined => (ASKS as Record<string, Ask>)[name];
/** Of answers that are typed and are no text. */
const SAYS_OF_KIND: Record<string, string> = { day: 'error.day', number: 'error.number' };
const SAYS_OF_FIELD: Record<string, string> = { address: 'error.alert.address' };

function waysOf({ name, kind, codes }: PageField): Wrong[] {
  const isNumber = /Number$/.test(name);
  const ofKind = isNumber ? 'error.choice' : (SAYS_OF_KIND[askOf(name)?.kind ?? ''] ?? '');
  const says = OPENS[name] ?? SAYS_OF_FIELD[name] ?? ofKind;
  if (kind === 'text') return [UNREADABLE, LONG].map((wrong) => (says ? { ...wrong, says } : wrong));
  if (kind === 'file') return [];
  return [
    { way: 'an unknown code', value: 'unknown', says: '(error|need)' },
    { way: 'a name of the prototype', value: 'constructor', says: '(error|need)' },
    ...(isNumber && codes.length > 0 ? [{ way: 'a number of nothing', value: '9999', says: 'need' }] : []),
  ];
}

/**
 * What is wrong with a page that says no: it is no refusal, an error is not in the language of the reader, stands not in the summary and at
 * its question alike, leads nowhere, or a field is described by nothing.
 */
function faultsOf(page: Answer): string[] {
  const { summary, atQuestions } = errorsOn(page);
  const all = [...summary, ...atQuestions];
  const ids = new Set([...page.text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!));
  const described = [...page.text.matchAll(/aria-describedby="([^"]*)"/g)].flatMap(([, id]) =>
    id!.split(' '),
  );
  const has = (errors: typeof summary, { field, sentence }: (typeof summary)[number]) =>
    errors.some((each) => each.field === field && each.sentence === sentence);
  return [
    ...(page.status >= 400 && page.status < 500 ? [] : [`status ${page.status}`]),
    ...(summary.length > 0 ? [] : ['no summary']),
    ...all
      .filter(
        ({ sentence }) =>
          !/\p{Script=Arabic}/u.test(sentence) ||
          /[A-Za-z]{3}/.test(sentence.replace(/PDF|name@example\.org/, '')),
      )
      .map(({ sentence }) => `untranslated: ${sentence}`),
    ...atQuestions
      .filter(({ sentence, beside }) => !beside.includes(OF_QUESTION.exec(sentence)?.[1] ?? ''))
      .map(({ field, sentence }) => `names another question than “${field}”: ${sentence}`),
    ...summary
      .filter((error) => error.field !== null && !(ids.has(error.field) && has(atQuestions, error)))
      .map(({ field, sentence }) => `not at “${field}”: ${sentence}`),
    ...atQuestions
      .filter((error) => !has(summary, error))
      .map(({ field, sentence }) => `not in the summary, of “${field}”: ${sentence}`),
    ...(page.text.includes('class="redress-languages"') ? ['leads away from what was typed'] : []),
    ...described.filter((id) => !ids.has(id)).map((id) => `described by nothing: ${id}`),
  ];
}

/** What a page hands back of a form that it does not show any more. */
function readOnlyIn({ text }: Answer): string[] {
  return [...text.matchAll(/<textarea[^>]* readonly>([^<]*)</g)].map(([, typed]) => plain(typed)!);
}

describe('a wrong answer', () => {
  let app: TestApp;
  let staff: Staff;
  const asked = new Set<string>();
  /** By form and sentence: the fields at which it was said. */
  const saidAt = new Map<string, Set<string>>();
  function note(action: string, page: Answer): void {
    for (const { field, sentence } of errorsOn(page).summary) {
      const said = `${action.split('?')[0]}: ${sentence}`;
      saidAt.set(said, (saidAt.get(said) ?? new Set()).add(field ?? ''));
    }
  }

  beforeAll(async () => {
    app = await TestApp.start('sqlite', {
      evidenceMaxBytes: 4096,
      replace: () => [
        [LodgingPace, { secondsToWait: () => 0 }],
        [MailSettings, SENDING_NOWHERE],
      ],
    });
    staff = await hireStaff(houseOf(app));
  });
  afterAll(() => app?.close());

  async function enter(receipt: string): Promise<{ cookie: string; csrf: string }> {
    const body = new URLSearchParams({ receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const page = await app.ask('GET', '/my-case', { headers: { cookie } });
    return { cookie, csrf: /name="_csrf" value="([^"]+)"/.exec(page.text)![1]! };
  }

  /** Answers every field of a form wrongly in each way, the others rightly, and looks whether the page says so and keeps them. */
  async function expectEachTold(
    form: PageForm,
    send: (fields: Record<string, string>) => Promise<Answer>,
  ): Promise<void> {
    const faults: string[] = [];
    for (const field of form.fields)
      for (const { way, value, says } of waysOf(field)) {
        const others = Object.fromEntries(
          form.fields
            .filter(({ name, kind }) => name !== field.name && kind !== 'file')
            .map(({ name, kind, codes }) => [name, kind === 'text' ? TYPED : codes[0]!]),
        );
        const page = await send({ ...form.hidden, ...others, [field.name]: value });
        note(form.action, page);
        const own = errorsOn(page).summary.filter((each) => each.field === field.name);
        const words = KEYS.filter((key) => new RegExp(`^${says}`).test(key)).map(ar);
        const held = heldIn(page);
        const isSecret = field.name in OPENS;
        const told = [
          ...faultsOf(page),
          ...(own.length === 1 ? [] : [`${own.length} errors of it`]),
          ...own
            .filter(({ sentence }) => !words.includes(unmeasured(whatIn(sentence))))
            .map(({ sentence }) => `says: ${sentence}`),
          ...Object.keys(others)
            .filter((name) => !held[name]?.includes(others[name]!))
            .map((name) => `loses ${name}`),
          ...(field.kind === 'text' && !isSecret && held[field.name]?.[0]?.length !== value.length
            ? ['loses what was typed']
            : []),
        ];
        faults.push(...told.map((fault) => `${form.action} ${field.name}, ${way}: ${fault}`));
      }
    expect(faults).toEqual([]);
    asked.add(form.action.split('?')[0]!);
  }

  it.each(LODGING_QUESTIONS.filter(({ fields }) => fields.length > 0).map(({ name }) => name))(
    'to the question “%s” of a complaint is told beside it, and nothing typed is lost, not even files',
    async (question) => {
      const path = `/lodge/${question}`;
      const mine = new LodgingPages(app, LANGUAGE);
      await mine.answer('what-happened', { narrative: 'It refused me.' });
      await mine.addFile({ name: 'letter.txt', content: 'Dear applicant', describes: 'The refusal' });
      if (question === 'mandate') await mine.answer('who', { complainantRole: 'representative' });
      const formNow = async () =>
        formsOf(await mine.get(path)).find(({ action }) => action.startsWith(path))!;
      await expectEachTold(await formNow(), async (fields) => {
        const { version } = (await formNow()).hidden;
        return mine.post(path, { ...fields, version: version!, go: 'next' });
      });
      if (question === 'what-happened') {
        const { hidden } = await formNow();
        const page = await mine.post(path, { ...hidden, narrative: ' ', go: 'next' });
        expect([faultsOf(page), errorsOn(page).summary.length]).toEqual([[], 1]);
      }
      const files = await mine.get('/lodge/files');
      for (const kept of ['letter.txt', 'The refusal']) expect(files.text).toContain(kept);
      await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
    },
  );

  it.each(LANGUAGES)(
    'that cannot be unchosen without script says in %s what to choose instead',
    async (language) => {
      const mine = new LodgingPages(app, language);
      const page = await mine.answer('contact', { 'contact.kind': 'email', 'contact.value': '' });
      const [{ field, sentence } = { field: null, sentence: '' }] = errorsOn(page).summary;
      expect([page.status, field]).toEqual([400, 'contact.value']);
      expect(sentence).toContain(say(language, 'code.contact.kind.none'));
      expect((await mine.answer('contact', { 'contact.kind': 'none' })).status).toBe(303);
    },
  );

  it.each(['/my-case/open', '/lodge/continue'])(
    'to the secret that %s asks for keeps what was typed',
    async (path) => {
      const address = `${path}?lang=${LANGUAGE}`;
      const [form] = formsOf(await app.ask('GET', address));
      const send = (fields: Record<string, string>) =>
        app.ask('POST', address, { headers: FORM, body: new URLSearchParams(fields).toString() });
      await expectEachTold(form!, send);
      const name = form!.fields[0]!.name;
      const page = await send({ [name]: '12345 67890' });
      expect(faultsOf(page)).toEqual([]);
      expect(heldIn(page)[name]).toEqual(['12345 67890']);
    },
  );

  /** Three cases, and where they stand one after the other: between them everything is open that ever is. */
  const STANDS: Record<string, Record<string, (walk: Walk) => Promise<unknown>>> = {
    'a case that goes on': {
      'asked and late': async (walk) => {
        await walk.toInvestigation();
        const question = { questionText: 'Which month?', why: 'To find the log.', dueOn: '2027-06-01' };
        await walk.by('INV', 'ask-question', question);
        await walk.by('RH', 'request-support', { supportKind: 'INTERPRETER' });
        await walk.by('TRI', 'propose-facilitator', {
          facilitator: 'A mediator of the chamber.',
          facilitatorNeutral: 'The chamber pays.',
        });
        await walk.by('TRI', 'record-transcript', {
          occasion: 'PHONE_CALL',
          occasionOn: '2026-11-24',
          writtenIn: 'en',
          transcriptText: 'She said that it was in June.',
        });
        await walk.by('RH', 'plan-check-ins', { checkInEvery: CHECK_IN_INTERVALS[0] });
        app.time.addDays(60);
        await app.get(SendCheckIns).run();
      },
    },
    'a case with an offer': {
      'findings shared': async (walk) => {
        await walk.toInvestigation();
        await walk.toFindings();
      },
      offered: (walk) => walk.toOffer(),
      accepted: (walk) => walk.by('RH', 'accept-offer', { understood: true }),
      delivered: async (walk) => {
        for (const actionNumber of [1, 2]) {
          await walk.by('REM', 'start-action', { actionNumber });
          await walk.by('REM', 'complete-action', { actionNumber, evidenceText: 'Decision of today.' });
        }
        await walk.by('REM', 'request-verification');
      },
      monitored: (walk) => walk.by('RH', 'confirm-remedy', { remedyResult: 'FULL' }),
      closed: (walk) => walk.close(),
    },
    'a complaint for a group': {
      'with a code': (walk) => walk.by('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' }),
    },
    'a case that was taken back': { withdrawn: (walk) => walk.by('RH', 'withdraw') },
  };

  const PLACES = [
    ...['', '/check', '/survey', '/identity', '/consents', '/receipts', '/alerts'].map(
      (path) => `/my-case${path}`,
    ),
    ...OWN_STEPS.map(({ step }) => `/my-case/steps/${step}`),
  ];

  it.each(Object.keys(STANDS))(
    'on every page of %s is told beside it, and nothing typed is lost',
    async (title) => {
      app.time.goTo(TODAY);
      const walk = await Walk.lodge(houseOf(app), staff, 'It stopped my benefit.', {
        language: LANGUAGE,
        complainantRole: title === 'a complaint for a group' ? 'group' : 'affected',
      });
      for (const [stand, bring] of Object.entries(STANDS[title]!)) {
        await bring(walk);
        const { cookie, csrf } = await enter(walk.receipt);
        for (const path of PLACES.filter((each) => !asked.has(each))) {
          const page = await app.ask('GET', path, { headers: { cookie } });
          if (page.status !== 200) continue;
          for (const form of formsOf(page)) {
            const { action, isMultipart, fields } = form;
            if (isMultipart || fields.length === 0 || asked.has(action)) continue;
            const send = (typed: Record<string, string>) =>
              app.ask('POST', action, {
                headers: { ...FORM, cookie },
                body: new URLSearchParams({ ...typed, _csrf: csrf }).toString(),
              });
            await expectEachTold(form, send);
            const row = OWN_STEPS.find(({ step }) => action === `/my-case/steps/${step}`);
            const needed = row ? (row.freeFor ? [] : row.asks) : (NEEDED[action] ?? []);
            if (needed.length === 0) continue;
            const empty = await send(form.hidden);
            note(action, empty);
            expect([stand, action, faultsOf(empty)]).toEqual([stand, action, []]);
            const told = errorsOn(empty).summary.map(({ field }) => field?.split('.')[0]);
            expect([stand, action, told]).toEqual([stand, action, expect.arrayContaining([...needed])]);
          }
        }
      }
    },
  );

  const FILES: readonly {
    way: string;
    name?: string;
    content?: string | Buffer;
    describes?: string;
    says: string;
    at?: string;
  }[] = [
    { way: 'none', name: '', content: '', says: '(none|forgotten)' },
    { way: 'an empty one', content: '', says: 'empty' },
    { way: 'one of a kind that is not taken', content: 'MZ\0\0\0\0', name: 'a.pdf', says: 'kind' },
    { way: 'one that is too large', content: Buffer.alloc(4097, 'x'), says: 'size' },
    { way: 'one with too long a name', name: `${'a'.repeat(256)}.txt`, says: 'name' },
    { way: 'one with a name that cannot be kept', name: 'a\u0001.txt', says: 'name' },
    {
      way: 'one that is described at too great length',
      describes: 'x'.repeat(2001),
      says: 'too-long',
      at: 'describes',
    },
    {
      way: 'one that is described with signs that cannot be kept',
      describes: 'a\u0000b',
      says: 'unreadable',
      at: 'describes',
    },
  ];

  /** Sends each wrong file, and looks whether the page says so beside it and keeps its description and the files before. */
  async function expectFilesTold(send: (file: SentFile) => Promise<Answer>, suffix: string): Promise<void> {
    for (const {
      way,
      name = 'letter.txt',
      content = 'Dear applicant',
      describes = TYPED,
      says,
      at = 'file',
    } of FILES) {
      const page = await send({ name, content, describes });
      const words = KEYS.filter((key) => new RegExp(`^error\\.(evidence|text)\\.${says}$`).test(key)).map(ar);
      const { summary } = errorsOn(page);
      expect([way, faultsOf(page), summary.map(({ field }) => field)]).toEqual([way, [], [at + suffix]]);
      expect([way, words]).toEqual([way, expect.arrayContaining([unmeasured(whatIn(summary[0]!.sentence))])]);
      expect([way, heldIn(page).describes]).toEqual([way, [describes]]);
      for (const kept of ['first.txt', 'The refusal'])
        expect([way, page.text.includes(kept)]).toEqual([way, true]);
    }
  }

  it('of a file to a complaint is told beside it, and neither its description nor the files before are lost', async () => {
    const mine = new LodgingPages(app, LANGUAGE);
    await mine.answer('what-happened', { narrative: 'It refused me.' });
    const first = { name: 'first.txt', content: 'Dear applicant', describes: 'The refusal' };
    await mine.addFile(first);
    const none = await mine.addFile({ name: '', content: '' });
    expect([none.status, faultsOf(none), errorsOn(none).summary]).toEqual([
      400,
      [],
      [{ field: 'file-1', sentence: ar('error.evidence.none') }],
    ]);
    expect((await mine.addFile({ name: '', content: '' }, 'next')).status).toBe(303);
    await expectFilesTold((file) => mine.addFile(file), '-1');
    const before = await mine.get('/lodge/files');
    for (const n of [2, 3, 4, 5]) await mine.addFile({ ...first, content: `Page ${n}` });
    const page = await mine.addFile({ ...first, content: 'One too many', describes: TYPED }, 'add', before);
    expect(readOnlyIn(page)).toEqual([TYPED]);
    expect([faultsOf(page), errorsOn(page).summary]).toEqual([
      [],
      [{ field: 'file-1', sentence: ar('error.evidence.many') }],
    ]);
    expect(page.text.split('The refusal').length - 1).toBeGreaterThanOrEqual(5);
    await mine.press(await mine.get('/lodge/later'), '/lodge/delete');
  });

  it('of a file to her own case is told beside it, and its description is not lost', async () => {
    const walk = await Walk.lodge(houseOf(app), staff, 'It stopped my benefit.', { language: LANGUAGE });
    const { cookie } = await enter(walk.receipt);
    const form = formsOf(await app.ask('GET', '/my-case', { headers: { cookie } })).find(
      ({ isMultipart }) => isMultipart,
    )!;
    const send = (file: SentFile) => {
      const { headers, body } = multipart([
        ['describes', file.describes ?? ''],
        ['file', file.content, file.name],
      ]);
      return app.ask('POST', form.action, { headers: { ...headers, cookie }, body });
    };
    expect(
      (await send({ name: 'first.txt', content: 'Dear applicant', describes: 'The refusal' })).status,
    ).toBe(303);
    await expectFilesTold(send, '');
  });

  it('to a form that is gone meanwhile hands back what was typed', async () => {
    app.time.goTo(TODAY);
    const walk = await Walk.lodge(houseOf(app), staff, 'It stopped my benefit.', { language: LANGUAGE });
    const before = await enter(walk.receipt);
    const send = ({ cookie, csrf }: typeof before, path: string, fields: Record<string, string>) =>
      app.ask('POST', path, {
        headers: { ...FORM, cookie },
        body: new URLSearchParams({ ...fields, _csrf: csrf }).toString(),
      });
    const page = await send(before, '/my-case/steps/comment-on-findings', { comment: TYPED });
    expect([page.status, faultsOf(page), readOnlyIn(page)]).toEqual([409, [], [TYPED]]);
    const survey = await send(before, '/my-case/survey', { comment: TYPED });
    expect([faultsOf(survey), readOnlyIn(survey)]).toEqual([[], [TYPED]]);
    await walk.by('RH', 'withdraw');
    await walk.by('TRI', 'close-withdrawn', { othersAtRisk: false, reasons: 'Nobody else is met.' });
    app.time.addDays(400);
    const after = await enter(walk.receipt);
    const message = await send(after, '/my-case/messages', { text: TYPED });
    expect([message.status, readOnlyIn(message)]).toEqual([409, [TYPED]]);
    const { headers, body } = multipart([
      ['describes', TYPED],
      ['file', 'Dear applicant', 'letter.txt'],
    ]);
    const file = await app.ask('POST', `/my-case/evidence?_csrf=${after.csrf}`, {
      headers: { ...headers, cookie: after.cookie },
      body,
    });
    expect([file.status, readOnlyIn(file)]).toEqual([409, [TYPED]]);
  });

  it('is tried in every step that asks the person something', () => {
    const missed = OWN_STEPS.map(({ step }) => `/my-case/steps/${step}`).filter((path) => !asked.has(path));
    expect(missed).toEqual([]);
  });

  it('names the question wherever the same is to be said of several', () => {
    const alike = [...saidAt].filter(([, fields]) => fields.size > 1).map(([said]) => said);
    expect([saidAt.size > 50, alike]).toEqual([true, []]);
  });
});
