import type { FastifyReply } from 'fastify';
import type { OpenedEvidence } from '../casework/guest-copies';
import { attachmentHeaders } from '../platform/attachment';
import { savedName } from '../rules/saved-name';

/** Never shown in place: whatever the file is, the browser only saves it. */
export function sendFile(reply: FastifyReply, { view, sizeInBytes, content }: OpenedEvidence): FastifyReply {
  return reply
    .headers(attachmentHeaders(savedName(view.fileName, view.mediaType), sizeInBytes))
    .send(content);
}
