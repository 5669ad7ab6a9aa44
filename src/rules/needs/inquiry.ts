// Evidence requests and what findings make of them (process model 6.3 and 6.4; AI Act Art. 12, 19 and 26(6)).
import { recordsAreMissing } from '../inquiry';
import { FINDING_CODES, type FindingCode } from '../outcomes';
import type { CaseFacts, StepAnswers } from './facts';
import { need, oneOf, type Need } from './need';

const requestNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.evidenceRequests.find(({ n }) => n === answers.evidenceRequestNumber);
const missingForNamed = (facts: CaseFacts, answers: StepAnswers) =>
  recordsAreMissing(facts.evidenceRequests, answers.allegationNumber as number);

export const INQUIRY_NEEDS = {
  allegationFits: need(
    'Give the number of an allegation of this case, or none where the request is about all of them.',
    (f, a) => a.allegationNumber === undefined || f.allegations.some(({ n }) => n === a.allegationNumber),
  ),
  evidenceRequestIsThere: oneOf(
    'request for evidence of this case',
    'evidenceRequestNumber',
    (f) => f.evidenceRequests,
  ),
  evidenceRequestWaits: oneOf(
    'request for evidence that nobody has answered or refused yet',
    'evidenceRequestNumber',
    (f) => f.evidenceRequests.filter(({ status }) => status === 'ASKED'),
  ),
  silenceIsOver: need(
    'The day for the answer has not passed yet: silence counts as a refusal only after it.',
    (f, a) => a.refusalGround !== 'SILENCE' || (requestNamed(f, a)?.dueOn ?? f.today) < f.today,
  ),
  standardOfProofSaid: need(
    'Say how sure you had to be: the standard of proof. Only what was not assessed needs none.',
    (_, a) => a.finding === 'FC-NA' || a.standardOfProof !== undefined,
  ),
  findingCausesSaid: need(
    'Name the root causes of what you found to be so; that they are undetermined is one of the choices.',
    (_, a) =>
      !(a.finding && FINDING_CODES[a.finding as FindingCode].upholds) || a.findingCauses !== undefined,
  ),
  contributionSaid: need(
    'We contributed to it: say how, and whether we could have foreseen it.',
    (_, a) =>
      a.involvement !== 'CONTRIBUTE' || (a.contributionModes !== undefined && a.foreseeable !== undefined),
  ),
  missingRecordsNotDenied: need(
    'A request for evidence says that records are missing which had to be kept. The finding cannot say otherwise; record first that they came after all.',
    (f, a) => a.evidenceWithheld !== false || !missingForNamed(f, a),
  ),
  missingRecordsTakenUp: need(
    'Records that had to be kept are missing, and what is missing counts in favour of the complainant. To find the allegation not substantiated all the same, say why it does not stand even if they showed what the complainant says.',
    (f, a) => a.finding !== 'FC-UNSUB' || a.missingRecords !== undefined || !missingForNamed(f, a),
  ),
  evidenceRequestsSettled: need(
    'A request for evidence waits. Record the answer, or the refusal; after its day, silence is one.',
    (f) => f.evidenceRequests.every(({ status }) => status !== 'ASKED'),
  ),
  findingsTakeUpMissingRecords: need(
    'Records that had to be kept are missing, and a finding was made before that was known. Record it again, so that it says what that means.',
    (f) =>
      f.allegations.every(
        ({ n, finding, withheld, missingTakenUp }) =>
          !recordsAreMissing(f.evidenceRequests, n) ||
          finding === 'FC-NA' ||
          (withheld && (finding !== 'FC-UNSUB' || missingTakenUp)),
      ),
  ),
} as const satisfies Record<string, Need>;
