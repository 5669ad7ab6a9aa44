import { Body, Controller, Delete, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { ComplaintForm } from '../casework/intake/complaint-form';
import { Lodge, type LodgedBy } from '../casework/intake/lodge';
import { OpenCase } from '../casework/intake/open-case';
import { CurrentVisitor } from '../people/current-visitor';
import { GuessPace } from '../people/guess-pace';
import { Permits } from '../people/permits';
import { Sessions } from '../people/sessions';
import type { Visitor } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiProperty,
  ApiTags,
} from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { isForAnother } from '../rules/mandates';
import { ComplaintSession, Lodged } from './answers/lodging';
import { ProblemResponses } from './problem-responses';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

class ReceiptForm {
  @ApiProperty({
    description: '25 digits; spaces, hyphens and digits of any script are taken.',
    example: '12345 67890 12345 67890 12345',
  })
  @IsString({ message: 'error.receipt' })
  @MaxLength(200, { message: 'error.receipt' })
  receipt!: string;
}

@ApiTags('complaints')
@ProblemResponses()
@Controller('api/v1')
export class ComplaintsController {
  constructor(
    private readonly lodge: Lodge,
    private readonly openCase: OpenCase,
    private readonly sessions: Sessions,
    private readonly pace: GuessPace,
  ) {}

  @Post('complaints')
  @Permits('lodge')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Any printable text up to 200 characters; the same key gets the first answer again.',
  })
  @ApiCreatedResponse({ type: Lodged })
  lodgeComplaint(
    @CurrentVisitor() visitor: Visitor,
    @Body() form: ComplaintForm,
    @Headers('idempotency-key') key?: string,
  ): Promise<Lodged> {
    return this.lodge.run(form, lodgedBy(visitor, form), checkedKey(key));
  }

  @Post('complaint-sessions')
  @Permits('open-case')
  @ApiCreatedResponse({ type: ComplaintSession })
  async open(@Body() form: ReceiptForm, @Req() request: FastifyRequest): Promise<ComplaintSession> {
    const opened = await this.pace.slowingMisses(request, () =>
      this.openCase.byReceipt(form.receipt, 'program'),
    );
    const { token, expiresAt, taken } = opened;
    return { token, expiresAt, ...(taken ? { receipt: taken.receipt } : {}) };
  }

  @Delete('complaint-sessions/current')
  @HttpCode(204)
  @ApiBearerAuth()
  @Permits('leave-case')
  async leave(@Headers('authorization') authorization: string): Promise<void> {
    await this.sessions.end(authorization.slice('Bearer '.length));
  }
}

/** An intake officer who writes down what somebody says lodges by name; everybody else for themselves or whom they represent. */
export function lodgedBy(visitor: Visitor, form: ComplaintForm): LodgedBy {
  if (visitor.kind === 'officer' && visitor.roles.includes('INT'))
    return { role: 'INT', personId: visitor.personId };
  return { role: isForAnother(form) ? 'REP' : 'RH' };
}

/** Refuses a key that no header should hold. */
export function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  throw new Refusal('invalid', 'The Idempotency-Key has to be 1 to 200 printable ASCII characters.', [
    { name: 'idempotencyKey', sentence: 'Send another Idempotency-Key, for example a random UUID.' },
  ]);
}
