import { Command } from 'commander';
import { print } from './in-house';

export function openapiCommand(readDocument: () => Promise<object>): Command {
  return new Command('openapi').description('print the OpenAPI document of the API').action(async () => {
    print(JSON.stringify(await readDocument(), null, 2));
  });
}
