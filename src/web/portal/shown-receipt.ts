import { create } from 'qrcode';

/** How a receipt is shown: anything else that a form brings is no receipt. */
const AS_SHOWN = /^\d{5}( \d{5}){4}$/;
/** Light border that readers of QR codes need (ISO/IEC 18004, 9.1), in modules. */
const QUIET = 4;

/** The drawing of a QR code: the side of its square and the dark modules as one SVG path, both in modules. */
export interface QrDrawing {
  side: number;
  path: string;
}

/**
 * What the pages that show a receipt draw of it. The code holds the digits as text and no address, so that no server or search learns
 * them from who scans it.
 */
export function shownReceipt(receipt: unknown): { receipt: string; qr: QrDrawing } | Record<string, never> {
  return typeof receipt === 'string' && AS_SHOWN.test(receipt) ? { receipt, qr: drawQr(receipt) } : {};
}

/** A quarter of the code may be worn off and it still reads (level Q). */
function drawQr(text: string): QrDrawing {
  const { size, get } = modulesOf(text);
  let path = '';
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (!get(row, column)) continue;
      const from = column;
      while (column + 1 < size && get(row, column + 1)) column += 1;
      const width = column - from + 1;
      path += `M${from + QUIET} ${row + QUIET}h${width}v1h-${width}z`;
    }
  return { side: size + 2 * QUIET, path };
}

function modulesOf(text: string): { size: number; get: (row: number, column: number) => boolean } {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' });
  return { size: modules.size, get: (row, column) => Boolean(modules.get(row, column)) };
}
