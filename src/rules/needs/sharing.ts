// What is passed on (process model 5.5 and 5.6, PM-12).
import { consentHolds, consentOfRequest } from '../consents';
import { identityIsGuarded } from '../identity-modes';
import { goesToRespondent } from '../sharing';
import { goesOnWithoutPerson } from './facts';
import { need, type Need } from './need';

/** Whether a packet may leave: `hidden` where whoever gets it must not learn who she is, `shown` where she agreed that they do. Who had herself erased is shown to nobody. */
export function packetMayLeave(
  { namesSomebody, identityErased }: { namesSomebody: boolean; identityErased: boolean },
  { hidden, shown }: { hidden: boolean; shown: boolean },
): boolean {
  return !namesSomebody || (!identityErased && (shown || !hidden));
}

export const SHARING_NEEDS = {
  packetIsReady: need(
    'There is no packet of this number that waits to be passed on: each goes out with one step. Put one together first, or leave the number out.',
    (f, a) => a.packetNumber === undefined || f.named.packet?.isPassedOn === false,
  ),
  packetNamesNobody: need(
    'A text of this packet holds a name or contact that the person left with us, or goes whole where one was changed, taken back or erased, and whoever gets it must not learn who they are. Mask that passage in the text, and put a new packet together.',
    (f, a) =>
      !f.named.packet ||
      packetMayLeave(f.named.packet, {
        hidden:
          goesToRespondent(a) ||
          identityIsGuarded(f.identityMode, f.reprisalLevel) ||
          a.identityShared === false,
        shown: a.identityShared === true && consentHolds(f.consents, 'CN-SHARE-ID'),
      }),
  ),
  packetOnlyWithConsent: need(
    'Where the person is only told where to turn, nothing is passed on: leave the packet out.',
    (_f, a) => a.packetNumber === undefined || a.referralMode === 'WITH_CONSENT',
  ),
  requestPacketConsented: need(
    'The person has not agreed that these get anything of the case (CN-SHARE-UNIT, CN-SHARE-VENDOR), or takes no part in it any more. Ask without the packet; to anybody but unit and vendor it goes with “share”.',
    (f, a) => {
      if (a.packetNumber === undefined) return true;
      const consent = consentOfRequest(a.askedOf);
      return consent !== null && consentHolds(f.consents, consent) && !goesOnWithoutPerson(f.taken);
    },
  ),
} as const satisfies Record<string, Need>;
