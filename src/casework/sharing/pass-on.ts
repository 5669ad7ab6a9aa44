import { Packet } from '../../records/entities/packet';
import { consentBehind } from '../../rules/consents';
import type { StepContext } from '../step-context';

/** What a step passes on: the packet that its answers name goes out with it, and with no other. Does nothing where none is named. */
export async function passOn(step: StepContext): Promise<void> {
  const { answers, caseId, db, row, today } = step;
  if (answers.packetNumber === undefined) return;
  const n = step.answer<number>('packetNumber');
  const { id } = await db.findOneByOrFail(Packet, { caseId, n });
  await step.update(Packet, id, {
    passedWith: row.step,
    passedOn: today,
    restsOn: answers.legalDuty ? null : consentBehind(row.step, answers),
  });
}
