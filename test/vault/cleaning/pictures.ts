import { crc32, deflateSync } from 'node:zlib';
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { AUTHOR, PLACE, SECRET } from './traces';

export const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${AUTHOR}</dc:creator><dc:source>${SECRET}</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>`;

/** Noise that is always the same, so that every pixel counts. */
export function noise(bytes: number): Buffer {
  let state = 12_345;
  return Buffer.from(
    Array.from({ length: bytes }, () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      return state >> 16;
    }),
  );
}

export function picture(channels: 1 | 3 | 4 = 3, width = 33, height = 21): Sharp {
  return sharp(noise(width * height * channels), { raw: { width, height, channels } });
}

/** The same picture with an author, a place, a way it was held and a history written into it. */
export function withMetadata(image: Sharp, orientation = 6): Sharp {
  return image
    .withMetadata({ orientation })
    .withIccProfile('p3')
    .withExif({
      IFD0: { Artist: AUTHOR, Copyright: SECRET },
      IFD2: { UserComment: PLACE },
    })
    .withXmp(XMP);
}

/** Every sample as a decoder sees it, 16 bits each, all frames. */
export async function pixels(content: Buffer): Promise<{ data: Buffer; info: OutputInfo }> {
  return sharp(content, { pages: -1 })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
}

/** A segment of a JPEG file. */
export function segment(code: number, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  return Buffer.concat([Buffer.of(0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255), body]);
}

/** Puts segments behind a JPEG's start. */
export function insertSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

export interface PngChunk {
  type: string;
  data: Buffer;
}

export function pngChunks(png: Buffer): PngChunk[] {
  const chunks: PngChunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

export function png(chunks: readonly PngChunk[]): Buffer {
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...chunks.map(({ type, data }) => {
      const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
      chunk.writeUInt32BE(data.length);
      chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
      return chunk;
    }),
  ]);
}

/** Puts chunks in front of the end of a PNG. */
export function insertChunks(content: Buffer, ...chunks: PngChunk[]): Buffer {
  const all = pngChunks(content);
  return png([all[0]!, ...chunks, ...all.slice(1)]);
}

export function zText(keyword: string, text: string): PngChunk {
  return {
    type: 'zTXt',
    data: Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(Buffer.from(text))]),
  };
}

export function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8, type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

export function riff(form: string, ...chunks: Buffer[]): Buffer {
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(12, `RIFF0000${form}`, 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}
