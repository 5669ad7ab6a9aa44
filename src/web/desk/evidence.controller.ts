import { Readable } from 'node:stream';
import type {} from '@fastify/multipart';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EvidenceFiles } from '../../casework/evidence-files';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { CASE_ROLES } from '../../rules/roles';
import { CasePage, casePath, needsAt } from './case-page';
import { redirect, type DeskRequest } from './desk-pages';

/** Files of a case: staff add and open them; each opening stands in the history. */
@Controller('desk/cases/:reference/evidence')
export class EvidenceController {
  constructor(
    private readonly evidenceFiles: EvidenceFiles,
    private readonly casePage: CasePage,
  ) {}

  @Post()
  @Permits(CASE_ROLES, 'add-evidence')
  async add(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const { describes, file } = await uploadOf(request);
    try {
      await this.evidenceFiles.add(request.visitor, { describes, ...file }, reference);
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'too-large'].includes(error.kind)) throw error;
      const field = error.needs[0]?.field ?? 'file';
      return this.casePage.show(
        request,
        reply,
        reference,
        { describes },
        error.status,
        needsAt(error, field),
      );
    } finally {
      file.content.resume();
    }
    return redirect(reply, `${casePath(reference)}?done=evidence#evidence`);
  }

  @Get(':n')
  @Permits(CASE_ROLES, 'open-evidence')
  async open(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const number = /^\d{1,6}$/.test(n) ? Number(n) : NaN;
    const { view, content } = await this.evidenceFiles.open(request.visitor, number, reference);
    // Never shown in place: whatever the file is, the browser of staff only saves it.
    return reply
      .type('application/octet-stream')
      .header(
        'content-disposition',
        `attachment; filename="evidence-${view.n}"; filename*=UTF-8''${encoded(view.fileName)}`,
      )
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'no-store')
      .send(content);
  }
}

interface Upload {
  describes: string;
  file: { fileName: string; mediaType: string; content: Readable };
}

/** Reads the form up to its file; the form puts the description first. A form without a file has an empty one. */
async function uploadOf(request: DeskRequest): Promise<Upload> {
  const nothing = { fileName: '', mediaType: '', content: Readable.from([]) };
  if (!request.isMultipart()) return { describes: '', file: nothing };
  let describes = '';
  for await (const part of request.parts()) {
    if (part.type === 'file')
      return { describes, file: { fileName: part.filename, mediaType: part.mimetype, content: part.file } };
    if (part.fieldname === 'describes' && typeof part.value === 'string') describes = part.value;
  }
  return { describes, file: nothing };
}

/** RFC 8187: what a header cannot hold is percent-encoded; `encodeURIComponent` leaves four more to do. */
function encoded(fileName: string): string {
  return encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
