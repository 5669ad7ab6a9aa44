import { Injectable } from '@nestjs/common';
import { Accounts } from '../../people/accounts';
import { Invitations } from '../../people/invitations';
import { newId } from '../../platform/ids';
import { Guest } from '../../records/entities/guest';
import type { GuestRole } from '../../rules/consents';
import { nextNumber, type StepContext } from '../step-context';
import { dropProposals, end, goingOn } from './team-effects';

/** Bringing somebody from outside into a case, and ending it: beside the case it touches accounts and links. */
@Injectable()
export class GuestSteps {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
  ) {}

  /** What the step does to guests: the secret of the one-time link where it brings one in, otherwise null. */
  async run(step: StepContext): Promise<string | null> {
    if (step.row.step === 'invite-guest') return this.invite(step);
    if (step.row.step === 'end-guest') await this.end(step);
    return null;
  }

  private async invite(step: StepContext): Promise<string> {
    const id = newId();
    const role = step.answer<GuestRole>('guestRole');
    const until = step.answer<string>('guestUntil');
    const seesFiles = step.answer<boolean>('guestSeesFiles');
    const invitedBy = { role: step.actor.role, personId: step.actor.personId! };
    await step.insert(Guest, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.guests),
      role,
      until,
      seesFiles,
      concernsSealed: step.sealMaybe('guests', 'concernsSealed', id, step.text('concerns')),
      invitedBy: invitedBy.personId,
      invitedOn: step.today,
      personId: null,
      readAt: null,
      endedBy: null,
      endedOn: null,
    });
    return this.invitations.inviteGuest(step.db, {
      id,
      role,
      invitedBy,
      caseId: step.caseId,
      until,
      seesFiles,
    });
  }

  private async end(step: StepContext): Promise<void> {
    const { actor } = step;
    const guest = step.file.guests.find(({ n }) => n === step.answers.guestNumber)!;
    await end(
      step,
      goingOn(step).filter(({ personId }) => personId === guest.personId),
    );
    if (guest.personId) await dropProposals(step, [guest.personId]);
    await step.update(Guest, guest.id, { endedOn: step.today, endedBy: actor.personId });
    await this.accounts.endGuest(step.db, guest, { role: actor.role, ref: actor.personId });
  }
}
