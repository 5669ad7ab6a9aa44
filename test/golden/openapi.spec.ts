import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiDocument } from '../../src/api/api-document';
import { TestApp } from '../harness/app';

const GOLDEN = join(__dirname, 'openapi.json');

describe('the API document', () => {
  it('is the one that was committed, so that every change of the API is a readable difference', async () => {
    const app = await TestApp.start('sqlite');
    const document = `${JSON.stringify(app.get(ApiDocument).read(), null, 2)}\n`;
    await app.close();
    if (process.env.UPDATE_GOLDEN || !existsSync(GOLDEN)) writeFileSync(GOLDEN, document);
    expect(document).toBe(readFileSync(GOLDEN, 'utf8'));
  });
});
