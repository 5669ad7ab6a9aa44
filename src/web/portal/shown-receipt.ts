import { drawQr, type QrDrawing } from '../qr-drawing';

/** How a receipt is shown: anything else that a form brings is no receipt. */
const AS_SHOWN = /^\d{5}( \d{5}){4}$/;
/**
 * What the pages that show a receipt draw of it. The code holds the digits as text and no address, so that no server or search learns
 * them from who scans it.
 */
export async function shownReceipt(
  receipt: unknown,
): Promise<{ receipt: string; qr: QrDrawing } | Record<never, never>> {
  return typeof receipt === 'string' && AS_SHOWN.test(receipt) ? { receipt, qr: await drawQr(receipt) } : {};
}
