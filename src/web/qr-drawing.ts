/** Light border that readers of QR codes need (ISO/IEC 18004, 9.1), in modules. */
const QUIET = 4;

/** The drawing of a QR code: the side of its square and the dark modules as one SVG path, both in modules. */
export interface QrDrawing {
  side: number;
  path: string;
}

/** A quarter of the code may be worn off and it still reads (level Q). */
export async function drawQr(text: string): Promise<QrDrawing> {
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
