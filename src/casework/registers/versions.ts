import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/ids';
import type { Day } from '../../platform/time';
import { RegisterEntry } from '../../records/entities/register-entry';
import { RegisterVersion } from '../../records/entities/register-version';
import type { RegisterForm } from '../../rules/register-form';
import type { RegisterSeed } from '../../rules/register-seed';
import type { VersionedName } from '../../rules/registers';
import type { CaseKey, Vault } from '../../vault/vault';
import type { RegisterWork } from './register-change';

const TABLE = 'register_versions';
/** The one text of a version that its form does not ask for. */
export const VERIFIED_SOURCE = 'verifiedSource';

export type Said = Record<string, unknown>;
type Texts = Record<string, string>;

/** A version as it can be read: with its texts. */
export interface OpenedVersion extends Omit<
  RegisterVersion,
  'coded' | 'textsSealed' | 'verifiedSourceSealed'
> {
  /** Every ask of the form; null where nobody said, or the text was emptied. */
  answers: Said;
  verifiedSource: string | null;
}

/** An entry with the version that counts. `id` is null for a row to begin with that nobody touched: it stands in the program alone. */
export interface StandingEntry extends Omit<RegisterEntry, 'id'> {
  id: string | null;
  said: OpenedVersion;
}

/** Every ask of a form, with what a row to begin with says. */
export function seeded({ asks }: RegisterForm, { said }: RegisterSeed): Said {
  return Object.fromEntries(Object.keys(asks).map((name) => [name, said[name] ?? null]));
}

/** A row to begin with, as an entry that nobody changed. */
export function seedEntry(register: VersionedName, form: RegisterForm, seed: RegisterSeed): StandingEntry {
  return {
    id: null,
    register,
    number: seed.number,
    revision: 1,
    version: 1,
    retiredOn: null,
    said: {
      id: '',
      entryId: '',
      n: 1,
      recordedBy: null,
      recordedOn: '',
      verifiedOn: null,
      verifiedBy: null,
      verifiedSource: null,
      answers: seeded(form, seed),
    },
  };
}

/** Opens versions of one register, in their order; the texts of one whose key is gone are null. */
export async function openVersions(
  db: EntityManager,
  vault: Vault,
  { asks }: RegisterForm,
  rows: readonly RegisterVersion[],
): Promise<OpenedVersion[]> {
  const keys = await vault.openKeys(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ coded, textsSealed, verifiedSourceSealed, ...row }) => {
    const key = keys.get(row.id);
    const texts = key ? textsOf(vault, key, row.id, textsSealed) : {};
    const source = verifiedSourceSealed;
    return {
      ...row,
      answers: Object.fromEntries(
        Object.keys(asks).map((name) => [name, coded[name] ?? texts[name] ?? null]),
      ),
      verifiedSource:
        key && source !== null ? vault.unseal(key, place('verifiedSourceSealed', row.id), source) : null,
    };
  });
}

/** Everybody who wrote this text in one of the versions; null: the program brought it. */
export function writersOfText(versions: readonly OpenedVersion[], part: string): (string | null)[] {
  return part === VERIFIED_SOURCE
    ? versions.filter(({ verifiedSource }) => verifiedSource !== null).map(({ verifiedBy }) => verifiedBy)
    : versions.filter(({ answers }) => answers[part] !== null).map(({ recordedBy }) => recordedBy);
}

/** Writes what an entry says from today on, its texts under a key of this version alone. */
export async function insertVersion(
  { db, change }: Pick<RegisterWork, 'db' | 'change'>,
  vault: Vault,
  { asks }: RegisterForm,
  version: { entryId: string; n: number; recordedBy: string | null; recordedOn: Day },
  said: Said,
): Promise<void> {
  const id = newId();
  const key = await vault.createKey(db, { kind: 'register', id });
  const entries = Object.entries(said).filter(([, value]) => value !== null);
  const isText = (name: string) => asks[name]!.kind === 'text';
  const texts = Object.fromEntries(entries.filter(([name]) => isText(name)));
  await change.insert(RegisterVersion, {
    ...version,
    id,
    coded: Object.fromEntries(entries.filter(([name]) => !isText(name))),
    textsSealed: vault.seal(key, place('textsSealed', id), JSON.stringify(texts)).sealed,
  });
}

/** Keeps where a version was read against its source. */
export async function sealSource(
  db: EntityManager,
  vault: Vault,
  versionId: string,
  source: string,
): Promise<string> {
  const key = await vault.openKey(db, versionId);
  return vault.seal(key, place('verifiedSourceSealed', versionId), source).sealed;
}

/**
 * Takes a text out of a version for good: what stays is sealed anew under another key, and the key that opened the text is destroyed.
 * Does nothing where the version has no such text.
 */
export async function emptyVersion(
  { db, change }: Pick<RegisterWork, 'db' | 'change'>,
  vault: Vault,
  row: RegisterVersion,
  part: string,
): Promise<void> {
  const { id } = row;
  const old = (await vault.openKeys(db, [id])).get(id);
  if (!old) return;
  const { [part]: gone, ...texts } = textsOf(vault, old, id, row.textsSealed);
  const source = row.verifiedSourceSealed;
  const isSource = part === VERIFIED_SOURCE;
  if (isSource ? source === null : gone === undefined) return;
  const kept =
    source === null || isSource ? null : vault.unseal(old, place('verifiedSourceSealed', id), source);
  await vault.destroyKeys(db, [id]);
  const key = await vault.createKey(db, { kind: 'register', id });
  await change.update(RegisterVersion, id, {
    textsSealed: vault.seal(key, place('textsSealed', id), JSON.stringify(texts)).sealed,
    verifiedSourceSealed:
      kept === null ? null : vault.seal(key, place('verifiedSourceSealed', id), kept).sealed,
  });
}

function textsOf(vault: Vault, key: CaseKey, id: string, sealed: string): Texts {
  return JSON.parse(vault.unseal(key, place('textsSealed', id), sealed)) as Texts;
}

function place(column: 'textsSealed' | 'verifiedSourceSealed', id: string) {
  return { table: TABLE, column, id };
}
