import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TestApp } from '../harness/app';
import { launchBrowser, openPage } from '../harness/browser';

describe('a file that is refused before all of it has come', () => {
  let app: TestApp;
  let address: string;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = `http://127.0.0.1:${(app.nest.getHttpServer().address() as AddressInfo).port}`;
  });
  // Ends only when no connection waits for a body that nobody reads.
  afterAll(() => app.close());

  it('shows a browser why, on the page with the form', async () => {
    const { receipt } = await app.lodge();
    const page = await openPage(await launchBrowser());
    await page.goto(`${address}/my-case/open`);
    await page.fill('input[name="receipt"]', receipt);
    await page.click('main button[type="submit"]');
    await page.fill('input[name="describes"]', 'The film of May.');
    const film = join(app.database.dataDir, 'film.txt');
    writeFileSync(film, Buffer.alloc(30_000_000, 'a'));
    await page.setInputFiles('input[name="file"]', film);
    await page.click('form[enctype] button');
    expect(await page.textContent('.govuk-error-summary')).toContain('larger than we can take');
    expect(await page.inputValue('input[name="describes"]')).toBe('The film of May.');
  });

  it.each([
    ['under a name that is too long', 'file', 'n'.repeat(300), (token: string) => token],
    ['in another field', 'other', 'a.txt', (token: string) => token],
    ['with a wrong token', 'file', 'a.txt', () => 'x'.repeat(43)],
  ])('%s leaves the connection alive', async (_why, field, fileName, withToken) => {
    const { token } = await app.lodge();
    const content = Buffer.alloc(8_000_000, 'a');
    const head = `--xx\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n\r\n`;
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
    const length = head.length + content.length + '\r\n--xx--\r\n'.length;
    socket.write(
      `POST /api/v1/my-case/evidence HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${withToken(token)}\r\n` +
        `Content-Type: multipart/form-data; boundary=xx\r\nContent-Length: ${length}\r\n\r\n${head}`,
    );
    socket.write(content.subarray(0, 1_000));
    while (!heard) await once(socket, 'data');
    expect(heard).toMatch(/^HTTP\/1\.1 40[01] /);
    socket.write(content.subarray(1_000));
    socket.write('\r\n--xx--\r\nGET /api/v1/ledger/verifier-key HTTP/1.1\r\nHost: a\r\n\r\n');
    while (!heard.includes('HTTP/1.1 200')) await once(socket, 'data');
    socket.destroy();
  });
});
