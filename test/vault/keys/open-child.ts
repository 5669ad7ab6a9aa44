import { KeysFile } from '../../../src/vault/keys-file';
import { KeyStore } from '../../../src/vault/keys/key-store';

/** Opens the ring of a data folder when told to, and answers with its text. */
process.once('message', () => {
  void new KeyStore(new KeysFile(process.argv[2] ?? ''), null)
    .open(true)
    .then(({ text }) => process.send?.(text));
});
process.send?.('ready');
