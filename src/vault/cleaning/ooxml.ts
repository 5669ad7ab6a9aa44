import { HeldBack, type RemovedCode } from './cleaned';
import { followLinks, NO_IDS, type LinkIds } from './ooxml-links';
import { ooxmlEdit } from './ooxml-rules';
import { tellingFormulas } from './sheet-formulas';
import { tellingFields } from './word-fields';
import { editXml } from './xml';
import type { ZipFiles } from './zip';

const CONTENT_TYPES = '[Content_Types].xml';
/** Parts that could run or unpack something. */
const ACTIVE_PART =
  /(^|\/)(vbaproject|vbadata|activex|embeddings|oleobject|macrosheets|externallinks\/.*ole|webextensions|connections\.xml)/i;

/** Cleans an embedded picture or recording and adds what it removed; rejects with HeldBack. */
export type CleanMedium = (content: Buffer, removed: Set<RemovedCode>) => Promise<Buffer>;

/**
 * Word, Excel and PowerPoint documents: keeps what links of known kinds lead to from the root, so that no part stays that
 * nothing needs; texts stay letter for letter. Rejects with HeldBack ACTIVE-CONTENT, NO-CLEANER (a medium without a
 * cleaner) or BROKEN. Source: ECMA-376 part 1 (11–15, 17.13, 18) and part 2 (OPC); [MS-DOCX], [MS-XLSX], [MS-PPTX].
 */
export async function cleanOoxml(
  parts: ZipFiles,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Map<string, Buffer>> {
  if (parts.names().some((name) => ACTIVE_PART.test(name))) throw new HeldBack('ACTIVE-CONTENT', 'a part');
  const reached = followLinks(parts, removed);
  const files = new Map<string, Buffer>();
  for (const name of parts.names()) {
    if (name === CONTENT_TYPES) files.set(name, cleanContentTypes(parts.get(name)!, reached.parts));
    else if (reached.links.has(name)) files.set(name, reached.links.get(name)!);
    else if (reached.parts.has(name))
      files.set(
        name,
        await cleanPart(name, parts.get(name)!, reached.ids.get(name) ?? NO_IDS, cleanMedium, removed),
      );
  }
  return files;
}

function cleanContentTypes(content: Buffer, kept: ReadonlySet<string>): Buffer {
  return editXml(content, {
    element: (local, _within, attributes) =>
      local === 'Override' && !kept.has((attributes.get('PartName') ?? '').slice(1)) ? 'drop' : 'keep',
  });
}

async function cleanPart(
  name: string,
  content: Buffer,
  ids: LinkIds,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Buffer> {
  if (/\.(xml|vml)$/i.test(name)) {
    const marks = new Map([
      ...tellingFields(content),
      ...(name.startsWith('xl/') ? tellingFormulas(content) : []),
    ]);
    return editXml(content, ooxmlEdit(name, ids, marks, removed));
  }
  if (/\/fonts\/[^/]+\.(odttf|fntdata|ttf)$/i.test(name)) return content;
  return cleanMedium(content, removed);
}
