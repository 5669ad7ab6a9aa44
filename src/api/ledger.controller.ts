import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadLog } from '../casework/read-log';
import { ReadCase } from '../casework/read-case';
import { ReadHouse } from '../casework/read-house';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Visitor } from '../people/visitor';
import { ApiBearerAuth, ApiOkResponse, ApiQuery, ApiTags } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { AuditedCaseAnswer, AuditedEntry, AuditedHouseAnswer, AuditListAnswer } from './answers/history';
import { ConsistencyAnswer, InclusionAnswer, LogEntryAnswer } from './answers/log';
import { BYTES } from './files';
import { ProblemResponses } from './problem-responses';

const PLAIN_TEXT = { content: { 'text/plain': { schema: { type: 'string' } } } };

@ApiTags('ledger')
@ProblemResponses()
@Controller('api/v1')
export class LedgerController {
  constructor(
    private readonly log: ReadLog,
    private readonly readCase: ReadCase,
    private readonly readHouse: ReadHouse,
  ) {}

  @Get('ledger/checkpoint')
  @Permits('read-checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOkResponse(PLAIN_TEXT)
  checkpoint(): Promise<string> {
    return this.log.checkpoint();
  }

  @Get('ledger/verifier-key')
  @Permits('read-verifier-key')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOkResponse(PLAIN_TEXT)
  verifierKey(): string {
    return this.log.verifierKey();
  }

  @Get('ledger/tile/:level/:index')
  @Permits('read-tile')
  @ApiOkResponse(BYTES)
  @ApiQuery({ name: 'width', required: false, schema: { type: 'integer', minimum: 1, maximum: 256 } })
  async tile(
    @Param('level') level: string,
    @Param('index') index: string,
    @Query('width') width: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    const tile = await this.log.tile(
      whole('level', level, 7),
      whole('index', index),
      width === undefined ? 256 : whole('width', width, 256, 1),
    );
    void reply.type('application/octet-stream').send(tile);
  }

  @Get('ledger/entries/:index')
  @ApiBearerAuth()
  @Permits('read-entry')
  @ApiOkResponse({ type: LogEntryAnswer })
  entry(@CurrentVisitor() visitor: Visitor, @Param('index') index: string): Promise<LogEntryAnswer> {
    return this.log.entry(visitor, whole('index', index));
  }

  @Get('ledger/proofs/inclusion')
  @ApiBearerAuth()
  @Permits('read-proof')
  @ApiOkResponse({ type: InclusionAnswer })
  inclusion(@Query('index') index: string, @Query('size') size: string): Promise<InclusionAnswer> {
    return this.log.inclusion(whole('index', index), whole('size', size));
  }

  @Get('ledger/proofs/consistency')
  @ApiBearerAuth()
  @Permits('read-proof')
  @ApiOkResponse({ type: ConsistencyAnswer })
  consistency(@Query('from') from: string, @Query('to') to: string): Promise<ConsistencyAnswer> {
    return this.log.consistency(whole('from', from), whole('to', to));
  }

  @Get('audit/cases')
  @ApiBearerAuth()
  @Permits('read-audit-list')
  @ApiQuery({ name: 'cursor', required: false })
  @ApiOkResponse({ type: AuditListAnswer })
  list(@CurrentVisitor() visitor: Visitor, @Query('cursor') cursor?: string): Promise<AuditListAnswer> {
    return this.readCase.auditList(visitor, typeof cursor === 'string' ? cursor.slice(0, 36) : undefined);
  }

  @Get('audit/house')
  @ApiBearerAuth()
  @Permits('audit-house')
  @ApiQuery({ name: 'before', required: false, schema: { type: 'integer' } })
  @ApiOkResponse({ type: AuditedHouseAnswer })
  house(@CurrentVisitor() visitor: Visitor, @Query('before') before?: string): Promise<AuditedHouseAnswer> {
    return this.readHouse.page(visitor, before === undefined ? undefined : whole('before', before));
  }

  @Get('audit/cases/:ledgerId/history')
  @ApiBearerAuth()
  @Permits('audit-history')
  @ApiOkResponse({ type: [AuditedEntry] })
  async auditHistory(
    @CurrentVisitor() visitor: Visitor,
    @Param('ledgerId') ledgerId: string,
  ): Promise<AuditedEntry[]> {
    return (await this.readCase.audit(ledgerId, visitor)).entries;
  }

  @Get('audit/cases/:ledgerId')
  @ApiBearerAuth()
  @Permits('audit-case')
  @ApiOkResponse({ type: AuditedCaseAnswer })
  audit(@CurrentVisitor() visitor: Visitor, @Param('ledgerId') ledgerId: string): Promise<AuditedCaseAnswer> {
    return this.readCase.audit(ledgerId, visitor);
  }
}

function whole(field: string, text: unknown, most = 2 ** 31 - 1, least = 0): number {
  const number = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (number < least || number > most)
    throw new Refusal('invalid', `${field} has to be a whole number from ${least} to ${most}.`, [
      { name: 'answer', field, sentence: `Give a whole number from ${least} to ${most}.` },
    ]);
  return number;
}
