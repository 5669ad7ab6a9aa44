import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../../casework/registers/register-form';
import { Vendors } from '../../casework/registers/vendors';
import { Permits } from '../../people/permits';
import type { Refusal } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { VENDOR_FORM } from '../../rules/ai-systems';
import { answersOf } from '../step-form';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { needsOf, registerFields, registerLines, revisionTyped, shownAgain } from './register-pages';

interface Tried {
  answers: Record<string, unknown>;
  refusal: Refusal;
}

/** The register of the companies that AI systems come from. */
@Controller('desk/vendors')
export class VendorPagesController {
  constructor(
    private readonly vendors: Vendors,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-registers')
  async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const model = { vendors: await this.vendors.list(), mayKeep: mayKeep(request) };
    return this.pages.show(request, reply, 'desk/vendors.njk', 'Vendors', model);
  }

  @Get('new')
  @Permits('read-register-form')
  async addForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showAdd(request, reply);
  }

  @Post()
  @Permits('keep-vendors')
  async add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      return redirect(reply, `/desk/vendors/${await this.vendors.add(request.visitor, answers)}`);
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
  @Permits('keep-vendors')
  async change(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    const answers = answersOf((body ?? {}) as Record<string, unknown>);
    try {
      await this.vendors.replace(request.visitor, which, revisionTyped(body), answers);
      return redirect(reply, `/desk/vendors/${which}`);
    } catch (error) {
      return this.showChange(request, reply, which, { answers, refusal: shownAgain(error) });
    }
  }

  @Post(':number/retirement')
  @Permits('retire-vendor')
  async retire(
    @Param('number') number: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const which = registerNumber(number);
    try {
      const isRetired = typed(body, 'retired') === 'yes';
      await this.vendors.retire(request.visitor, which, revisionTyped(body), isRetired);
      return redirect(reply, `/desk/vendors/${which}`);
    } catch (error) {
      return this.showOne(request, reply, which, shownAgain(error));
    }
  }

  private async showOne(request: DeskRequest, reply: FastifyReply, number: number, refusal?: Refusal) {
    const vendor = await this.vendors.view(number);
    const model = { vendor, mayKeep: mayKeep(request) };
    return this.pages.show(request, reply, 'desk/vendor.njk', vendor.companyName, model, {
      status: refusal?.status ?? 200,
      needs: needsOf(refusal),
      tab: `Vendor ${number}`,
    });
  }

  private showAdd(request: DeskRequest, reply: FastifyReply, tried?: Tried) {
    const needs = needsOf(tried?.refusal);
    const model = {
      action: '/desk/vendors',
      back: { href: '/desk/vendors', label: 'Vendors' },
      fields: registerFields(VENDOR_FORM, tried?.answers, needs),
    };
    return this.pages.show(request, reply, 'desk/register-form.njk', 'Add a vendor', model, {
      status: tried?.refusal.status ?? 200,
      needs,
    });
  }

  private async showChange(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
    const vendor = await this.vendors.entry(number);
    const needs = needsOf(tried?.refusal);
    const model = {
      action: `/desk/vendors/${number}`,
      back: { href: `/desk/vendors/${number}`, label: vendor.companyName },
      revision: vendor.revision,
      isStale: tried?.refusal.kind === 'stale',
      now: registerLines(registerFields(VENDOR_FORM, { ...vendor })),
      fields: registerFields(VENDOR_FORM, tried?.answers ?? { ...vendor }, needs),
    };
    return this.pages.show(request, reply, 'desk/register-form.njk', 'Change the vendor', model, {
      status: tried?.refusal.status ?? 200,
      needs,
    });
  }
}

function mayKeep(request: DeskRequest): boolean {
  return mayDo(officerOf(request).roles, 'keep-vendors');
}
