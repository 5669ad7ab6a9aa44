import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { EvidenceStore } from '../../src/vault/store/evidence-store';
import { engines } from '../harness/database';
import { CaseFiles, HOUSES, type WatchedHouse } from '../harness/evidence-files';
import { noise, picture } from '../vault/cleaning/pictures';
import { wav } from '../vault/cleaning/recordings';

const HEADER = 17;
const SEALED_FRAME = 65_536 + 16;

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at < 0 ? bytes.length + at : at]! ^= 1;
  return changed;
};
const frame = (bytes: Buffer, n: number) =>
  bytes.subarray(HEADER + n * SEALED_FRAME, HEADER + (n + 1) * SEALED_FRAME);
const framed = (bytes: Buffer, ...order: number[]) =>
  Buffer.concat([bytes.subarray(0, HEADER), ...order.map((n) => frame(bytes, n))]);

/** Every class of bytes of a sealed file of three frames; null takes it away. `other`: the same file, sealed in another case. */
const TAMPERED: Record<string, (sealed: Buffer, other: Buffer) => Buffer | null> = {
  'its form': (sealed) => flipped(sealed, 0),
  'its salt': (sealed) => flipped(sealed, 5),
  'the first byte of its content': (sealed) => flipped(sealed, HEADER),
  'a byte in the middle': (sealed) => flipped(sealed, HEADER + SEALED_FRAME + 1000),
  'the tag of a frame': (sealed) => flipped(sealed, HEADER + SEALED_FRAME - 1),
  'the last tag': (sealed) => flipped(sealed, -1),
  'its end, by a byte': (sealed) => sealed.subarray(0, -1),
  'its end, by a frame': (sealed) => framed(sealed, 0, 1),
  'its length, by a byte more': (sealed) => Buffer.concat([sealed, Buffer.of(0)]),
  'its last frame, put twice': (sealed) => framed(sealed, 0, 1, 2, 2),
  'the order of its frames': (sealed) => framed(sealed, 1, 0, 2),
  'a frame, put twice': (sealed) => framed(sealed, 0, 0, 1, 2),
  'everything: nothing is left': () => Buffer.alloc(0),
  'everything: it is gone': () => null,
  'everything: it is that of another case': (_, other) => other,
};

describe.each(engines())('a stored file on %s', (engine) => {
  describe.each(Object.entries(HOUSES))('in %s', (_, open) => {
    let house: WatchedHouse;
    let files: CaseFiles;
    let other: CaseFiles;
    const recording = longWav();

    beforeAll(async () => {
      house = await open(engine);
      files = await CaseFiles.of(house.app);
      other = await CaseFiles.of(house.app);
      await other.send(recording);
    });
    afterAll(() => house.close());

    async function idsOf(store: EvidenceStore): Promise<string[]> {
      const ids = [];
      for await (const id of store.list()) ids.push(id);
      return ids;
    }

    async function put(id: string, bytes: Buffer | null): Promise<void> {
      await house.store.remove(id);
      if (bytes) await house.store.write(id, Readable.from([bytes]));
    }

    it('is refused to everybody when anything of it differs, and reported once in log, history and custody', async () => {
      const [otherId] = (await idsOf(house.store)).filter((id) => !id.endsWith('.working'));
      const elsewhere = await buffer(await house.store.read(otherId!));
      let n = 0;
      for (const [what, tamper] of Object.entries(TAMPERED)) {
        const before = new Set(await idsOf(house.store));
        const own = Buffer.from(recording);
        own[own.length - 1] = n;
        const added = await files.send(own, 'call.wav');
        expect([what, added.body.handling]).toEqual([what, 'CLEANED']);
        n += 1;
        const id = (await idsOf(house.store)).find(
          (each) => !before.has(each) && !each.endsWith('.working'),
        )!;
        const sealed = await buffer(await house.store.read(id));
        expect(sealed.length).toBeGreaterThan(HEADER + 2 * SEALED_FRAME);
        const wrong = tamper(sealed, elsewhere);
        const fault = wrong ? 'ALTERED' : 'MISSING';
        const logged = house.logged.length;
        await put(id, wrong);

        const answers = [await files.own(n), await files.own(n), await files.original(n)];
        for (const answer of answers) {
          expect([what, answer.status]).toEqual([what, 409]);
          expect(answer.text).toMatch(/no longer (in the store|the file that was stored)/);
          expect(answer.text).toMatch(/send it again/);
          expect(answer.bytes.includes(recording.subarray(60, 100))).toBe(false);
        }
        type Custody = { fault: string; originalIsThere: boolean; lines: { act: string; byRole: string }[] };
        const { body } = await files.custody<Custody>(n);
        expect([what, body.fault, body.originalIsThere]).toEqual([what, fault, wrong !== null]);
        expect(body.lines.map(({ act, byRole }) => `${act} ${byRole}`)).toEqual([
          'add-evidence RH',
          'report-file-fault SYS',
        ]);
        const alarms = house.logged.slice(logged).map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(alarms).toHaveLength(3);
        expect(alarms[0]).toMatchObject({ file: id, kind: 'ORIGINAL', fault });
        expect((await files.copy(n)).status).toBe(200);

        await put(id, sealed);
        expect((await files.original(n)).bytes.equals(own)).toBe(true);
        expect((await files.custody<Custody>(n)).body.fault).toBeNull();
      }
      expect((await house.app.verify()).differences).toEqual([]);
    });

    it('is refused to staff when its working copy differs, and the original still opens', async () => {
      const before = new Set(await idsOf(house.store));
      const { body } = await files.send(await picture().jpeg().toBuffer());
      const working = (await idsOf(house.store)).find((id) => !before.has(id) && id.endsWith('.working'))!;
      await put(working, flipped(await buffer(await house.store.read(working)), -20));
      expect((await files.copy(body.n)).status).toBe(409);
      expect((await files.original(body.n)).status).toBe(200);
      const view = await files.custody<{ fault: string }>(body.n);
      expect(view.body.fault).toBe('ALTERED');
    });
  });
});

/** Sound of three frames of a sealed file. */
function longWav(): Buffer {
  const content = wav();
  const data = content.indexOf('data');
  const sound = noise(2 * 65_536 + 2_000);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(sound.length);
  const long = Buffer.concat([content.subarray(0, data + 4), size, sound]);
  long.writeUInt32LE(long.length - 8, 4);
  return long;
}
