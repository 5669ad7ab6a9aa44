import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { inviteCommand } from './commands/invite';
import { migrateCommand } from './commands/migrate';
import { openapiCommand } from './commands/openapi';
import { processCommand } from './commands/process';
import { statisticsCommand } from './commands/statistics';
import { verifyCommand } from './commands/verify';
import { vkeyCommand } from './commands/vkey';

if (existsSync('.env')) process.loadEnvFile('.env');

/** Everything that the operator does from a terminal. */
const program = new Command('redress')
  .description(
    'Commands for the operator of Redress. Settings come from the environment or .env, as for the server.',
  )
  .addCommand(verifyCommand())
  .addCommand(migrateCommand())
  .addCommand(inviteCommand())
  .addCommand(vkeyCommand())
  .addCommand(statisticsCommand())
  .addCommand(processCommand())
  .addCommand(openapiCommand());

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
