import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Refusal } from '../platform/refusal';
import type { Day } from '../platform/time';
import type { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import { Message } from '../records/entities/message';
import { SupportRequest } from '../records/entities/support-request';
import { dialogueEnd, dialogueIsOpen, type DialogueFacts } from '../rules/dialogue';
import { STATES, type State } from '../rules/states';
import { isLookedAtElsewhere } from './triage/mergers';
import type { DialogueView } from './views';

const OPEN: Omit<DialogueFacts, 'state'> = {
  closedOn: null,
  reviewUntil: null,
  isOwed: false,
  lastFromUs: null,
};

/** What decides whether the person can write; of a case that goes on, nothing has to be looked up. */
export async function dialogueOf(
  db: EntityManager,
  row: Pick<Case, 'id' | 'state' | 'closedOn'>,
): Promise<DialogueFacts> {
  const { id: caseId, closedOn } = row;
  const state = row.state as State;
  if (!STATES[state].ended) return { ...OPEN, state };
  const clocks = await db.findBy(Clock, { caseId, status: Not('STOPPED') });
  const [last] = await db.find(Message, {
    select: { id: true, writtenOn: true },
    where: { caseId, personId: Not(IsNull()) },
    order: { n: 'DESC' },
    take: 1,
  });
  return {
    state,
    closedOn,
    reviewUntil: clocks.find(({ code }) => code === 'APPEAL-WINDOW')?.dueLegalLatest ?? null,
    isOwed:
      clocks.some(({ basis }) => basis === 'legal') ||
      (await db.existsBy(SupportRequest, { caseId, status: In(['ASKED', 'ARRANGED']) })) ||
      (await isLookedAtElsewhere(db, caseId)),
    lastFromUs: last?.writtenOn ?? null,
  };
}

/** The same as pages show it. */
export function dialogueView(facts: DialogueFacts, today: Day): DialogueView {
  return { isOpen: dialogueIsOpen(facts, today), until: dialogueEnd(facts) };
}

/** Refuses what the person sends once the time for it is over; the organisation may write at any time, which opens it again. */
export async function refuseAfterDialogue(
  db: EntityManager,
  row: Pick<Case, 'id' | 'state' | 'closedOn'>,
  isOfStaff: boolean,
  today: Day,
  field: string,
): Promise<void> {
  if (isOfStaff || dialogueIsOpen(await dialogueOf(db, row), today)) return;
  throw new Refusal('conflict', 'The case has ended, and the time to write in it is over.', [
    { name: 'dialogue', field, sentence: 'error.dialogue.over' },
  ]);
}
