import { ASKS, type Ask } from '../rules/asks';

/** Texts of forms that no step asks: messages, reasons, what somebody lodges. */
const OTHER_TEXTS = [
  ...['text', 'reason', 'narrative', 'systemKnown', 'groupDefinition', 'whenHappened', 'desiredOutcome'],
  ...['reprisalText', 'accommodation', 'keepOut', 'subject'],
];

/**
 * What somebody wrote into a form that could not be taken, to be handed back to them alone. Known fields for texts only: no password,
 * receipt or code is ever drawn again.
 */
export function typedTexts(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body)
    .filter(([field]) => isText(field))
    .map(([, value]) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''))
    .filter((value) => value.trim() !== '');
}

function isText(field: string): boolean {
  const asks: Record<string, Ask | undefined> = ASKS;
  const [name = '', ...ofAction] = field.split('.');
  const kind = Object.hasOwn(asks, name) ? asks[name]?.kind : undefined;
  return OTHER_TEXTS.includes(field) || kind === (ofAction.length === 0 ? 'text' : 'textByAction');
}
