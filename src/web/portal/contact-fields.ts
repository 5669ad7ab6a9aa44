import { typed } from './portal-pages';

export const CONTACT_FIELDS = ['kind', 'value', 'safeContact'] as const;

/** What was typed or chosen, with line breaks as typed; undefined where a field was left empty. */
export function saidIn(body: unknown, field: string): string | undefined {
  return typed(body, field).replaceAll('\r\n', '\n') || undefined;
}

/** The contact in a form; null where neither an address nor how it is safe was given. */
export function contactIn(body: unknown): Record<string, string | undefined> | null {
  const said = Object.fromEntries(
    CONTACT_FIELDS.map((field) => [field, saidIn(body, `contact.${field}`)] as const),
  );
  return said.value || said.safeContact ? said : null;
}
