import { Command } from 'commander';
import { print } from './in-house';

export function openapiCommand(): Command {
  return new Command('openapi').description('print the OpenAPI document of the API').action(async () => {
    const [{ createApp }, { ApiDocument }] = await Promise.all([
      import('../app'),
      import('../api/api-document'),
    ]);
    const app = await createApp();
    try {
      print(JSON.stringify(app.get(ApiDocument, { strict: false }).read(), null, 2));
    } finally {
      await app.close();
    }
  });
}
