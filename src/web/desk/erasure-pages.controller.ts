import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EraseOnRequest } from '../../casework/erasure/erase-on-request';
import { ReadCase } from '../../casework/read-case';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { casePath, needsAt } from './case-page';
import { DeskPages, redirect, typed, type DeskRequest } from './desk-pages';

/** The data protection officer carries out what the complainant asked to have erased. */
@Controller('desk/cases/:reference/erasure')
export class ErasurePagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly eraseOnRequest: EraseOnRequest,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-erasure-form')
  async form(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, reference);
  }

  @Post()
  @Permits('erase-on-request')
  async erase(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    try {
      const revision = Number(typed(body, 'revision')) || undefined;
      await this.eraseOnRequest.run(request.visitor, reference, revision);
      return redirect(reply, `${casePath(reference)}?done=erased`);
    } catch (error) {
      if (!(error instanceof Refusal) || !['unmet', 'conflict', 'stale'].includes(error.kind)) throw error;
      return this.show(request, reply, reference, error.status, needsAt(error, 'erase'));
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const view = await this.readCase.forStaff(reference, request.visitor);
    const asked = view.erasureRequests.find((each) => each.status === 'OPEN') ?? null;
    const model = { reference, path: casePath(reference), revision: view.revision, asked };
    return this.pages.show(request, reply, 'desk/erasure.njk', `Erasure in ${reference}`, model, {
      status,
      needs,
    });
  }
}
