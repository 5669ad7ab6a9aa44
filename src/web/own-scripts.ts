import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type Asset, assetOf } from './asset';

/** The scripts of the house: no page can ask for a passkey without one; the others let people leave by a key, and calculate instead of waiting. */
const FILES = { passkeys: 'desk/passkeys.js', leave: 'public/leave.js', work: 'public/work.js' } as const;
type Name = keyof typeof FILES;

/** Each is made once, when first asked for. */
@Injectable()
export class OwnScripts {
  private readonly made = new Map<Name, Asset>();

  addressOf(name: Name): string {
    return `/assets/${name}.${this.script(name).version}.js`;
  }

  /** The script at this address; null where there is none, or not any more. */
  at(address: string): Asset | null {
    const name = (Object.keys(FILES) as Name[]).find((each) => address.startsWith(`/assets/${each}.`));
    return name && address === this.addressOf(name) ? this.script(name) : null;
  }

  private script(name: Name): Asset {
    let script = this.made.get(name);
    if (!script) {
      const text = readFileSync(join(__dirname, FILES[name]), 'utf8');
      this.made.set(name, (script = assetOf('text/javascript; charset=utf-8', text)));
    }
    return script;
  }
}
