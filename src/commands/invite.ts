import { Command } from 'commander';
import { Accounts } from '../people/accounts';
import { Invitations } from '../people/invitations';
import { PeopleModule } from '../people/people.module';
import { Settings } from '../platform/settings';
import { type RoleCode, ROLES, STAFF_ROLES } from '../rules/roles';
import { inHouse, print } from './in-house';

/** Prints a one-time link; without roles, the one for the first administrator. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('print a one-time link with which somebody makes an account')
    .argument(
      '[roles...]',
      `roles of staff: ${STAFF_ROLES.map((role) => `${role} ${ROLES[role].label}`).join(', ')}`,
    )
    .option('--unit <name>', 'part of the organisation the person belongs to')
    .option('--by <e-mail>', 'administrator who invites; the only one when left out')
    .action(async (roles: string[], { unit, by }: { unit?: string; by?: string }) => {
      const link = await inHouse(PeopleModule, async (house) => {
        const path =
          roles.length === 0
            ? await firstLink(house.get(Invitations))
            : await linkFor(house.get(Accounts), house.get(Invitations), roles, { unit, by });
        return house.get(Settings, { strict: false }).publicUrl + path;
      });
      print(link);
    });
}

async function firstLink(invitations: Invitations): Promise<string> {
  const path = await invitations.createFirst();
  if (!path)
    throw new Error('There are accounts already. Name the roles of the new one, for example: invite INT TRI');
  return path;
}

async function linkFor(
  accounts: Accounts,
  invitations: Invitations,
  roles: string[],
  { unit, by }: { unit?: string; by?: string },
): Promise<string> {
  const administrators = (await accounts.list()).filter(
    (person) => person.active && person.roles.includes('ADM'),
  );
  const inviter = by
    ? administrators.find(({ email }) => email.toLowerCase() === by.toLowerCase())
    : administrators.length === 1
      ? administrators[0]
      : undefined;
  if (!inviter)
    throw new Error(
      administrators.length === 0
        ? 'There is no administrator yet. Run invite without roles to get the link for the first one.'
        : 'Say who invites: --by with the e-mail address of an active administrator.',
    );
  const secret = await invitations.invite({
    roles: roles.map((role) => role.toUpperCase() as RoleCode),
    unit: unit ?? null,
    invitedBy: inviter.id,
  });
  return `/join/${secret}`;
}
