import { request } from 'node:http';
import { TestApp } from '../../harness/app';

/** Budgets of the design: what a first visit loads, everything included, as it goes over the wire. */
const MOST_BYTES = 60_000;
const MOST_REQUESTS = 3;

describe('the first page somebody loads', () => {
  let app: TestApp;
  let address: string;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterAll(() => app?.close());

  /** Body and bytes of head and body, for a browser that takes compressed content. */
  const load = (path: string) =>
    new Promise<{ text: string; bytes: number }>((resolve, reject) => {
      request(address + path, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const body = Buffer.concat(parts);
          expect([path, answer.statusCode]).toEqual([path, 200]);
          resolve({
            text: body.toString('utf8'),
            bytes: body.length + answer.rawHeaders.join('    ').length,
          });
        });
      })
        .on('error', reject)
        .end();
    });

  it.each(['/', '/lodge', '/my-case/open', '/safety', '/paper-form'])(
    'is small and asks for little, in both directions: %s',
    async (path) => {
      for (const language of ['en', 'ar']) {
        const page = await load(`${path}?lang=${language}`);
        const parts = [
          ...page.text.matchAll(/<(?:link rel="stylesheet" href|script src|img src)="([^"]+)"/g),
        ];
        const loaded = await Promise.all(parts.map(([, address]) => load(address!)));
        const bytes = [page, ...loaded].reduce((sum, each) => sum + each.bytes, 0);
        expect([language, parts.length + 1]).toEqual([language, MOST_REQUESTS]);
        expect([language, bytes, bytes <= MOST_BYTES]).toEqual([language, bytes, true]);
        expect(page.text).not.toMatch(/@import|https?:\/\/(?!localhost)/);
      }
    },
  );
});
