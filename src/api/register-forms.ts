import { IsBoolean } from 'class-validator';
import { ApiProperty } from '../platform/api-decorators';
import { readLabel, type RegisterForm } from '../rules/register-form';
import type { Ask } from '../rules/asks';

/** A body that is checked against a table of asks, not against a class. */
export type AskedForm = Record<string, unknown>;

export class RetirementForm {
  @ApiProperty({ description: 'True: not used any more. False: used again.' })
  @IsBoolean({ message: 'error.yes-or-no' })
  retired!: boolean;
}

/** The schema of what a form answers: every ask, null where nobody said. */
export function answersSchema({ asks }: RegisterForm) {
  const names = Object.keys(asks);
  return {
    type: 'object' as const,
    required: names,
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        { ...typeOf(asks[name]!), description: readLabel(asks[name]!), nullable: true },
      ]),
    ),
  };
}

/** The schema of a form for the API document. */
export function schemaOf({ asks, must }: RegisterForm) {
  return {
    type: 'object' as const,
    additionalProperties: false,
    required: [...must],
    properties: Object.fromEntries(
      Object.entries(asks).map(([name, ask]) => [
        name,
        { ...typeOf(ask), description: ask.label, nullable: !must.includes(name) },
      ]),
    ),
  };
}

function typeOf(ask: Ask) {
  switch (ask.kind) {
    case 'number':
      return { type: 'integer', minimum: ask.min, maximum: ask.max };
    case 'yesNo':
      return { type: 'boolean' };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'code':
      return { type: 'string', enum: [...ask.codes] };
    case 'codes':
      return { type: 'array', items: { type: 'string', enum: [...ask.codes] } };
    case 'entries':
      return { type: 'array', items: { type: 'integer', minimum: 1 } };
    default:
      return { type: 'string', ...('maxLength' in ask ? { maxLength: ask.maxLength } : {}) };
  }
}
