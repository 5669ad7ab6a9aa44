// What the person agrees to (consents 5.5; withdrawal 5.7).
import {
  consentHolds,
  GUEST_CONSENTS,
  SHARED_WITH,
  type ConsentCode,
  type GuestRole,
  type SharedWith,
} from '../consents';
import { tellSpecialCategory } from '../groups';
import { tellsTooMuch } from '../stories';
import { goesOnWithoutPerson, type StepAnswers } from './facts';
import { need, thereIs, type Need } from './need';
import { publishes, LEVELS, ownRating, reprisalRankOf, disclosureIsPlanned, said } from './readings';

const sharedWith = (answers: StepAnswers) => SHARED_WITH[answers.sharedWith as SharedWith];

export const CONSENT_NEEDS = {
  dialogueConsented: need(
    'The person has not agreed to a dialogue (CN-DIALOGUE), or no longer does. Ask, and record what the person says.',
    (f) => consentHolds(f.consents, 'CN-DIALOGUE'),
  ),
  referralConsented: need(
    'The person has not agreed that the case is passed on (CN-SHARE-AUTH). Ask, or only tell the person where to turn.',
    (f, a) => a.referralMode !== 'WITH_CONSENT' || consentHolds(f.consents, 'CN-SHARE-AUTH'),
  ),
  sensitiveConsented: need(
    'These groups tell of health, origin, religion, belief, union or sexual life, and the person has not agreed that we use that (CN-SENS). Ask, leave these groups out, or name the law that obliges us.',
    (f, a) =>
      !tellSpecialCategory((a.groups as readonly string[] | undefined) ?? []) ||
      consentHolds(f.consents, 'CN-SENS') ||
      Boolean(a.sensitiveLaw),
  ),
  sharingConsented: need(
    'The person has not agreed to share with these (CN-SHARE-UNIT, CN-SHARE-VENDOR, CN-REP, CN-SHARE-AUTH). Ask; without consent only an authority gets it, where a law obliges us.',
    (f, a) =>
      consentHolds(f.consents, sharedWith(a).consent) ||
      (a.sharedWith === 'AUTHORITY' && Boolean(a.legalDuty)),
  ),
  identitySharingConsented: need(
    'The person has not agreed that those concerned learn who they are (CN-SHARE-ID). Leave everything out that tells it.',
    (f, a) =>
      a.identityShared !== true ||
      !SHARED_WITH[a.sharedWith as SharedWith]?.respondent ||
      consentHolds(f.consents, 'CN-SHARE-ID'),
  ),
  respondentDisclosurePlanned: need(
    'The risk of reprisal is medium or higher: before the unit or the vendor learns anything, the protection officer has to approve the disclosure plan.',
    (f, a) => !sharedWith(a).respondent || disclosureIsPlanned(f),
  ),
  publicationConsented: need(
    'The person has not agreed that the case is told to the public (CN-STORY), or no longer does. Ask, or put it right another way.',
    (f, a) => !publishes(f, a) || consentHolds(f.consents, 'CN-STORY'),
  ),
  guestConsented: need(
    'The person has not agreed that somebody from outside is brought in: an expert rests on CN-EXPERT, a mediator on CN-DIALOGUE. Ask, and record what the person says.',
    (f, a) => consentHolds(f.consents, GUEST_CONSENTS[a.guestRole as GuestRole]),
  ),
  storyConsented: need(
    'The person has not agreed that the case is told to the public (CN-STORY), or no longer does. Ask, and tell nothing until then.',
    (f) => consentHolds(f.consents, 'CN-STORY'),
  ),
  storyEndangersNobody: need(
    'The risk of reprisal is high, or the person said that they fear it seriously: such a case is not told to the public, whoever rated the risk lower since.',
    (f) => Math.max(reprisalRankOf(f), ownRating(f)) < LEVELS.indexOf('HIGH'),
  ),
  storyCanBeTakenBack: need(
    'Nobody holds a receipt of this case any more, so nobody could take the story back. Leave it untold.',
    (f) => f.somebodyHoldsReceipt,
  ),
  personDidNotWithdraw: need(
    'The person withdrew: the case is not told to the public.',
    (f) => f.closureCode !== 'CR-WITHDRAWN',
  ),
  storyTellsNoDetails: need(
    'The text names an address, a reference, a day or a long number. Leave that out; name a quarter at most.',
    (_f, a) => !tellsTooMuch(said(a, 'storyText')),
  ),
  storyStands: thereIs('No story of this case is published.', (f) => f.storyStands),
  consentIsNotOverruled: need(
    'The person said no to this on their own page; only they can say yes again, there.',
    (f, a) => {
      const last = f.consents[a.consent as ConsentCode];
      return a.consentGiven !== true || last === undefined || last.given || !last.bySelf;
    },
  ),
  personTakesPart: need(
    'This case goes on without the person who withdrew: who they are stays out of it.',
    (f) => !goesOnWithoutPerson(f.taken),
  ),
  identityLeft: thereIs(
    'The person left neither name nor contact. Write a message: it is there when they open their case.',
    (f) => f.hasName || f.hasContact,
  ),
} as const satisfies Record<string, Need>;
