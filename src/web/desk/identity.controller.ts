import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadIdentity } from '../../casework/read-identity';
import { Permits } from '../../people/permits';
import { casePath } from './case-page';
import { DeskPages, type DeskRequest } from './desk-pages';

/** Who the person is and how to reach them: shown while it is open to the visitor, and otherwise how it is opened. */
@Controller('desk/cases/:reference/identity')
export class IdentityController {
  constructor(
    private readonly readIdentity: ReadIdentity,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-identity')
  async page(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const isOpen = (await this.readIdentity.until(request.visitor, reference)) !== null;
    const identity = isOpen ? await this.readIdentity.run(request.visitor, reference) : null;
    const model = {
      reference,
      path: casePath(reference),
      parties: identity?.parties ?? [],
      until: identity ? timeOf(identity.until) : null,
    };
    return this.pages.show(request, reply, 'desk/identity.njk', `Who the person of ${reference} is`, model);
  }
}

function timeOf(instant: string): string {
  return `${instant.slice(11, 16)} UTC`;
}
