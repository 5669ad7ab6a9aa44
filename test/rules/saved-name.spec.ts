import fc from 'fast-check';
import { MEDIA_TYPES } from '../../src/vault/cleaning/media-type';
import { savedName, withoutTurns } from '../../src/rules/saved-name';

const JPEG = 'image/jpeg';

describe('the name under which a file is saved', () => {
  it.each([
    ['photo.jpg', JPEG, 'photo.jpg'],
    ['PHOTO.JPEG', JPEG, 'PHOTO.JPEG'],
    ['\u0635\u0648\u0631\u0629.jpg', JPEG, '\u0635\u0648\u0631\u0629.jpg'],
    ['invoice.pdf.exe', 'application/pdf', 'invoice.pdf.exe.pdf'],
    ['photo.png', JPEG, 'photo.png.jpg'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['\u202egpj.exe', JPEG, 'gpj.exe.jpg'],
    ['a\u2066b\u2069.jpg', JPEG, 'ab.jpg'],
    ['../../etc/passwd', 'text/plain', '_.._etc_passwd.txt'],
    ['C:\\Windows\\system32\\calc.exe', JPEG, 'C__Windows_system32_calc.exe.jpg'],
    ['CON', 'text/plain', '_CON.txt'],
    ['nul.txt', 'text/plain', '_nul.txt'],
    ['com1.a.b.jpg', JPEG, '_com1.a.b.jpg'],
    ['control.jpg', JPEG, 'control.jpg'],
    ['a\u0000b\r\nSet-Cookie: x.jpg', JPEG, 'a_b__Set-Cookie_ x.jpg'],
    ['.htaccess', 'text/plain', 'htaccess.txt'],
    ['...', JPEG, 'file.jpg'],
    ['', 'application/pdf', 'file.pdf'],
    ['.jpg', JPEG, 'jpg.jpg'],
    ['a.txt. ', 'text/plain', 'a.txt'],
    ['anything', 'application/x-unknown', 'anything.bin'],
  ])('of %j as %s is %j', (name, type, saved) => expect(savedName(name, type)).toBe(saved));

  it('is short, ends as the file is, leads nowhere and reads in its own order, whatever it was called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom(...MEDIA_TYPES),
        (name, type) => {
          const saved = savedName(name, type);
          expect([...saved].length).toBeLessThanOrEqual(120);
          expect(saved).toMatch(/^[^./\\][^/\\:*?"<>|]*\.[a-z0-9]{2,4}$/iu);
          // Nothing invisible but the joiners that scripts need, and nothing that controls.
          expect(saved).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(savedName(saved, type)).toBe(saved);
        },
      ),
    );
    expect([...savedName('n'.repeat(10_000), JPEG)]).toHaveLength(120);
  });

  it('knows an ending for every kind that is taken', () => {
    for (const type of MEDIA_TYPES) expect(savedName('a', type)).not.toMatch(/\.bin$/);
  });
});

it('a name is shown without what turns it around or cannot be seen, and with the joiners that scripts need', () => {
  expect(withoutTurns('a\u202egpj.exe\u202c')).toBe('agpj.exe');
  expect(withoutTurns('\u200f\u0645\u200c\u0646.pdf')).toBe('\u0645\u200c\u0646.pdf');
});
