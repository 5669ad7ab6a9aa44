import { ApiDocument } from '../../src/api/api-document';
import { MARK } from '../../src/rules/masking';
import { ZipFiles } from '../../src/vault/cleaning/zip';
import { ApiSchema } from '../harness/api-schema';
import { TestApp, type Answer, type Asked, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { picture } from '../vault/cleaning/pictures';

const CASE = '/api/v1/cases/{reference}';
const PATH = `${CASE}/sharing`;
const WHY = 'The authority asked for all of it.';

describe.each(engines())('passing something on by the API on %s', (engine) => {
  let app: TestApp;
  let schema: ApiSchema;
  let officer: TestOfficer;
  let remedyOwner: TestOfficer;
  let mine: { reference: string; token: string };

  beforeAll(async () => {
    app = await TestApp.start(engine);
    schema = new ApiSchema((await app.get(ApiDocument).read()) as never);
    officer = await app.officer('INT');
    remedyOwner = await app.officer('REM');
    mine = await app.lodge({ narrative: 'I am Noor, ١٢٣٤٥٦٧٨.', name: 'Noor', identityMode: 'NAMED' });
    await app.bring(mine.reference, remedyOwner);
  });
  afterAll(() => app.close());

  async function ask<T>(method: string, path: string, asked: Asked = {}, n = 1): Promise<Answer<T>> {
    const url = path
      .replace('{reference}', mine.reference)
      .replace('{n}', String(n))
      .replace('{step}', 'share');
    const answer = await app.ask<T>(method, url, { token: officer.token, ...asked });
    expect(schema.faults(method, path, answer)).toEqual([]);
    return answer;
  }
  const file = (content: Buffer) => ({
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    body: Buffer.concat([
      Buffer.from('--xx\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
      content,
      Buffer.from('\r\n--xx--\r\n'),
    ]),
  });

  it('masks, paints, packs, passes on and takes out', async () => {
    const masked = await ask('POST', `${PATH}/redactions`, {
      body: { kind: 'COMPLAINT', n: 1, passages: ['NOOR', '12345678'] },
    });
    expect([masked.status, masked.body]).toMatchObject([201, { n: 1, text: `I am ${MARK}, ${MARK}.` }]);
    const { body: sent } = await ask<{ n: number }>(
      'POST',
      `${CASE}/evidence`,
      file(await picture().png().toBuffer()),
    );
    const painted = await ask<{ n: number }>(
      'POST',
      `${PATH}/files/{n}/painted`,
      { body: { rectangles: [{ left: 0, top: 0, width: 50, height: 50 }] } },
      sent.n,
    );
    expect([painted.status, painted.body]).toMatchObject([201, { maskedFrom: sent.n }]);
    const copied = await ask('POST', `${PATH}/files/{n}/copies`, file(Buffer.from('Left out.')), sent.n);
    expect([copied.status, copied.body]).toMatchObject([201, { maskedFrom: sent.n }]);
    const parts = [
      { kind: 'COMPLAINT', n: 1, version: 1 },
      { kind: 'FILE', n: sent.n, version: painted.body.n },
      { kind: 'FILE', n: painted.body.n, reason: WHY },
    ];
    const packed = await ask('POST', `${PATH}/packets`, { body: { parts } });
    expect([packed.status, packed.body]).toMatchObject([201, { n: 1, passedWith: null, downloads: 0 }]);
    expect((await ask('POST', `${PATH}/packets/{n}/content`)).status).toBe(409);
    const { body: view } = await ask<{ revision: number; packets: object[] }>('GET', CASE);
    expect(view.packets).toHaveLength(1);
    const answers = {
      ...{ sharedWith: 'AUTHORITY', recipient: 'It', sharedWhat: 'That', identityShared: false },
      ...{ scopeKept: true, legalDuty: 'A law.', packetNumber: 1 },
    };
    const step = { headers: { 'if-match': `"${view.revision}"` }, body: { answers } };
    expect((await ask('POST', `${CASE}/steps/{step}`, step)).status).toBe(201);
    const taken = await ask('POST', `${PATH}/packets/{n}/content`);
    expect(taken.headers['content-disposition']).toContain('packet-1.zip');
    const zip = new ZipFiles(taken.bytes);
    expect(zip.names()).toEqual(['texts.txt', 'file-1.png', 'file-2.png']);
    expect(zip.get('file-1.png')!.equals(zip.get('file-2.png')!)).toBe(true);
    expect((await ask('GET', `${PATH}/packets/{n}`)).body).toMatchObject({
      downloads: 1,
      reasons: [null, null, WHY],
    });
    expect((await ask('GET', PATH)).body).toMatchObject({
      redactions: [{ n: 1 }],
      maskedFiles: [{ maskedFrom: sent.n }, { maskedFrom: sent.n }],
      packets: [{ n: 1, passedWith: 'share' }],
    });
    const { body: consents } = await app.ask<{ code: string; disclosures: object[] }[]>(
      'GET',
      '/api/v1/my-case/consents',
      { token: mine.token },
    );
    expect(consents.find(({ code }) => code === 'CN-SHARE-AUTH')!.disclosures).toMatchObject([
      {
        parts: [
          { kind: 'COMPLAINT', isMasked: true },
          { kind: 'FILE', isMasked: true },
          { kind: 'FILE', isMasked: false },
        ],
      },
    ]);
  });

  it.each<[string, string, unknown, string]>([
    ['passages that are none', 'redactions', { kind: 'COMPLAINT', n: 1, passages: 'Noor' }, 'passages'],
    ['a passage that is none', 'redactions', { kind: 'COMPLAINT', n: 1, passages: [7] }, 'passages'],
    [
      'a passage that does not occur',
      'redactions',
      { kind: 'COMPLAINT', n: 1, passages: ['Karl'] },
      'passages',
    ],
    ['a kind that is none', 'redactions', { kind: 'FILE', n: 1, passages: ['Karl'] }, 'kind'],
    ['a number that is none', 'redactions', { kind: 'COMPLAINT', n: 1e99, passages: ['Karl'] }, 'n'],
    ['no rectangles', 'files/1/painted', {}, 'rectangles'],
    [
      'a rectangle beyond the picture',
      'files/1/painted',
      { rectangles: [{ left: 90, top: 0, width: 20, height: 1 }] },
      'rectangles',
    ],
    [
      'a rectangle of texts',
      'files/1/painted',
      { rectangles: [{ left: '1', top: 0, width: 20, height: 1 }, null] },
      'rectangles',
    ],
    ['no parts', 'packets', {}, 'parts'],
    ['an empty packet', 'packets', { parts: [] }, 'parts'],
    ['parts that are none', 'packets', { parts: [null, 7] }, 'parts'],
    ['a part without a reason', 'packets', { parts: [{ kind: 'COMPLAINT', n: 1 }] }, 'parts.1'],
    [
      'a version of null',
      'packets',
      { parts: [{ kind: 'COMPLAINT', n: 1, version: null, reason: 'no' }] },
      'parts.1',
    ],
    [
      'more parts than fit',
      'packets',
      { parts: Array.from({ length: 101 }, () => ({ kind: 'COMPLAINT', n: 1, reason: WHY })) },
      'parts',
    ],
  ])('refuses %s with a sentence', async (_what, to, body, field) => {
    const answer = await app.ask<{ needs: { field: string; sentence: string }[] }>(
      'POST',
      `${PATH.replace('{reference}', mine.reference)}/${to}`,
      { token: officer.token, body },
    );
    expect(answer.status).toBe(400);
    expect(
      answer.body.needs.map((need) => need.field.split('.').slice(0, field.split('.').length).join('.')),
    ).toContain(field);
  });

  it('is for those who may share, and for a token with the scope of it', async () => {
    for (const [method, to] of [
      ['GET', ''],
      ['POST', '/packets'],
      ['POST', '/packets/1/content'],
    ] as const) {
      const url = `${PATH.replace('{reference}', mine.reference)}${to}`;
      expect(
        (await app.ask(method, url, { token: remedyOwner.token, body: method === 'GET' ? undefined : {} }))
          .status,
      ).toBe(403);
      expect(
        (await app.ask(method, url, { token: mine.token, body: method === 'GET' ? undefined : {} })).status,
      ).toBe(403);
    }
  });
});
