import { HeldBack, type RemovedCode } from './cleaned';
import {
  KEPT_IN_LAYER_CHOICE,
  KEPT_IN_PROPERTIES,
  KEPT_UNDER,
  KEPT_UNDER_ROOT,
  keptKeys,
  removedWith,
  type Standing,
} from './pdf-keys';
import { isClickable } from './web-address';
import { lettersOf, nameOf, PDF_NULL, PdfLiteral, PdfName, type PdfDict, type PdfValue } from './pdf-values';

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
/** Viewers call the commands of their menus by such names too: to print, to save, to send. */
const QUIET_NAMES = new Set(['NextPage', 'PrevPage', 'FirstPage', 'LastPage']);
const ACTIVE_ANNOTATIONS = new Set('FileAttachment RichMedia Movie Screen Sound 3D'.split(' '));
/** Texts that tell who made something and when, in whatever dictionary they stand. */
const TELLING_TEXTS = ['Author', 'Creator', 'Producer', 'CreationDate', 'ModDate', 'LastModified'];
const BLANK = new PdfLiteral('(about:blank)');
const NO_TEXT = new PdfLiteral('()');

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
    const kind = nameOf(resolve(action.get('S')));
    const isQuiet =
      kind === 'Named' ? QUIET_NAMES.has(nameOf(resolve(action.get('N')))) : QUIET_ACTIONS.has(kind);
    if (action.has('S') && !isQuiet) throw new HeldBack('ACTIVE-CONTENT', 'an action that nobody starts');
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
  // Of a field it is the name, of every other annotation who wrote it (12.5.6.2).
  const isAnnotation = dict.has('Rect') || nameOf(dict.get('Type')) === 'Annot';
  if (isAnnotation && !dict.has('FT') && nameOf(dict.get('Subtype')) !== 'Widget') drop(dict, 'T', removed);
  if (nameOf(dict.get('FT')) === 'Sig' && dict.delete('V')) removed.add('SIGNATURE');
  if (dict.delete('CreatorInfo')) removed.add('AUTHOR');
  for (const key of TELLING_TEXTS) if (resolve(dict.get(key)) instanceof PdfLiteral) drop(dict, key, removed);
  if (nameOf(dict.get('O')) === 'UserProperties') drop(dict, 'P', removed);
  if (standing.isRoot) cleanLayers(resolve(dict.get('OCProperties')), resolve, keep, removed);
  const usage = isLayer(dict) ? resolve(dict.get('Usage')) : undefined;
  if (usage instanceof Map && usage.delete('User')) removed.add('AUTHOR');
  cleanLink(dict, resolve, removed);
}

/** A group of content that is shown or hidden together (8.11.2). */
export function isLayer(dict: PdfDict): boolean {
  return nameOf(dict.get('Type')) === 'OCG';
}

/** Which layers are on, off and listed stays; what their lists are called goes. */
function cleanLayers(
  layers: PdfValue | undefined,
  resolve: Resolve,
  keep: (from: PdfDict, kept: ReadonlySet<string>) => void,
  removed: Set<RemovedCode>,
): void {
  if (!(layers instanceof Map)) return;
  const more = resolve(layers.get('Configs'));
  for (const choice of [layers.get('D'), ...(Array.isArray(more) ? more : [])].map(resolve)) {
    if (!(choice instanceof Map)) continue;
    keep(choice, KEPT_IN_LAYER_CHOICE);
    const lists = new Set([resolve(choice.get('Order'))]);
    // A set that grows while it is walked reaches every list once.
    for (const list of lists) {
      if (!Array.isArray(list)) continue;
      for (const [index, entry] of list.entries()) {
        const target = resolve(entry);
        if (target instanceof PdfLiteral && target !== PDF_NULL) {
          if (target.raw !== NO_TEXT.raw) removed.add('CUSTOM-DATA');
          list[index] = NO_TEXT;
        } else lists.add(target);
      }
    }
  }
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

/** A link that leads to no place of the web leads nowhere; the place that could be clicked stays. */
function cleanLink(dict: PdfDict, resolve: Resolve, removed: Set<RemovedCode>): void {
  const action = nameOf(dict.get('S'));
  const toFile = action === 'GoToR' || (action === 'Thread' && dict.has('F'));
  const address = lettersOf(resolve(dict.get('URI'))).replace(/^\xfe\xff/, '');
  if (!toFile && (!dict.has('URI') || isClickable(address) || address === 'about:blank')) return;
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
