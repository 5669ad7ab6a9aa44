/** Builders for the boxes of HEIC and MP4 files (ISO/IEC 14496-12). */
export function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

/** A box with version and flags. */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...content: (Buffer | string)[]
): Buffer {
  return box(type, u32(version * 0x100_0000 + flags), ...content);
}

/** Builds something that must know where its last part begins: until that no longer moves. */
export function withPosition(build: (position: number) => Buffer[]): Buffer {
  const position = Buffer.concat(build(0).slice(0, -1)).length;
  return Buffer.concat(build(position));
}
