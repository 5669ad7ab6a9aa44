import { getMetadataStorage } from 'class-validator';
import { ComplaintForm, ContactForm } from '../../../casework/intake/complaint-form';
import { has } from '../../../words/words';

/** A question of the form, as its class and the words know it. */
export interface Question {
  /** Name of the field; that of a field of the contact begins with `contact.`. */
  field: string;
  label: string;
  hint: string | null;
  isOptional: boolean;
  /** Codes to choose one from, true and false for a yes or no; null where an answer is written. */
  choices: readonly (string | boolean)[] | null;
  /** Of a written answer, in UTF-16 code units. */
  maxLength: number | null;
}

const CONTACT = 'contact';

/**
 * Every question about the complaint, in the order of its form. Read from the class that validates the answers and from the words
 * `lodge.*.label`, so that papers ask what the pages ask. What has no such words is not asked on its own.
 */
export function questions(): Question[] {
  return fieldsOf(ComplaintForm).flatMap((field) =>
    field === CONTACT
      ? fieldsOf(ContactForm).map((each) => questionOf(ContactForm, each, `${CONTACT}.${each}`))
      : has(`lodge.${field}.label`) && field !== 'consents'
        ? [questionOf(ComplaintForm, field, field)]
        : [],
  );
}

/** Whether this is the first question about how to reach the person, which has a heading of its own. */
export function beginsContact(field: string): boolean {
  return field === `${CONTACT}.${fieldsOf(ContactForm)[0]}`;
}

type Form = typeof ComplaintForm | typeof ContactForm;

function rulesOf(form: Form) {
  return getMetadataStorage().getTargetValidationMetadatas(form, '', false, false);
}

function fieldsOf(form: Form): string[] {
  return [...new Set(rulesOf(form).map(({ propertyName }) => propertyName))];
}

function questionOf(form: Form, field: string, name: string): Question {
  const rules = rulesOf(form).filter(({ propertyName }) => propertyName === field);
  const bound = (rule: string) =>
    rules.find((each) => each.name === rule)?.constraints as unknown[] | undefined;
  const hint = `lodge.${name}.hint`;
  return {
    field: name,
    label: `lodge.${name}.label`,
    hint: has(hint) ? hint : null,
    isOptional: name !== field || rules.some(({ type }) => type === 'conditionalValidation'),
    choices: bound('isIn')
      ? (bound('isIn')![0] as string[])
      : rules.some((each) => each.name === 'isBoolean')
        ? [true, false]
        : null,
    maxLength: (bound('maxLength')?.[0] as number | undefined) ?? null,
  };
}

/** The words of an answer that is one of the choices. */
export function choiceKey({ field }: Pick<Question, 'field'>, choice: string | boolean): string {
  if (typeof choice === 'boolean') return choice ? 'page.yes' : 'page.no';
  return `code.${field}.${choice}`;
}
