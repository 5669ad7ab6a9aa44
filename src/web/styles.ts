import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type Rtlcss from 'rtlcss';

const OWN_SHEETS = ['redress-extra.css', 'desk/desk.css', 'portal/portal.css'];
const SYSTEM_FONTS =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",Arial,sans-serif';

export interface Sheet {
  plain: Buffer;
  /** Compressed when somebody first asks for it, and kept. */
  gzip(): Buffer;
  brotli(): Buffer;
  /** Changes with the content, so that browsers may keep a sheet for ever. */
  version: string;
}

/** The two style sheets, left-to-right and mirrored, made once when first asked for and kept. */
@Injectable()
export class Styles {
  private readonly sheets = new Map<string, Sheet>();

  /** Address of the sheet for a direction. */
  addressFor(direction: 'ltr' | 'rtl'): string {
    return `/assets/redress.${direction}.${this.sheet(direction).version}.css`;
  }

  sheet(direction: 'ltr' | 'rtl'): Sheet {
    let sheet = this.sheets.get(direction);
    if (!sheet) this.sheets.set(direction, (sheet = makeSheet(direction)));
    return sheet;
  }
}

/** The ready sheet of govuk-frontend without its protected font and without addresses of other files, then our own additions. */
function makeSheet(direction: 'ltr' | 'rtl'): Sheet {
  const govuk = readFileSync(
    join(require.resolve('govuk-frontend/package.json'), '..', 'dist/govuk/govuk-frontend.min.css'),
    'utf8',
  )
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,\s*arial,\s*sans-serif/g, SYSTEM_FONTS)
    .replaceAll(/url\((?!['"]?data:)[^)]*\)/g, 'none')
    .replace(/\/\*#[^*]*\*\//g, '');
  const own = OWN_SHEETS.map((name) => readOwn(name)).join('\n');
  const css = direction === 'rtl' ? loadRtlcss().process(govuk + own) : govuk + own;
  const plain = Buffer.from(css, 'utf8');
  return {
    plain,
    gzip: once(() => gzipSync(plain, { level: 9 })),
    brotli: once(() => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })),
    version: createHash('sha256').update(plain).digest('hex').slice(0, 12),
  };
}

/** With its parser it is some forty files, for pages in Arabic alone. */
function loadRtlcss(): typeof Rtlcss {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded late, see above
  return require('rtlcss') as typeof Rtlcss;
}

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | null = null;
  return () => (made ??= make());
}

function readOwn(name: string): string {
  try {
    return readFileSync(join(__dirname, name), 'utf8');
  } catch {
    return '';
  }
}
