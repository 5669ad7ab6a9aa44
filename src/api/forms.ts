import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import { ConsentForm } from '../casework/intake/complaint-form';
import { FURTHER_HOLDERS, type FurtherHolder } from '../casework/receipts';
import { SEARCH_MAX_LENGTH } from '../casework/search/search-cases';
import { ApiProperty, ApiPropertyOptional } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { WRITTEN_LANGUAGES } from '../rules/languages';
import { ROLES } from '../rules/roles';
import { STEPS, type StepRow } from '../rules/steps';
import { LANGUAGES, type Language } from '../words/words';

export class MessageForm {
  @ApiProperty({ maxLength: 20_000 })
  @IsString({ message: 'error.text.not-text' })
  text!: string;

  @ApiPropertyOptional({
    enum: WRITTEN_LANGUAGES,
    description: 'In which it is written; left out, that of the case, for staff English.',
  })
  @IsOptional()
  @IsIn([...WRITTEN_LANGUAGES], { message: 'error.language.unknown' })
  language?: string;
}

export class FurtherReceiptForm {
  @ApiProperty({
    enum: FURTHER_HOLDERS,
    description:
      'SUPPORTER reads and writes; REPRESENTATIVE also takes steps. The person for whom somebody lodged gets their own from staff.',
  })
  @IsIn(FURTHER_HOLDERS, { message: 'error.receipt.holder' })
  holder!: FurtherHolder;
}

export class DecisionForm extends ConsentForm {
  @ApiPropertyOptional({
    enum: LANGUAGES,
    description: 'In which the words were read; that of the case when left out.',
  })
  @IsOptional()
  @IsIn(LANGUAGES, { message: 'error.language.unknown' })
  language?: Language;
}

export class RevealForm {
  @ApiProperty({
    minLength: 10,
    maxLength: 2000,
    description: 'Why it is needed; kept with the case, and the complainant reads it.',
  })
  @IsString({ message: 'error.text.not-text' })
  reason!: string;
}

export class HandOverForm {
  @ApiProperty({ description: 'Id of the successor, who has to hold the same roles.' })
  @IsString({ message: 'error.text.not-text' })
  person!: string;

  @ApiProperty({ maxLength: 20_000, description: 'To the successor; kept with every case.' })
  @IsString({ message: 'error.text.not-text' })
  note!: string;

  @ApiPropertyOptional({
    description:
      'Id of the person whose cases they are; left out, the own ones. For triage leads and protection officers.',
  })
  @IsOptional()
  @IsString({ message: 'error.text.not-text' })
  from?: string;
}

export class SearchForm {
  @ApiProperty({
    maxLength: SEARCH_MAX_LENGTH,
    description: 'Whole words in any language; every one of them has to occur. Kept nowhere.',
  })
  @IsString({ message: 'error.text.not-text' })
  words!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'Lines of the filter of `GET /cases`, such as `{"tier": "SEVERE", "sort": "due"}`: the cases come as in the queue, open ones unless a state is named. Left out: every case, newest first.',
  })
  @IsOptional()
  @IsObject({ message: 'Send the lines of the filter as an object.' })
  filter?: Record<string, unknown>;

  @ApiPropertyOptional({ description: '`next` of the page before, sent with the same words.' })
  @IsOptional()
  @IsString({ message: 'error.text.not-text' })
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @IsInt({ message: 'Give a whole number from 1 to 100.' })
  @Min(1, { message: 'Give a whole number from 1 to 100.' })
  @Max(100, { message: 'Give a whole number from 1 to 100.' })
  limit?: number;
}

const stepsOf = (fits: (row: StepRow) => boolean): string[] =>
  STEPS.filter((row: StepRow) => row.step !== 'lodge' && fits(row)).map(({ step }) => step);

export const RIGHTSHOLDER_STEPS = stepsOf(({ by }) => by.includes('RH') || by.includes('REP'));
export const STAFF_STEPS = stepsOf(
  ({ by, dictatedTo }) => dictatedTo !== undefined || by.some((role) => ROLES[role].staff),
);

/** A body that is checked against the table of steps, not against a class: what each step asks stands there. */
export type StepAnswersForm = Record<string, unknown>;

export class StepForm {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'What the step asks, by name; GET …/steps lists it. The version of the process that a case is held to may ask more than the schemas `Step_…` say.',
  })
  answers!: Record<string, unknown>;

  @ApiPropertyOptional({ description: "A second person's word on a proposed step." })
  agree?: boolean;

  /** Reads `{answers, agree}`; refuses anything else. */
  static read(body: unknown): StepForm {
    const form = (body ?? {}) as Record<string, unknown>;
    const strange =
      typeof body === 'object' && !Array.isArray(body)
        ? Object.keys(form).filter((name) => !['answers', 'agree'].includes(name))
        : [];
    const { answers = {}, agree } = form;
    const isObject = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
    const agreeFits = agree === undefined || typeof agree === 'boolean';
    if (
      body === null ||
      typeof body !== 'object' ||
      Array.isArray(body) ||
      strange.length > 0 ||
      !isObject ||
      !agreeFits
    )
      throw new Refusal(
        'invalid',
        'Send {"answers": {…}} with what the step asks; a second person sends {"agree": true} or {"agree": false}.',
        [
          ...strange.slice(0, 20).map((field) => ({
            name: 'unknown-field',
            field: field.slice(0, 64),
            sentence: 'error.unknown-field',
          })),
          ...(isObject
            ? []
            : [{ name: 'answer', field: 'answers', sentence: 'Send the answers as an object.' }]),
          ...(agreeFits ? [] : [{ name: 'answer', field: 'agree', sentence: 'Send true or false.' }]),
        ],
      );
    return { answers: answers as Record<string, unknown>, agree: agree };
  }
}
