import type {} from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewEvidence, OpenedEvidence } from '../casework/evidence-files';
import { readFileForm } from '../casework/file-form';
import { attachmentHeaders } from '../platform/attachment';
import { Refusal } from '../platform/refusal';
import { savedName } from '../rules/saved-name';

/** The form of a file in the API document. */
export const FILE_FORM = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, describes: { type: 'string', maxLength: 2000 } },
};

/** A file or tile in the API document. */
export const BYTES = {
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};

/** The `file` of a multipart request with its `describes`, wherever that field stands in the form. */
export async function uploadedFile(request: FastifyRequest): Promise<NewEvidence> {
  const form = request.isMultipart() ? await readFileForm(request.parts()) : null;
  if (!form)
    throw new Refusal('invalid', 'Send the file as multipart/form-data, in the field “file”.', [
      { name: 'answer', field: 'file', sentence: 'Choose a file.' },
    ]);
  return form;
}

/** Sends a file to be saved, never to be shown inside a page. */
export function sendFile(reply: FastifyReply, { view, sizeInBytes, content }: OpenedEvidence): void {
  void reply.headers(attachmentHeaders(savedName(view.fileName, view.mediaType), sizeInBytes)).send(content);
}
