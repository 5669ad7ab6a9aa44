import { Packet } from '../../records/entities/packet';
import { consentBehind, consentHolds } from '../../rules/consents';
import { decisionsOf } from '../consent-rows';
import type { StepContext } from '../step-context';

/** What a step passes on: the packet that its answers name goes out with it, and with no other. Does nothing where none is named. */
export async function passOn(step: StepContext): Promise<void> {
  const { answers, caseId, db, file, row, today } = step;
  if (answers.packetNumber === undefined) return;
  const n = step.answer<number>('packetNumber');
  const { id } = await db.findOneByOrFail(Packet, { caseId, n });
  const consent = consentBehind(row.step, answers);
  // Where it does not stand, a law took its place: the needs of the step let nothing else through.
  const restsOn = consent !== null && consentHolds(decisionsOf(file), consent) ? consent : null;
  await step.update(Packet, id, { passedWith: row.step, passedOn: today, restsOn });
}
