import { Readable } from 'node:stream';
import { Disposals } from '../../../src/casework/erasure/disposals';
import type { BatchView } from '../../../src/casework/erasure/views';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { Messages } from '../../../src/casework/messages';
import type { House } from '../../harness/house';
import { Walk, type Staff } from '../../harness/walk';

/** What was typed into cases that are to be erased; it may stand nowhere afterwards, nor before. */
export const PLANTED = [
  'planted narrative',
  'planted message',
  'planted file',
  'someone@example.org',
  'planted unit',
  'planted emergency',
];

/** A case that ended today, with a message and a file, and nothing that keeps it; `before`: what happens in it before it ends. */
export async function endedCase(
  house: House,
  staff: Staff,
  more: object = {},
  before: (walk: Walk) => Promise<unknown> = async () => undefined,
): Promise<Walk> {
  const walk = await Walk.lodge(house, staff, PLANTED[0], more);
  await house.get(Messages).write(walk.holder, PLANTED[1]);
  await house.get(EvidenceFiles).add(walk.holder, {
    fileName: 'letter.txt',
    describes: PLANTED[1],
    content: Readable.from([Buffer.from(PLANTED[2]!)]),
  });
  await before(walk);
  await walk.by('DEC', 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
  await walk.by('RH', 'withdraw', { withdrawalPressure: false });
  return walk;
}

/** One person proposes these, another agrees. */
export async function disposeOf(house: House, staff: Staff, walks: readonly Walk[]): Promise<BatchView> {
  const disposals = house.get(Disposals);
  const { id } = await disposals.propose(staff.DPO, {
    schedule: 'RS-CASE',
    reason: 'Seven years are over.',
    references: walks.map(({ reference }) => reference),
  });
  return disposals.settle(staff.DEC, id, true);
}
