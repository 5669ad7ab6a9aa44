import { Readable } from 'node:stream';
import type {} from '@fastify/multipart';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EvidenceFiles } from '../../casework/evidence-files';
import { fileNumber, FILES_IN_ONE_FORM, filesOf } from '../../casework/file-form';
import { ReadCustody } from '../../casework/read-custody';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { sendFile } from '../send-file';
import { custodyModel } from './custody-model';
import { CasePage, casePath, needsAt } from './case-page';
import { DeskPages, numberIn, redirect, typed, type DeskRequest } from './desk-pages';

/** Files of a case: staff add and open them; each opening stands in the history. */
@Controller('desk/cases/:reference/evidence')
export class EvidenceController {
  constructor(
    private readonly evidenceFiles: EvidenceFiles,
    private readonly readCustody: ReadCustody,
    private readonly casePage: CasePage,
    private readonly pages: DeskPages,
  ) {}

  @Post()
  @Permits('add-evidence')
  async add(@Param('reference') reference: string, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    let describes = '';
    let taken = 0;
    const refused: { fileName: string; refusal: Refusal }[] = [];
    for await (const file of chosenFiles(request)) {
      describes = file.describes;
      try {
        await this.evidenceFiles.add(request.visitor, file, reference);
        taken += 1;
      } catch (error) {
        if (!(error instanceof Refusal) || !['invalid', 'too-large'].includes(error.kind)) throw error;
        refused.push({ fileName: file.fileName, refusal: error });
        file.content.resume();
      }
    }
    const first = refused[0];
    if (!first) return redirect(reply, `${casePath(reference)}?done=evidence#evidence`);
    const needs = refused.flatMap(({ fileName, refusal }) => refusedAt(refusal, fileName));
    if (taken > 0)
      needs.unshift(
        needOfFile(`${taken} of ${taken + refused.length} files were added; the others were not.`),
      );
    return this.casePage.show(request, reply, reference, { describes }, first.refusal.status, needs);
  }

  @Get(':n')
  @Permits('open-evidence')
  async open(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return sendFile(reply, await this.evidenceFiles.open(request.visitor, fileNumber(n), reference));
  }

  @Get(':n/custody')
  @Permits('read-custody')
  async custody(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const before = numberIn(query, 'lines');
    const custody = await this.readCustody.of(request.visitor, { reference }, fileNumber(n), before);
    const back = { href: `${casePath(reference)}#evidence`, text: `Case ${reference}` };
    return this.pages.show(request, reply, 'desk/custody.njk', `Custody of file ${custody.n}`, {
      ...custodyModel(custody, `${casePath(reference)}/evidence/${custody.n}/custody`, before),
      back,
    });
  }

  @Get(':n/original')
  @Permits('read-original-form')
  form(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showForm(request, reply, reference, n);
  }

  @Post(':n/original')
  @Permits('open-original')
  async openOriginal(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const reason = typed(body, 'reason');
    try {
      const opened = await this.evidenceFiles.openOriginal(request.visitor, fileNumber(n), reference, reason);
      return sendFile(reply, opened);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.showForm(request, reply, reference, n, reason, error);
    }
  }

  private async showForm(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    n: string,
    reason = '',
    error?: Refusal,
  ) {
    const number = fileNumber(n);
    if (Number.isNaN(number)) throw noSuchFile();
    const [file] = await this.evidenceFiles.page(
      request.visitor,
      { before: number + 1, limit: 1 },
      reference,
    );
    if (file?.n !== number) throw noSuchFile();
    const model = { reference, path: casePath(reference), file, reason };
    return this.pages.show(request, reply, 'desk/original.njk', `Original of file ${file.n}`, model, {
      status: error?.status ?? 200,
      needs: error ? needsAt(error, 'reason') : [],
    });
  }
}

function noSuchFile(): Refusal {
  return new Refusal('not-found', 'This case has no such file.');
}

/** The files of a form; where none was chosen, one that is empty, so that it is refused as such. */
async function* chosenFiles(request: DeskRequest): ReturnType<typeof filesOf> {
  let isEmpty = true;
  const limits = { files: FILES_IN_ONE_FORM, parts: FILES_IN_ONE_FORM + 20 };
  for await (const file of request.isMultipart() ? filesOf(request.parts({ limits })) : []) {
    isEmpty = false;
    yield file;
  }
  if (isEmpty) yield { fileName: '', content: Readable.from([]), describes: '' };
}

/** Why a file was refused, with its name, so that it is known among many. */
function refusedAt(refusal: Refusal, fileName: string): UnmetNeed[] {
  const needs = needsAt(refusal, refusal.needs[0]?.field ?? 'file');
  if (fileName === '') return needs;
  return needs.map((need) => ({ ...need, sentence: `“${fileName}”: ${need.sentence}` }));
}

function needOfFile(sentence: string): UnmetNeed {
  return { name: 'evidence', field: 'file', sentence };
}
