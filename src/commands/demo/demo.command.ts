import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command } from 'commander';
import { ApiTokens } from '../../people/api-tokens';
import { SecondFactor } from '../../people/second-factor';
import { readSettings } from '../../platform/settings';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import type { RoleCode } from '../../rules/roles';
import { SCOPE_CODES } from '../../rules/scopes';
import { print } from '../in-house';
import { freshDemoFolder } from './demo-folder';
import { ENDINGS } from './endings';
import type { StaffMember } from './organisation';
import { populate, type LodgedComplaint } from './populate';

const TOKEN_DAYS = 30;

/** What `--json` prints: one object on one line. */
export interface DemoDetails {
  url: string;
  people: {
    role: RoleCode;
    name: string;
    email: string;
    password: string;
    roles: RoleCode[];
    token: string;
  }[];
  receipts: { id: string; reference: string; receipt: string; open: boolean }[];
}

export interface DemoOptions {
  json: boolean;
  /** TCP port; PORT or 3000 when left out, any free one when 0. */
  port?: number;
}

/** Makes the whole application, doors and jobs included, from the environment; it listens to nothing yet. */
export type StartApp = () => Promise<NestFastifyApplication>;

export function demoCommand(startApp: StartApp): Command {
  return new Command('demo')
    .description('serve a fictional organisation with 26 complaints, and print how to sign in')
    .option('--json', 'print the sign-in details as JSON, with an API token for each person')
    .action(async ({ json }: { json?: boolean }) => {
      await demo(startApp, { json: json === true });
    });
}

/**
 * Fills a data folder of its own and serves it on this machine only, as the passwords are printed, until the process is told to
 * stop. Throws, and changes nothing, where the port is taken or the folder or database holds anything that the demo did not make.
 */
export async function demo(
  startApp: StartApp,
  options: DemoOptions,
): Promise<{ details: DemoDetails; close: () => Promise<void> }> {
  const { env } = process;
  if (options.port !== undefined) env.PORT = String(options.port);
  env.DATA_DIR = resolve(env.DATA_DIR || './data/demo');
  // Its keys and files are nobody's secret and have no place in the services of a real organisation.
  env.KEY_SERVICE_URL = '';
  for (const name of Object.keys(env)) if (name.startsWith('EVIDENCE_')) env[name] = '';
  // The log goes to standard output, which belongs to the sign-in details here.
  env.LOG_LEVEL = options.json ? 'silent' : env.LOG_LEVEL || 'warn';
  env.ORGANISATION ||= 'Nordwind Group (fictional)';
  const { port, databaseUrl } = readSettings(env);
  await refuseTakenPort(port);
  // The keys in the folder open the database beside it: emptying one without the other would lock its contents away.
  freshDemoFolder(env.DATA_DIR, { mayEmpty: databaseUrl === '' });

  const app = await startApp();
  try {
    await refuseFilled(app.get(Transactions, { strict: false }));
    app.get(SecondFactor, { strict: false }).askNobody();
    await app.listen(port, 'localhost');
    const url = `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`;
    const house = {
      get: <T>(type: abstract new (...args: never[]) => T) => app.get<T>(type, { strict: false }),
    };
    const { staff, lodged } = await populate(house, url);
    const details: DemoDetails = {
      url,
      people: await withTokens(Object.values(staff), house.get(ApiTokens)),
      receipts: lodged.map(receiptOf),
    };
    print(options.json ? JSON.stringify(details) : asText(details));
    return { details, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Another program already listens on port ${port}. Stop it, or set PORT to another number.`,
            )
          : error,
      ),
    );
    probe.listen(port, 'localhost', () => probe.close(() => resolve()));
  });
}

async function refuseFilled(transactions: Transactions): Promise<void> {
  if (await transactions.read((db) => db.exists(Case)))
    throw new Error('The database at DATABASE_URL holds cases already: the demo only fills an empty one.');
}

async function withTokens(staff: StaffMember[], tokens: ApiTokens): Promise<DemoDetails['people']> {
  const expiresAt = new Date(Date.now() + TOKEN_DAYS * 86_400_000).toISOString();
  const people: DemoDetails['people'] = [];
  for (const { name, email, password, roles, personId } of staff) {
    const { token } = await tokens.create({ personId, label: 'demo', scopes: SCOPE_CODES, expiresAt });
    people.push({ role: roles[0]!, name, email, password, roles, token });
  }
  return people;
}

function receiptOf({ id, reference, receipt }: LodgedComplaint): DemoDetails['receipts'][number] {
  const ending = ENDINGS.find(({ caseId }) => caseId === id);
  return { id, reference, receipt, open: !ending || ending.state === 'triage' };
}

function asText({ url, people, receipts }: DemoDetails): string {
  const open = receipts.find((each) => each.open)!;
  const width = (pick: (person: DemoDetails['people'][number]) => string) =>
    Math.max(...people.map((person) => pick(person).length));
  const [names, emails] = [width(({ name }) => name), width(({ email }) => email)];
  return [
    `The demo answers at ${url}, on this machine only. Everybody in it is invented. Stop it with Ctrl+C.`,
    '',
    `Staff sign in at ${url}/sign-in, here without the code of an authenticator app:`,
    ...people.map(
      ({ roles, name, email, password }) =>
        `  ${roles.join(' ')}  ${name.padEnd(names)}  ${email.padEnd(emails)}  ${password}`,
    ),
    '',
    `${receipts.length} complaints are lodged, ${ENDINGS.length} of them were carried to an end. Open case ${open.reference} at ${url}/my-case with this receipt:`,
    `  ${open.receipt}`,
  ].join('\n');
}
