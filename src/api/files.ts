import type {} from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewEvidence } from '../casework/evidence-files';
import type { OpenedEvidence } from '../casework/guest-copies';
import { readFileForm } from '../casework/file-form';
import { attachmentHeaders } from '../platform/attachment';
import {
  CHANNELS,
  COMPLAINANT_ROLES,
  CONTACT_KINDS,
  FEARS_OF_REPRISAL,
  NAME_MAX_LENGTH,
  NARRATIVE_MAX_LENGTH,
} from '../casework/intake/complaint-form';
import { ENCLOSED_MAX_FILES } from '../casework/intake/enclosed-files';
import { CONSENT_CODES } from '../rules/consents';
import { IDENTITY_MODE_CODES } from '../rules/identity-modes';
import { Refusal } from '../platform/refusal';
import { savedName } from '../rules/saved-name';

/** The form of a file in the API document. */
export const FILE_FORM = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, describes: { type: 'string', maxLength: 2000 } },
};

const field = (maxLength: number, description?: string) => ({ type: 'string', maxLength, description });
const answer = (codes: readonly string[]) => ({ type: 'string', enum: [...codes] });

/** The form of a complaint with its files in the API document: every answer as text, under the names of the JSON complaint. */
export const COMPLAINT_WITH_FILES = {
  type: 'object',
  required: ['narrative'],
  properties: {
    narrative: field(NARRATIVE_MAX_LENGTH),
    language: field(35, 'BCP 47 tag; English when left out.'),
    channel: answer(CHANNELS),
    identityMode: answer(IDENTITY_MODE_CODES),
    complainantRole: answer(COMPLAINANT_ROLES),
    desiredOutcome: field(10_000),
    'contact.kind': answer(CONTACT_KINDS),
    'contact.value': field(500),
    'contact.safeContact': field(2000),
    whenHappened: field(2000),
    systemKnown: field(2000),
    systemUnknown: answer(['true', 'false']),
    awareOfAiUse: answer(['true', 'false']),
    fearOfReprisal: answer(FEARS_OF_REPRISAL),
    reprisalText: field(10_000),
    accommodation: field(2000),
    keepOut: field(2000),
    name: field(NAME_MAX_LENGTH),
    ...Object.fromEntries(CONSENT_CODES.map((code) => [`consent.${code}`, answer(['yes', 'no'])])),
    file: {
      type: 'array',
      maxItems: ENCLOSED_MAX_FILES,
      items: { type: 'string', format: 'binary' },
      description: 'The n-th file; a need about it names the field file-n.',
    },
    describes: {
      type: 'array',
      maxItems: ENCLOSED_MAX_FILES,
      items: { type: 'string', maxLength: 2000 },
      description: 'The n-th says what the n-th file shows; empty where nothing is said.',
    },
  },
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
