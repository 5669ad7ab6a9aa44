import type { ComplaintForm } from './complaint-form';

const CONTACT = 'contact.';
const CONSENT = 'consent.';
const DECIDED = ['awareOfAiUse', 'systemUnknown'];
const YES_OR_NO: Record<string, boolean> = { yes: true, true: true, no: false, false: false };

/**
 * A complaint as the fields of a form say it: the names of `ComplaintForm`, those of the contact after `contact.`, and yes or no to a
 * consent after `consent.`. Fields left empty were not answered. Everything else is as it came, for the validation to judge.
 */
export function typedComplaint(
  fields: Record<string, string>,
): Partial<Record<keyof ComplaintForm, unknown>> {
  const said = Object.entries(fields).filter(([, text]) => text !== '');
  const behind = (start: string) =>
    said
      .filter(([name]) => name.startsWith(start))
      .map(([name, text]) => [name.slice(start.length), text] as const);
  const own = said.filter(([name]) => !name.startsWith(CONTACT) && !name.startsWith(CONSENT));
  const contact = behind(CONTACT);
  const consents = behind(CONSENT).map(([code, text]) => ({ code, given: YES_OR_NO[text] ?? text }));
  return {
    ...Object.fromEntries(own),
    narrative: fields.narrative ?? '',
    ...Object.fromEntries(
      said.filter(([name]) => DECIDED.includes(name)).map(([name, text]) => [name, YES_OR_NO[text] ?? text]),
    ),
    ...(contact.length > 0 ? { contact: Object.fromEntries(contact) } : {}),
    ...(consents.length > 0 ? { consents } : {}),
  };
}
