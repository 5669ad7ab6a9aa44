import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Messages } from '../../casework/messages';
import { isId } from '../../platform/ids';
import { earlierThan } from '../../platform/pages';
import { ReadCase } from '../../casework/read-case';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { isStep } from '../../rules/workflow';
import { factLines } from './answer-lines';
import { CasePage, casePath, needsAt } from './case-page';
import { stepLabel } from './code-label';
import { withBlock } from './text-blocks';
import { DeskPages, numberIn, officerOf, redirect, typed, type DeskRequest } from './desk-pages';

/** A case as staff work on it, and its history. */
@Controller('desk/cases/:reference')
export class CasePagesController {
  constructor(
    private readonly readCase: ReadCase,
    private readonly messages: Messages,
    private readonly casePage: CasePage,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-case')
  async case(
    @Param('reference') reference: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    // Of a case that was erased the history is left.
    if (await this.readCase.erasure(reference, request.visitor))
      return redirect(reply, `${casePath(reference)}/history`);
    const pages = {
      messages: numberIn(query, 'messages'),
      notes: numberIn(query, 'notes'),
      letters: numberIn(query, 'letters'),
      evidence: numberIn(query, 'evidence'),
    };
    return this.casePage.show(request, reply, reference, { notice: noticeOf(query), pages });
  }

  @Post('messages')
  @Permits('write-message')
  async write(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const [text, form] = [typed(body, 'text'), typed(body, 'form')];
    const pressed = typed(body, 'insert');
    if (pressed) return this.withBlock(request, reply, reference, pressed, text);
    try {
      await this.messages.write(request.visitor, text, reference, undefined, isId(form) ? form : undefined);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      const needs = needsAt(error, 'text');
      return this.casePage.show(request, reply, reference, { message: text }, error.status, needs);
    }
    return redirect(reply, `${casePath(reference)}?done=message#messages`);
  }

  /** The page again with a text block in what is being written: nothing is sent. */
  private async withBlock(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    pressed: string,
    text: string,
  ): Promise<FastifyReply> {
    const view = await this.readCase.forStaff(reference, request.visitor);
    const { blocks } = await this.casePage.blocksFor(view, officerOf(request).guest !== undefined);
    const message = withBlock(pressed, blocks, { text })?.text;
    return this.casePage.show(request, reply, reference, {
      message: typeof message === 'string' ? message : text,
    });
  }

  @Get('history')
  @Permits('read-history')
  async history(
    @Param('reference') reference: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const before = numberIn(query, 'before');
    const read = await this.readCase.history(reference, request.visitor, before ? { before } : {});
    const lines = read.map((line) => ({
      ...line,
      facts: factLines(line.facts),
    }));
    return this.pages.show(request, reply, 'desk/history.njk', `History of ${reference}`, {
      reference,
      lines,
      earlier: earlierThan(read),
      isEarlier: before !== undefined,
      erasure: await this.readCase.erasure(reference, request.visitor),
    });
  }
}

/** What the deed before this page did; only words of ours, whatever stands in the address. */
function noticeOf(query: unknown): string | null {
  const done = typed(query, 'done');
  if (done === 'message') return 'The message is written.';
  if (done === 'erased') return 'Names, contacts and receipts are erased.';
  if (done === 'evidence') return 'The file is added.';
  const [deed, step] = done.split(':');
  if (!step || !isStep(step)) return null;
  const name = stepLabel(step);
  if (deed === 'proposed') return `“${name}” is proposed. It happens when a second person agrees.`;
  if (deed === 'refused') return `The proposal “${name}” is refused. Nothing else changed.`;
  return deed === 'taken' ? `“${name}” is done.` : null;
}
