import type { RemovedCode } from './cleaned';
import { nameOf, type PdfDict } from './pdf-values';

const keys = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

// What a viewer needs of a dictionary (ISO 32000-2); the rest describes, signs, attaches or remembers.

const ROOT = keys(
  'Type Version Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines OpenAction AA AcroForm Lang StructTreeRoot MarkInfo OutputIntents OCProperties',
);
const PAGES = keys('Type Parent Kids Count Resources MediaBox CropBox Rotate');
const PAGE = keys(
  'Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox BoxColorInfo Contents Rotate Group Dur Trans Annots AA StructParents Tabs UserUnit',
);
const FORM = keys(
  'Type Subtype FormType BBox Matrix Resources Group StructParent StructParents OC Name Length Filter DecodeParms',
);
const IMAGE = keys(
  'Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte Name StructParent OC Length Filter DecodeParms',
);
/** Page contents, font programs, colour profiles, functions, patterns, shadings, halftones, character maps. */
const STREAM = keys(`
  Type Subtype Length Filter DecodeParms Length1 Length2 Length3 N Alternate Range FunctionType Domain Size BitsPerSample
  Order Encode Decode PatternType PaintType TilingType BBox XStep YStep Resources Matrix ShadingType ColorSpace Background
  AntiAlias BitsPerCoordinate BitsPerComponent BitsPerFlag Function VerticesPerRow HalftoneType HalftoneName Width Height
  Width2 Height2 Xsquare Ysquare TransferFunction CMapName CIDSystemInfo WMode UseCMap StructParent StructParents Group
`);
const FONT = keys(
  'Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode Name FontBBox FontMatrix CharProcs Resources DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap',
);
const FONT_DESCRIPTOR = keys(
  'Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet',
);
/** Annotations and the fields of forms, which are often one and the same dictionary. */
const ANNOTATION = keys(`
  Type Subtype Rect Contents P F AP AS Border BS BE C StructParent OC CA ca BM Lang A AA Dest H QuadPoints Popup IRT RT IT
  DA Q CL LE RD IC LL LLE LLO Cap CP CO Vertices InkList Path Open Name State StateModel Sy RO OverlayText Repeat Subj
  Parent MK FT Ff T TU TM V DV Opt MaxLen Kids TI I
`);
const FORM_OF_FIELDS = keys('Fields NeedAppearances CO DR DA Q');
const STRUCTURE = keys(
  'Type S P ID Ref Pg K A C R T Lang Alt E ActualText NS Phoneme PhoneticAlphabet IDTree ParentTree ParentTreeNextKey RoleMap ClassMap Namespaces',
);
const OUTLINE = keys('Type Title Parent Prev Next First Last Count Dest A SE C F');
/** What a click may do: the kinds of action that stay (12.6.4). */
const ACTION = keys('Type S Next D SD URI IsMap N F NewWindow T Win Mac Unix');
const ACTIONS = keys('GoTo GoToR Named Thread URI');
const LAYER = keys('Type Name Intent Usage OCGs P VE');
const OUTPUT_INTENT = keys(
  'Type S OutputCondition OutputConditionIdentifier RegistryName Info DestOutputProfile',
);
const RESOURCES = keys('ProcSet Font XObject ExtGState ColorSpace Pattern Shading Properties');
/** Properties of marked content (14.6.2, 14.8.2.2). */
export const KEPT_IN_PROPERTIES = keys(
  'Type MCID Lang Alt ActualText E Attached BBox Subtype Subtypes Contents',
);
const NAMES = keys('Dests AP');

const REMOVED_WITH = new Map<string, RemovedCode>([
  ['Metadata', 'XMP'],
  ['Perms', 'SIGNATURE'],
  ['DSS', 'SIGNATURE'],
  ['Legal', 'SIGNATURE'],
  ['SigFlags', 'SIGNATURE'],
  ['URI', 'LINKS'],
  ['OPI', 'LINKS'],
  ['Ref', 'LINKS'],
  ['PTEX.FileName', 'LINKS'],
  ['PTEX.InfoDict', 'PROPERTIES'],
  ['Threads', 'PROPERTIES'],
  ['B', 'PROPERTIES'],
  ['Thumb', 'THUMBNAIL'],
  ['Alternates', 'OTHER-PICTURES'],
  ['LastModified', 'TIME'],
  ['M', 'TIME'],
  ['CreationDate', 'TIME'],
  ['ModDate', 'TIME'],
  ['Author', 'AUTHOR'],
  ['Creator', 'AUTHOR'],
  ['Producer', 'AUTHOR'],
  ['T', 'AUTHOR'],
]);

/** Under which code it is told that a key went. */
export function removedWith(key: string): RemovedCode {
  return REMOVED_WITH.get(key) ?? 'CUSTOM-DATA';
}

/** Dictionaries that are known by the key that they hang on, and which keys of them stay. */
export const KEPT_UNDER: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Resources', RESOURCES],
  ['DR', new Set([...RESOURCES, 'Encoding'])],
  ['AcroForm', FORM_OF_FIELDS],
]);

/** The same for those that hang on the root alone. */
export const KEPT_UNDER_ROOT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Names', NAMES],
  ['OCProperties', keys('OCGs D Configs')],
]);

/** How layers are shown at first (8.11.4.3); without what such a choice is called and who made it. */
export const KEPT_IN_LAYER_CHOICE = keys('BaseState ON OFF Intent AS Order ListMode RBGroups Locked');

/** Where a dictionary stands in its file. */
export interface Standing {
  isRoot: boolean;
  isPageNode: boolean;
  isStream: boolean;
}

/** Which keys of a dictionary stay; null for kinds whose keys are names that the document itself gives. */
export function keptKeys(
  dict: PdfDict,
  { isRoot, isPageNode, isStream }: Standing,
): ReadonlySet<string> | null {
  const [type, subtype] = [nameOf(dict.get('Type')), nameOf(dict.get('Subtype'))];
  const has = (...all: string[]): boolean => all.every((key) => dict.has(key));
  if (isRoot) return ROOT;
  if (isPageNode || type === 'Page' || type === 'Pages') return has('Kids') ? PAGES : PAGE;
  if (isStream) return subtype === 'Form' ? FORM : subtype === 'Image' ? IMAGE : STREAM;
  if (type === 'Font' || has('BaseFont', 'Subtype')) return FONT;
  if (type === 'FontDescriptor' || has('FontName', 'Flags')) return FONT_DESCRIPTOR;
  if (type === 'Annot' || has('Rect', 'Subtype') || has('FT') || has('T', 'Kids')) return ANNOTATION;
  if (ACTIONS.has(nameOf(dict.get('S')))) return ACTION;
  if (type === 'StructTreeRoot' || type === 'StructElem' || (nameOf(dict.get('S')) && has('P', 'K')))
    return STRUCTURE;
  if (type === 'Outlines' || has('Title', 'Parent')) return OUTLINE;
  if (type === 'OCG' || type === 'OCMD') return LAYER;
  return type === 'OutputIntent' || has('DestOutputProfile') ? OUTPUT_INTENT : null;
}
