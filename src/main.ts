import 'reflect-metadata';
// Packages of Nest are ES modules: what they are the first to import of CommonJS, Node reads twice. So these come before them.
import 'rxjs';
import 'rxjs/operators';
import 'fastify';
import { existsSync } from 'node:fs';
import { createApp } from './app';
import { EvidenceSweepJob } from './jobs/evidence-sweep.job';
import { LogIntegrationJob } from './jobs/log-integration.job';
import { AlertsJob } from './jobs/alerts.job';
import { CheckInsJob } from './jobs/check-ins.job';
import { MailIntakeJob } from './jobs/mail-intake.job';
import { MemberNewsJob } from './jobs/member-news.job';
import { MergedNewsJob } from './jobs/merged-news.job';
import { PatternsJob } from './jobs/patterns.job';
import { RetentionJob } from './jobs/retention.job';
import { SearchIndexJob } from './jobs/search-index.job';
import { Invitations } from './people/invitations';
import { reasonOf } from './platform/reason-of';
import { endAtSecondSignal } from './platform/second-signal';
import { Settings } from './platform/settings';

// Who reads what is said here may go, as a disk may be full: people are served all the same.
for (const out of [process.stdout, process.stderr]) out.on('error', () => undefined);

/** Serves Redress: reads settings, migrates, checks the table of steps and every route, listens. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const app = await createApp();
  endAtSecondSignal();
  const { port, publicUrl } = app.get(Settings);
  await app.listen(port, '0.0.0.0');
  app.get(LogIntegrationJob, { strict: false }).start();
  app.get(SearchIndexJob, { strict: false }).start();
  app.get(EvidenceSweepJob, { strict: false }).start();
  app.get(RetentionJob, { strict: false }).start();
  app.get(AlertsJob, { strict: false }).start();
  app.get(CheckInsJob, { strict: false }).start();
  app.get(MailIntakeJob, { strict: false }).start();
  app.get(MemberNewsJob, { strict: false }).start();
  app.get(MergedNewsJob, { strict: false }).start();
  app.get(PatternsJob, { strict: false }).start();
  const invitation = await app.get(Invitations, { strict: false }).createFirst();
  const lines = [`Redress answers at ${publicUrl} (port ${new URL(await app.getUrl()).port || port}).`];
  if (invitation)
    lines.push(
      'Nobody has an account yet. Open this link once, within 7 days, to make the first administrator:',
      `  ${publicUrl}${invitation}`,
    );
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`Redress did not start. ${reasonOf(error)}\n`);
  process.exit(1);
});
