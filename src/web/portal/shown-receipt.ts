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
export async function shownReceipt(
  receipt: unknown,
): Promise<{ receipt: string; qr: QrDrawing } | Record<string, never>> {
  return typeof receipt === 'string' && AS_SHOWN.test(receipt) ? { receipt, qr: await drawQr(receipt) } : {};
}

/** A quarter of the code may be worn off and it still reads (level Q). */
async function drawQr(text: string): Promise<QrDrawing> {
  // Loaded with the first receipt: no start waits for it.
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'Q' });
  const { size } = modules;
  let path = '';
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (!modules.get(row, column)) continue;
      const from = column;
      while (column + 1 < size && modules.get(row, column + 1)) column += 1;
      const width = column - from + 1;
      path += `M${from + QUIET} ${row + QUIET}h${width}v1h-${width}z`;
    }
  return { side: size + 2 * QUIET, path };
}
