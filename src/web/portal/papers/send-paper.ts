import type { FastifyReply } from 'fastify';
import { attachmentHeaders } from '../../../platform/attachment';
import type { MadePaper } from './papers';

/** Saved and never shown in place, so that no page of it stays open; of its own type, so that a phone knows how to open it later. */
export function sendPaper(reply: FastifyReply, { fileName, content }: MadePaper): FastifyReply {
  const type = fileName.endsWith('.pdf') ? 'application/pdf' : 'text/plain; charset=utf-8';
  return reply
    .headers({ ...attachmentHeaders(fileName, content.length), 'content-type': type })
    .send(content);
}
