import { links, SENTENCE, zip, type Files } from './documents';
import type { MediaType } from '../../../src/vault/cleaning/media-type';

const OOXML = 'application/vnd.openxmlformats-officedocument';
const KINDS = {
  Word: ['word/document.xml', 'wordprocessingml.document', `<w:document><w:t>${SENTENCE}</w:t></w:document>`],
  Excel: ['xl/workbook.xml', 'spreadsheetml.sheet', `<workbook><a>${SENTENCE}</a></workbook>`],
  PowerPoint: ['ppt/presentation.xml', 'presentationml.presentation', `<p:p><a>${SENTENCE}</a></p:p>`],
} as const;
export type Kind = keyof typeof KINDS;
/** A document of a main part and one more, which a link of the given kind leads to from the main part or from the root. */
export function office(
  kind: Kind,
  type: string,
  text: string,
  where: 'part' | 'root' | 'main' = 'part',
): Buffer {
  const [main, declared, plain] = KINDS[kind];
  const [folder] = main.split('/') as [string];
  const toPart: Parameters<typeof links>[0] = [type, where === 'root' ? `${folder}/odd/x.xml` : 'odd/x.xml'];
  const files: Files = {
    '[Content_Types].xml': `<Types><Override PartName="/${main}" ContentType="${OOXML}.${declared}.main+xml"/><Override PartName="/${folder}/odd/x.xml" ContentType="x"/></Types>`,
    '_rels/.rels': links(['officeDocument', main], ...(where === 'root' ? [toPart] : [])),
    [`${folder}/_rels/${main.split('/')[1]}.rels`]: links(...(where === 'part' ? [toPart] : [])),
    [main]: where === 'main' ? text : plain,
    [`${folder}/odd/x.xml`]: where === 'main' ? '<a/>' : text,
  };
  return zip(files);
}

export const typeOf = (kind: Kind): MediaType => `${OOXML}.${KINDS[kind][1]}` as MediaType;
