import { Packets } from '../../casework/sharing/packets';
import { Redactions } from '../../casework/sharing/redactions';
import { Consents } from '../../casework/consents';
import type { Rooms } from './rooms';
import type { Walk } from './walk';

const COMPLAINT = { kind: 'COMPLAINT', n: 1 } as const;
/** Days, places and a calling, by which the vendor could tell who it was. */
const MASKED = ['12 октября', '28 августа', '19 октября', 'Риге', 'Даугавпилсе', 'учительницей'];

/** Tells the vendor of a system what the person agreed that it may know: the story with masks, in a packet, and nothing else. */
export async function passOn(house: Rooms, walk: Walk): Promise<void> {
  const { reference, staff } = walk;
  const lead = staff.triage.visitor;
  await house.get(Consents).decide(walk.complainant, [{ code: 'CN-SHARE-VENDOR', given: true }]);
  const { n: version } = await house.get(Redactions).keep(lead, reference, COMPLAINT, MASKED);
  const packets = house.get(Packets);
  const { n: packetNumber } = await packets.make(lead, reference, [{ ...COMPLAINT, version }]);
  await walk.step('triage', 'share', {
    sharedWith: 'VENDOR',
    recipient: 'Lumeris Vision, the desk for errors of the match',
    sharedWhat:
      'What happened at the doors of two shops, without days, places or anything about who you are.',
    identityShared: false,
    scopeKept: true,
    packetNumber,
  });
  const { content } = await packets.takeOut(lead, reference, packetNumber);
  for await (const _ of content);
}
