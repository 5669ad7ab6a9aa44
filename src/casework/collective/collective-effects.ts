import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { JoinCode } from '../../records/entities/join-code';
import { MemberNews } from '../../records/entities/member-news';
import { lastDayOf } from '../../rules/collective';
import { writtenLanguageOf } from '../../rules/languages';
import type { StepName } from '../../rules/steps';
import { newLetterCode, normaliseLetterCode } from '../../vault/letter-codes';
import { nextNumber, type CaseContext, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { writeConsents } from '../write-consents';
import { join, joinCodeHash } from './memberships';

/** A collective complaint: what the group is, who can join, what all members are told; and of a case, that it joins or leaves one. */
export const COLLECTIVE_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'describe-group': (step) => {
    // What is left empty stays as it is: with everything empty, the history would tell of something that was not said.
    if (Object.keys(step.answers).length === 0)
      throw new Refusal('invalid', 'Nothing was said about the group.', [
        { name: 'answer', field: 'groupDefinition', sentence: 'Answer at least one of the questions.' },
      ]);
    const text = step.text('groupDefinition');
    if (text === '') return;
    // What she told stays as she told it.
    const column = step.actor.personId === null ? 'groupDefinitionSealed' : 'groupByStaffSealed';
    step.patch[column] = step.seal('cases', column, step.caseId, text);
  },
  'end-join-code': async (step) => {
    const code = step.file.joinCodes.find(({ n }) => n === step.answers.joinCodeNumber)!;
    await endJoinCode(step, code);
  },
  'write-to-members': async (step) => {
    const { actor, file } = step;
    const id = newId();
    await step.insert(MemberNews, {
      id,
      caseId: step.caseId,
      n: nextNumber(file.memberNews),
      fromRole: actor.role,
      personId: actor.personId,
      writtenOn: step.today,
      language:
        step.answer<string | undefined>('writtenIn') ??
        (actor.personId === null ? writtenLanguageOf(file.case.language) : 'en'),
      textSealed: step.seal('member_news', 'textSealed', id, step.text('memberNews')),
    });
  },
  'join-group': async (step) => {
    await join(step, step.text('joinCode'));
    await writeConsents(step, [{ code: 'CN-GROUP', given: true }], step.file.case.language);
  },
  'leave-group': async (step) => {
    await writeConsents(step, [{ code: 'CN-GROUP', given: false }], step.file.case.language);
  },
};

/** Inside `make-join-code`: the code as it has to be shown, this once. */
export async function makeJoinCode(step: StepContext): Promise<string> {
  const code = newLetterCode();
  await step.insert(JoinCode, {
    id: newId(),
    caseId: step.caseId,
    n: nextNumber(step.file.joinCodes),
    codeHash: joinCodeHash(step.vault, normaliseLetterCode(code)!),
    places: Number(step.answer('joinPlaces')),
    used: 0,
    until: lastDayOf(step.answer('joinFor'), step.today),
    madeOn: step.today,
    endedOn: null,
    byRole: step.actor.role,
    personId: step.actor.personId,
  });
  return code;
}

/** It lets nobody in any more. */
export async function endJoinCode(context: CaseContext, { id, endedOn }: JoinCode): Promise<void> {
  if (endedOn === null) await context.update(JoinCode, id, { codeHash: null, endedOn: context.today });
}
