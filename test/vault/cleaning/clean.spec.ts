import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { clean, CLEANERS } from '../../../src/vault/cleaning/clean';
import { HELD_REASONS, HeldBack, REMOVED } from '../../../src/vault/cleaning/cleaned';
import { MEDIA_TYPES, mediaTypeOf, type MediaType } from '../../../src/vault/cleaning/media-type';
import { docx, leaveTraces, odf, pdf, pptx, SENTENCE, xlsx } from './documents';
import { picture, withMetadata } from './pictures';
import { flac, m4a, mp3, opus, vorbis, wav } from './recordings';

const WORD: MediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const small = () => withMetadata(picture(3, 9, 7));
const samples: [string, MediaType, () => Promise<Buffer>][] = [
  ['JPEG', 'image/jpeg', () => small().jpeg().toBuffer()],
  ['PNG', 'image/png', () => small().png().toBuffer()],
  ['WebP', 'image/webp', () => small().webp().toBuffer()],
  ['AVIF', 'image/avif', () => small().avif({ effort: 0 }).toBuffer()],
  ['PDF', 'application/pdf', () => pdf({ extend: leaveTraces })],
  [
    'PDF without object streams',
    'application/pdf',
    () => pdf({ useObjectStreams: false, extend: leaveTraces }),
  ],
  ['Word', WORD, () => docx()],
  ['Excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', async () => xlsx()],
  [
    'PowerPoint',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    async () => pptx(),
  ],
  ['OpenDocument', 'application/vnd.oasis.opendocument.text', () => odf()],
  ['MP3', 'audio/mpeg', async () => mp3()],
  ['WAV', 'audio/wav', async () => wav()],
  ['FLAC', 'audio/flac', async () => flac()],
  ['Opus', 'audio/ogg', async () => opus()],
  ['Vorbis', 'audio/ogg', async () => vorbis()],
  ['M4A', 'audio/mp4', async () => m4a().content],
];
const MOST_CUTS = 1_500;

/** Asks the cleaner itself, behind the net that `clean` spreads: only its own refusals and reads past the end are allowed. */
async function refusesOrCleans(content: Buffer, type: MediaType): Promise<'cleaned' | 'held'> {
  try {
    await CLEANERS[type]!(content);
    return 'cleaned';
  } catch (error) {
    const pastTheEnd = ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS'].includes(
      (error as NodeJS.ErrnoException).code ?? '',
    );
    if (!(error instanceof HeldBack) && !pastTheEnd) throw error;
    return 'held';
  }
}

describe('a cleaner', () => {
  it.each(samples)('of %s cleans or refuses a file cut off anywhere', async (_, type, make) => {
    const content = await make();
    expect(await refusesOrCleans(content, type)).toBe('cleaned');
    const step = Math.max(1, Math.floor(content.length / MOST_CUTS));
    for (let length = 0; length < content.length; length += step)
      await refusesOrCleans(content.subarray(0, length), type);
    expect((await clean(content.subarray(0, 20), type)).kind).toBe('held');
  });

  it.each(samples)('of %s cleans or refuses a file with wrong bytes', async (_, type, make) => {
    const content = await make();
    const changes = fc.array(
      fc.tuple(fc.nat(content.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 255))),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (wrong) => {
        const changed = Buffer.from(content);
        for (const [at, byte] of wrong) changed[at] = byte;
        await refusesOrCleans(changed, type);
        await mediaTypeOf(changed);
      }),
      { numRuns: 300 },
    );
  });

  it.each(samples)(
    'of %s cleans or refuses a file whose pieces are doubled, moved or taken out',
    async (_, type, make) => {
      const content = await make();
      const place = fc.nat(content.length);
      await fc.assert(
        fc.asyncProperty(place, place, place, async (a, b, c) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const piece = content.subarray(from, to);
          await refusesOrCleans(Buffer.concat([content.subarray(0, c), piece, content.subarray(c)]), type);
          await refusesOrCleans(Buffer.concat([content.subarray(0, from), content.subarray(to)]), type);
        }),
        { numRuns: 100 },
      );
    },
  );

  it.each(samples)('of %s refuses noise behind a true beginning', async (_, type, make) => {
    const content = await make();
    await fc.assert(
      fc.asyncProperty(fc.nat(64), fc.uint8Array({ maxLength: 400 }), async (length, noise) => {
        await refusesOrCleans(Buffer.concat([content.subarray(0, length), noise]), type);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['word/document.xml', 'word/_rels/document.xml.rels', '[Content_Types].xml'])(
    'of Word cleans or refuses a document whose part %s is wrong',
    async (name) => {
      const part = Buffer.from(unzipSync(await docx())[name]!);
      const piece = fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        '</w:p>',
        '<!--',
        '<![CDATA[',
        '<?',
        '&',
        ' a="',
        '\0',
        'ä',
      );
      await fc.assert(
        fc.asyncProperty(fc.nat(part.length), fc.nat(20), piece, async (at, cut, text) => {
          const wrong = Buffer.concat([part.subarray(0, at), Buffer.from(text), part.subarray(at + cut)]);
          await refusesOrCleans(await docx({ [name]: wrong }), WORD);
        }),
        { numRuns: 150 },
      );
    },
  );

  it.each<[string, MediaType, string]>([
    ['openings', 'application/pdf', '%PDF-1.7\n1 0 obj' + '<<'.repeat(500_000)],
    ['comments', 'application/pdf', '%PDF-1.7\n' + '%'.repeat(500_000)],
    [
      'revisions',
      'application/pdf',
      '%PDF-1.7\n' + 'xref trailer<</Prev 9>>\n'.repeat(40_000) + 'startxref 9 %%EOF',
    ],
    ['fill bytes', 'image/jpeg', '\xff\xd8' + '\xff'.repeat(500_000)],
    ['syncs', 'audio/mpeg', '\xff\xfb\x90\x44'.repeat(200_000)],
    ['tags', 'audio/mpeg', 'ID3\x04\0\0\0\0\0\0'.repeat(50_000)],
    ['boxes', 'image/heic', '\0\0\0\x08ftyp'.repeat(60_000)],
    ['boxes', 'audio/mp4', '\0\0\0\x08moov'.repeat(60_000)],
  ])('is not kept busy by half a megabyte of %s (%s)', async (_, type, content) => {
    expect((await clean(Buffer.from(content, 'latin1'), type)).kind).toBe('held');
  });
});

describe('a file', () => {
  it.each(MEDIA_TYPES)('of no content is held back as %s, or passes as text', async (type) => {
    const result = await clean(Buffer.alloc(0), type);
    expect(result.kind).toBe(type === 'text/plain' ? 'cleaned' : 'held');
  });

  it('without a cleaner is held back', async () => {
    const without = MEDIA_TYPES.filter((type) => !CLEANERS[type]);
    expect(without).toEqual([
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/rtf',
      'video/mp4',
      'video/quicktime',
      'video/webm',
    ]);
    for (const type of without)
      expect(await clean(Buffer.from(SENTENCE), type)).toEqual({ kind: 'held', why: 'NO-CLEANER' });
  });

  it('of text passes as it is', async () => {
    const content = Buffer.from(SENTENCE);
    expect(await clean(content, 'text/plain')).toEqual({
      kind: 'cleaned',
      content,
      removed: [],
      turnedBy: 0,
    });
  });

  it.each([
    [
      'a mail',
      'Return-Path: <z@example.org>\r\nReceived: from pc (10.0.0.7)\r\n\tby mx\r\nFrom: Z <z@example.org>\r\n\r\nHello',
    ],
    ['a mail saved without its way', '\uFEFF\nFrom: Zoe <zoe@example.org>\nTo: help@example.org\n\nHello'],
    ['a mail with a time', 'Date: Tue, 24 Nov 2026 23:14:07 +0100\nSubject: Refused\n\nHello'],
    ['a mail behind a line', 'See below.\n\nMessage-ID: <1.2@pc.local>\nSubject: a\n'],
    ['a box of mails', 'From zoe@example.org Tue Nov 24 23:14:07 2026\nSubject: a\n\nHello'],
    ['an appointment', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nORGANIZER:mailto:z@example.org\r\nEND:VEVENT\r\n'],
    ['a visiting card', '\n begin:vcard \nFN:Zoe\nEND:VCARD\n'],
    ['a card behind a line', 'My card:\nBEGIN:VCARD\nFN:Zoe\n'],
  ])('of text that is %s is held back', async (_, text) => {
    const content = Buffer.from(text);
    expect(await mediaTypeOf(content)).toBe('text/plain');
    expect(await clean(content, 'text/plain')).toEqual({ kind: 'held', why: 'NO-CLEANER' });
  });

  it.each([
    ['a letter', 'From: Zoe Quill\nTo: The office\nDate: 24 November 2026\n\nYou refused my claim.'],
    ['a letter with one address', 'To: help@example.org\n\nYou refused my claim.'],
    ['a talk', 'Me: hello\nBot: Date: unknown\nMe: from: where?\n'],
    ['a log', '2026-11-24 GET /score\nContent-Type: application/json\n{"begin":"vcard"}\n'],
  ])('of text that is only like a mail or a card passes: %s', async (_, text) => {
    expect((await clean(Buffer.from(text), 'text/plain')).kind).toBe('cleaned');
  });

  it('that is too large is held back', async () => {
    expect(await clean(Buffer.alloc(200_000_001), 'image/jpeg')).toEqual({ kind: 'held', why: 'TOO-LARGE' });
  });

  it('with the wrong type told is held back', async () => {
    expect(await clean(await small().png().toBuffer(), 'image/jpeg')).toEqual({
      kind: 'held',
      why: 'BROKEN',
    });
  });
});

describe('the codes', () => {
  it('each say in words what they mean', () => {
    for (const label of [...Object.values(HELD_REASONS), ...Object.values(REMOVED)])
      expect(label.length).toBeGreaterThan(10);
  });
});
