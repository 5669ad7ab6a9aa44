import { Command } from 'commander';
import { LedgerModule } from '../ledger/ledger.module';
import { Ledger } from '../ledger/ledger.service';
import { inHouse, print } from './in-house';

export function vkeyCommand(): Command {
  return new Command('vkey')
    .description('print the public key that checks statements and checkpoints (C2SP signed notes)')
    .action(async () => print(await inHouse(LedgerModule, async (house) => house.get(Ledger).verifierKey)));
}
