import { Command, Option } from 'commander';
import { OPERATOR } from '../people/account-rows';
import { type ApiTokenView, ApiTokens } from '../people/api-tokens';
import { PeopleModule } from '../people/people.module';
import { Refusal } from '../platform/refusal';
import { Time } from '../platform/time';
import { SCOPE_CODES, SCOPES, type ScopeCode } from '../rules/scopes';
import { accountOf, inHouse, print } from './in-house';

const DAY_IN_MS = 86_400_000;

/** Exit code 0: done. 2: refused, with every reason. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('make, list and revoke the tokens with which programs act for a member of staff')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return new Command('create')
    .description('print a new token, this once')
    .argument('<e-mail>', 'address of the account that the program acts for')
    .requiredOption('--label <text>', 'what the token is for; no names of people')
    .addOption(new Option('--scope <scopes...>', 'what it opens').choices(SCOPE_CODES).makeOptionMandatory())
    .option('--days <number>', 'how long it lasts, at most 366', '90')
    .addHelpText(
      'after',
      `\nScopes:\n${SCOPE_CODES.map((code) => `  ${code}  ${SCOPES[code].label}`).join('\n')}`,
    )
    .action(async (email: string, asked: { label: string; scope: ScopeCode[]; days: string }) => {
      const token = await inHouse(PeopleModule, async (house) => {
        const { id: personId } = await accountOf(house, email);
        const end = house.get(Time, { strict: false }).now().getTime() + daysIn(asked.days) * DAY_IN_MS;
        const wanted = {
          personId,
          label: asked.label,
          scopes: asked.scope,
          expiresAt: new Date(end).toISOString(),
        };
        return (await spelledOut(house.get(ApiTokens).create(wanted, OPERATOR))).token;
      });
      print(token);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list the tokens of an account: id, last day, last use, scopes, label')
    .argument('<e-mail>', 'address of the account')
    .action(async (email: string) => {
      const tokens = await inHouse(PeopleModule, async (house) =>
        house.get(ApiTokens).list((await accountOf(house, email)).id),
      );
      print(tokens.length === 0 ? 'There is no token.' : tokens.map(lineOf).join('\n'));
    });
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('end a token at once')
    .argument('<e-mail>', 'address of the account')
    .argument('<id>', 'id of the token, as "token list" shows it')
    .action(async (email: string, id: string) => {
      await inHouse(PeopleModule, async (house) =>
        house.get(ApiTokens).revoke((await accountOf(house, email)).id, id, OPERATOR),
      );
      print('The token is revoked.');
    });
}

function lineOf({ id, label, scopes, expiresAt, lastUsedOn }: ApiTokenView): string {
  const used = lastUsedOn === null ? 'never used' : `used ${lastUsedOn}`;
  return [id, `until ${expiresAt.slice(0, 10)}`, used, scopes.join(',') || 'no scope', label].join('  ');
}

function daysIn(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new Error(`--days is "${text}"; give a whole number from 1 to 366.`);
}

/** At a terminal there are no fields beside which needs could stand: they become part of the sentence. */
async function spelledOut<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal) || error.needs.length === 0) throw error;
    const sentences = [error.message, ...error.needs.map(({ sentence }) => sentence)];
    throw new Error(sentences.join(' '), { cause: error });
  }
}
