import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { fileNumber, filesOf } from '../../casework/file-form';
import { MaskedFiles } from '../../casework/sharing/masked-files';
import { Packets } from '../../casework/sharing/packets';
import { Redactions, type TextName } from '../../casework/sharing/redactions';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { attachmentHeaders } from '../../platform/attachment';
import { rectangleIn, type Rectangle } from '../../rules/rectangles';
import { savedName } from '../../rules/saved-name';
import { SHARED_KINDS, SHARED_TEXT_CODES, type SharedText } from '../../rules/sharing';
import { casePath, needsAt } from './case-page';
import { DeskPages, numberIn, officerOf, redirect, ticked, typed, type DeskRequest } from './desk-pages';
import { chosenParts, partLabel, sharedLabel, wholeRows } from './sharing-model';

/** What is passed on to somebody outside: masking texts and files, putting packets together and taking them out. */
@Controller('desk/cases/:reference/sharing')
export class SharingPagesController {
  constructor(
    private readonly redactions: Redactions,
    private readonly maskedFiles: MaskedFiles,
    private readonly packets: Packets,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-sharing')
  list(
    @Param('reference') reference: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showList(request, reply, reference, query);
  }

  @Get('text')
  @Permits('read-sharing')
  text(
    @Param('reference') reference: string,
    @Query() query: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const name = textNamed(query);
    return name
      ? this.showText(request, reply, reference, name, {})
      : this.showList(request, reply, reference, {});
  }

  @Post('text')
  @Permits('mask-text')
  async maskText(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const name = textNamed(body) ?? NO_TEXT;
    const [lines, suggested] = [typed(body, 'passages'), ticked(body, 'suggested')];
    const passages = [...suggested, ...lines.split(/\r?\n/)].filter((line) => line.trim() !== '');
    const kept = { lines, suggested };
    const visitor = officerOf(request);
    try {
      if (typed(body, 'press') === 'keep') {
        await this.redactions.keep(visitor, reference, name, passages);
        return redirect(reply, `${casePath(reference)}/sharing#masked`);
      }
      const preview = await this.redactions.preview(visitor, reference, name, passages);
      return this.showText(request, reply, reference, name, { ...kept, preview });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.showText(request, reply, reference, name, kept, error);
    }
  }

  @Get('files/:n')
  @Permits('read-sharing')
  file(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showFile(request, reply, reference, n, {});
  }

  @Post('files/:n')
  @Permits('paint-file')
  async paint(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const lines = typed(body, 'rectangles');
    try {
      const rectangles = rectanglesIn(lines);
      if (typed(body, 'press') !== 'keep')
        return await this.showFile(request, reply, reference, n, { lines, rectangles });
      await this.maskedFiles.paint(officerOf(request), reference, fileNumber(n), rectangles);
      return redirect(reply, `${casePath(reference)}/sharing#masked`);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.showFile(request, reply, reference, n, { lines }, needsAt(error, 'rectangles'));
    }
  }

  @Post('files/:n/copies')
  @Permits('mask-file')
  async upload(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const visitor = officerOf(request);
    try {
      for await (const file of request.isMultipart() ? filesOf(request.parts()) : []) {
        await this.maskedFiles.upload(visitor, reference, fileNumber(n), file);
        return await redirect(reply, `${casePath(reference)}/sharing#masked`);
      }
      throw new Refusal('invalid', 'Choose a file.');
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'too-large'].includes(error.kind)) throw error;
      return this.showFile(request, reply, reference, n, {}, needsAt(error, 'file'));
    }
  }

  @Post('packets')
  @Permits('make-packet')
  async makePacket(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    try {
      const { n } = await this.packets.make(officerOf(request), reference, chosenParts(body));
      return redirect(reply, `${casePath(reference)}/sharing/packets/${n}`);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.showList(request, reply, reference, {}, body, needsAt(error, 'parts'));
    }
  }

  @Get('packets/:n')
  @Permits('read-sharing')
  async packet(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.showPacket(request, reply, reference, n);
  }

  @Post('packets/:n/content')
  @Permits('download-packet')
  async takeOut(
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    try {
      const taken = await this.packets.takeOut(officerOf(request), reference, fileNumber(n));
      const { fileName, mediaType, sizeInBytes, content } = taken;
      return await reply
        .headers(attachmentHeaders(savedName(fileName, mediaType), sizeInBytes))
        .send(content);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
      return this.showPacket(request, reply, reference, n, error);
    }
  }

  private async showList(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    query: unknown,
    kept: unknown = {},
    needs: readonly UnmetNeed[] = [],
  ) {
    const view = await this.redactions.list(officerOf(request), reference, numberIn(query, 'messages'));
    const path = casePath(reference);
    const chosen = ticked(kept, 'masked');
    const model = {
      reference,
      path,
      texts: view.texts.map((each) => ({ ...each, label: sharedLabel(each) })),
      earlierMessages: view.earlierMessages,
      isEarlier: numberIn(query, 'messages') !== undefined,
      masked: [
        ...view.redactions.map(({ n, ofKind, ofNumber, marks, text, madeOn }) => ({
          value: `${ofKind} ${ofNumber} ${n}`,
          label: `${partLabel({ kind: ofKind, n: ofNumber, version: n })}, ${marks} ${marks === 1 ? 'mark' : 'marks'}, ${madeOn}`,
          text,
        })),
        ...view.maskedFiles.map(({ n, maskedFrom }) => ({
          value: `FILE ${maskedFrom} ${n}`,
          label: partLabel({ kind: 'FILE', n: maskedFrom, version: n }),
          text: null,
        })),
      ].map((each) => ({ ...each, chosen: chosen.includes(each.value) })),
      kinds: SHARED_KINDS,
      whole: wholeRows(kept),
      packets: view.packets.map((each) => ({ ...each, labels: each.parts.map(partLabel) })),
    };
    return this.pages.show(request, reply, 'desk/sharing.njk', 'Pass something on', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
      tab: `Pass something on: ${reference}`,
    });
  }

  private async showText(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    name: TextName,
    kept: { lines?: string; suggested?: string[]; preview?: { text: string; marks: number } },
    error?: Refusal,
  ) {
    const found = await this.redactions.text(officerOf(request), reference, name);
    const model = {
      reference,
      path: casePath(reference),
      found,
      lines: kept.lines ?? '',
      suggested: found.suggested.map((passage) => ({
        passage,
        chosen: kept.suggested?.includes(passage) ?? true,
      })),
      preview: kept.preview ?? null,
    };
    return this.pages.show(request, reply, 'desk/mask-text.njk', `Mask: ${sharedLabel(found)}`, model, {
      status: error?.status ?? 200,
      needs: error ? needsAt(error, 'passages') : [],
    });
  }

  private async showFile(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    n: string,
    { lines = '', rectangles = [] }: { lines?: string; rectangles?: readonly Rectangle[] },
    needs: readonly UnmetNeed[] = [],
  ) {
    const number = fileNumber(n);
    const { file, picture } = await this.maskedFiles.look(officerOf(request), reference, number, rectangles);
    const model = {
      reference,
      path: casePath(reference),
      file,
      lines,
      isPreview: rectangles.length > 0,
      picture: picture && `data:image/webp;base64,${picture.toString('base64')}`,
    };
    return this.pages.show(request, reply, 'desk/mask-file.njk', `Mask a copy of file ${number}`, model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }

  private async showPacket(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    n: string,
    error?: Refusal,
  ) {
    const packet = await this.packets.one(officerOf(request), reference, fileNumber(n));
    const model = {
      reference,
      path: casePath(reference),
      packet,
      parts: packet.parts.map((part, at) => ({ label: partLabel(part), reason: packet.reasons[at] })),
    };
    return this.pages.show(request, reply, 'desk/packet.njk', `Packet ${packet.n}`, model, {
      status: error?.status ?? 200,
      needs: error ? needsAt(error, 'take-out') : [],
    });
  }
}

/** No text has this number. */
const NO_TEXT: TextName = { kind: 'MESSAGE', n: 0 };

/** The text that `of` names, such as `MESSAGE 3`; null where it names none. */
function textNamed(from: unknown): TextName | null {
  const [kind, n = ''] = typed(from, 'of').split(' ');
  const isKind = SHARED_TEXT_CODES.some((each) => each === kind);
  return isKind && /^[1-9]\d{0,5}$/.test(n) ? { kind: kind as SharedText, n: Number(n) } : null;
}

function rectanglesIn(lines: string): Rectangle[] {
  const typedLines = lines.split(/\r?\n/).filter((line) => line.trim() !== '');
  const needs: UnmetNeed[] = [];
  const rectangles = typedLines.flatMap((line) => {
    const rectangle = rectangleIn(line);
    if (rectangle) return [rectangle];
    const sentence = `“${line.trim()}” is no rectangle within the picture. Give four numbers: from the left, from the top, width, height.`;
    needs.push({ name: 'rectangles', field: 'rectangles', sentence });
    return [];
  });
  if (needs.length > 0) throw new Refusal('invalid', 'Some lines are no rectangles.', needs);
  return rectangles;
}
