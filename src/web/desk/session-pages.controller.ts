import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JoinHouse } from '../../casework/team/join-house';
import { Accounts, type NewAccount } from '../../people/accounts';
import { Invitations } from '../../people/invitations';
import { OFFICER_COOKIE, dropSession, keepSession, sessionIn } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { passwordNeeds } from '../../people/password';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import { SingleSignOn } from '../../people/single-sign-on/single-sign-on';
import type { Officer, Stage } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { roleLabel } from './code-label';
import { nextPath, withNext } from './next-path';
import { DeskPages, redirect, typed, type DeskRequest } from './desk-pages';

/** Where staff come in and go out. */
@Controller()
export class SessionPagesController {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly joinHouse: JoinHouse,
    private readonly sessions: Sessions,
    private readonly pace: GuessPace,
    private readonly settings: Settings,
    private readonly pages: DeskPages,
    private readonly singleSignOn: SingleSignOn,
  ) {}

  @Get('join/:secret')
  @Permits('read-invitation')
  async joinForm(@Param('secret') secret: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showJoin(request, reply, secret, 200, {}, []);
  }

  @Post('join/:secret')
  @Permits('accept-invitation')
  async join(
    @Param('secret') secret: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const [name, email, password, again] = ['name', 'email', 'password', 'passwordAgain'].map((field) =>
      typed(body, field),
    ) as [string, string, string, string];
    const needs = await this.joinNeeds(secret, { name, email, password }, again);
    if (needs.length > 0) return this.showJoin(request, reply, secret, 400, { name, email }, needs);
    return this.enter(reply, email, password);
  }

  @Get('sign-in')
  @Permits('read-sign-in')
  async signInForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const next = nextPath((request.query as { next?: unknown }).next);
    return this.showSignIn(request, reply, 200, { email: '', next }, []);
  }

  @Post('sign-in')
  @Permits('sign-in')
  async signIn(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const [email, next] = [typed(body, 'email'), nextPath(typed(body, 'next'))];
    try {
      return await this.pace.slowingMisses(request, () =>
        this.enter(reply, email, typed(body, 'password'), next),
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      return this.showSignIn(request, reply, error.status, { email, next }, error.needs);
    }
  }

  @Post('sign-out')
  @Permits('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, OFFICER_COOKIE);
    if (token) await this.sessions.end(token);
    dropSession(reply, this.settings, OFFICER_COOKIE);
    return redirect(reply, '/sign-in');
  }

  private async enter(reply: FastifyReply, email: string, password: string, next: string | null = null) {
    const { token, stage } = await this.accounts.signIn(email, password);
    keepSession(reply, this.settings, OFFICER_COOKIE, token);
    if (stage) return redirect(reply, withNext(PAGE_OF_STAGE[stage], next));
    const visitor = (await this.sessions.resolve(token))?.visitor;
    return redirect(reply, visitor?.kind === 'officer' ? (next ?? firstPageOf(visitor)) : '/sign-in');
  }

  /** Makes the account, or tells everything that keeps it from being made, the second password included. */
  private async joinNeeds(secret: string, account: NewAccount, again: string): Promise<UnmetNeed[]> {
    const isSame = account.password === again;
    try {
      // An empty password is always refused: nothing is made while the two differ, and every other error is still told.
      await this.joinHouse.run(secret, isSame ? account : { ...account, password: '' });
      return [];
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      if (isSame) return error.needs;
      return [
        ...error.needs.filter(({ field }) => field !== 'password'),
        ...passwordNeeds(account.password, account),
        { name: 'password.again', field: 'passwordAgain', sentence: 'Type the same password a second time.' },
      ];
    }
  }

  private async showJoin(
    request: DeskRequest,
    reply: FastifyReply,
    secret: string,
    status: number,
    kept: { name?: string; email?: string },
    needs: UnmetNeed[],
  ) {
    const { roles, unit, guest } = await this.invitations.read(secret);
    const { label: singleSignOn, givesRoles: groupsGiveRoles } = this.singleSignOn;
    const asked = {
      secret,
      unit,
      guestUntil: guest?.until ?? null,
      roles: roles.map(roleLabel),
      singleSignOn: guest ? null : singleSignOn,
      groupsGiveRoles,
    };
    return this.pages.show(
      request,
      reply,
      'desk/join.njk',
      'Create your account',
      { ...asked, kept },
      { status, needs },
    );
  }

  private showSignIn(
    request: DeskRequest,
    reply: FastifyReply,
    status: number,
    kept: { email: string; next: string | null },
    needs: UnmetNeed[],
  ) {
    const model = { ...kept, singleSignOn: this.singleSignOn.label };
    return this.pages.show(request, reply, 'desk/sign-in.njk', 'Sign in', model, { status, needs });
  }
}

/** Where the second factor is asked for, or set up. */
export const PAGE_OF_STAGE: Record<Stage, string> = {
  CODE: '/sign-in/code',
  ENROL: '/sign-in/authenticator',
};

/** The page that somebody works from. */
export function firstPageOf({ roles, guest }: Pick<Officer, 'roles' | 'guest'>): string {
  if (guest) return '/desk/assignments';
  if (roles.some((role) => role !== 'ADM' && role !== 'AUD')) return '/desk';
  return roles.includes('ADM') ? '/desk/people' : '/audit';
}
