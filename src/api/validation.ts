import { ValidationPipe } from '@nestjs/common';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { Refusal, type UnmetNeed } from '../platform/refusal';

/** Every fault of a validated form as one refusal; sentences are keys of words, said in the language of the reader by the door. */
export function refusalOf(errors: ValidationError[]): Refusal {
  return new Refusal(
    'invalid',
    'Some answers cannot be taken as they are. Nothing was stored.',
    errors.flatMap((error) => needsOf(error)),
  );
}

function needsOf(error: ValidationError, parent = ''): UnmetNeed[] {
  const field = `${parent}${error.property}`.slice(0, 100);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    name: 'answer',
    field,
    sentence: rule === 'whitelistValidation' ? 'error.unknown-field' : message,
  }));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => needsOf(child, `${field}.`))];
}

const RULES = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/** What is wrong with a form that came otherwise than as a body of JSON; empty when nothing is. */
export function faultsOf(form: object): UnmetNeed[] {
  return validateSync(form, RULES).flatMap((error) => needsOf(error));
}

/** Takes only what a form names, as the form says. No rule of ours has to wait for anything, so none is waited for. */
export class FormPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, ...RULES, exceptionFactory: refusalOf });
  }

  protected override validate(form: object, options?: ValidatorOptions): ValidationError[] {
    return validateSync(form, options);
  }
}
