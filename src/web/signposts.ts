import { readFileSync } from 'node:fs';
import { isDay } from '../rules/counting';
import type { Day } from '../platform/time';
import shipped from './shipped-signposts.json';

/** Kinds of places, in the order in which they are shown: what saves a life comes first. */
export const SIGNPOST_KINDS = [
  'emergency',
  'support',
  'equality',
  'labour',
  'data-protection',
  'regulator',
  'human-rights',
  'contact-point',
  'court',
] as const;
export type SignpostKind = (typeof SIGNPOST_KINDS)[number];

/** A place outside where somebody can turn, too. */
export interface Signpost {
  /** ISO 3166 code; `EU` for every member state; `*` for everywhere. */
  country: string;
  kind: SignpostKind;
  /** As it calls itself, in its own language. */
  name: string;
  /** https only. */
  address?: string;
  phone?: string;
  /** Whether somebody looked on this day that it is right; otherwise it was written down on this day and nobody looked. */
  verified: boolean;
  asOf: Day;
}

const MEMBER_STATES =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const FIELDS = ['country', 'kind', 'name', 'address', 'phone', 'verified', 'asOf'];

/** Where else one can turn, by country. They are shown and block nothing. */
export class Signposts {
  constructor(private readonly all: readonly Signpost[]) {}

  /** Countries that somebody can choose, as ISO 3166 codes. */
  get countries(): string[] {
    const own = this.all.map(({ country }) => country).filter((code) => code !== '*' && code !== 'EU');
    return [...new Set([...own, ...MEMBER_STATES])].sort();
  }

  /** Every place, by the country it is in. */
  get byCountry(): { country: string; places: Signpost[] }[] {
    const countries = [...new Set(this.all.map(({ country }) => country))].sort();
    return countries.map((country) => ({
      country,
      places: this.all.filter((each) => each.country === country),
    }));
  }

  /** Of one country, or of everywhere when it is not known: a list for each kind that there is, the nearest first. */
  of(country: string): { kind: SignpostKind; places: Signpost[] }[] {
    const places = [country, ...(MEMBER_STATES.includes(country) ? ['EU'] : []), '*'];
    const shown = places.flatMap((place) => this.all.filter((each) => each.country === place));
    return SIGNPOST_KINDS.map((kind) => ({
      kind,
      places: shown.filter((each) => each.kind === kind),
    })).filter(({ places }) => places.length > 0);
  }
}

/** From the file that `SIGNPOSTS_FILE` names, or those that come with the program. Throws a sentence for the operator. */
export function readSignposts(file = ''): Signposts {
  if (file === '') return new Signposts(checkedSignposts(shipped, 'The list that comes with the program'));
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `SIGNPOSTS_FILE is "${file}", which cannot be read as JSON. Mend the file, or leave the setting empty for the list that comes with the program.`,
      { cause: error },
    );
  }
  return new Signposts(checkedSignposts(list, `The file "${file}" of SIGNPOSTS_FILE`));
}

function checkedSignposts(list: unknown, where: string): Signpost[] {
  if (!Array.isArray(list)) throw new Error(`${where} has to be a JSON list of places.`);
  list.forEach((each, index) => {
    const fault = faultOf(each);
    if (fault) throw new Error(`${where}: place ${index + 1} ${fault}.`);
  });
  return list as Signpost[];
}

function faultOf(each: unknown): string | null {
  if (typeof each !== 'object' || each === null) return 'is no object';
  const place = each as Record<string, unknown>;
  const { country, kind, name, address, phone, verified, asOf } = place;
  const strange = Object.keys(place).find((field) => !FIELDS.includes(field));
  if (strange !== undefined)
    return `has a field "${strange}" that nobody knows; there are ${FIELDS.join(', ')}`;
  if (typeof country !== 'string' || !/^([A-Z]{2}|\*)$/.test(country))
    return 'needs as country an ISO 3166 code, EU, or * for everywhere';
  if (!SIGNPOST_KINDS.some((known) => known === kind)) return `needs a kind: ${SIGNPOST_KINDS.join(', ')}`;
  if (typeof name !== 'string' || name.trim() === '') return 'needs a name';
  const isWeb = typeof address === 'string' && /^https:\/\//.test(address) && URL.canParse(address);
  if (address !== undefined && !isWeb) return 'needs as address one that begins with https://, or none';
  if (phone !== undefined && (typeof phone !== 'string' || !/^[\d +()/-]+$/.test(phone)))
    return 'needs as phone a number, or none';
  if (typeof verified !== 'boolean') return 'needs verified: true or false';
  if (typeof asOf !== 'string' || !isDay(asOf)) return 'needs as asOf a day such as 2026-11-29';
  return null;
}
