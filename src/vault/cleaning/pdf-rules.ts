import { HeldBack, type RemovedCode } from './cleaned';
import { isFileAddress } from './file-address';
import { lettersOf, nameOf, PdfLiteral, PdfName, type PdfDict, type PdfValue } from './pdf-values';

/** What a viewer needs of the root (ISO 32000-2, table 29); the rest describes, signs, attaches or remembers. */
const KEPT_IN_ROOT = new Set(
  'Type Version Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines OpenAction AA AcroForm Lang StructTreeRoot MarkInfo OutputIntents OCProperties'.split(
    ' ',
  ),
);
const REMOVED_FROM_ROOT: Record<string, RemovedCode> = {
  Metadata: 'XMP',
  PieceInfo: 'CUSTOM-DATA',
  Perms: 'SIGNATURE',
  DSS: 'SIGNATURE',
  Legal: 'SIGNATURE',
  URI: 'LINKS',
  Threads: 'PROPERTIES',
};
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
const ACTIVE_ANNOTATIONS = new Set('FileAttachment RichMedia Movie Screen Sound 3D'.split(' '));
const MARKUP = new Set(
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Redact Popup Projection'.split(
    ' ',
  ),
);
const BLANK = new PdfLiteral(Buffer.from('(about:blank)'));

/** Throws HeldBack ACTIVE-CONTENT when opening or clicking could run, send or unpack something. */
export function checkInactive(dict: PdfDict, isStream: boolean): void {
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
}

/** Takes out of one dictionary what tells who made it, when, with what. `isRoot` for the document's own. */
export function cleanDict(dict: PdfDict, isRoot: boolean, removed: Set<RemovedCode>): void {
  const drop = (key: string, code: RemovedCode): void => {
    if (dict.delete(key)) removed.add(code);
  };
  const [type, subtype] = [nameOf(dict.get('Type')), nameOf(dict.get('Subtype'))];
  if (isRoot)
    for (const key of [...dict.keys()])
      if (!KEPT_IN_ROOT.has(key)) drop(key, REMOVED_FROM_ROOT[key] ?? 'CUSTOM-DATA');
  if (type === 'Page') {
    drop('Thumb', 'THUMBNAIL');
    drop('ID', 'CUSTOM-DATA');
  }
  if (type === 'Page' || subtype === 'Form' || subtype === 'Image') {
    drop('PieceInfo', 'CUSTOM-DATA');
    drop('LastModified', 'TIME');
    drop('Metadata', 'XMP');
    drop('OPI', 'LINKS');
    drop('Ref', 'LINKS');
  }
  if (dict.has('Rect')) {
    if (MARKUP.has(subtype)) drop('T', 'AUTHOR');
    drop('M', 'TIME');
    drop('CreationDate', 'TIME');
    drop('NM', 'CUSTOM-DATA');
  }
  if (nameOf(dict.get('FT')) === 'Sig') drop('V', 'SIGNATURE');
  drop('SigFlags', 'SIGNATURE');
  drop('CreatorInfo', 'AUTHOR');
  cleanLink(dict, removed);
}

/** A link into somebody's files leads nowhere; the place that could be clicked stays. */
function cleanLink(dict: PdfDict, removed: Set<RemovedCode>): void {
  const action = nameOf(dict.get('S'));
  const toFile = action === 'GoToR' || (action === 'Thread' && dict.has('F'));
  if (!toFile && !(dict.has('URI') && isFileAddress(lettersOf(dict.get('URI'))))) return;
  for (const key of ['F', 'D', 'Win', 'Mac', 'Unix']) dict.delete(key);
  dict.set('S', new PdfName('URI'));
  dict.set('URI', BLANK);
  removed.add('LINKS');
}

/** Values that go wherever they hang: XMP (14.3.2) and signatures (12.8), with the code of what they were. */
export function needless(value: PdfValue): RemovedCode | null {
  if (!(value instanceof Map)) return null;
  if (nameOf(value.get('Type')) === 'Metadata' || nameOf(value.get('Subtype')) === 'XML') return 'XMP';
  return value.has('ByteRange') ? 'SIGNATURE' : null;
}

export function isPage(value: PdfValue): boolean {
  return value instanceof Map && nameOf(value.get('Type')) === 'Page';
}
