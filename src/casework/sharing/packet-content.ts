import { ASKED_OF } from '../../rules/inquiry';
import { MARK } from '../../rules/masking';
import { ROLES, type RoleCode } from '../../rules/roles';
import { savedName } from '../../rules/saved-name';
import { SHARED_TEXTS, type SharedText } from '../../rules/sharing';
import { writeZip } from '../../vault/cleaning/zip';
import type { SharedTextView } from './views';

/** A text as it leaves. */
export interface LeavingText extends SharedTextView {
  text: string;
  isMasked: boolean;
}

/** A file as it leaves: its clean copy. */
export interface LeavingFile {
  content: Buffer;
  mediaType: string;
}

const HOLDERS: Partial<Record<string, string>> = {
  RH: 'the complainant',
  REP: 'who acts for the complainant',
  SUP: 'who stands beside the complainant',
  LEAD: 'who leads the collective complaint',
};

const PARTS: Record<string, string> = {
  narrative: 'what happened',
  desiredOutcome: 'what is wanted',
  whenHappened: 'when it happened',
  systemKnown: 'which system',
  reprisalText: 'what is feared',
  groupDefinition: 'who belongs to the group',
  groupByStaff: 'who belongs to the group, as staff wrote it',
};

/** Texts whose writer is told by their kind. */
const SAID_BY_KIND: readonly SharedText[] = ['COMPLAINT', 'TRANSCRIPT'];

/** Nobody by name: the person is the complainant, staff are their roles. */
function whoOf(from: string): string {
  const asked = ASKED_OF[from as keyof typeof ASKED_OF] as { label: string } | undefined;
  const label = asked?.label ?? `The ${ROLES[from as RoleCode].label.toLowerCase()}`;
  return HOLDERS[from] ?? label.charAt(0).toLowerCase() + label.slice(1);
}

function headingOf({ kind, n, part, from, on, isMasked }: LeavingText): string {
  const what = part === null ? `${SHARED_TEXTS[kind].label} ${n}` : `Complaint: ${PARTS[part]!}`;
  const who = from === null || SAID_BY_KIND.includes(kind) ? null : `from ${whoOf(from)}`;
  return [what, who, on, isMasked ? 'parts are masked' : null].filter((each) => each !== null).join(', ');
}

/** The texts of a packet as one text, under headings that name nobody and no case. Null where there are none. */
export function packetDocument(texts: readonly LeavingText[]): string | null {
  if (texts.length === 0) return null;
  const lead = texts.some(({ isMasked }) => isMasked)
    ? [`${MARK} stands for something that was left out; its length says nothing.`]
    : [];
  return [...lead, ...texts.map((each) => `${headingOf(each)}\n\n${each.text}`)].join('\n\n----\n\n') + '\n';
}

/** A packet as it leaves: a zip with the document and the files, under names that say nothing, always the same bytes and without times. */
export function packetZip(document: string | null, files: readonly LeavingFile[]): Buffer {
  const named = files.map(
    ({ content, mediaType }, at) => [savedName(`file-${at + 1}`, mediaType), content] as const,
  );
  const texts = document === null ? [] : [['texts.txt', Buffer.from(document)] as const];
  // What pictures and documents hold is packed already.
  return writeZip(
    new Map([...texts, ...named]),
    named.map(([name]) => name),
  );
}
