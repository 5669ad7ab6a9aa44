import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../casework/registers/register-form';
import { Registers } from '../casework/registers/registers';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiTags,
} from '../platform/api-decorators';
import { REGISTER_NAMES, REGISTERS, type RegisterName, type RegisterRow } from '../rules/registers';
import { SystemAnswer, SystemRowAnswer, VendorAnswer, VendorWithSystemsAnswer } from './answers/registers';
import { ProblemResponses } from './problem-responses';
import { revisionIn } from './queue-filter';
import { RetirementForm, schemaOf, type AskedForm } from './register-forms';

const IF_MATCH = { name: 'If-Match', required: true, description: 'Revision you saw, such as "7".' };

/** What a line and an entry of each register look like. */
const ANSWERS: Readonly<Record<RegisterName, { line: Type; one: Type }>> = {
  systems: { line: SystemRowAnswer, one: SystemAnswer },
  vendors: { line: VendorAnswer, one: VendorWithSystemsAnswer },
};

/** The routes of one register. Every change answers with the entry as it is then. */
function doorOf(name: RegisterName): Type {
  const row: RegisterRow = REGISTERS[name];
  const { line, one } = ANSWERS[name];

  @ApiTags('registers')
  @ApiBearerAuth()
  @ProblemResponses()
  @Controller(`api/v1/${name}`)
  class RegisterDoor extends recordsOf(name, row.records) {
    constructor(registers: Registers) {
      super(registers);
    }

    @Get()
    @Permits('read-registers')
    @ApiOkResponse({ type: [line] })
    list(@CurrentVisitor() visitor: Visitor): Promise<object[]> {
      return this.registers.of(name).list(visitor);
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
  }
  return named(name, RegisterDoor);
}

/** Who asks the registers. */
class Asks {
  constructor(protected readonly registers: Registers) {}
}

/** The routes of what is recorded of an entry, where a register has such records. */
function recordsOf(name: RegisterName, records: RegisterRow['records']): typeof Asks {
  if (!records) return Asks;
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

/** The API document calls each operation by its class: `SystemsController_list`. */
function named(name: string, door: Type): Type {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return Object.defineProperty(door, 'name', { value: `${words.join('')}Controller` });
}

/** The routes of every register of the table. */
export const REGISTER_DOORS: Type[] = REGISTER_NAMES.map(doorOf);
