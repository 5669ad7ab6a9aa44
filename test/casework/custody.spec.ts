import { Case } from '../../src/records/entities/case';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { CaseFiles, hashOf, REASON } from '../harness/evidence-files';
import { picture, withMetadata } from '../vault/cleaning/pictures';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';

interface Custody {
  fileName: string | null;
  sha256: string;
  handling: string;
  workingSha256: string;
  lines: {
    n: number;
    act: string;
    byRole: string;
    by: string | null;
    reason: string | null;
    facts: object;
  }[];
}

describe.each(engines())('the custody of a file on %s', (engine) => {
  let app: TestApp;
  let files: CaseFiles;
  let auditor: TestOfficer;
  let sent: Buffer;
  let copy: Buffer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    files = await CaseFiles.of(app);
    auditor = await app.officer('AUD');
    await files.send(Buffer.from('Another file.'), 'other.txt');
    sent = await withMetadata(picture()).jpeg().toBuffer();
    await files.send(sent, 'The street of the office.jpg');
    copy = (await files.copy(2)).bytes;
    await files.original(2);
    await files.own(2);
    await files.copy(1);
  });
  afterAll(() => app.close());

  it('says who sent it, how it was scanned and cleaned, and who opened what, when and why', async () => {
    const { body, status } = await files.custody<Custody>(2);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fileName: 'The street of the office.jpg',
      handling: 'CLEANED',
      sha256: hashOf(sent),
      workingSha256: hashOf(copy),
    });
    const scanned = { evidence: 2, scan: 'UNSCANNED', handling: 'CLEANED', sha256: hashOf(sent) };
    const investigator = { byRole: 'INV', by: expect.stringMatching(/^INV/) as string };
    expect(body.lines).toMatchObject([
      { act: 'add-evidence', byRole: 'RH', by: null, at: null, reason: null, facts: scanned },
      { act: 'open-evidence', ...investigator, at: expect.stringMatching(/Z$/) as string, reason: null },
      { act: 'open-original', ...investigator, reason: REASON.reason },
    ]);
    expect(body.lines).toHaveLength(3);
  });

  it('is shown to auditors without a name, a reason or the name of the file', async () => {
    const { body, text } = await files.custody<Custody>(2, auditor.token);
    expect(body.lines.map(({ act, by }) => [act, by])).toEqual([
      ['add-evidence', null],
      ['open-evidence', 'person 1'],
      ['open-original', 'person 1'],
    ]);
    expect(body.fileName).toBeNull();
    for (const secret of [REASON.reason, 'The street', files.investigator.email, 'INV 1'])
      expect(text).not.toContain(secret);
  });

  it('is shown to nobody else, and of no file that is not there', async () => {
    const administrator = await app.officer('ADM');
    expect((await files.custody(2, administrator.token)).status).toBe(403);
    expect((await files.custody(2, files.lodged.token)).status).toBe(403);
    expect((await files.custody(3)).status).toBe(404);
    expect((await files.custody(NaN)).status).toBe(404);
  });

  it('has a page for staff, reached from the case, and one for auditors, reached from the history', async () => {
    const desk = await DeskBrowser.of(app, files.investigator);
    const path = `/desk/cases/${files.lodged.reference}/evidence/2/custody`;
    expect((await desk.get(`/desk/cases/${files.lodged.reference}`)).text).toContain(`href="${path}"`);
    const page = wordsOf((await desk.get(path)).text);
    for (const words of ['The street of the office.jpg', 'nobody looked', 'Open original', REASON.reason])
      expect(page).toContain(words);
    const audit = await DeskBrowser.of(app, auditor);
    const history = /\/audit\/cases\/[\w-]+/.exec((await audit.get('/audit')).text)![0];
    expect((await audit.get(history)).text).toContain(`${history}/evidence/2`);
    const audited = wordsOf((await audit.get(`${history}/evidence/2`)).text);
    expect(audited).toContain('person 1');
    for (const secret of [REASON.reason, 'The street', 'INV 1']) expect(audited).not.toContain(secret);
  });

  it('of files that came with the complaint tells of each alone, and is reached from the history', async () => {
    const part = (name: string, value: string) =>
      `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const { body } = await app.ask<{ reference: string }>('POST', '/api/v1/complaints/with-files', {
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: `${part('narrative', 'It refused me.')}${part('consent.CN-SENS', 'yes')}${part('consent.CN-SHARE-VENDOR', 'yes')}${part('file"; filename="a.txt', 'One.')}${part('file"; filename="b.txt', 'Two.')}--xx--\r\n`,
    });
    await app.bring(body.reference, files.investigator);
    for (const [n, content] of [
      [1, 'One.'],
      [2, 'Two.'],
    ] as const) {
      const path = `/api/v1/cases/${body.reference}/evidence/${n}/custody`;
      const custody = await app.ask<Custody>('GET', path, { token: files.investigator.token });
      expect(custody.body.lines.map(({ act }) => act)).toEqual(['lodge']);
      const { facts } = custody.body.lines[0]!;
      expect(facts).toMatchObject({ evidence: n, sha256: hashOf(Buffer.from(content)) });
      expect(facts).not.toHaveProperty('consents');
    }
    const { ledgerId } = await app.source.getRepository(Case).findOneByOrFail({ reference: body.reference });
    const page = await (await DeskBrowser.of(app, auditor)).get(`/audit/cases/${ledgerId}`);
    for (const n of [1, 2]) expect(page.text).toContain(`/audit/cases/${ledgerId}/evidence/${n}"`);
  });

  it('leaves a history that can be verified', async () => {
    expect((await app.verify()).differences).toEqual([]);
  });
});
