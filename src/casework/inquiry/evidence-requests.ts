import { newId } from '../../platform/ids';
import type { Day } from '../../platform/time';
import { EvidenceRequest } from '../../records/entities/evidence-request';
import type { EvidenceRequestStatus } from '../../rules/inquiry';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import type { OpenWords } from '../open-words';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import type { EvidenceRequestView, MyEvidenceRequestView } from './views';

const TABLE = 'evidence_requests';

/** What the inquiry asks units, vendors and others for, with the answer or the refusal. */
export const EVIDENCE_REQUEST_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'request-evidence': async (step) => {
    const id = newId();
    await step.insert(EvidenceRequest, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.evidenceRequests),
      askedOf: step.answer('askedOf'),
      whomSealed: step.seal(TABLE, 'whomSealed', id, step.text('askedWhom')),
      textSealed: step.seal(TABLE, 'textSealed', id, step.text('askedFor')),
      allegation: step.answer<number | undefined>('allegationNumber') ?? null,
      byRole: step.actor.role,
      askedBy: step.actor.personId!,
      askedOn: step.today,
      dueOn: step.answer('dueOn'),
      status: 'ASKED' satisfies EvidenceRequestStatus,
      settledOn: null,
      replySealed: null,
      refusalGround: null,
      records: null,
    });
  },
  'record-evidence-answer': (step) =>
    settle(step, 'ANSWERED', step.text('evidenceAnswer'), { records: step.answer('recordsFound') }),
  'record-evidence-refusal': (step) =>
    settle(step, 'REFUSED', step.text('reasons'), {
      refusalGround: step.answer('refusalGround'),
      records: step.answer('recordsRefused'),
    }),
};

async function settle(
  step: StepContext,
  status: EvidenceRequestStatus,
  reply: string,
  codes: Partial<EvidenceRequest>,
): Promise<void> {
  const { id } = step.file.evidenceRequests.find(({ n }) => n === step.answers.evidenceRequestNumber)!;
  await step.update(EvidenceRequest, id, {
    refusalGround: null,
    ...codes,
    status,
    settledOn: step.today,
    replySealed: step.seal(TABLE, 'replySealed', id, reply),
  });
}

/** For staff, oldest first. */
export function evidenceRequestViews(
  { evidenceRequests }: CaseFile,
  words: OpenWords,
  names: Names,
  today: Day,
): EvidenceRequestView[] {
  return evidenceRequests.map((row) => ({
    n: row.n,
    askedOf: row.askedOf,
    whom: words.text(TABLE, 'whomSealed', row.id, row.whomSealed),
    text: words.text(TABLE, 'textSealed', row.id, row.textSealed),
    allegation: row.allegation,
    by: nameOf(names, row.askedBy),
    byRole: row.byRole,
    askedOn: row.askedOn,
    dueOn: row.dueOn,
    overdue: row.status === 'ASKED' && row.dueOn < today,
    status: row.status,
    settledOn: row.settledOn,
    reply: words.maybe(TABLE, 'replySealed', row.id, row.replySealed),
    refusalGround: row.refusalGround,
    records: row.records,
  }));
}

/** For the person: of whom something was asked and what came, not in whose words. */
export function myEvidenceRequestViews({ evidenceRequests }: CaseFile): MyEvidenceRequestView[] {
  return evidenceRequests.map(({ n, askedOf, askedOn, status, settledOn, records }) => ({
    n,
    askedOf,
    askedOn,
    status,
    settledOn,
    records,
  }));
}
