import { validate, type ValidationError } from 'class-validator';
import type { UnmetNeed } from '../platform/refusal';

/** What is wrong with a form, field by field: `contact.value` names a field inside another. Empty when it can be taken. */
export async function formNeeds(form: object): Promise<UnmetNeed[]> {
  return needsIn(await validate(form, { whitelist: true, forbidNonWhitelisted: true }));
}

function needsIn(errors: readonly ValidationError[], within = ''): UnmetNeed[] {
  return errors.flatMap(({ property, value, constraints, contexts, children }) => [
    ...Object.entries(constraints ?? {})
      .slice(0, 1)
      .map(([rule, sentence]) => ({
        name: 'form',
        field: within + property,
        sentence,
        ...measured(value, contexts?.[rule] as { most?: number } | undefined),
      })),
    ...needsIn(children ?? [], `${within}${property}.`),
  ]);
}

/** How long a text is that a rule of its form, which knows how long it may be, found too long. */
function measured(value: unknown, { most }: { most?: number } = {}): Pick<UnmetNeed, 'measure'> {
  return typeof value === 'string' && most !== undefined ? { measure: { length: value.length, most } } : {};
}
