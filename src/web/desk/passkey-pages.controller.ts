import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OwnPasskeys } from '../../people/own-passkeys';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { AccountPage } from './account-page';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';

const FIELDS = {
  label: 'passkeyLabel',
  current: 'currentForPasskey',
  code: 'codeForPasskey',
  passkey: 'passkeyLabel',
};

/** The passkeys of one's own account: adding one takes two forms, since the password is looked at before a passkey is made. */
@Controller('desk/account/passkeys')
export class PasskeyPagesController {
  constructor(
    private readonly passkeys: OwnPasskeys,
    private readonly account: AccountPage,
    private readonly pages: DeskPages,
  ) {}

  @Post()
  @Permits('begin-passkey')
  begin(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const passkeyLabel = typed(body, 'passkeyLabel');
    const deed = async () => {
      const asked = await this.passkeys.begin(officerOf(request), {
        label: passkeyLabel,
        password: typed(body, 'currentForPasskey'),
        code: typed(body, 'codeForPasskey'),
      });
      const options = { asksPasskey: true };
      return this.pages.show(
        request,
        reply,
        'desk/passkey-asked.njk',
        'Add a passkey',
        { ...asked },
        options,
      );
    };
    return this.account.orAgain(request, reply, FIELDS, deed, { passkeyLabel });
  }

  @Post('registration')
  @Permits('add-passkey')
  add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const passkeyLabel = typed(body, 'label');
    const deed = async () => {
      await this.passkeys.add(officerOf(request), passkeyLabel, typed(body, 'answer'));
      return redirect(reply, '/desk/account');
    };
    return this.account.orAgain(request, reply, FIELDS, deed, { passkeyLabel });
  }

  @Get(':id')
  @Permits('read-passkey')
  one(@Param('id') id: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, id, 200, []);
  }

  @Post(':id/removal')
  @Permits('remove-passkey')
  async remove(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    try {
      await this.passkeys.remove(officerOf(request), id, typed(body, 'current'));
      return redirect(reply, '/desk/account');
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, id, error.status, error.needs);
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    id: string,
    status: number,
    needs: readonly UnmetNeed[],
  ) {
    const passkey = await this.passkeys.one(officerOf(request).personId, id);
    const model = { passkey };
    return this.pages.show(request, reply, 'desk/passkey.njk', 'Remove a passkey', model, { status, needs });
  }
}
