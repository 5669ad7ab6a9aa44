import { Body, Controller, Get, Param, Post, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../../casework/registers/register-form';
import { MOST_LISTED } from '../../casework/registers/register-views';
import { Registers } from '../../casework/registers/registers';
import { Permits } from '../../people/permits';
import type { Refusal } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { REGISTER_NAMES, REGISTERS, type RegisterName, type RegisterRow } from '../../rules/registers';
import { answersOf } from '../step-form';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import {
  needsOf,
  offeredChoices,
  registerFields,
  registerLines,
  revisionTyped,
  shownAgain,
} from './register-pages';

interface Tried {
  answers: Record<string, unknown>;
  refusal: Refusal;
}

/** How a register is drawn, where it is not drawn as every other one. */
const DRAWN: Readonly<Record<RegisterName, { list: string; one: string }>> = {
  systems: { list: 'desk/systems.njk', one: 'desk/system.njk' },
  vendors: { list: 'desk/vendors.njk', one: 'desk/vendor.njk' },
};

/** The pages of one register: its list, its entries and the forms that keep them. */
function pagesOf(name: RegisterName): Type {
  const row: RegisterRow = REGISTERS[name];
  const { acts } = row;
  const root = `/desk/${name}`;
  const pathOf = (number: number) => `${root}/${number}`;
  const mayKeep = (request: DeskRequest) => mayDo(officerOf(request).roles, acts.keep);

  @Controller(`desk/${name}`)
  class RegisterPages extends recordsOf(name, row.records) {
    constructor(registers: Registers, pages: DeskPages) {
      super(registers, pages);
    }

    @Get()
    @Permits('read-registers')
    async list(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
      const entries = await this.registers.of(name).list(request.visitor);
      return this.pages.show(request, reply, DRAWN[name].list, row.title, {
        entries,
        mayKeep: mayKeep(request),
      });
    }

    @Get('new')
    @Permits('read-register-form')
    async addForm(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
      return this.showAdd(request, reply);
    }

    @Post()
    @Permits(acts.keep)
    async add(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
      const answers = sent(body);
      try {
        return redirect(reply, pathOf(await this.registers.of(name).add(request.visitor, answers)));
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
    async changeForm(
      @Param('number') number: string,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      return this.showChange(request, reply, registerNumber(number));
    }

    @Post(':number')
    @Permits(acts.keep)
    async change(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const which = registerNumber(number);
      const answers = sent(body);
      try {
        await this.registers.of(name).replace(request.visitor, which, revisionTyped(body), answers);
        return redirect(reply, pathOf(which));
      } catch (error) {
        return this.showChange(request, reply, which, { answers, refusal: shownAgain(error) });
      }
    }

    @Post(':number/retirement')
    @Permits(acts.retire)
    async retire(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const which = registerNumber(number);
      try {
        const isRetired = typed(body, 'retired') === 'yes';
        await this.registers.of(name).retire(request.visitor, which, revisionTyped(body), isRetired);
        return redirect(reply, pathOf(which));
      } catch (error) {
        return this.showOne(request, reply, which, shownAgain(error));
      }
    }

    private async showOne(request: DeskRequest, reply: FastifyReply, number: number, refusal?: Refusal) {
      const entry = await this.registers.of(name).view(request.visitor, number);
      const entryName = (entry as unknown as Record<string, string>)[row.calledBy]!;
      const model = { entry, most: MOST_LISTED, mayKeep: mayKeep(request), path: pathOf(number) };
      return this.pages.show(request, reply, DRAWN[name].one, entryName, model, {
        status: refusal?.status ?? 200,
        needs: needsOf(refusal),
        tab: `${row.what.charAt(0).toUpperCase()}${row.what.slice(1)} ${number}`,
      });
    }

    private async showAdd(request: DeskRequest, reply: FastifyReply, tried?: Tried) {
      const model = {
        action: root,
        back: { href: root, label: row.title },
        fields: registerFields(row.form, tried?.answers, needsOf(tried?.refusal), await this.offered()),
      };
      return this.showForm(request, reply, row.addTitle, model, tried);
    }

    private async showChange(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
      const { revision, entryName, answers } = await this.registers.of(name).asked(number);
      const offered = await this.offered();
      const model = {
        action: pathOf(number),
        back: { href: pathOf(number), label: entryName },
        revision,
        isStale: tried?.refusal.kind === 'stale',
        now: registerLines(registerFields(row.form, answers, [], offered)),
        fields: registerFields(row.form, tried?.answers ?? answers, needsOf(tried?.refusal), offered),
      };
      return this.showForm(request, reply, row.changeTitle, model, tried);
    }

    private async offered() {
      return offeredChoices(row.form, await this.registers.offeredIn(name));
    }
  }
  return RegisterPages;
}

/** What the pages of a register are drawn with. */
class Draws {
  constructor(
    protected readonly registers: Registers,
    protected readonly pages: DeskPages,
  ) {}

  protected showForm(
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
}

/** The pages of what is recorded of an entry, where a register has such records. */
function recordsOf(name: RegisterName, recorded: RegisterRow['records']): typeof Draws {
  if (!recorded) return Draws;
  const { title, form, strike, acts } = recorded;
  const pathOf = (number: number) => `/desk/${name}/${number}`;

  class RecordPages extends Draws {
    @Get(':number/record')
    @Permits('read-register-form')
    async recordForm(
      @Param('number') number: string,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      return this.showRecord(request, reply, registerNumber(number));
    }

    @Post(':number/records')
    @Permits(acts.record)
    async record(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const which = registerNumber(number);
      const answers = sent(body);
      try {
        await this.records().add(request.visitor, which, answers);
        return redirect(reply, `${pathOf(which)}#records`);
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
    @Permits(acts.strike)
    async strike(
      @Param('number') number: string,
      @Param('n') n: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const [which, record] = [registerNumber(number), registerNumber(n)];
      const answers = sent(body);
      try {
        await this.records().strike(request.visitor, which, record, answers);
        return redirect(reply, `${pathOf(which)}#records`);
      } catch (error) {
        return this.showStrike(request, reply, which, record, { answers, refusal: shownAgain(error) });
      }
    }

    private async showRecord(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
      const { entryName } = await this.registers.of(name).asked(number);
      const model = {
        action: `${pathOf(number)}/records`,
        back: { href: pathOf(number), label: entryName },
        fields: registerFields(form, tried?.answers, needsOf(tried?.refusal)),
      };
      return this.showForm(request, reply, title, model, tried);
    }

    private async showStrike(
      request: DeskRequest,
      reply: FastifyReply,
      number: number,
      n: number,
      tried?: Tried,
    ) {
      const { entryName } = await this.registers.of(name).asked(number);
      const model = {
        action: `${pathOf(number)}/records/${n}/strike`,
        back: { href: `${pathOf(number)}#records`, label: entryName },
        fields: registerFields(strike, tried?.answers, needsOf(tried?.refusal)),
      };
      const what = await this.records().titleOf(number, n);
      return this.showForm(request, reply, `Strike ${what}`, model, tried);
    }

    private records() {
      return this.registers.of(name).records!;
    }
  }
  return RecordPages;
}

function sent(body: unknown): Record<string, unknown> {
  return answersOf((body ?? {}) as Record<string, unknown>);
}

/** The pages of every register of the table. */
export const REGISTER_PAGES: Type[] = REGISTER_NAMES.map(pagesOf);
