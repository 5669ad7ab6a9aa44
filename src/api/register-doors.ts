import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
  type Type,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { choicesFor, readRegisterFilter, REGISTER_CHOICES } from '../casework/registers/register-filter';
import { registerNumber } from '../casework/registers/register-form';
import { Registers } from '../casework/registers/registers';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiQuery,
  ApiTags,
} from '../platform/api-decorators';
import type { Act } from '../rules/acts';
import { EMPTYING_FORM, LINK_FORM, readLabel, VERIFY_FORM } from '../rules/register-form';
import {
  isVersioned,
  REGISTER_NAMES,
  REGISTERS,
  type RegisterName,
  type RegisterRow,
  type VersionedName,
} from '../rules/registers';
import { ENTRY_ANSWERS } from './answers/register-entries';
import { SystemAnswer, SystemRowAnswer, VendorAnswer, VendorWithSystemsAnswer } from './answers/registers';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';
import { RetirementForm, schemaOf, type AskedForm } from './register-forms';

const IF_MATCH = { name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' };

/** What a line and an entry of each register look like. */
const ANSWERS: Readonly<Record<RegisterName, { line: Type; one: Type }>> = {
  systems: { line: SystemRowAnswer, one: SystemAnswer },
  vendors: { line: VendorAnswer, one: VendorWithSystemsAnswer },
  ...ENTRY_ANSWERS,
};

/** The routes of one register. Every change answers with the entry as it is then. */
function doorOf(name: RegisterName): Type {
  const row: RegisterRow = REGISTERS[name];
  const { line, one } = ANSWERS[name];

  @ApiTags('registers')
  @ApiBearerAuth()
  @ProblemResponses()
  @Controller(`api/v1/${name}`)
  class RegisterDoor extends beside(name, row) {
    constructor(registers: Registers) {
      super(registers);
    }

    @Get()
    @Permits('read-registers')
    @FilterChoices(row)
    @ApiOkResponse({ type: [line] })
    list(@CurrentVisitor() visitor: Visitor, @Query() query: Record<string, unknown>): Promise<object[]> {
      const { filter, faults } = readRegisterFilter(row, query);
      if (faults.length > 0)
        throw new Refusal('invalid', 'The register cannot be filtered like this.', faults);
      return this.registers.of(name).list(visitor, filter);
    }

    @Post()
    @Permits(row.acts.keep)
    @ApiBody({ schema: schemaOf(row.form) })
    @ApiCreatedResponse({ type: one })
    async add(@CurrentVisitor() visitor: Visitor, @Body() form: AskedForm): Promise<object> {
      const register = this.registers.of(name);
      return register.view(visitor, await register.add(visitor, form));
    }

    @Get(':number')
    @Permits('read-registers')
    @ApiOkResponse({
      type: one,
      headers: { ETag: { description: 'Revision, for If-Match.', schema: { type: 'string' } } },
    })
    async one(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<object> {
      const view = await this.registers.of(name).view(visitor, registerNumber(number));
      void reply.header('etag', `"${view.revision}"`);
      return view;
    }

    @Put(':number')
    @Permits(row.acts.keep)
    @ApiHeader(IF_MATCH)
    @ApiBody({ schema: schemaOf(row.form) })
    @ApiOkResponse({ type: one })
    async replace(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() form: AskedForm,
      @Headers('if-match') ifMatch?: string,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.replace(visitor, which, revisionIn(ifMatch), form);
      return register.view(visitor, which);
    }

    @Post(':number/retirement')
    @HttpCode(200)
    @Permits(row.acts.retire)
    @ApiHeader(IF_MATCH)
    @ApiOkResponse({ type: one })
    async retire(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() form: RetirementForm,
      @Headers('if-match') ifMatch?: string,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.retire(visitor, which, revisionIn(ifMatch), form.retired);
      return register.view(visitor, which);
    }

    /** What opened the text is destroyed; the entry stays. */
    @Post(':number/emptying')
    @HttpCode(200)
    @Permits('empty-register-text')
    @ApiHeader(IF_MATCH)
    @ApiBody({ schema: schemaOf(EMPTYING_FORM) })
    @ApiOkResponse({ type: one })
    async empty(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() form: AskedForm,
      @Headers('if-match') ifMatch?: string,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.empty(visitor, which, revisionIn(ifMatch), form);
      return register.view(visitor, which);
    }
  }
  return named(name, RegisterDoor);
}

/** Who asks the registers. */
class Asks {
  constructor(protected readonly registers: Registers) {}
}

/** The routes that a register has beside: of what is recorded of an entry, or of its versions. */
function beside(name: RegisterName, row: RegisterRow): typeof Asks {
  if (row.records) return recordsOf(name, row.records);
  if (!isVersioned(name)) return Asks;
  const cases = casesOf(name);
  return row.acts.verify ? verificationOf(name, row.acts.verify, cases) : cases;
}

/** The routes of what is recorded of an entry. */
function recordsOf(name: RegisterName, records: NonNullable<RegisterRow['records']>): typeof Asks {
  const { form, strike, acts } = records;
  const { one } = ANSWERS[name];

  class RecordDoor extends Asks {
    @Post(':number/records')
    @Permits(acts.record)
    @ApiBody({ schema: schemaOf(form) })
    @ApiCreatedResponse({ type: one })
    async record(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() said: AskedForm,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.records!.add(visitor, which, said);
      return register.view(visitor, which);
    }

    @Post(':number/records/:n/strike')
    @HttpCode(200)
    @Permits(acts.strike)
    @ApiBody({ schema: schemaOf(strike) })
    @ApiOkResponse({ type: one })
    async strike(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Param('n') n: string,
      @Body() said: AskedForm,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.records!.strike(visitor, which, registerNumber(n), said);
      return register.view(visitor, which);
    }
  }
  return RecordDoor;
}

/** The routes of the cases that use an entry. */
function casesOf(name: VersionedName): typeof Asks {
  const { one } = ANSWERS[name];

  class CasesDoor extends Asks {
    @Post(':number/cases')
    @HttpCode(200)
    @Permits('link-register-case')
    @ApiBody({ schema: schemaOf(LINK_FORM) })
    @ApiOkResponse({ type: one })
    async link(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() said: AskedForm,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.versions!.link(visitor, which, said);
      return register.view(visitor, which);
    }

    @Post(':number/cases/end')
    @HttpCode(200)
    @Permits('link-register-case')
    @ApiBody({ schema: schemaOf(LINK_FORM) })
    @ApiOkResponse({ type: one })
    async unlink(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() said: AskedForm,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.versions!.unlink(visitor, which, said);
      return register.view(visitor, which);
    }
  }
  return CasesDoor;
}

/** The same with the route by which somebody stands for what an entry says. */
function verificationOf(name: VersionedName, verify: Act, Cases: typeof Asks): typeof Asks {
  const { one } = ANSWERS[name];

  class VerificationDoor extends Cases {
    @Post(':number/verification')
    @HttpCode(200)
    @Permits(verify)
    @ApiHeader(IF_MATCH)
    @ApiBody({ schema: schemaOf(VERIFY_FORM) })
    @ApiOkResponse({ type: one })
    async verify(
      @CurrentVisitor() visitor: Visitor,
      @Param('number') number: string,
      @Body() said: AskedForm,
      @Headers('if-match') ifMatch?: string,
    ): Promise<object> {
      const [register, which] = [this.registers.of(name), registerNumber(number)];
      await register.versions!.verify(visitor, which, revisionIn(ifMatch), said);
      return register.view(visitor, which);
    }
  }
  return VerificationDoor;
}

/** Each line of the filter, with what it may say. */
function FilterChoices(row: RegisterRow) {
  const asked = row.filters.map((name) => {
    const ask = row.form.asks[name]!;
    const codes = 'codes' in ask ? [...ask.codes] : ask.kind === 'yesNo' ? ['yes', 'no'] : null;
    return ApiQuery({
      name,
      required: false,
      description: readLabel(ask),
      ...(codes ? { enum: codes } : {}),
    });
  });
  return applyDecorators(
    ApiQuery({ name: 'words', required: false, description: 'Each has to stand in a text of the entry' }),
    ...choicesFor(row).map((name) => ApiQuery({ name, required: false, enum: [...REGISTER_CHOICES[name]!] })),
    ...asked,
  );
}

/** The API document calls each operation by its class: `SystemsController_list`. */
function named(name: string, door: Type): Type {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return Object.defineProperty(door, 'name', { value: `${words.join('')}Controller` });
}

/** The routes of every register of the table. */
export const REGISTER_DOORS: Type[] = REGISTER_NAMES.map(doorOf);
