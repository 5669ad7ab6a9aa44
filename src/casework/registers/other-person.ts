import { areTwoPersons } from '../../people/second-person';
import { Refusal } from '../../platform/refusal';
import type { RegisterWork } from './register-change';

export const EMPTIED_BY_ANOTHER = 'somebody else who may empty texts has to do it.';

/** Refuses whoever is one of the writers, or no other person than one of them. Null stands for nobody who works here. */
export async function refuseWriter(
  { db, personId }: Pick<RegisterWork, 'db' | 'personId'>,
  writers: readonly (string | null)[],
  instead: string,
): Promise<void> {
  for (const writer of new Set(writers))
    if (writer !== null && !(await areTwoPersons(db, writer, personId)))
      throw new Refusal(
        'unmet',
        `You wrote a part of this, or one of you created the other’s account: ${instead}`,
      );
}
