import type { ComplaintForm } from './complaint-form';

const CONTACT = 'contact.';
const YES_OR_NO: Record<string, boolean> = { yes: true, true: true, no: false, false: false };

/**
 * A complaint as the fields of a form say it: the names of `ComplaintForm`, those of the contact after `contact.`. Fields left empty
 * were not answered. Everything else is as it came, for the validation to judge.
 */
export function typedComplaint(
  fields: Record<string, string>,
): Partial<Record<keyof ComplaintForm, unknown>> {
  const said = Object.entries(fields).filter(([, text]) => text !== '');
  const own = said.filter(([name]) => !name.startsWith(CONTACT));
  const contact = said
    .filter(([name]) => name.startsWith(CONTACT))
    .map(([name, text]) => [name.slice(CONTACT.length), text] as const);
  return {
    ...Object.fromEntries(own),
    narrative: fields.narrative ?? '',
    ...(fields.awareOfAiUse ? { awareOfAiUse: YES_OR_NO[fields.awareOfAiUse] ?? fields.awareOfAiUse } : {}),
    ...(contact.length > 0 ? { contact: Object.fromEntries(contact) } : {}),
  };
}
