import { engines } from '../harness/database';
import { CaseFiles, HOUSES, type WatchedHouse } from '../harness/evidence-files';

const WORDS = 'They stopped my benefit on a Tuesday.';

/** Where a sealed value lies: version, nonce, ciphertext (with its opening) and tag, as base64. */
const flipped = (at: number) => (sealed: string) => {
  const bytes = Buffer.from(sealed, 'base64');
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return bytes.toString('base64');
};
const cut = (from: number, to: number) => (sealed: string) =>
  Buffer.from(sealed, 'base64').subarray(from, to).toString('base64');

const CHANGES: Record<string, (sealed: string) => string> = {
  'its version': flipped(0),
  'its nonce': flipped(3),
  'its opening': flipped(13),
  'its text': flipped(13 + 32 + 2),
  'its tag': flipped(-1),
  'its length, shorter': cut(0, -1),
  'its length, without a beginning': cut(1, 10_000),
  'its length, longer': (sealed) =>
    Buffer.concat([Buffer.from(sealed, 'base64'), Buffer.of(0)]).toString('base64'),
  'its letters': (sealed) => ` ${sealed}`,
  everything: () => '',
};

describe.each(engines())('a sealed value on %s', (engine) => {
  let house: WatchedHouse;
  let files: CaseFiles;
  let other: CaseFiles;

  beforeAll(async () => {
    house = await HOUSES['a folder']!(engine);
    files = await CaseFiles.of(house.app);
    other = await CaseFiles.of(house.app);
    for (const { lodged } of [files, other])
      for (const text of [WORDS, 'And again on Friday.'])
        await house.app.ask('POST', '/api/v1/my-case/messages', { token: lodged.token, body: { text } });
  });
  afterAll(() => house.close());

  interface Row {
    id: string;
    textSealed: string;
    n: number;
    reference: string;
  }
  const rows = () =>
    house.app.source.query<Row[]>(
      'SELECT m."id", m."textSealed", m."n", c."reference" FROM "messages" m JOIN "cases" c ON c."id" = m."caseId" ORDER BY m."n"',
    );
  const messages = () => house.app.ask('GET', '/api/v1/my-case/messages', { token: files.lodged.token });

  async function expectRefusedAndReported(row: Row, sealed: string, what: string): Promise<void> {
    const put = (value: string) =>
      house.app.source.query(`UPDATE "messages" SET "textSealed" = '${value}' WHERE "id" = '${row.id}'`);
    const logged = house.logged.length;
    await put(sealed);
    const answer = await messages();
    expect([what, answer.status]).toEqual([what, 500]);
    expect(answer.text).not.toMatch(/Tuesday|Friday/);
    const { incident } = answer.body as { incident?: string };
    const [line] = house.logged.slice(logged);
    expect(line).toContain(incident);
    expect(line).toContain(`messages.textSealed.${row.id} does not open`);
    expect(line).toContain('verify');
    const { differences } = await house.app.verify();
    expect(differences).toMatchObject([{ table: 'messages', column: 'textSealed' }]);
    expect(
      (await house.app.ask('GET', '/api/v1/my-case/messages', { token: other.lodged.token })).text,
    ).toContain('Tuesday');
    await put(row.textSealed);
    expect((await messages()).text).toContain('Tuesday');
  }

  it.each(Object.entries(CHANGES))(
    'is refused and reported when somebody changed %s',
    async (what, change) => {
      const row = (await rows()).find(({ reference }) => reference === files.lodged.reference)!;
      await expectRefusedAndReported(row, change(row.textSealed), what);
    },
  );

  it('is refused and reported when it was moved from another row, column or case', async () => {
    const all = await rows();
    const [mine, next] = all.filter(({ reference }) => reference === files.lodged.reference);
    const foreign = all.find(({ reference }) => reference === other.lodged.reference)!;
    const [{ narrativeSealed }] = (await house.app.source.query<{ narrativeSealed: string }[]>(
      `SELECT "narrativeSealed" FROM "cases" WHERE "reference" = '${files.lodged.reference}'`,
    )) as [{ narrativeSealed: string }];
    await expectRefusedAndReported(mine!, next!.textSealed, 'another row');
    await expectRefusedAndReported(mine!, narrativeSealed, 'another column');
    await expectRefusedAndReported(mine!, foreign.textSealed, 'another case');
    expect((await house.app.verify()).differences).toEqual([]);
  });
});
