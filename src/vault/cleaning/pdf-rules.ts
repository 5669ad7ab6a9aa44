import { HeldBack, type RemovedCode } from './cleaned';
import { fileAddressIn } from './file-address';
import {
  KEPT_IN_PROPERTIES,
  KEPT_UNDER,
  KEPT_UNDER_ROOT,
  keptKeys,
  removedWith,
  type Standing,
} from './pdf-keys';
import { lettersOf, nameOf, PdfLiteral, PdfName, type PdfDict, type PdfValue } from './pdf-values';

/** Follows a reference to what it leads to. */
export type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

const ACTIVE_KEYS = [
  'JS',
  'JavaScript',
  'EF',
  'EmbeddedFiles',
  'XFA',
  'RichMediaContent',
  'Collection',
  'AF',
];
const ACTIVE_ACTIONS = new Set(
  'JavaScript Launch ImportData SubmitForm GoToE Rendition Movie Sound RichMediaExecute GoTo3DView'.split(
    ' ',
  ),
);
/** What may happen without a click: showing another place of the same document. */
const QUIET_ACTIONS = new Set(['GoTo', 'Named']);
const ACTIVE_ANNOTATIONS = new Set('FileAttachment RichMedia Movie Screen Sound 3D'.split(' '));
const MARKUP = new Set(
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Redact Popup Projection'.split(
    ' ',
  ),
);
/** Texts that tell who made something and when, in whatever dictionary they stand. */
const TELLING_TEXTS = ['Author', 'Creator', 'Producer', 'CreationDate', 'ModDate', 'LastModified'];
const BLANK = new PdfLiteral('(about:blank)');

/**
 * Throws HeldBack ACTIVE-CONTENT when opening or clicking could run, send, fetch or unpack something. Names in the
 * dictionary must stand in it directly.
 */
export function checkInactive(dict: PdfDict, isStream: boolean, resolve: Resolve): void {
  const [type, subtype, action] = [
    nameOf(dict.get('Type')),
    nameOf(dict.get('Subtype')),
    nameOf(dict.get('S')),
  ];
  const active =
    ACTIVE_KEYS.some((key) => dict.has(key)) ||
    ACTIVE_ACTIONS.has(action) ||
    type === 'EmbeddedFile' ||
    (dict.has('Rect') && ACTIVE_ANNOTATIONS.has(subtype)) ||
    (isStream && dict.has('F'));
  if (active) throw new HeldBack('ACTIVE-CONTENT', 'in a PDF');
  if (dict.has('OpenAction')) checkQuiet([dict.get('OpenAction')], resolve);
  const triggered = resolve(dict.get('AA'));
  if (triggered instanceof Map) checkQuiet([...triggered.values()], resolve);
}

/** What happens by itself, and what follows it (12.6.2): an address asked for so would tell that somebody reads. */
function checkQuiet(starts: readonly (PdfValue | undefined)[], resolve: Resolve): void {
  const queue = starts.map(resolve);
  const seen = new Set<PdfDict>();
  for (const action of queue) {
    if (!(action instanceof Map) || seen.has(action)) continue;
    seen.add(action);
    if (action.has('S') && !QUIET_ACTIONS.has(nameOf(resolve(action.get('S')))))
      throw new HeldBack('ACTIVE-CONTENT', 'an action that nobody starts');
    for (const next of [resolve(action.get('Next'))].flat()) queue.push(resolve(next));
  }
}

/** Takes out of one dictionary what tells who made it, when, with what. Throws as checkInactive does, before anything goes. */
export function cleanDict(
  dict: PdfDict,
  standing: Standing,
  resolve: Resolve,
  removed: Set<RemovedCode>,
): void {
  const keep = (from: PdfDict, kept: ReadonlySet<string>): void => {
    for (const key of [...from.keys()]) if (!kept.has(key)) drop(from, key, removed);
  };
  const kept = keptKeys(dict, standing);
  if (kept) keep(dict, kept);
  for (const [key, child] of dict) {
    const under = KEPT_UNDER.get(key) ?? (standing.isRoot ? KEPT_UNDER_ROOT.get(key) : undefined);
    const value = under || key === 'Properties' ? resolve(child) : undefined;
    if (!(value instanceof Map)) continue;
    if (under) {
      checkInactive(value, false, resolve);
      keep(value, under);
    } else for (const list of propertyLists(value, resolve)) keep(list, KEPT_IN_PROPERTIES);
  }
  if (dict.has('Rect') && MARKUP.has(nameOf(dict.get('Subtype')))) drop(dict, 'T', removed);
  if (nameOf(dict.get('FT')) === 'Sig' && dict.delete('V')) removed.add('SIGNATURE');
  if (dict.delete('CreatorInfo')) removed.add('AUTHOR');
  for (const key of TELLING_TEXTS) if (resolve(dict.get(key)) instanceof PdfLiteral) drop(dict, key, removed);
  cleanLink(dict, resolve, removed);
}

function drop(dict: PdfDict, key: string, removed: Set<RemovedCode>): void {
  if (dict.delete(key)) removed.add(removedWith(key));
}

/** Layers have keys of their own; other lists describe what stands on a page. */
function propertyLists(properties: PdfDict, resolve: Resolve): PdfDict[] {
  return [...properties.values()]
    .map(resolve)
    .filter((list) => list instanceof Map)
    .filter((list) => !['OCG', 'OCMD'].includes(nameOf(resolve(list.get('Type')))));
}

/** A link into somebody's files leads nowhere; the place that could be clicked stays. */
function cleanLink(dict: PdfDict, resolve: Resolve, removed: Set<RemovedCode>): void {
  const action = nameOf(dict.get('S'));
  const toFile = action === 'GoToR' || (action === 'Thread' && dict.has('F'));
  if (!toFile && fileAddressIn(lettersOf(resolve(dict.get('URI')))) !== 0) return;
  for (const key of ['F', 'D', 'Win', 'Mac', 'Unix']) dict.delete(key);
  dict.set('S', new PdfName('URI'));
  dict.set('URI', BLANK);
  removed.add('LINKS');
}

/** Values that go wherever they hang: XMP (14.3.2) and signatures (12.8), with the code of what they were. */
export function needless(value: PdfValue | undefined, resolve: Resolve): RemovedCode | null {
  if (!(value instanceof Map)) return null;
  const name = (key: string): string => nameOf(resolve(value.get(key)));
  if (name('Type') === 'Metadata' || name('Subtype') === 'XML') return 'XMP';
  return value.has('ByteRange') ? 'SIGNATURE' : null;
}

export function isPage(value: PdfValue | undefined, resolve: Resolve): boolean {
  return value instanceof Map && nameOf(resolve(value.get('Type'))) === 'Page';
}
