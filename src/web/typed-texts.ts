import type { FastifyRequest } from 'fastify';
import type {} from '@fastify/multipart';
import { MEGABYTE } from '../platform/settings';
import { ASKS, type Ask } from '../rules/asks';

/** Texts of forms that no step asks: messages, reasons, what somebody lodges, what a file shows. */
const OTHER_TEXTS = [
  ...['text', 'reason', 'narrative', 'systemKnown', 'groupDefinition', 'whenHappened', 'desiredOutcome'],
  ...['reprisalText', 'accommodation', 'keepOut', 'subject', 'describes', 'name'],
  ...['contact.value', 'contact.safeContact'],
];

/** How far somebody agrees: with whom, what, until when. */
const LIMITS_OF_CONSENT = /^CN-[A-Z-]+\.scope$/;

/** Of a form with files that is refused, no more is read for what was typed in it than is read on after any answer. */
const MOST_READ = 64 * MEGABYTE;
/** No more texts are kept of it than a form without files can bring: strangers send such forms, too. */
const MOST_TYPED = MEGABYTE;
const READING = {
  throwFileSizeLimit: false,
  limits: { fileSize: MOST_READ, files: 500, fields: 600, fieldSize: 300_000, parts: 1200 },
};

/**
 * What somebody wrote into a form that could not be taken, to be handed back to them alone. Known fields for texts only: no password,
 * receipt or code is ever drawn again.
 */
export function typedTexts(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body)
    .filter(([field]) => isText(field))
    .map(([, value]) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''))
    .filter((value) => value.trim() !== '');
}

/**
 * The same of a form that is refused, also of one with files that nobody has read: its texts are read, its files are thrown away. Of a form
 * that breaks off, or is too long, what had come.
 */
export async function typedInForm(request: FastifyRequest): Promise<string[]> {
  if (!request.isMultipart() || request.raw.readableDidRead) return typedTexts(request.body);
  const texts: string[] = [];
  let bytes = 0;
  let left = MOST_TYPED;
  try {
    for await (const part of request.parts(READING)) {
      if (part.type === 'field') {
        left -= String(part.value).length;
        if (left < 0) return texts;
        texts.push(...typedTexts({ [part.fieldname]: part.value }));
      } else
        for await (const chunk of part.file) {
          bytes += (chunk as Buffer).length;
          if (bytes > MOST_READ) return texts;
        }
    }
  } catch {
    // The form is refused already: what is wrong with the rest of it changes nothing.
  }
  return texts;
}

function isText(field: string): boolean {
  const asks: Record<string, Ask | undefined> = ASKS;
  const [name = '', ...ofAction] = field.split('.');
  const kind = Object.hasOwn(asks, name) ? asks[name]?.kind : undefined;
  return (
    OTHER_TEXTS.includes(field.replace(/-\d+$/, '')) ||
    LIMITS_OF_CONSENT.test(field) ||
    kind === (ofAction.length === 0 ? 'text' : 'textByAction')
  );
}
