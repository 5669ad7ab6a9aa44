import { Injectable } from '@nestjs/common';
import { Accounts, type NewAccount, type PersonView } from '../../people/accounts';
import { Invitations } from '../../people/invitations';
import { newId } from '../../platform/ids';
import { Assignment } from '../../records/entities/assignment';
import { Guest } from '../../records/entities/guest';
import type { RoleCode } from '../../rules/roles';
import { ChangeCase } from '../change-case';
import { noSuchCase } from '../case-file';
import type { CaseContext } from '../step-context';

/** Making an account through a one-time link: of somebody who is to work here, or of a guest of one case. */
@Injectable()
export class JoinHouse {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly changeCase: ChangeCase,
  ) {}

  /** A guest is asked onto the team in the same change, and sees the case after saying that there is no conflict of interest. Refuses with every need. */
  async run(secret: string, account: NewAccount): Promise<PersonView> {
    const { id, guest, roles } = await this.invitations.read(secret);
    if (!guest) return this.accounts.acceptInvitation(secret, account);
    const checked = await this.accounts.checkAccount(account);
    const role = roles[0]!;
    const joined = await this.changeCase.run(
      { id: guest.caseId },
      undefined,
      () => ({ role, personId: checked.id }),
      async (context) => {
        const person = await this.accounts.keepAccount(secret, checked);
        const n = await join(context, { id, role, personId: person.id });
        return { act: 'guest-joined', facts: { guest: n }, result: person };
      },
    );
    return joined.result;
  }
}

async function join(
  context: CaseContext,
  { id, role, personId }: { id: string; role: RoleCode; personId: string },
): Promise<number> {
  const guest = context.file.guests.find((each) => each.id === id && each.endedOn === null);
  if (!guest) throw noSuchCase();
  await context.update(Guest, id, { personId });
  const place = newId();
  const { concernsSealed } = guest;
  const concerns = concernsSealed && context.unseal('guests', 'concernsSealed', id, concernsSealed);
  await context.insert(Assignment, {
    id: place,
    caseId: context.caseId,
    personId,
    role,
    conflictDeclared: 'ASKED',
    assignedBy: guest.invitedBy,
    endedOn: null,
    concernsSealed: context.sealMaybe('assignments', 'concernsSealed', place, concerns),
  });
  return guest.n;
}
