import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EraseAccount } from '../../casework/erasure/erase-account';
import { Accounts } from '../../people/accounts';
import { INVITATION_DAYS, Invitations } from '../../people/invitations';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { STAFF_ROLES, type RoleCode } from '../../rules/roles';
import { roleLabel } from './code-label';
import { DeskPages, officerOf, redirect, ticked, typed, type DeskRequest } from './desk-pages';

const LONGEST_UNIT = 64;

/** Who works here, in which roles. Administrators see this, and no case. */
@Controller('desk/people')
export class PeoplePagesController {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly eraseAccount: EraseAccount,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-people')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, {});
  }

  @Post('invitations')
  @Permits('invite')
  async invite(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const roles = ticked(body, 'roles') as RoleCode[];
    const unit = typed(body, 'unit').trim();
    const kept = { roles, unit };
    if (unit.length > LONGEST_UNIT || !unit.isWellFormed() || /\p{Cc}/u.test(unit))
      return this.show(request, reply, { kept }, 400, [
        { name: 'unit', field: 'unit', sentence: `Name the unit in at most ${LONGEST_UNIT} characters.` },
      ]);
    try {
      const secret = await this.invitations.invite({
        roles,
        unit: unit || null,
        invitedBy: officerOf(request).personId,
      });
      const link = `${this.settings.publicUrl}/join/${secret}`;
      return this.pages.show(request, reply, 'desk/invited.njk', 'Invitation made', {
        link,
        days: INVITATION_DAYS,
        roles: roles.map(roleLabel),
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.show(request, reply, { kept }, error.status, needsOf(error));
    }
  }

  @Get(':id')
  @Permits('read-person')
  async person(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showPerson(request, reply, id);
  }

  @Post(':id/roles')
  @Permits('change-roles')
  async changeRoles(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const roles = ticked(body, 'roles') as RoleCode[];
    try {
      await this.accounts.changeRoles(id, roles, officerOf(request).personId);
    } catch (error) {
      return this.personAgain(request, reply, id, error, roles);
    }
    return redirect(reply, '/desk/people');
  }

  @Post(':id/deactivation')
  @Permits('deactivate')
  async deactivate(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    try {
      await this.accounts.deactivate(id, officerOf(request).personId);
    } catch (error) {
      return this.personAgain(request, reply, id, error);
    }
    return redirect(reply, '/desk/people');
  }

  @Post(':id/erasure')
  @Permits('erase-account')
  async erase(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    try {
      await this.eraseAccount.run(request.visitor, id);
    } catch (error) {
      return this.personAgain(request, reply, id, error);
    }
    return redirect(reply, '/desk/people');
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    { kept = { roles: [], unit: '' } }: { kept?: { roles: RoleCode[]; unit: string } },
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const model = {
      people: await this.accounts.list(),
      roleChoices: roleChoices(kept.roles),
      unit: kept.unit,
    };
    return this.pages.show(request, reply, 'desk/people.njk', 'People', model, { status, needs });
  }

  private personAgain(
    request: DeskRequest,
    reply: FastifyReply,
    id: string,
    error: unknown,
    roles?: RoleCode[],
  ) {
    if (!(error instanceof Refusal) || error.kind === 'not-found') throw error;
    return this.showPerson(request, reply, id, roles, error.status, needsOf(error));
  }

  private async showPerson(
    request: DeskRequest,
    reply: FastifyReply,
    id: string,
    roles?: RoleCode[],
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const person = (await this.accounts.list()).find((each) => each.id === id);
    if (!person) throw new Refusal('not-found', 'There is no such account.');
    const model = { person, roleChoices: roleChoices(roles ?? person.roles) };
    return this.pages.show(request, reply, 'desk/person.njk', person.name, model, {
      status,
      needs,
      tab: 'Account',
    });
  }
}

function roleChoices(chosen: readonly RoleCode[]) {
  return STAFF_ROLES.map((value) => ({ value, label: roleLabel(value), chosen: chosen.includes(value) }));
}

function needsOf(refusal: Refusal): readonly UnmetNeed[] {
  return refusal.needs.length > 0 ? refusal.needs : [{ name: refusal.kind, sentence: refusal.message }];
}
