import 'reflect-metadata';
import { existsSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command, CommanderError } from 'commander';
import { backupCommand } from './commands/backup';
import { compareCommand } from './commands/compare';
import { demoCommand } from './commands/demo/demo.command';
import { inviteCommand } from './commands/invite';
import { migrateCommand } from './commands/migrate';
import { openapiCommand } from './commands/openapi';
import { processCommand } from './commands/process';
import { recoverCommand } from './commands/recover';
import { reindexCommand } from './commands/reindex';
import { restoreCommand } from './commands/restore';
import { rotateKeysCommand } from './commands/rotate-keys';
import { statisticsCommand } from './commands/statistics';
import { tokenCommand } from './commands/token';
import { verifyCommand } from './commands/verify';
import { vkeyCommand } from './commands/vkey';
import { reasonOf } from './platform/reason-of';

if (existsSync('.env')) process.loadEnvFile('.env');

/** Everything that the operator does from a terminal. */
const program = new Command('redress')
  .description(
    'Commands for the operator of Redress. Settings come from the environment or .env, as for the server.',
  )
  .addCommand(verifyCommand())
  .addCommand(migrateCommand())
  .addCommand(inviteCommand())
  .addCommand(recoverCommand())
  .addCommand(tokenCommand())
  .addCommand(vkeyCommand())
  .addCommand(compareCommand())
  .addCommand(rotateKeysCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(reindexCommand())
  .addCommand(statisticsCommand())
  .addCommand(processCommand())
  .addCommand(openapiCommand(readDocument))
  .addCommand(demoCommand(startApp));

// Whoever reads the answer may leave before its end, as `head` does; the work goes on, and what comes of it is the exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`The answer could not be written: ${error.message}\n`);
  process.exitCode = 2;
});
process.stderr.on('error', () => undefined);

throwing(program);
program.parseAsync().catch((error: unknown) => {
  // Commander has said already what is wrong; its own exit code, 1, would say that what was checked does not hold.
  if (error instanceof CommanderError) return void (process.exitCode = error.exitCode === 0 ? 0 : 2);
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 2;
});

/** Has a command and those below it throw where they would end the process. */
function throwing(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwing);
}

/** Doors and jobs are loaded only by the commands that open them: the others stay quick. */
async function startApp(): Promise<NestFastifyApplication> {
  const [{ createApp }, { LogIntegrationJob }, { SearchIndexJob }] = await Promise.all([
    import('./app'),
    import('./jobs/log-integration.job'),
    import('./jobs/search-index.job'),
  ]);
  const app = await createApp();
  app.get(LogIntegrationJob, { strict: false }).start();
  app.get(SearchIndexJob, { strict: false }).start();
  return app;
}

/** From what the application is made of alone: nothing is started, so no database, folder or key is made or asked for. */
async function readDocument(): Promise<object> {
  const [{ NestFactory }, { newAdapter }, { AppModule }, { apiDocument }] = await Promise.all([
    import('@nestjs/core'),
    import('./app'),
    import('./app.module'),
    import('./api/document'),
  ]);
  const app = await NestFactory.create(AppModule, newAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return apiDocument(app);
}
