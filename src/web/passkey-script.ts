import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type Asset, assetOf } from './asset';

/** The one script of the house: without it no page can ask for a passkey. Made once when first asked for. */
@Injectable()
export class PasskeyScript {
  private made: Asset | null = null;

  get address(): string {
    return `/assets/passkeys.${this.script.version}.js`;
  }

  /** The script, if this is its address. */
  at(address: string): Asset | null {
    return address.endsWith('.js') && address === this.address ? this.script : null;
  }

  private get script(): Asset {
    return (this.made ??= assetOf(
      'text/javascript; charset=utf-8',
      readFileSync(join(__dirname, 'desk/passkeys.js'), 'utf8'),
    ));
  }
}
