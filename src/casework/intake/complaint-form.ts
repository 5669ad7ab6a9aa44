import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { CONSENT_CODES, isAgreedByLodging, type ConsentCode } from '../../rules/consents';
import { IDENTITY_MODE_CODES, IDENTITY_MODES, type IdentityMode } from '../../rules/identity-modes';
import { isForAnother, TOLD_BASES, type MandateBasis } from '../../rules/mandates';
import { seenLength } from '../../rules/seen-length';

/** Longest narrative that is taken in one piece, in UTF-16 code units; more goes into messages. */
export const NARRATIVE_MAX_LENGTH = 50_000;
const ANSWER_MAX_LENGTH = 10_000;
export const NAME_MAX_LENGTH = 200;
export const SCOPE_MAX_LENGTH = 500;
const GROUP_SIZE_MAX = 100_000_000;

export const CHANNELS = ['web', 'email', 'letter', 'phone', 'in-person', 'assisted'] as const;
export const COMPLAINANT_ROLES = ['affected', 'representative', 'group', 'witness'] as const;
export const FEARS_OF_REPRISAL = ['none', 'some', 'serious'] as const;
export const CONTACT_KINDS = ['email', 'phone', 'post', 'intermediary', 'other'] as const;

// eslint-disable-next-line no-control-regex -- these are the characters that must not be stored
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text that can be stored and shown as written: no control characters but line breaks and tabs, no half characters. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTERS.test(text);
}

function IsStorableText(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isStorableText',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'error.text.unreadable' },
      validator: { validate: (value) => typeof value !== 'string' || isStorableText(value) },
    });
}

function IsLanguageTag(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isLanguageTag',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'error.language.unknown' },
      validator: { validate: (value) => typeof value === 'string' && isLanguageTag(value) },
    });
}

function isLanguageTag(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** An optional text that can be stored. */
export function Text(maxLength = ANSWER_MAX_LENGTH): PropertyDecorator {
  const rules = [
    IsOptional(),
    IsString({ message: 'error.text.not-text' }),
    IsStorableText(),
    MaxLength(maxLength, { message: 'error.text.too-long', context: { most: maxLength } }),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

export class ContactForm {
  @ApiProperty({ enum: CONTACT_KINDS })
  @IsIn(CONTACT_KINDS, { message: 'error.contact.kind' })
  kind!: (typeof CONTACT_KINDS)[number];

  @ApiProperty({ maxLength: 500 })
  @IsString({ message: 'error.text.not-text' })
  @IsNotEmpty({ message: 'error.contact.value' })
  @IsStorableText()
  @MaxLength(500, { message: 'error.text.too-long', context: { most: 500 } })
  value!: string;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: 2000 })
  @Text(2000)
  safeContact?: string | null;
}

/** A name belongs to a mode in which somebody here may know it. */
function FitsIdentityMode(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'fitsIdentityMode',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'error.name.not-in-mode' },
      validator: {
        validate: (name, args) => {
          const { identityMode } = (args?.object ?? {}) as { identityMode?: unknown };
          const mode = IDENTITY_MODE_CODES.find((code) => code === identityMode);
          return !name || mode === undefined || IDENTITY_MODES[mode].holdsName;
        },
      },
    });
}

/** Only who speaks for another rests on something. */
function IsOfRepresentative(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isOfRepresentative',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'error.mandate.not-representative' },
      validator: { validate: (value, args) => !value || isForAnother(args?.object ?? {}) },
    });
}

/** A yes is the person's own until she confirmed that somebody may say it for her, and nobody is confirmed while lodging. */
function IsNoYesForAnother(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isNoYesForAnother',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'need.mandateForConsent' },
      validator: {
        validate: (consents, args) =>
          !Array.isArray(consents) ||
          !isForAnother(args?.object ?? {}) ||
          !consents.some((each: Partial<ConsentForm> | null) => each?.given && !isAgreedByLodging(each.code)),
      },
    });
}

/** What the person decides about one consent. */
export class ConsentForm {
  @ApiProperty({ enum: CONSENT_CODES })
  @IsIn(CONSENT_CODES, { message: 'error.consent.unknown' })
  code!: ConsentCode;

  @ApiProperty({ type: Boolean })
  @IsBoolean({ message: 'error.yes-or-no' })
  given!: boolean;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    maxLength: SCOPE_MAX_LENGTH,
    description: 'Limits, in the words of the person: with whom, what, until when.',
  })
  @Text(SCOPE_MAX_LENGTH)
  scope?: string | null;
}

/** What a person says when lodging. Only the narrative is required; messages are keys of words. */
export class ComplaintForm {
  @ApiProperty({
    maxLength: NARRATIVE_MAX_LENGTH,
    description: 'What happened, in the own words of the person.',
  })
  @IsString({ message: 'error.narrative.not-text' })
  @IsStorableText()
  @HasWords()
  @MaxLength(NARRATIVE_MAX_LENGTH, { message: 'error.narrative.too-long' })
  narrative!: string;

  @ApiPropertyOptional({ example: 'ar-EG', description: 'BCP 47 tag; English when left out.' })
  @IsOptional()
  @IsLanguageTag()
  language?: string;

  @ApiPropertyOptional({ enum: CHANNELS })
  @IsOptional()
  @IsIn(CHANNELS, { message: 'error.channel.unknown' })
  channel?: (typeof CHANNELS)[number];

  @ApiPropertyOptional({
    enum: IDENTITY_MODE_CODES,
    description: 'PSEUDONYMOUS when left out; ANONYMOUS when no answer is wanted.',
  })
  @IsOptional()
  @IsIn(IDENTITY_MODE_CODES, { message: 'error.identity-mode.unknown' })
  identityMode?: IdentityMode;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    maxLength: NAME_MAX_LENGTH,
    description: 'CONFIDENTIAL when no mode is given; refused where nobody may know it.',
  })
  @Text(NAME_MAX_LENGTH)
  @FitsIdentityMode()
  name?: string | null;

  @ApiPropertyOptional({ enum: COMPLAINANT_ROLES })
  @IsOptional()
  @IsIn(COMPLAINANT_ROLES, { message: 'error.complainant-role.unknown' })
  complainantRole?: (typeof COMPLAINANT_ROLES)[number];

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    enum: [...TOLD_BASES, null],
    description: 'Of a representative only: what they rest on. Taken as said; no paper is needed.',
  })
  @IsOptional()
  @IsIn(TOLD_BASES, { message: 'error.mandate.basis' })
  @IsOfRepresentative()
  mandateBasis?: MandateBasis | null;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    maxLength: 2000,
    description: 'Of a complaint for a group: who belongs to it, without names.',
  })
  @Text(2000)
  groupDefinition?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    type: Number,
    minimum: 1,
    maximum: GROUP_SIZE_MAX,
    description: 'Of a complaint for a group: about how many people it is.',
  })
  @IsOptional()
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  @Max(GROUP_SIZE_MAX, { message: 'error.number' })
  estimatedSize?: number | null;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: ANSWER_MAX_LENGTH })
  @Text()
  desiredOutcome?: string | null;

  @ApiPropertyOptional({ nullable: true, type: ContactForm })
  @IsOptional()
  @IsObject({ message: 'error.contact.not-object' })
  @ValidateNested()
  @Type(() => ContactForm)
  contact?: ContactForm | null;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    maxLength: 2000,
    description: 'As the person says it; no format.',
  })
  @Text(2000)
  whenHappened?: string | null;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: 2000 })
  @Text(2000)
  systemKnown?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    type: Boolean,
    description: 'True: the person does not know which system it was.',
  })
  @IsOptional()
  @IsBoolean({ message: 'error.yes-or-no' })
  systemUnknown?: boolean | null;

  @ApiPropertyOptional({ nullable: true, type: Boolean })
  @IsOptional()
  @IsBoolean({ message: 'error.yes-or-no' })
  awareOfAiUse?: boolean | null;

  @ApiPropertyOptional({ nullable: true, enum: FEARS_OF_REPRISAL })
  @IsOptional()
  @IsIn(FEARS_OF_REPRISAL, { message: 'error.fear-of-reprisal.unknown' })
  fearOfReprisal?: (typeof FEARS_OF_REPRISAL)[number] | null;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: ANSWER_MAX_LENGTH })
  @Text()
  reprisalText?: string | null;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: 2000 })
  @Text(2000)
  accommodation?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    type: String,
    maxLength: 2000,
    description: 'People or units who must not see it; whoever does the intake reads it first.',
  })
  @Text(2000)
  keepOut?: string | null;

  @ApiPropertyOptional({
    type: [ConsentForm],
    maxItems: CONSENT_CODES.length,
    description:
      'Only what was answered; the rest can be decided later. Of a complaint for somebody else no yes is taken.',
  })
  @IsOptional()
  @IsNoYesForAnother()
  @IsArray({ message: 'error.consent.list' })
  @ArrayMaxSize(CONSENT_CODES.length, { message: 'error.consent.list' })
  @ArrayUnique((each: Partial<ConsentForm> | null | undefined) => each?.code, {
    message: 'error.consent.list',
  })
  @ValidateNested({ each: true, message: 'error.consent.list' })
  @Type(() => ConsentForm)
  consents?: ConsentForm[];
}

export function HasWords(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'hasWords',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'error.narrative.empty' },
      validator: { validate: (value) => typeof value !== 'string' || seenLength(value) > 0 },
    });
}
