// AI systems that a case names, requests to keep their logs, and the chain of notices of a deployer (AI Act Art. 26(5) and (6)).
import type { CaseFacts, StepAnswers } from './facts';
import { need, oneOf, type Need } from './need';
import { said } from './readings';
import { ARTICLE_26_ADDRESSEES, TASK_ENDERS, type Article26Addressee } from '../system-notices';

const isNamed = ({ systems }: CaseFacts, { systemNumber }: StepAnswers) =>
  systems.includes(Number(systemNumber));
const noticeMeant = ({ article26Notices }: CaseFacts, { noticeNumber }: StepAnswers) =>
  article26Notices.find(({ n, outcome }) => n === noticeNumber && outcome === null);
const isInChain = ({ addressee }: { addressee: string }) =>
  ARTICLE_26_ADDRESSEES[addressee as Article26Addressee].inChain;
/** Open notices, of a chain the first alone. */
const nextNotices = ({ article26Notices }: CaseFacts) => {
  const open = article26Notices.filter(({ outcome }) => outcome === null);
  return open.filter(
    (notice) =>
      !isInChain(notice) ||
      open.every((row) => row.systemNumber !== notice.systemNumber || !isInChain(row) || row.n >= notice.n),
  );
};

export const SYSTEM_NEEDS = {
  systemIsRegistered: need(
    'No AI system of the register has this number. Look for it in the register, or have it added there first.',
    (f) => f.named.systemIsThere,
  ),
  systemNotNamedYet: need('This case names that AI system already.', (f, a) => !isNamed(f, a)),
  systemIsNamed: {
    ...oneOf('AI system that this case names', 'systemNumber', (f) => f.systems.map((n) => ({ n }))),
    sentence: 'Give the number of an AI system that this case names; name it first.',
  },
  diligenceRecordIsThere: need(
    'The register has no record of this number for that AI system, or it was struck. Record it there first, or leave it out.',
    (f, { diligenceRecord }) => diligenceRecord === undefined || f.named.diligenceRecordIsThere,
  ),
  nothingOpenAboutSystem: need(
    'A notice or a request to keep logs about that AI system is open. Record what came of it first, or have a legal adviser or data protection officer take the system back: then what is open ends with it.',
    (f, { systemNumber }) =>
      TASK_ENDERS.includes(f.actor.role) ||
      (f.article26Notices.every((row) => row.systemNumber !== systemNumber || row.outcome !== null) &&
        f.preservationRequests.every((row) => row.systemNumber !== systemNumber || row.answer !== null)),
  ),
  preservationWaits: oneOf('request to keep logs that nobody has answered', 'preservationNumber', (f) =>
    f.preservationRequests.filter(({ answer }) => answer === null),
  ),
  knownSinceNotAhead: need(
    'Nobody knows of it before it is so: the day cannot be after today.',
    (f, a) => said(a, 'knownSince') <= f.today,
  ),
  noNoticeOpen: need(
    'Notices about that AI system are planned already; record what came of them first.',
    (f, a) =>
      f.article26Notices.every(
        ({ systemNumber, outcome }) => systemNumber !== a.systemNumber || outcome !== null,
      ),
  ),
  noticeIsNext: {
    ...oneOf('notice that is open', 'noticeNumber', nextNotices),
    sentence:
      'Give the number of the next notice that is open: the provider is told first, then the importer or distributor, then the authority (AI Act Art. 26(5)).',
  },
  outcomeFitsAddressee: need(
    'This cannot come of that task: an authority is told; a provider, importer or distributor is told, missing or out of reach; a unit suspends the use, or the system is not in use.',
    (f, a) => {
      const meant = noticeMeant(f, a);
      if (!meant) return true;
      const { outcomes } = ARTICLE_26_ADDRESSEES[meant.addressee as Article26Addressee];
      return outcomes.some((outcome) => outcome === a.noticeOutcome);
    },
  ),
  incidentKindSaid: need(
    'Say how serious the incident is: it decides until when the authority has to have the report. For a risk, leave it out.',
    (_, a) => (a.article26Ground === 'SERIOUS_INCIDENT') === (said(a, 'incidentKind') !== ''),
  ),
  toldOnIsRight: need(
    'Where they were told, give the day: not after today, and not before we knew. Otherwise leave the day out.',
    (f, a) => {
      if (a.noticeOutcome !== 'TOLD') return a.toldOn === undefined;
      const meant = noticeMeant(f, a);
      const toldOn = said(a, 'toldOn');
      return toldOn !== '' && toldOn <= f.today && (meant === undefined || toldOn >= meant.since);
    },
  ),
} as const satisfies Record<string, Need>;
