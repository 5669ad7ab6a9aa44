import { broken } from './cleaned';

/** The bytes of rows that tell how each differs from those beside it. Lengths in bytes, `row` without its kind. Source: PNG 3rd edition, 9.2. */
export function unfiltered(
  bytes: Buffer,
  { rows, row, pixel }: { rows: number; row: number; pixel: number },
): Buffer {
  const out = Buffer.alloc(rows * row);
  for (let line = 0; line < rows; line += 1) {
    const guess = GUESSES[bytes[line * (row + 1)]!];
    if (!guess) throw broken('a row of another kind');
    for (let column = 0; column < row; column += 1) {
      const at = line * row + column;
      const left = column >= pixel ? out[at - pixel]! : 0;
      const up = line > 0 ? out[at - row]! : 0;
      const upLeft = line > 0 && column >= pixel ? out[at - row - pixel]! : 0;
      out[at] = bytes[line * (row + 1) + 1 + column]! + guess(left, up, upLeft);
    }
  }
  return out;
}

/** What a byte is taken to differ from, by the kind of its row. */
const GUESSES: readonly ((left: number, up: number, upLeft: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}
