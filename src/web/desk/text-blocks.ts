import type { TextBlock } from '../../casework/wordings/views';
import type { StepField } from '../step-form';

/** Answers that the person reads, and in which a block can stand. */
const READ_BY_HER: readonly string[] = [
  ...['reasons', 'reply', 'questionText', 'why', 'offerText', 'signposting', 'alternative'],
  ...['arrangement', 'aiRole', 'evidenceList', 'meetingDetails', 'memberNews'],
];

/** The fields of a form into which a block can be put. */
export function fieldsForBlocks(fields: readonly StepField[]): { name: string; label: string }[] {
  return fields.filter(({ name }) => READ_BY_HER.includes(name)).map(({ name, label }) => ({ name, label }));
}

/**
 * What a form holds once the button of a block was pressed: the block stands at the end of its field, and nothing else is changed. Null where
 * no such button was pressed.
 */
export function withBlock(
  pressed: string,
  blocks: readonly TextBlock[],
  answers: Record<string, unknown>,
): Record<string, unknown> | null {
  const [, name, field] = /^([a-z0-9-]+) (\w+)$/.exec(pressed) ?? [];
  if (!name || !field || !(field === 'text' || READ_BY_HER.includes(field))) return null;
  const block = blocks.find((each) => each.name === name);
  const before = typeof answers[field] === 'string' ? answers[field].trimEnd() : '';
  const parts = [before, ...(block ? [block.body] : [])].filter((part) => part !== '');
  return { ...answers, [field]: parts.join('\n\n') };
}
