// Source: feature 51 (visible marks on files). Where on a picture something is masked, in per cent of it as it stands upright.

/** In per cent of width and height, from the left and the top; within the picture, and not empty. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const MOST_RECTANGLES = 50;

const NUMBER = /^\d{1,3}(?:[.,]\d{1,3})?$/;
const BETWEEN = /[\s;]+|,\s+/;

/** A line as somebody types it, `left top width height`; null where it says no rectangle within the picture. */
export function rectangleIn(line: string): Rectangle | null {
  const parts = line
    .trim()
    .split(BETWEEN)
    .map((part) => part.replace(/%$/, ''));
  if (parts.length !== 4 || !parts.every((part) => NUMBER.test(part))) return null;
  const [left, top, width, height] = parts.map((part) => Number(part.replace(',', '.'))) as [
    number,
    number,
    number,
    number,
  ];
  return fits({ left, top, width, height });
}

/** The same of what a program sends. */
export function rectangleOf(value: unknown): Rectangle | null {
  if (typeof value !== 'object' || value === null) return null;
  const { left, top, width, height } = value as Record<string, unknown>;
  const numbers = [left, top, width, height];
  if (!numbers.every((each): each is number => typeof each === 'number' && Number.isFinite(each)))
    return null;
  return fits({ left, top, width, height } as Rectangle);
}

function fits(rectangle: Rectangle): Rectangle | null {
  const { left, top, width, height } = rectangle;
  const isWithin = left >= 0 && top >= 0 && left + width <= 100 && top + height <= 100;
  return isWithin && width > 0 && height > 0 ? rectangle : null;
}
