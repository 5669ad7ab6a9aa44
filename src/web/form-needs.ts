import { validate } from 'class-validator';
import type { UnmetNeed } from '../platform/refusal';

/** What is wrong with a form, field by field: `contact.value` names a field inside another. Empty when it can be taken. */
export async function formNeeds(form: object): Promise<UnmetNeed[]> {
  const errors = await validate(form, { whitelist: true, forbidNonWhitelisted: true });
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {})
      .slice(0, 1)
      .map((sentence) => ({ name: 'form', field: error.property, sentence })),
    ...(error.children ?? []).flatMap((child) =>
      Object.values(child.constraints ?? {})
        .slice(0, 1)
        .map((sentence) => ({ name: 'form', field: `${error.property}.${child.property}`, sentence })),
    ),
  ]);
}
