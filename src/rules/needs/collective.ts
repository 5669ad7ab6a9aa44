// Collective complaints and their members (representatives and groups 5.6; UN Guiding Principle 29).
import { isUsable, JOINS_A_DAY, MEMBER_NEWS_A_DAY, MOST_JOIN_CODES } from '../collective';
import { CLOSURE_CODES, type ClosureCode } from '../outcomes';
import { need, oneOf, thereIs, type Need } from './need';

export const COLLECTIVE_NEEDS = {
  isCollective: thereIs('This complaint was not lodged for a group.', (f) => f.complainantRole === 'group'),
  isNotCollective: need(
    'This complaint was lodged for a group itself, and joins no other.',
    (f) => f.complainantRole !== 'group',
  ),
  joinCodesLeft: need(
    `There are ${MOST_JOIN_CODES} codes that can be used. End one first.`,
    (f) => f.joinCodes.filter((code) => isUsable(code, f.today)).length < MOST_JOIN_CODES,
  ),
  joinCodeStands: oneOf('code that was not ended', 'joinCodeNumber', (f) =>
    f.joinCodes.filter(({ endedOn }) => endedOn === null),
  ),
  memberNewsLeft: need(
    `Today ${MEMBER_NEWS_A_DAY} messages from your side went to all members already. Write again tomorrow.`,
    (f) =>
      f.memberNews.filter(
        ({ writtenOn, byStaff }) => writtenOn === f.today && byStaff === (f.actor.personId !== null),
      ).length < MEMBER_NEWS_A_DAY,
  ),
  notAMember: need(
    'This case is part of a collective complaint already. Leave that one first.',
    (f) => !f.isMember,
  ),
  joinsLeft: need(
    `This case joined ${JOINS_A_DAY} times today already. It can join again tomorrow.`,
    (f) => f.joinedOn.filter((day) => day === f.today).length < JOINS_A_DAY,
  ),
  isMember: thereIs('This case is part of no collective complaint.', (f) => f.isMember),
  membersRemedyDecided: need(
    'Members of this collective complaint need a remedy of their own, and a case of theirs has no offer yet. Decide those first, or say that no remedy of their own is needed (describe-group). This end binds none of them.',
    (f, a) =>
      !f.individualRemedyNeeded ||
      !CLOSURE_CODES[a.closureCode as ClosureCode].remedied ||
      f.undecidedMembers === 0,
  ),
} as const satisfies Record<string, Need>;
