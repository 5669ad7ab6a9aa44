import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type Rtlcss from 'rtlcss';
import { type Asset, assetOf } from './asset';

const OWN_SHEETS = ['redress-extra.css', 'desk/desk.css', 'portal/portal.css'];
const SYSTEM_FONTS =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",Arial,sans-serif';

/** The two style sheets, left-to-right and mirrored, made once when first asked for and kept. */
@Injectable()
export class Styles {
  private readonly sheets = new Map<string, Asset>();

  /** Address of the sheet for a direction. */
  addressFor(direction: 'ltr' | 'rtl'): string {
    return `/assets/redress.${direction}.${this.sheet(direction).version}.css`;
  }

  /** The sheet at this address; null where there is none, or not any more. */
  at(address: string): Asset | null {
    const direction = /^\/assets\/redress\.(ltr|rtl)\./.exec(address)?.[1] as 'ltr' | 'rtl' | undefined;
    return direction && address === this.addressFor(direction) ? this.sheet(direction) : null;
  }

  sheet(direction: 'ltr' | 'rtl'): Asset {
    let sheet = this.sheets.get(direction);
    if (!sheet) this.sheets.set(direction, (sheet = makeSheet(direction)));
    return sheet;
  }
}

/** The ready sheet of govuk-frontend without its protected font and without addresses of other files, then our own additions. */
function makeSheet(direction: 'ltr' | 'rtl'): Asset {
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
  return assetOf('text/css; charset=utf-8', css);
}

/** With its parser it is some forty files, for pages in Arabic alone. */
function loadRtlcss(): typeof Rtlcss {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded late, see above
  return require('rtlcss') as typeof Rtlcss;
}

function readOwn(name: string): string {
  try {
    return readFileSync(join(__dirname, name), 'utf8');
  } catch {
    return '';
  }
}
