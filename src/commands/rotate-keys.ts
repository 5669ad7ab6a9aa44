import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { Settings } from '../platform/settings';
import { RecordsModule } from '../records/records.module';
import { Transactions } from '../records/transactions';
import { findKeyStore } from '../vault/keys/find-key-store';
import { KeyStore } from '../vault/keys/key-store';
import { KeyRotation } from '../vault/keys/rotation';
import { inHouse, print } from './in-house';
import { ProgressBar } from './progress-bar';

interface Options {
  status?: boolean;
  toService?: boolean;
  toFile?: boolean;
}

const HELP = `
Beside a running server; after a kill, run it again: it goes on where it ended.
Afterwards the keys of today open no older backup of the database. Whoever keeps an older keys file beside such a backup still opens
it, and with it what was erased since: destroy older backups of the keys file too. The key that hashes receipts and e-mail
addresses stays, because no receipt would be found without it.
When the ring was moved (--to-service, --to-file), set KEY_SERVICE_URL accordingly, start every server again, and then change the keys, so
that what lay in the other place opens nothing any more.`;

/** Exit code 0: done. 1: some data keys open with no key. 2: it could not be done. */
export function rotateKeysCommand(): Command {
  return new Command('rotate-keys')
    .description('change the key that wraps all data keys, and forget the old one')
    .option('--status', 'only tell how many data keys lie under which key')
    .option('--to-service', 'move the keys as they are from the file into the key service of KEY_SERVICE_URL')
    .option('--to-file', 'move the keys as they are from that key service back into the file')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      if (Object.keys(options).length > 1)
        throw new Error(
          '--status, --to-service and --to-file go one at a time. Run the command once for each.',
        );
      await inHouse(RecordsModule, async (house) => {
        const { dataDir } = house.get(Settings, { strict: false });
        const store = findKeyStore(dataDir, process.env);
        if (options.toService || options.toFile) return move(house, store, options);
        const rotation = new KeyRotation(house.get(Transactions), store);
        return options.status ? tellStatus(rotation) : rotate(rotation);
      });
    });
}

async function rotate(rotation: KeyRotation): Promise<void> {
  const bar = new ProgressBar(process.stderr, 'data keys');
  const unopened = await rotation.run((done, total) => bar.show(done, total)).finally(() => bar.end());
  const [first] = unopened;
  if (!first)
    return print(
      'The keys are changed, and the old key is forgotten. Back up the keys file now, and destroy its older backups.',
    );
  print(
    `${unopened.length} data keys open with no key of this vault, first that of ${first.ownerKind} ${first.ownerId}. All others are under the new key. The old keys stay until these rows are put back from a backup or erased; then run this command again.`,
  );
  process.exitCode = 1;
}

async function tellStatus(rotation: KeyRotation): Promise<void> {
  const counts = await rotation.status();
  for (const { id, dataKeys, isKept, isNewest } of counts)
    print(
      `${id}: ${dataKeys} data keys${isNewest ? ', wraps new ones' : ''}${isKept ? '' : ', and this key is not kept here'}`,
    );
  if (counts.some(({ isKept }) => !isKept)) process.exitCode = 1;
}

async function move(
  house: INestApplicationContext,
  store: KeyStore,
  { toService = false }: Options,
): Promise<void> {
  if (!store.service)
    throw new Error(
      'Set KEY_SERVICE_URL, KEY_SERVICE_KEY and KEY_SERVICE_TOKEN_FILE first: they name the key service.',
    );
  const inFile = new KeyStore(store.file, null);
  const [from, to] = toService ? [inFile, store] : [store, inFile];
  if (store.isSealed() !== toService) await new KeyRotation(house.get(Transactions), to).move(from);
  print(
    toService
      ? 'The keys file is sealed by the key service. Start every server again, then run "npm run redress -- rotate-keys": copies of the file as it was still open everything.'
      : 'The keys lie in the file alone. Empty KEY_SERVICE_URL, start every server again, then run "npm run redress -- rotate-keys".',
  );
}
