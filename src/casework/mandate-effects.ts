import { Mandate } from '../records/entities/mandate';
import { closeCaseTo } from './brought-in';
import { Party } from '../records/entities/party';
import type { MandateBasis } from '../rules/mandates';
import type { StepName } from '../rules/steps';
import { withoutMandate } from './facts';
import { claimedMandate, newestOfParty } from './mandate-rows';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';

/** Who speaks for the person: told, confirmed, ended. */
export const MANDATE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'record-mandate': async (step) => {
    const partyId = await partyOf(step);
    const newest = newestOfParty(step.file.mandates, partyId, step.today);
    // One that ran out stays as it was; a new one takes its place.
    const claimed = newest?.status === 'CLAIMED' ? newest.row : undefined;
    const row = claimed ?? {
      ...claimedMandate({
        caseId: step.caseId,
        n: nextNumber(step.file.mandates),
        partyId,
        role: step.actor.role,
        today: step.today,
      }),
    };
    const told = {
      basis: step.answer<MandateBasis>('mandateBasis'),
      covers: step.answer<string[] | undefined>('mandateCovers') ?? [],
      since: step.answer<string | undefined>('mandateSince') ?? null,
      until: step.answer<string | undefined>('mandateUntil') ?? null,
      proof: step.answer<number | undefined>('mandateProof') ?? null,
      limitsSealed: step.sealMaybe('mandates', 'limitsSealed', row.id, step.text('mandateLimits')),
      byRole: step.actor.role,
      recordedOn: step.today,
    };
    if (claimed) await step.update(Mandate, claimed.id, told);
    else await step.insert(Mandate, { ...row, ...told });
  },
  'confirm-mandate': async (step) => {
    const { id } = mandateNamed(step);
    const until = step.answer<string | undefined>('mandateUntil');
    const limits = step.text('mandateLimits');
    await step.update(Mandate, id, {
      covers: step.answer<string[] | undefined>('mandateCovers') ?? [],
      ...(until ? { until } : {}),
      ...(limits ? { limitsSealed: step.seal('mandates', 'limitsSealed', id, limits) } : {}),
      status: 'CONFIRMED',
      confirmedBy: step.actor.role,
      confirmedOn: step.today,
      reasonsSealed: step.sealMaybe('mandates', 'reasonsSealed', id, step.text('reasons')),
    });
  },
  'end-mandate': async (step) => {
    const mandate = mandateNamed(step);
    await endMandate(step, mandate);
    // Whom the person sends away reads nothing of hers any more, nor does anybody whom they brought in.
    if (step.actor.role === 'RH') await closeCaseTo(step, mandate.partyId);
  },
};

const mandateNamed = ({ file, answers }: StepContext): Mandate =>
  file.mandates.find(({ n }) => n === answers.mandateNumber)!;

/** Whose mandate is written down: one's own, or of staff the one they name, or of whom nothing is written down yet. */
async function partyOf(step: StepContext): Promise<string> {
  if (step.actor.partyId) return step.actor.partyId;
  if (step.answers.mandateNumber !== undefined) return mandateNamed(step).partyId;
  const { caseId, file } = step;
  const parties = await step.db.find(Party, { where: { caseId }, order: { id: 'ASC' } });
  return withoutMandate(parties, file.mandates)[0]!.id;
}

async function endMandate(step: StepContext, { id, status }: Mandate): Promise<void> {
  await step.update(Mandate, id, {
    status: status === 'CLAIMED' && step.actor.role !== 'REP' ? 'REFUSED' : 'ENDED',
    endedBy: step.actor.role,
    endedOn: step.today,
    reasonsSealed: step.sealMaybe('mandates', 'reasonsSealed', id, step.text('reasons')),
  });
}
