import { IsNull, Not } from 'typeorm';
import { Refusal } from '../../platform/refusal';
import { lockPerson } from '../../records/dialect';
import { Packet } from '../../records/entities/packet';
import { PACKETS_A_DAY, PACKETS_WITH_NAME_A_DAY } from '../../rules/sharing';
import type { CaseContext } from '../step-context';

/**
 * Refuses more packets with texts than one of staff puts together on a day, and more that hold a name which was not shown to them: each tells
 * whether a name stands in it, so that guesses could be tried out. Inside the change.
 */
export async function refuseMorePackets({ db, actor, today }: CaseContext): Promise<void> {
  // In many cases at once, each would count without the others.
  await lockPerson(db, actor.personId!);
  const ofToday = { personId: actor.personId!, madeOn: today };
  if ((await db.countBy(Packet, { ...ofToday, documentSealed: Not(IsNull()) })) >= PACKETS_A_DAY)
    throw tooMany(`You put together ${PACKETS_A_DAY} packets with texts today. Go on tomorrow.`);
  if ((await db.countBy(Packet, { ...ofToday, holdsName: true })) >= PACKETS_WITH_NAME_A_DAY)
    throw tooMany(
      `In ${PACKETS_WITH_NAME_A_DAY} of your packets of today stands a name or contact. Take “reveal-identity” to see what is to be masked, or go on tomorrow.`,
    );
}

function tooMany(sentence: string): Refusal {
  return new Refusal('too-many', sentence, [{ name: 'packets-a-day', field: 'parts', sentence }]);
}
