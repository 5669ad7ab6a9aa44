import { Body, Controller, Get, Param, Post, Query, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PatternReviews } from '../../casework/patterns/pattern-reviews';
import { EXPORT_FORMATS, type ExportFormat } from '../../casework/queue/export-queue';
import { ExportRegister } from '../../casework/registers/export-register';
import type { OfferedEntry } from '../../casework/registers/register';
import { readRegisterFilter } from '../../casework/registers/register-filter';
import { registerNumber } from '../../casework/registers/register-form';
import {
  MOST_LISTED,
  type RegisterEntryView,
  type RegisterLineView,
} from '../../casework/registers/register-views';
import { Registers } from '../../casework/registers/registers';
import { Permits } from '../../people/permits';
import { attachmentHeaders } from '../../platform/attachment';
import { Refusal } from '../../platform/refusal';
import { mayDo, type Act } from '../../rules/acts';
import { EMPTYING_FORM, readLabel } from '../../rules/register-form';
import {
  isVersioned,
  REGISTER_NAMES,
  REGISTERS,
  VERSIONED,
  type RegisterName,
  type RegisterRow,
  type VersionedName,
  type VersionedRow,
} from '../../rules/registers';
import { answersOf } from '../step-form';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { withWhat } from './pattern-pages.controller';
import {
  entryLines,
  needsOf,
  offeredChoices,
  registerFields,
  registerFilterLines,
  registerLines,
  registerTabs,
  revisionTyped,
  saidAs,
  shownAgain,
} from './register-pages';

interface Tried {
  answers: Record<string, unknown>;
  refusal: Refusal;
}

/** How a register is drawn, where it is not drawn as every other one. */
const DRAWN: Readonly<Partial<Record<RegisterName, { list: string; one: string }>>> = {
  systems: { list: 'desk/systems.njk', one: 'desk/system.njk' },
  vendors: { list: 'desk/vendors.njk', one: 'desk/vendor.njk' },
};
const DRAWN_ALIKE = { list: 'desk/register.njk', one: 'desk/register-entry.njk' };

/** So many entries are shown; whoever needs more narrows the list, or saves it as a file. */
const MOST_SHOWN = 500;

/** The pages of one register: its list, its entries and the forms that keep them. */
function pagesOf(name: RegisterName): Type {
  const row: RegisterRow = REGISTERS[name];
  const { acts } = row;
  const root = `/desk/${name}`;
  const pathOf = (number: number) => `${root}/${number}`;
  const drawn = DRAWN[name] ?? DRAWN_ALIKE;
  const mayKeep = (request: DeskRequest) => mayDo(officerOf(request).roles, acts.keep);

  @Controller(`desk/${name}`)
  class RegisterPages extends beside(name, row) {
    constructor(registers: Registers, exports: ExportRegister, reviews: PatternReviews, pages: DeskPages) {
      super(registers, exports, reviews, pages);
    }

    @Get()
    @Permits('read-registers')
    async list(
      @Query() query: Record<string, unknown>,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      // An old bookmark still shows the list.
      const { filter } = readRegisterFilter(row, query);
      const entries = await this.registers.of(name).list(request.visitor, filter);
      const offered = await this.registers.offeredIn(name);
      const lines = Object.fromEntries(
        Object.entries(query).filter(([, value]) => typeof value === 'string' && value !== ''),
      ) as Record<string, string>;
      const model = {
        entries: isVersioned(name)
          ? lineCells(VERSIONED[name], root, entries as RegisterLineView[], offered)
          : entries,
        shown: MOST_SHOWN,
        register: row,
        headings: isVersioned(name) ? headingsOf(VERSIONED[name]) : [],
        mayVerify: row.acts.verify !== undefined,
        root,
        registers: registerTabs(root),
        words: lines.words ?? '',
        lines: registerFilterLines(row, lines, offered),
        isNarrowed: Object.keys(lines).length > 0,
        mayKeep: mayKeep(request),
        exports: mayDo(officerOf(request).roles, 'export-register')
          ? EXPORT_FORMATS.map((format) => ({
              href: `${root}/export/${format}?${new URLSearchParams(lines).toString()}`,
              label: format.toUpperCase(),
            }))
          : [],
      };
      return this.pages.show(request, reply, drawn.list, row.title, model);
    }

    @Get('export/:format')
    @Permits('export-register')
    async export(
      @Param('format') format: string,
      @Query() query: Record<string, unknown>,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      if (!EXPORT_FORMATS.includes(format as ExportFormat))
        throw new Refusal('not-found', 'A register is exported as csv or json.');
      const { filter } = readRegisterFilter(row, query);
      const file = await this.exports.run(request.visitor, name, filter, format as ExportFormat);
      const bytes = Buffer.from(file.content, 'utf8');
      return reply.headers(attachmentHeaders(file.name, bytes.length)).send(bytes);
    }

    @Get('new')
    @Permits(acts.open)
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
    @Permits(acts.open)
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

    @Get(':number/emptying')
    @Permits('read-emptying-form')
    async emptyingForm(
      @Param('number') number: string,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      return this.showEmptying(request, reply, registerNumber(number));
    }

    @Post(':number/emptying')
    @Permits('empty-register-text')
    async empty(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const which = registerNumber(number);
      const answers = sent(body);
      try {
        await this.registers.of(name).empty(request.visitor, which, revisionTyped(body), answers);
        return redirect(reply, `${pathOf(which)}#emptied`);
      } catch (error) {
        return this.showEmptying(request, reply, which, { answers, refusal: shownAgain(error) });
      }
    }

    private async showEmptying(request: DeskRequest, reply: FastifyReply, number: number, tried?: Tried) {
      const { revision, entryName } = await this.registers.of(name).asked(number);
      const parts = (await this.registers.of(name).written(number)).map(({ part, label }) => ({
        value: part,
        label,
      }));
      const model = {
        action: `${pathOf(number)}/emptying`,
        back: { href: pathOf(number), label: entryName },
        revision,
        lead: 'The text is destroyed in every version, and nobody can bring it back. The entry, its codes and your reason stay. Not by whoever wrote it, nor by whoever it names.',
        fields: registerFields(EMPTYING_FORM, tried?.answers, needsOf(tried?.refusal), { part: parts }),
      };
      return this.showForm(request, reply, 'Empty a text for good', model, tried);
    }

    protected async showOne(
      request: DeskRequest,
      reply: FastifyReply,
      number: number,
      refusal?: Refusal,
      typedBefore: Record<string, unknown> = {},
    ) {
      const entry = await this.registers.of(name).view(request.visitor, number);
      const shown = entry as unknown as Record<string, string>;
      const entryName = shown[isVersioned(name) ? 'entryName' : row.calledBy]!;
      const { roles } = officerOf(request);
      const model = {
        entry,
        register: row,
        name,
        most: MOST_LISTED,
        mayKeep: mayKeep(request),
        mayRetire: mayDo(roles, acts.retire),
        mayEmpty: mayDo(roles, 'empty-register-text'),
        path: pathOf(number),
        root,
        typedBefore,
        ...(isVersioned(name)
          ? await this.versionedModel(request, entry as RegisterEntryView)
          : { naming: await this.registers.naming(request.visitor, name, number) }),
        reviews: name === 'systems' ? (await this.reviews.list(request.visitor, number)).map(withWhat) : [],
      };
      return this.pages.show(request, reply, drawn.one, entryName, model, {
        status: refusal?.status ?? 200,
        needs: needsOf(refusal),
        tab: `${row.what.charAt(0).toUpperCase()}${row.what.slice(1)} ${number}`,
      });
    }

    private async versionedModel(request: DeskRequest, entry: RegisterEntryView) {
      const { roles } = officerOf(request);
      const offered = await this.registers.offeredIn(name);
      const linesOf = (answers: Record<string, unknown>) => entryLines(row.form, answers, offered);
      return {
        lines: linesOf(entry.answers),
        current: entry.versions.find(({ n }) => n === entry.version),
        earlier: entry.versions
          .filter(({ n }) => n !== entry.version)
          .map((version) => ({ ...version, lines: linesOf(version.answers) })),
        isVerifiable: acts.verify !== undefined,
        mayVerify: acts.verify !== undefined && mayDo(roles, acts.verify),
        mayLink: mayDo(roles, 'link-register-case'),
      };
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
    protected readonly exports: ExportRegister,
    protected readonly reviews: PatternReviews,
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

/** The pages that a register has beside: of what is recorded of an entry, or of its versions. */
function beside(name: RegisterName, row: RegisterRow): typeof Draws {
  if (row.records) return recordsOf(name, row.records);
  if (!isVersioned(name)) return Draws;
  const cases = casesOf(name);
  return row.acts.verify ? verificationOf(name, row.acts.verify, cases) : cases;
}

/** Forms that lie on the page of an entry and draw it again when something was wrong. */
interface ShowsOne {
  showOne(
    request: DeskRequest,
    reply: FastifyReply,
    number: number,
    refusal?: Refusal,
    typedBefore?: Record<string, unknown>,
  ): Promise<FastifyReply>;
}

/** The forms by which an entry is linked with a case and unlinked. */
function casesOf(name: VersionedName): typeof Draws {
  const pathOf = (number: number) => `/desk/${name}/${number}`;

  class CasePages extends Draws {
    @Post(':number/cases')
    @Permits('link-register-case')
    async link(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      return this.changeLink('link', registerNumber(number), body, request, reply);
    }

    @Post(':number/cases/end')
    @Permits('link-register-case')
    async unlink(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      return this.changeLink('unlink', registerNumber(number), body, request, reply);
    }

    private async changeLink(
      deed: 'link' | 'unlink',
      number: number,
      body: unknown,
      request: DeskRequest,
      reply: FastifyReply,
    ) {
      const answers = sent(body);
      try {
        await this.registers.of(name).versions![deed](request.visitor, number, answers);
        return redirect(reply, `${pathOf(number)}#cases`);
      } catch (error) {
        const page = this as unknown as ShowsOne;
        return page.showOne(request, reply, number, shownAgain(error), answers);
      }
    }
  }
  return CasePages;
}

/** The same with the form by which somebody stands for what an entry says. */
function verificationOf(name: VersionedName, verify: Act, Cases: typeof Draws): typeof Draws {
  class VerificationPages extends Cases {
    @Post(':number/verification')
    @Permits(verify)
    async verify(
      @Param('number') number: string,
      @Body() body: unknown,
      @Req() request: DeskRequest,
      @Res() reply: FastifyReply,
    ) {
      const which = registerNumber(number);
      const answers = sent(body);
      try {
        const { versions } = this.registers.of(name);
        await versions!.verify(request.visitor, which, revisionTyped(body), answers);
        return redirect(reply, `/desk/${name}/${which}`);
      } catch (error) {
        const page = this as unknown as ShowsOne;
        return page.showOne(request, reply, which, shownAgain(error), answers);
      }
    }
  }
  return VerificationPages;
}

/** What stands above the columns of a list. */
function headingsOf({ what, form, columns }: VersionedRow): string[] {
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return [name, ...columns.map((ask) => readLabel(form.asks[ask]!))];
}

/** The lines of a list as cells, in the order of its headings. */
function lineCells(
  { form, columns, dueBy }: VersionedRow,
  root: string,
  lines: readonly RegisterLineView[],
  offered: Readonly<Record<string, readonly OfferedEntry[]>>,
) {
  return lines.map((line) => ({
    ...line,
    href: `${root}/${line.number}`,
    cells: columns.map((name) => {
      const ask = form.asks[name]!;
      const answer = line.answers[name];
      const named = 'of' in ask ? (offered[name] ?? []).filter(({ number }) => number === answer) : [];
      return {
        label: readLabel(ask),
        text: named[0]?.entryName ?? saidAs(name, ask, answer),
        isOverdue: name === dueBy && line.overdue,
      };
    }),
  }));
}

/** The pages of what is recorded of an entry. */
function recordsOf(name: RegisterName, recorded: NonNullable<RegisterRow['records']>): typeof Draws {
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
