import type Sharp from 'sharp';
import { Refusal } from '../platform/refusal';
import type { Rectangle } from '../rules/rectangles';

/** Of these kinds a masked copy is painted here; of any other it is made outside. HEIC needs a decoder that nobody may ship freely. */
const PAINTED: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** More would not fit into memory beside everything else: four bytes each, twice. */
const MOST_PIXELS = 40_000_000;
const MOST_SECONDS = 30;
const PREVIEW_PIXELS = 1_200;

/** A picture as it lies in memory, upright. */
interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** Whether rectangles can be painted into a file of this type. */
export function canBePainted(mediaType: string): boolean {
  return PAINTED.includes(mediaType);
}

/**
 * The picture with these rectangles painted black, opaque, over every pixel that they touch; every other pixel is as it was. As a PNG,
 * which holds nothing beside the picture. `turnedBy`: degrees clockwise to stand upright. Throws a `Refusal` where it is too large or
 * cannot be read.
 */
export async function paint(
  content: Buffer,
  turnedBy: number,
  rectangles: readonly Rectangle[],
): Promise<Buffer> {
  const picture = await painted(content, turnedBy, rectangles);
  return picture.png().toBuffer();
}

/** A small copy of the same, as WebP, for the page on which somebody says what to mask. */
export async function preview(
  content: Buffer,
  turnedBy: number,
  rectangles: readonly Rectangle[],
): Promise<Buffer> {
  const picture = await painted(content, turnedBy, rectangles);
  return picture
    .resize({ width: PREVIEW_PIXELS, height: PREVIEW_PIXELS, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}

/** Loaded with the first picture, and told to keep none in memory. */
async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp;
}

async function decode(sharp: typeof Sharp, content: Buffer, turnedBy: number): Promise<Pixels> {
  try {
    const { data, info } = await sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .timeout({ seconds: MOST_SECONDS })
      .rotate(turnedBy)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (error) {
    throw Object.assign(
      new Refusal('invalid', 'This picture cannot be painted here.', [
        {
          name: 'picture',
          field: 'rectangles',
          sentence: `This picture is damaged, or larger than ${MOST_PIXELS / 1_000_000} million pixels. Mask a copy elsewhere and upload it.`,
        },
      ]),
      { cause: error },
    );
  }
}

async function painted(
  content: Buffer,
  turnedBy: number,
  rectangles: readonly Rectangle[],
): Promise<Sharp.Sharp> {
  const sharp = await loadSharp();
  const pixels = await decode(sharp, content, turnedBy);
  for (const rectangle of rectangles) cover(pixels, rectangle);
  const { data, width, height, channels } = pixels;
  return sharp(data, { raw: { width, height, channels } });
}

function cover({ data, width, height, channels }: Pixels, rectangle: Rectangle): void {
  const from = Math.floor((rectangle.left * width) / 100);
  const to = Math.min(width, Math.ceil(((rectangle.left + rectangle.width) * width) / 100));
  const bottom = Math.min(height, Math.ceil(((rectangle.top + rectangle.height) * height) / 100));
  const black = Buffer.alloc((to - from) * channels);
  // The last channel of two or four says how opaque a pixel is.
  if (channels % 2 === 0) for (let at = channels - 1; at < black.length; at += channels) black[at] = 255;
  for (let y = Math.floor((rectangle.top * height) / 100); y < bottom; y += 1)
    black.copy(data, (y * width + from) * channels);
}
