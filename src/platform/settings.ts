import { isIP } from 'node:net';
import { resolve } from 'node:path';

export const MEGABYTE = 1024 * 1024;
/** The column that counts the bytes of a file ends at 2 GB. */
const MOST_MEGABYTES = 2000;
/** Known everywhere, in every language, light, without advertisements, and nothing that anybody has to explain. */
const EXIT_URL = 'https://www.wikipedia.org/';
/** Version 3 (Tor rendezvous specification): 56 letters of base 32, which hold key, checksum and version. */
const ONION_HOST = /^([\w-]+\.)*[a-z2-7]{55}d\.onion$/;
/** As browsers that preload sites ask for: two years. */
const HSTS_DAYS = 730;
const MOST_HSTS_DAYS = 3650;
/** Below, it costs nobody anything; above, an old phone calculates for minutes. One bit more doubles it. */
const LEAST_WORK_BITS = 8;
const MOST_WORK_BITS = 22;

/** What several rooms go by, as `.env.example` names it; log, keys, evidence store and scanner read theirs where they are made. Read once at start. */
export class Settings {
  constructor(
    /** TCP port to serve on. `PORT`, 3000. */
    readonly port: number,
    /** Absolute folder of database, keys and evidence. `DATA_DIR`, `./data`. */
    readonly dataDir: string,
    /** Empty: SQLite in `dataDir`; `postgres://…`: PostgreSQL. `DATABASE_URL`. */
    readonly databaseUrl: string,
    /** Where people reach this server, without a trailing slash. `PUBLIC_URL`, `http://localhost:PORT`. */
    readonly publicUrl: string,
    /** Who runs this mechanism, as shown on pages and letters. `ORGANISATION`. */
    readonly organisation: string,
    /** ISO 3166 country whose holidays and law count here. `COUNTRY`, `DE`. */
    readonly country: string,
    /** Largest file that is taken as evidence. `EVIDENCE_MAX_MB`, 20. */
    readonly evidenceMaxBytes = 20 * MEGABYTE,
    /** Days for which browsers are told to come by https alone; 0: not told. `HSTS_DAYS`, 730. */
    readonly hstsDays = HSTS_DAYS,
    /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed. `TRUSTED_PROXIES`, none. */
    readonly trustedProxies: readonly string[] = [],
    /** Where letters reach this mechanism, lines as on an envelope; empty: it takes none. `POSTAL_ADDRESS`. */
    readonly postalAddress = '',
    /** Page of somebody else to which people leave in a hurry. `EXIT_URL`. */
    readonly exitUrl = EXIT_URL,
    /** Where Tor reaches this server, without a trailing slash; empty: it does not. `ONION_URL`. */
    readonly onionUrl = '',
    /** Bits of work that a browser may do instead of waiting when its network lodged much; 0: none. `LODGING_WORK_BITS`, 0. */
    readonly lodgingWorkBits = 0,
  ) {}
}

/** Reads settings from the environment; throws a sentence that names the setting to mend. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  // A space at the end of a line is seen by nobody.
  const env = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, text?.trim()]));
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(
      `PORT is "${env.PORT}"; set it to a whole number from 0 to 65535, or leave it empty for 3000.`,
    );
  const databaseUrl = env.DATABASE_URL ?? '';
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Error('DATABASE_URL must start with postgres:// ; leave it empty to use SQLite in DATA_DIR.');
  const country = env.COUNTRY || 'DE';
  if (!isCountry(country))
    throw new Error(
      `COUNTRY is "${country}"; set it to a two-letter ISO 3166 code in capital letters such as DE, FR or GB.`,
    );
  const publicUrl = (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, '');
  if (!isOrigin(publicUrl))
    throw new Error(
      `PUBLIC_URL is "${publicUrl}"; set it to the address people type, https:// and host and nothing behind, such as https://redress.example.org.`,
    );
  const evidenceMaxMb = Number(env.EVIDENCE_MAX_MB || 20);
  if (!Number.isInteger(evidenceMaxMb) || evidenceMaxMb < 1 || evidenceMaxMb > MOST_MEGABYTES)
    throw new Error(
      `EVIDENCE_MAX_MB is "${env.EVIDENCE_MAX_MB}"; set it to a whole number from 1 to ${MOST_MEGABYTES}, or leave it empty for 20.`,
    );
  return new Settings(
    port,
    resolve(env.DATA_DIR || './data'),
    databaseUrl,
    publicUrl,
    env.ORGANISATION || 'This organisation',
    country,
    evidenceMaxMb * MEGABYTE,
    readHstsDays(env.HSTS_DAYS),
    readTrustedProxies(env.TRUSTED_PROXIES),
    (env.POSTAL_ADDRESS ?? '').replaceAll(/\s*(?:\\n|[\r\n|])\s*/g, '\n').trim(),
    readExitUrl(env.EXIT_URL),
    readOnionUrl(env.ONION_URL),
    readWorkBits(env.LODGING_WORK_BITS),
  );
}

/** A code of ISO 3166 itself: an older or other name of a country, such as UK, has neither holidays nor law. */
function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return new Intl.Locale('und', { region: code }).region === code && names.of(code) !== undefined;
}

/** Scheme, host and perhaps port of the web: links are made by putting a path behind it. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^/?#@\s]+$/i.test(text)) return false;
  return URL.canParse(text);
}

function readHstsDays(text: string | undefined): number {
  const days = Number(text?.trim() || HSTS_DAYS);
  if (Number.isInteger(days) && days >= 0 && days <= MOST_HSTS_DAYS) return days;
  throw new Error(
    `HSTS_DAYS is "${text}"; set it to a whole number from 0 to ${MOST_HSTS_DAYS}, or leave it empty for ${HSTS_DAYS}.`,
  );
}

function readWorkBits(text: string | undefined): number {
  const bits = Number(text?.trim() || 0);
  if (bits === 0 || (Number.isInteger(bits) && bits >= LEAST_WORK_BITS && bits <= MOST_WORK_BITS))
    return bits;
  throw new Error(
    `LODGING_WORK_BITS is "${text}"; set it to a whole number from ${LEAST_WORK_BITS} to ${MOST_WORK_BITS}, such as 18, or leave it empty for no such work.`,
  );
}

function readExitUrl(text: string | undefined): string {
  const url = text?.trim() || EXIT_URL;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new Error(
    `EXIT_URL is "${text}"; set it to the address of a page that nobody wonders about, such as ${EXIT_URL}, or leave it empty.`,
  );
}

function readOnionUrl(text: string | undefined): string {
  const url = (text?.trim() ?? '').replace(/\/+$/, '');
  if (url === '') return '';
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (
    parsed &&
    /^https?:$/.test(parsed.protocol) &&
    ONION_HOST.test(parsed.hostname) &&
    parsed.origin === url
  )
    return url;
  throw new Error(
    `ONION_URL is "${text}"; set it to http:// and the 56 letters of your onion service with .onion behind, or leave it empty.`,
  );
}

function readTrustedProxies(text: string | undefined): string[] {
  const entries = (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  const wrong = entries.find((entry) => !isNetwork(entry));
  if (wrong === undefined) return entries;
  throw new Error(
    `TRUSTED_PROXIES holds "${wrong}"; set it to addresses and CIDR ranges with commas between, such as 127.0.0.1, 10.0.0.0/8, or leave it empty for none.`,
  );
}

/** An address, or one with how many of its first bits count. */
function isNetwork(entry: string): boolean {
  const [address, bits, more] = entry.split('/') as [string, string?, string?];
  const family = isIP(address);
  if (family === 0 || address.includes('%') || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}
