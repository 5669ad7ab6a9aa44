import { newId } from '../../platform/ids';
import { Article26Notice } from '../../records/entities/article26-notice';
import { CaseSystem } from '../../records/entities/case-system';
import { LegalHold } from '../../records/entities/legal-hold';
import { PreservationRequest } from '../../records/entities/preservation-request';
import type { StepName } from '../../rules/steps';
import {
  article26Tasks,
  article73ReportDueOn,
  articleNoticeDueOn,
  NOT_CONCERNED,
  reportFallsToUs,
} from '../../rules/system-notices';
import { nextHoldNumber } from '../erasure/holds';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';

/** Which AI systems a case is about, requests to keep their logs, and the notices that a deployer owes. */
export const SYSTEM_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'name-system': async (step) => {
    const systemNumber = step.answer<number>('systemNumber');
    await step.insert(CaseSystem, {
      id: newId(),
      caseId: step.caseId,
      n: nextNumber(step.file.systems),
      systemNumber,
      byRole: step.actor.role,
      namedOn: step.today,
    });
    await settleTasks(step, systemNumber, { from: NOT_CONCERNED, to: null });
    await holdLogs(step);
  },
  'unname-system': async (step) => {
    const systemNumber = step.answer<number>('systemNumber');
    const named = step.file.systems.find(
      (row) => row.systemNumber === systemNumber && row.unnamedOn === null,
    )!;
    await step.update(CaseSystem, named.id, { unnamedOn: step.today });
    await settleTasks(step, systemNumber, { from: null, to: NOT_CONCERNED });
  },
  'request-log-preservation': async (step) => {
    const id = newId();
    await step.insert(PreservationRequest, {
      id,
      caseId: step.caseId,
      n: nextNumber(step.file.preservationRequests),
      systemNumber: step.answer('systemNumber'),
      logHolder: step.answer('logHolder'),
      logsSealed: step.seal('preservation_requests', 'logsSealed', id, step.text('logsToKeep')),
      byRole: step.actor.role,
      askedOn: step.today,
      dueOn: step.answer('dueOn'),
    });
  },
  'record-preservation-answer': async (step) => {
    const { id } = step.file.preservationRequests.find(({ n }) => n === step.answers.preservationNumber)!;
    await step.update(PreservationRequest, id, {
      answer: step.answer('preservationAnswer'),
      answeredOn: step.today,
      replySealed: step.seal('preservation_requests', 'replySealed', id, step.text('preservationReply')),
    });
  },
  'plan-article-26-notices': async (step) => {
    const since = step.answer<string>('knownSince');
    const ground = step.answer<string>('article26Ground');
    let n = nextNumber(step.file.article26Notices);
    for (const addressee of article26Tasks(ground))
      await step.insert(Article26Notice, {
        id: newId(),
        caseId: step.caseId,
        n: n++,
        systemNumber: step.answer('systemNumber'),
        ground,
        incidentKind: step.answer<string | undefined>('incidentKind') ?? null,
        addressee,
        since,
        dueOn: articleNoticeDueOn(since),
        byRole: step.actor.role,
      });
  },
  'record-article-26-notice': async (step) => {
    const notice = step.file.article26Notices.find(({ n }) => n === step.answers.noticeNumber)!;
    const { id } = notice;
    const outcome = step.answer<string>('noticeOutcome');
    if (reportFallsToUs(notice, outcome))
      await step.insert(Article26Notice, {
        id: newId(),
        caseId: step.caseId,
        n: nextNumber(step.file.article26Notices),
        systemNumber: notice.systemNumber,
        ground: notice.ground,
        incidentKind: notice.incidentKind,
        addressee: 'MSA_REPORT',
        since: notice.since,
        dueOn: article73ReportDueOn(notice.since, notice.incidentKind),
        byRole: step.actor.role,
      });
    await step.update(Article26Notice, id, {
      outcome,
      toldOn: step.answer<string | undefined>('toldOn') ?? null,
      settledOn: step.today,
      wordsSealed: step.seal('article26_notices', 'wordsSealed', id, step.text('noticeWords')),
    });
  },
};

/** What is open about a system ends when the case is not about it, and is open again, with its old days, when it is. */
async function settleTasks(
  step: StepContext,
  systemNumber: number,
  { from, to }: { from: string | null; to: string | null },
): Promise<void> {
  const on = to === null ? null : step.today;
  for (const row of step.file.preservationRequests)
    if (row.systemNumber === systemNumber && row.answer === from)
      await step.update(PreservationRequest, row.id, { answer: to, answeredOn: on });
  for (const row of step.file.article26Notices)
    if (row.systemNumber === systemNumber && row.outcome === from)
      await step.update(Article26Notice, row.id, { outcome: to, settledOn: on });
}

/** The first system that staff name places the hold that stands from receipt where the person named one (AI Act Art. 26(6)). */
async function holdLogs(step: StepContext): Promise<void> {
  const { case: row, holds } = step.file;
  const ground = 'SYSTEM_NAMED';
  if (row.legalHold || holds.some((hold) => hold.ground === ground)) return;
  await step.insert(LegalHold, {
    id: newId(),
    caseId: step.caseId,
    n: nextHoldNumber(step.file),
    ground,
    placedBy: step.actor.personId,
    placedOn: step.today,
  });
}
