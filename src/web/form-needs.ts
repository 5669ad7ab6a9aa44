import { validate, type ValidationError } from 'class-validator';
import type { UnmetNeed } from '../platform/refusal';

/** What is wrong with a form, field by field: `contact.value` names a field inside another. Empty when it can be taken. */
export async function formNeeds(form: object): Promise<UnmetNeed[]> {
  return needsIn(await validate(form, { whitelist: true, forbidNonWhitelisted: true }));
}

function needsIn(errors: readonly ValidationError[], within = ''): UnmetNeed[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {})
      .slice(0, 1)
      .map((sentence) => ({ name: 'form', field: within + property, sentence })),
    ...needsIn(children ?? [], `${within}${property}.`),
  ]);
}
