import { newId } from '../platform/ids';
import type { Day } from '../platform/time';
import { TranslationRequest } from '../records/entities/translation-request';
import type { StepName } from '../rules/steps';
import type { TranslatedKind } from '../rules/taking-part';
import type { CaseFile } from './case-file';
import { nameOf, type Names } from './case-objects';
import type { NumberedNotice } from './letters';
import type { MyTranslationRequestView, TranslationRequestView } from './party-views';
import { nextNumber, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';
import { askOwner } from './team/team-effects';
import { ownNumbers } from './my-translations';

/** That a text is to be translated; a translation of it into that language settles it (`translationCame`). */
export const TRANSLATION_REQUEST_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'request-translation': async (step) => {
    const ownerId = step.answer<string>('owner');
    await step.insert(TranslationRequest, {
      id: newId(),
      caseId: step.caseId,
      n: nextNumber(step.file.translationRequests),
      ofKind: step.answer('translatedKind'),
      ofNumber: step.answer<number | undefined>('translatedNumber') ?? 0,
      language: step.answer('translationLanguage'),
      ownerId,
      byRole: step.actor.role,
      askedBy: step.actor.personId!,
      askedOn: step.today,
      dueOn: step.answer('dueOn'),
      status: 'ASKED',
      settledOn: null,
      translation: null,
    });
    await askOwner(step, ownerId);
  },
  'withdraw-translation-request': async (step) => {
    const { id } = step.file.translationRequests.find(
      ({ n }) => n === step.answers.translationRequestNumber,
    )!;
    await step.update(TranslationRequest, id, { status: 'WITHDRAWN', settledOn: step.today });
  },
};

/** What was asked for is there. */
export async function translationCame(step: StepContext, translation: number): Promise<void> {
  const number = step.answer<number | undefined>('translatedNumber') ?? 0;
  for (const { id, ofKind, ofNumber, language, status } of step.file.translationRequests)
    if (
      status === 'ASKED' &&
      ofKind === step.answer('translatedKind') &&
      ofNumber === number &&
      language === step.answer('translationLanguage')
    )
      await step.update(TranslationRequest, id, { status: 'DONE', settledOn: step.today, translation });
}

/** For staff, oldest first. */
export function translationRequestViews(
  { translationRequests }: CaseFile,
  names: Names,
  today: Day,
): TranslationRequestView[] {
  return translationRequests.map((row) => ({
    n: row.n,
    ofKind: row.ofKind as TranslatedKind,
    ofNumber: row.ofNumber,
    language: row.language,
    owner: nameOf(names, row.ownerId),
    byRole: row.byRole,
    askedOn: row.askedOn,
    dueOn: row.dueOn,
    overdue: row.status === 'ASKED' && row.dueOn < today,
    status: row.status,
    settledOn: row.settledOn,
  }));
}

/** For the person: what comes in a language of her side. That something goes into another one could tell who else reads it. */
export function myTranslationRequestViews(
  { translationRequests }: CaseFile,
  own: ReadonlySet<string>,
  letters: readonly NumberedNotice[],
): MyTranslationRequestView[] {
  return translationRequests
    .filter(({ status, language }) => status === 'ASKED' && own.has(language))
    .flatMap((row) =>
      ownNumbers(row, letters).map((ofNumber) => ({
        ofKind: row.ofKind as TranslatedKind,
        ofNumber,
        language: row.language,
      })),
    );
}
