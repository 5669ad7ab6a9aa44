import { DraftPolicies } from '../../casework/policies/draft-policies';
import type { PolicyAmendment } from '../../rules/policy';
import type { Staff } from './organisation';
import type { Rooms } from './rooms';

const AMENDMENTS: readonly PolicyAmendment[] = [
  { kind: 'SECOND_PERSON', of: 'accept', code: 'DEC', length: null },
  { kind: 'FEWER_ROLES', of: 'add-allegation', code: 'TRI', length: null },
  { kind: 'SHORTER_TARGET', of: 'TARGET-ACK', code: null, length: 1 },
];

/** Drafts the next version of the process, which waits for somebody else to publish it. */
export async function draftNextVersion(house: Rooms, staff: Staff): Promise<void> {
  const drafts = house.get(DraftPolicies);
  for (const amendment of AMENDMENTS)
    await drafts.add(staff.triage.visitor, amendment, (await drafts.view()).seen);
}
