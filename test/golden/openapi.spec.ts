import { ApiDocument } from '../../src/api/api-document';
import { TestApp } from '../harness/app';
import { expectGolden } from './golden-file';

describe('the API document', () => {
  it('is the one that was committed, so that every change of the API is a readable difference', async () => {
    const app = await TestApp.start('sqlite');
    const document = `${JSON.stringify(await app.get(ApiDocument).read(), null, 2)}\n`;
    await app.close();
    expectGolden('openapi.json', document);
  });
});
