import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '../../platform/api-decorators';
import { VERSIONED, VERSIONED_NAMES, type VersionedName } from '../../rules/registers';
import { answersSchema } from '../register-forms';
import { dayOrNull, integer, text, textOrNull, yesNo } from './fields';
import { EmptiedTextAnswer, RegisterCaseAnswer, seedCheck, SeedCheckAnswer } from './registers';

/** What a line and an entry of a register look like that keeps versions: alike in all of them, but for what is asked. */
function answersOf(name: VersionedName): { line: Type; one: Type } {
  const answers = answersSchema(VERSIONED[name].form) as ApiPropertyOptions;

  class LineAnswer {
    @ApiProperty(integer) number!: number;
    @ApiProperty({ ...integer, description: 'For If-Match.' }) revision!: number;
    @ApiProperty({ ...integer, description: 'The version that counts.' }) version!: number;
    @ApiProperty(text) entryName!: string;
    @ApiProperty(answers) answers!: object;
    @ApiProperty({ ...dayOrNull, description: 'Since when it is set aside.' }) retiredOn!: string | null;
    @ApiProperty({ ...yesNo, description: 'Nobody here wrote it: it came with the program.' })
    toBeginWith!: boolean;
    @ApiProperty({ ...dayOrNull, description: 'Null: nobody read it against its source.' })
    verifiedOn!: string | null;
    @ApiProperty(seedCheck) checked!: SeedCheckAnswer | null;
    @ApiProperty({ ...yesNo, description: 'The day to look at it again is over.' }) overdue!: boolean;
  }

  class VersionAnswer {
    @ApiProperty(integer) n!: number;
    @ApiProperty({ ...dayOrNull, description: 'Null: it came with the program.' }) recordedOn!: string | null;
    @ApiProperty(textOrNull) recordedBy!: string | null;
    @ApiProperty(answers) answers!: object;
    @ApiProperty(dayOrNull) verifiedOn!: string | null;
    @ApiProperty(textOrNull) verifiedBy!: string | null;
    @ApiProperty(textOrNull) verifiedSource!: string | null;
  }

  class OneAnswer extends LineAnswer {
    @ApiProperty({ type: [VersionAnswer], description: 'Newest first.' }) versions!: VersionAnswer[];
    @ApiProperty({ type: [RegisterCaseAnswer], description: 'Of the cases that the reader may see.' })
    cases!: RegisterCaseAnswer[];
    @ApiProperty({ type: [EmptiedTextAnswer] }) emptied!: EmptiedTextAnswer[];
  }

  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const called = (door: Type, what: string) =>
    Object.defineProperty(door, 'name', { value: `${words.join('')}${what}Answer` });
  called(VersionAnswer, 'Version');
  return { line: called(LineAnswer, 'Line'), one: called(OneAnswer, 'Entry') };
}

export const ENTRY_ANSWERS = Object.fromEntries(
  VERSIONED_NAMES.map((name) => [name, answersOf(name)]),
) as Readonly<Record<VersionedName, { line: Type; one: Type }>>;
