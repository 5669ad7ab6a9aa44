import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PatternReviews } from '../../casework/patterns/pattern-reviews';
import { registerNumber } from '../../casework/registers/register-form';
import { MOST_LISTED } from '../../casework/registers/register-views';
import { Systems } from '../../casework/registers/systems';
import { Vendors } from '../../casework/registers/vendors';
import { Permits } from '../../people/permits';
import type { Refusal } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { STRIKE_FORM, SYSTEM_FORM, SYSTEM_RECORD_FORM } from '../../rules/ai-systems';
import { answersOf } from '../step-form';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { withWhat } from './pattern-pages.controller';
import { needsOf, registerFields, registerLines, revisionTyped, shownAgain } from './register-pages';

interface Tried {
  answers: Record<string, unknown>;
  refusal: Refusal;
}

/** The register of AI systems. */
@Controller('desk/systems')
export class SystemPagesController {
  constructor(
    private readonly systems: Systems,
    private readonly vendors: Vendors,
    private readonly reviews: PatternReviews,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-registers')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const model = { systems: await this.systems.list(request.visitor), mayKeep: mayKeep(request) };
    return this.pages.show(request, reply, 'desk/systems.njk', 'AI systems', model);
  }

  @Get('new')
  @Permits('read-register-form')
  async addForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showAdd(request, reply);
  }

  @Post()
  @Permits('keep-systems')
  async add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      return redirect(reply, systemPath(await this.systems.add(request.visitor, answers)));
    } catch (error) {
      return this.showAdd(request, reply, { answers, refusal: shownAgain(error) });
    }
  }

  @Get(':number')
  @Permits('read-registers')
  async one(@Param('number') number: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showOne(request, reply, registerNumber(number));
  }

  @Get(':number/change')
  @Permits('read-register-form')
  async changeForm(@Param('number') number: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showChange(request, reply, registerNumber(number));
  }

  @Post(':number')
  @Permits('keep-systems')
  async change(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      await this.systems.replace(request.visitor, which, revisionTyped(body), answers);
      return redirect(reply, systemPath(which));
    } catch (error) {
      return this.showChange(request, reply, which, { answers, refusal: shownAgain(error) });
    }
  }

  @Post(':number/retirement')
  @Permits('retire-system')
  async retire(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    try {
      const isRetired = typed(body, 'retired') === 'yes';
      await this.systems.retire(request.visitor, which, revisionTyped(body), isRetired);
      return redirect(reply, systemPath(which));
    } catch (error) {
      return this.showOne(request, reply, which, shownAgain(error));
    }
  }

  @Get(':number/record')
  @Permits('read-register-form')
  async recordForm(@Param('number') number: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showRecord(request, reply, registerNumber(number));
  }

  @Post(':number/records')
  @Permits('record-of-system')
  async record(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      await this.systems.record(request.visitor, which, answers);
      return redirect(reply, `${systemPath(which)}#records`);
    } catch (error) {
      return this.showRecord(request, reply, which, { answers, refusal: shownAgain(error) });
    }
  }

  @Get(':number/records/:n')
  @Permits('read-register-form')
  async strikeForm(
    @Param('number') number: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showStrike(request, reply, registerNumber(number), registerNumber(n));
  }

  @Post(':number/records/:n/strike')
  @Permits('strike-record-of-system')
  async strike(
    @Param('number') number: string,
    @Param('n') n: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const [which, record] = [registerNumber(number), registerNumber(n)];
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      await this.systems.strike(request.visitor, which, record, answers);
      return redirect(reply, `${systemPath(which)}#records`);
    } catch (error) {
      return this.showStrike(request, reply, which, record, { answers, refusal: shownAgain(error) });
    }
  }

  private async showOne(request: DeskRequest, reply: FastifyReply, number: number, refusal?: Refusal) {
    const system = await this.systems.view(request.visitor, number);
    const reviews = (await this.reviews.list(request.visitor, number)).map(withWhat);
    const model = { system, reviews, most: MOST_LISTED, mayKeep: mayKeep(request), path: systemPath(number) };
    return this.pages.show(request, reply, 'desk/system.njk', system.systemName, model, {
      status: refusal?.status ?? 200,
      needs: needsOf(refusal),
      tab: `AI system ${number}`,
    });
  }

  private async showAdd(request: DeskRequest, reply: FastifyReply, tried?: Tried) {
    const needs = needsOf(tried?.refusal);
    const model = {
      action: '/desk/systems',
      back: { href: '/desk/systems', label: 'AI systems' },
      fields: registerFields(SYSTEM_FORM, tried?.answers, needs, await this.makers()),
    };
    return this.showForm(request, reply, 'Add an AI system', model, tried);
  }

  private async showChange(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
    const system = await this.systems.entry(number);
    const makers = await this.makers();
    const stands = { ...system };
    const model = {
      action: systemPath(number),
      back: { href: systemPath(number), label: system.systemName },
      revision: system.revision,
      isStale: tried?.refusal.kind === 'stale',
      now: registerLines(registerFields(SYSTEM_FORM, stands, [], makers)),
      fields: registerFields(SYSTEM_FORM, tried?.answers ?? stands, needsOf(tried?.refusal), makers),
    };
    return this.showForm(request, reply, 'Change the AI system', model, tried);
  }

  private async showRecord(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
    const system = await this.systems.entry(number);
    const model = {
      action: `${systemPath(number)}/records`,
      back: { href: systemPath(number), label: system.systemName },
      fields: registerFields(SYSTEM_RECORD_FORM, tried?.answers, needsOf(tried?.refusal)),
    };
    return this.showForm(request, reply, 'Record what happened to it', model, tried);
  }

  private async showStrike(
    request: DeskRequest,
    reply: FastifyReply,
    number: number,
    n: number,
    tried?: Tried,
  ) {
    const system = await this.systems.entry(number);
    const record = await this.systems.recordOf(number, n);
    const model = {
      action: `${systemPath(number)}/records/${n}/strike`,
      back: { href: `${systemPath(number)}#records`, label: system.systemName },
      fields: registerFields(STRIKE_FORM, tried?.answers, needsOf(tried?.refusal)),
    };
    const title = `Strike “${record.recordTitle}” of ${record.happenedOn}`;
    return this.showForm(request, reply, title, model, tried);
  }

  private showForm(
    request: DeskRequest,
    reply: FastifyReply,
    title: string,
    model: Record<string, unknown>,
    tried?: Tried,
  ) {
    return this.pages.show(request, reply, 'desk/register-form.njk', title, model, {
      status: tried?.refusal.status ?? 200,
      needs: needsOf(tried?.refusal),
    });
  }

  /** The companies that a system can name, under each of the parts that a company can have. */
  private async makers() {
    const companies = (await this.vendors.list()).map(({ number, companyName, retiredOn }) => ({
      value: String(number),
      label: `${number}: ${companyName}${retiredOn === null ? '' : ` (retired on ${retiredOn})`}`,
    }));
    const offered = [{ value: '', label: 'Not known, or none' }, ...companies];
    return { vendorNumber: offered, providerNumber: offered, importerNumber: offered };
  }
}

function systemPath(number: number): string {
  return `/desk/systems/${number}`;
}

function mayKeep(request: DeskRequest): boolean {
  return mayDo(officerOf(request).roles, 'keep-systems');
}
