import { Command } from 'commander';
import { PeopleModule } from '../people/people.module';
import { Recoveries, RECOVERY_HOURS } from '../people/recoveries';
import { Settings } from '../platform/settings';
import { accountOf, inHouse, print } from './in-house';

/** Exit code 0: proposed, or the link printed. 2: there is no such account. */
export function recoverCommand(): Command {
  return new Command('recover')
    .description('propose to open an account again whose password, passkey or authenticator app is lost')
    .argument('<e-mail>', 'address of the account')
    .action(async (email: string) => {
      const line = await inHouse(PeopleModule, async (house) => {
        const person = await accountOf(house, email);
        const { publicUrl } = house.get(Settings, { strict: false });
        const { code, secret } = await house.get(Recoveries).proposeByOperator(person.id);
        const handOver = `Hand this code to the person, and to nobody else: ${code}`;
        return secret
          ? `${handOver}\nNobody else agreed, so here is the link too. It opens the account once, for ${RECOVERY_HOURS} hours:\n${publicUrl}/recover/${secret}`
          : `${handOver}\nAn administrator, protection officer or data protection officer agrees at ${publicUrl}/desk/recoveries and gets the link. If nobody does for ${RECOVERY_HOURS} hours, run this again.`;
      });
      print(line);
    });
}
