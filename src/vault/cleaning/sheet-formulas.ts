import { HeldBack } from './cleaned';
import { callsOut, tellsOfFile } from './formulas';
import { readXml } from './xml';
import type { XmlMarks } from './xml-marks';

const HAS_FORMULAS =
  /<(?:[\w.-]+:)?(?:f|formula[12]?|oldFormula|definedName|calculatedColumnFormula|totalsRowFormula|Fmla\w+)[\s>/]/;
const FORMULAS = new Set(
  'f formula formula1 formula2 oldFormula definedName calculatedColumnFormula totalsRowFormula FmlaRange FmlaLink FmlaGroup FmlaTxbx'.split(
    ' ',
  ),
);
/** What stands for the formulas of a table that is filled in further; nothing of it is shown. */
const OF_COLUMNS = new Set(['calculatedColumnFormula', 'totalsRowFormula']);

/**
 * Which elements of an Excel part go because of what its formulas do. Where one in a cell may call out, all formulas of
 * the sheet go and the values that they had stay: they share each other. A value that tells where the file lay is emptied.
 * Throws HeldBack ACTIVE-CONTENT for one that no value stands for: of names, of formats, of charts.
 */
export function tellingFormulas(part: Buffer): XmlMarks {
  const marks: XmlMarks = new Map();
  if (!HAS_FORMULAS.test(part.toString('latin1'))) return marks;
  const ofCells: number[] = [];
  const lists: number[] = [];
  let code = '';
  let startsAt = 0;
  let cellTells = false;
  let cellsCallOut = false;
  let listAt = 0;
  const judge = (local: string, within: readonly string[]): void => {
    const inCell = local === 'f' && within.at(-1) === 'c' && within.includes('sheetData');
    if (inCell) {
      ofCells.push(startsAt);
      cellTells ||= tellsOfFile(code);
      cellsCallOut ||= callsOut(code);
    } else if (!callsOut(code)) return;
    else if (OF_COLUMNS.has(local)) marks.set(startsAt, { verdict: 'drop', code: 'LINKS' });
    else if (within.includes('dataValidations')) lists.push(listAt);
    else throw new HeldBack('ACTIVE-CONTENT', 'a formula');
  };
  const path: string[] = [];
  readXml(part, {
    opens: ({ local, isEmpty }, start, within) => {
      if (local === 'c') cellTells = false;
      if (local === 'dataValidations') listAt = start;
      if (local === 'v' && cellTells) marks.set(start, { verdict: 'blank', code: 'LINKS' });
      if (!FORMULAS.has(local)) return;
      code = '';
      startsAt = start;
      path.splice(0, path.length, ...within);
      if (isEmpty) judge(local, path);
    },
    text: (text, within) => {
      if (FORMULAS.has(within.at(-1) ?? '')) code += text;
    },
    closes: ({ local }) => {
      if (FORMULAS.has(local)) judge(local, path);
    },
  });
  if (cellsCallOut) for (const start of ofCells) marks.set(start, { verdict: 'drop', code: 'LINKS' });
  for (const start of lists) marks.set(start, { verdict: 'drop', code: 'LINKS' });
  return marks;
}
