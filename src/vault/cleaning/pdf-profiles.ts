import { deflateSync } from 'node:zlib';
import type { RemovedCode } from './cleaned';
import { cleanProfile } from './icc';
import type { PdfFile, PdfObject } from './pdf-file';
import { nameOf, PdfLiteral, PdfName, PdfRef, type PdfDict, type PdfValue } from './pdf-values';

/** Colours of a device by how many numbers make one (ISO 32000-2, 8.6.5.5). */
const DEVICES = new Map([
  ['1', 'DeviceGray'],
  ['3', 'DeviceRGB'],
  ['4', 'DeviceCMYK'],
]);

/** Where colour profiles are used, so that each can be rebuilt once, or taken out everywhere. */
export class PdfProfiles {
  private readonly uses = new Map<number, ((device: string) => void)[]>();

  /** Remembers the profiles that a value uses directly (8.6.5.5, 14.11.5). */
  note(value: PdfValue): void {
    if (Array.isArray(value) && nameOf(value[0]) === 'ICCBased')
      this.use(value[1], (device) => value.splice(0, value.length, new PdfName(device)));
    if (value instanceof Map)
      this.use(value.get('DestOutputProfile'), () => value.delete('DestOutputProfile'));
  }

  /** Rebuilds all profiles among the objects. One that cannot be read goes, and colours of the device stand in its place. */
  rebuild(file: PdfFile, objects: ReadonlyMap<number, PdfObject>, removed: Set<RemovedCode>): void {
    for (const [number, uses] of this.uses) {
      const object = objects.get(number);
      if (!object) continue;
      const dict: PdfDict = object.value instanceof Map ? object.value : new Map<string, PdfValue>();
      const profile = object.stream && cleanProfile(file.unfold(dict, object.stream), removed);
      const told = file.resolve(dict.get('N'));
      if (profile) this.write(object, dict, profile);
      else
        for (const use of uses) use(DEVICES.get(told instanceof PdfLiteral ? told.raw : '') ?? 'DeviceRGB');
    }
  }

  private write(object: PdfObject, dict: PdfDict, profile: Buffer): void {
    object.stream = deflateSync(profile);
    dict.delete('DecodeParms');
    dict.set('Filter', new PdfName('FlateDecode'));
    dict.set('Length', new PdfLiteral(String(object.stream.length)));
  }

  private use(value: PdfValue | undefined, without: (device: string) => void): void {
    if (!(value instanceof PdfRef)) return;
    const uses = this.uses.get(value.number) ?? [];
    this.uses.set(value.number, [...uses, without]);
  }
}
