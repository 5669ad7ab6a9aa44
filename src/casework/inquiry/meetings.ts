import { newId } from '../../platform/ids';
import { Meeting } from '../../records/entities/meeting';
import {
  HER_MEETINGS,
  type MeetingKind,
  type MeetingPartner,
  type MeetingStatus,
} from '../../rules/facilitation';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import type { OpenWords } from '../open-words';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import type { MeetingView, MyMeetingView } from './views';

const TABLE = 'meetings';

/** Interviews of the inquiry and sessions of the dialogue: planned, held or not. */
export const MEETING_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'plan-interview': (step) => plan(step, 'INTERVIEW', step.answer('interviewWith')),
  'invite-to-meeting': (step) =>
    step.actor.role === 'DIA' ? plan(step, 'SESSION', 'BOTH_SIDES') : plan(step, 'INTERVIEW', 'PERSON'),
  'record-meeting': async (step) => {
    const { id } = meetingNamed(step);
    await step.update(Meeting, id, {
      status: step.answer('meetingOutcome'),
      heldOn: step.answer('occasionOn'),
      accompanied: step.answer<boolean | undefined>('accompanied') ?? null,
      transcript: step.answer<number | undefined>('transcriptNumber') ?? null,
      noteSealed: step.seal(TABLE, 'noteSealed', id, step.text('meetingNote')),
    });
  },
  'call-off-meeting': async (step) => {
    await step.update(Meeting, meetingNamed(step).id, { status: 'CALLED_OFF' satisfies MeetingStatus });
  },
};

async function plan(step: StepContext, kind: MeetingKind, withWhom: MeetingPartner): Promise<void> {
  const id = newId();
  await step.insert(Meeting, {
    id,
    caseId: step.caseId,
    n: nextNumber(step.file.meetings),
    kind,
    withWhom,
    byRole: step.actor.role,
    plannedFor: step.answer('plannedFor'),
    detailsSealed: step.seal(TABLE, 'detailsSealed', id, step.text('meetingDetails')),
    status: 'PLANNED' satisfies MeetingStatus,
    heldOn: null,
    accompanied: null,
    transcript: null,
    noteSealed: null,
  });
}

const meetingNamed = ({ file, answers }: StepContext): Meeting =>
  file.meetings.find(({ n }) => n === answers.meetingNumber)!;

/** For staff, oldest first. */
export function meetingViews({ meetings }: CaseFile, words: OpenWords): MeetingView[] {
  return meetings.map((row) => ({
    n: row.n,
    kind: row.kind,
    withWhom: row.withWhom,
    byRole: row.byRole,
    plannedFor: row.plannedFor,
    details: words.text(TABLE, 'detailsSealed', row.id, row.detailsSealed),
    status: row.status,
    heldOn: row.heldOn,
    accompanied: row.accompanied,
    transcript: row.transcript,
    note: words.maybe(TABLE, 'noteSealed', row.id, row.noteSealed),
  }));
}

/** Meetings that the person is at, without the note of staff; counted by themselves, since a gap would tell that others are heard. */
export function myMeetingViews(file: CaseFile, words: OpenWords): MyMeetingView[] {
  return meetingViews(file, words)
    .filter(({ withWhom }) => HER_MEETINGS.includes(withWhom))
    .map(({ kind, plannedFor, details, status, heldOn }, index) => ({
      n: index + 1,
      kind,
      plannedFor,
      details,
      status,
      heldOn,
    }));
}
