import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileNumber } from '../casework/file-form';
import { MaskedFiles } from '../casework/sharing/masked-files';
import { Packets } from '../casework/sharing/packets';
import { Redactions } from '../casework/sharing/redactions';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Officer } from '../people/visitor';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiTags,
} from '../platform/api-decorators';
import { attachmentHeaders } from '../platform/attachment';
import { savedName } from '../rules/saved-name';
import { EvidenceAnswer } from './answers/evidence';
import { OpenedPacketAnswer, PacketAnswer, RedactionAnswer, SharingAnswer } from './answers/sharing';
import { BYTES, FILE_FORM, uploadedFile } from './files';
import { ApiBefore, numberIn } from './pages';
import { ProblemResponses } from './problem-responses';
import { PacketForm, PaintForm, RedactionForm } from './sharing-forms';

/** What is passed on to somebody outside: masked versions of texts and files, and packets of them. */
@ApiTags('sharing')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/cases/:reference/sharing')
export class SharingController {
  constructor(
    private readonly redactions: Redactions,
    private readonly maskedFiles: MaskedFiles,
    private readonly packets: Packets,
  ) {}

  @Get()
  @Permits('read-sharing')
  @ApiBefore('messages')
  @ApiOkResponse({ type: SharingAnswer })
  list(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
  ): Promise<SharingAnswer> {
    return this.redactions.list(visitor, reference, numberIn(query, 'messages'));
  }

  @Post('redactions')
  @Permits('mask-text')
  @ApiCreatedResponse({ type: RedactionAnswer })
  maskText(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Body() { kind, n, passages }: RedactionForm,
  ): Promise<RedactionAnswer> {
    return this.redactions.keep(visitor, reference, { kind, n }, passages);
  }

  @Post('files/:n/painted')
  @Permits('paint-file')
  @ApiCreatedResponse({ type: EvidenceAnswer, description: 'The copy, a file of the case.' })
  async paint(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Body() form: PaintForm,
  ): Promise<EvidenceAnswer> {
    return this.maskedFiles.paint(visitor, reference, fileNumber(n), PaintForm.read(form));
  }

  @Post('files/:n/copies')
  @Permits('mask-file')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE_FORM })
  @ApiCreatedResponse({ type: EvidenceAnswer, description: 'A copy that was masked elsewhere.' })
  async upload(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceAnswer> {
    return this.maskedFiles.upload(visitor, reference, fileNumber(n), await uploadedFile(request));
  }

  @Post('packets')
  @Permits('make-packet')
  @ApiCreatedResponse({ type: PacketAnswer })
  makePacket(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Body() { parts }: PacketForm,
  ): Promise<PacketAnswer> {
    return this.packets.make(visitor, reference, parts);
  }

  @Get('packets/:n')
  @Permits('read-sharing')
  @ApiOkResponse({ type: OpenedPacketAnswer })
  packet(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Param('n') n: string,
  ): Promise<OpenedPacketAnswer> {
    return this.packets.one(visitor, reference, fileNumber(n));
  }

  @Post('packets/:n/content')
  @HttpCode(200)
  @Permits('download-packet')
  @ApiOkResponse({
    ...BYTES,
    description: 'The packet as a zip, once it was passed on; each time is counted.',
  })
  async takeOut(
    @CurrentVisitor() visitor: Officer,
    @Param('reference') reference: string,
    @Param('n') n: string,
    @Res() reply: FastifyReply,
  ) {
    const { fileName, mediaType, sizeInBytes, content } = await this.packets.takeOut(
      visitor,
      reference,
      fileNumber(n),
    );
    void reply.headers(attachmentHeaders(savedName(fileName, mediaType), sizeInBytes)).send(content);
  }
}
