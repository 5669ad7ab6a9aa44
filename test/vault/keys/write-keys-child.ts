import { KeysFile } from '../../../src/vault/keys-file';

/** Stores a text of the length given as the keys of a data folder, in a process that a test may confine. */
const [dataDir, length] = process.argv.slice(2) as [string, string];
new KeysFile(dataDir).create('k'.repeat(Number(length)));
