import { Accounts } from '../../people/accounts';
import { Invitations } from '../../people/invitations';
import type { Visitor } from '../../people/visitor';
import type { RoleCode } from '../../rules/roles';
import type { Rooms } from './rooms';

/** Everybody in the fictional organisation, by the place they hold in the stories. */
export const STAFF = {
  administrator: { name: 'Ada Brandt', roles: ['ADM'] },
  intake: { name: 'Imani Okoth', roles: ['INT'] },
  triage: { name: 'Teodor Vasile', roles: ['TRI'] },
  investigator: { name: 'Ines Carvalho', roles: ['INV'] },
  mediator: { name: 'Dilan Aydın', roles: ['DIA'] },
  remedyOwner: { name: 'Rosa Lindqvist', roles: ['REM'] },
  decider: { name: 'Deepa Raman', roles: ['DEC'] },
  secondDecider: { name: 'Daniel Osei', roles: ['DEC'] },
  executive: { name: 'Elke Sommer', roles: ['EXE'] },
  protection: { name: 'Paula Quispe', roles: ['PRT'] },
  dataProtection: { name: 'Dmitri Ozols', roles: ['DPO'] },
  legal: { name: 'Léa Moreau', roles: ['LEG'] },
  reviewer: { name: 'Ivo Horvat', roles: ['IRV'] },
  secondReviewer: { name: 'Irene Mulder', roles: ['IRV'] },
  auditor: { name: 'Aoife Byrne', roles: ['AUD'] },
} as const satisfies Record<string, { name: string; roles: readonly RoleCode[] }>;
export type StaffPlace = keyof typeof STAFF;

export interface StaffMember {
  place: StaffPlace;
  personId: string;
  name: string;
  email: string;
  password: string;
  roles: RoleCode[];
  visitor: Visitor & { kind: 'officer' };
}

export type Staff = Record<StaffPlace, StaffMember>;

/** Makes every account of the organisation by invitation; refuses where somebody has an account already. */
export async function foundOrganisation(house: Rooms): Promise<Staff> {
  const accounts = house.get(Accounts);
  const invitations = house.get(Invitations);
  const first = await invitations.createFirst();
  if (!first) throw new Error('Somebody has an account here already: the demo only fills an empty database.');
  const administrator = await join(accounts, first.split('/').at(-1)!, 'administrator');
  const others = (Object.keys(STAFF) as StaffPlace[]).filter((place) => place !== 'administrator');
  const members = [administrator];
  for (const place of others) {
    const roles = [...STAFF[place].roles];
    const secret = await invitations.invite({ roles, unit: null, invitedBy: administrator.personId });
    members.push(await join(accounts, secret, place));
  }
  return Object.fromEntries(members.map((member) => [member.place, member])) as Staff;
}

async function join(accounts: Accounts, secret: string, place: StaffPlace): Promise<StaffMember> {
  const { name, roles } = STAFF[place];
  const [given, family] = plain(name).split(' ');
  const email = `${given}.${family}@example.org`;
  const password = `demo phrase of ${given} ${family}`;
  const person = await accounts.acceptInvitation(secret, { name, email, password });
  return {
    place,
    personId: person.id,
    name,
    email,
    password,
    roles: [...roles],
    visitor: { kind: 'officer', personId: person.id, roles: [...roles], unitHash: null, sessionHash: '' },
  };
}

/** The name in plain lower-case letters, as e-mail addresses have it. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/g, 'i').toLowerCase();
}
