import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { engines } from '../../harness/database';
import { hashOf } from '../../harness/evidence-files';
import { pdf } from '../../vault/cleaning/documents';
import { picture, withMetadata } from '../../vault/cleaning/pictures';
import { passingOn, refused } from './passing-on';

describe.each(engines())('files that are passed on, on %s', (engine) => {
  const on = passingOn(engine);
  const { maskedFiles, addFile, entries } = on;

  it('paints over a picture: black where it is masked, every other pixel as it was', async () => {
    for (const channels of [1, 3, 4] as const) {
      const sent = await picture(channels, 40, 20).png().toBuffer();
      const n = await addFile(sent);
      const copy = await maskedFiles().paint(on.staff.INT, on.walk.reference, n, [
        { left: 25, top: 10, width: 50, height: 30 },
        { left: 0, top: 95.1, width: 2.4, height: 4.9 },
      ]);
      expect(copy).toMatchObject({ maskedFrom: n, handling: 'CLEANED', mediaType: 'image/png' });
      const opened = await on.house.get(EvidenceFiles).open(on.staff.INT, copy.n, on.walk.reference);
      const before = await sharp(sent).ensureAlpha().raw().toBuffer();
      const { data, info } = await sharp(await buffer(opened.content))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([40, 20]);
      for (let y = 0; y < 20; y += 1)
        for (let x = 0; x < 40; x += 1) {
          const isMasked = (x >= 10 && x < 30 && y >= 2 && y < 8) || (x < 1 && y >= 19);
          const at = (y * 40 + x) * 4;
          const is = [...data.subarray(at, at + 4)];
          expect([x, y, ...is]).toEqual([x, y, ...(isMasked ? [0, 0, 0, 255] : before.subarray(at, at + 4))]);
        }
    }
  });

  it.each(['jpeg', 'webp', 'avif'] as const)(
    'paints over a %s as it stands upright, and leaves nothing beside it',
    async (kind) => {
      const sent = await withMetadata(picture(3, 64, 32))
        .toFormat(kind)
        .toBuffer();
      const n = await addFile(sent);
      const [file] = await on.house.get(EvidenceFiles).numbered(on.staff.INT, [n], on.walk.reference);
      const copy = await maskedFiles().paint(on.staff.INT, on.walk.reference, n, [
        { left: 0, top: 0, width: 100, height: 50 },
      ]);
      const opened = await on.house.get(EvidenceFiles).open(on.staff.INT, n, on.walk.reference);
      const before = await sharp(await buffer(opened.content))
        .rotate(file!.turnedBy ?? 0)
        .raw()
        .toBuffer({ resolveWithObject: true });
      const after = await buffer(
        (await on.house.get(EvidenceFiles).open(on.staff.INT, copy.n, on.walk.reference)).content,
      );
      const { data, info } = await sharp(after).raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([before.info.width, before.info.height]);
      const half = data.length / 2;
      expect(data.subarray(0, half).every((sample) => sample === 0)).toBe(true);
      expect(data.subarray(half).equals(before.data.subarray(half))).toBe(true);
      const { exif, xmp, icc } = await sharp(after).metadata();
      expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined]);
    },
  );

  it('links an uploaded copy to its original by both SHA-256, and refuses the file itself', async () => {
    const original = Buffer.from(await pdf());
    const n = await addFile(original);
    const upload = (content: Buffer, of = n) =>
      maskedFiles().upload(on.staff.INT, on.walk.reference, of, {
        fileName: 'Noor masked.pdf',
        content: Readable.from([content]),
      });
    await expect(upload(original)).rejects.toMatchObject(refused('evidence'));
    // The clean copy of it, and the same picture with other metadata, mask nothing either.
    const clean = await buffer(
      (await on.house.get(EvidenceFiles).open(on.staff.INT, n, on.walk.reference)).content,
    );
    await expect(upload(clean)).rejects.toMatchObject(refused('evidence'));
    const photo = picture();
    const first = await addFile(await photo.clone().jpeg().toBuffer());
    await expect(
      upload(
        await photo
          .clone()
          .withExif({ IFD0: { Artist: 'Somebody' } })
          .jpeg()
          .toBuffer(),
        first,
      ),
    ).rejects.toMatchObject({ kind: 'invalid' });
    await expect(upload(Buffer.from('PK\u0003\u0004 broken'), n)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(upload(Buffer.from('Dear colleague'), 99)).rejects.toMatchObject({ kind: 'not-found' });
    const masked = Buffer.from('Dear colleague, all else is left out.');
    const copy = await upload(masked);
    expect(copy).toMatchObject({ maskedFrom: n, sha256: hashOf(masked) });
    const [entry] = await entries('mask-file');
    expect(entry!.facts).toMatchObject({
      evidence: copy.n,
      maskedFrom: n,
      sha256: hashOf(masked),
      maskedFromSha256: hashOf(original),
    });
    expect((await on.house.verify()).differences).toEqual([]);
  });

  it('refuses a picture that is damaged, too large, or of a kind that is not painted', async () => {
    const rectangle = [{ left: 0, top: 0, width: 10, height: 10 }];
    const text = await addFile(Buffer.from('Just a text.'));
    await expect(maskedFiles().paint(on.staff.INT, on.walk.reference, text, rectangle)).rejects.toMatchObject(
      refused('rectangles'),
    );
    await expect(maskedFiles().paint(on.staff.INT, on.walk.reference, 99, rectangle)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(maskedFiles().look(on.staff.INT, on.walk.reference, NaN)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const large = await addFile(
      await sharp({ create: { width: 9_000, height: 5_000, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    );
    await expect(
      maskedFiles().paint(on.staff.INT, on.walk.reference, large, rectangle),
    ).rejects.toMatchObject(refused('picture'));
    for (const n of [text, large])
      expect((await maskedFiles().look(on.staff.INT, on.walk.reference, n)).picture).toBeNull();
    for (const rectangles of [[], Array(51).fill(rectangle[0])])
      await expect(
        maskedFiles().paint(on.staff.INT, on.walk.reference, text, rectangles),
      ).rejects.toMatchObject(refused('rectangles'));
  });
});
