import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '../rules/asks';
import { MOST_RECTANGLES, rectangleOf, type Rectangle } from '../rules/rectangles';
import {
  MOST_PARTS,
  MOST_PASSAGES,
  SHARED_KINDS,
  SHARED_TEXT_CODES,
  type SharedText,
} from '../rules/sharing';

const A_LIST = { message: 'Send a list.' };
const MOST_NUMBERED = 1_000_000;

export class RedactionForm {
  @ApiProperty({ enum: SHARED_TEXT_CODES })
  @IsIn(SHARED_TEXT_CODES, { message: 'error.choice' })
  kind!: SharedText;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Its number, as `texts` names it.' })
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  @Max(MOST_NUMBERED, { message: 'error.number' })
  n!: number;

  @ApiProperty({
    type: [String],
    maxItems: MOST_PASSAGES,
    description:
      'Each passage as it stands in the text; every occurrence is masked, in whatever case or normal form. One that does not occur is refused.',
  })
  @IsArray(A_LIST)
  passages!: string[];
}

export class PaintForm {
  @ApiProperty({
    type: 'array',
    maxItems: MOST_RECTANGLES,
    items: {
      type: 'object',
      required: ['left', 'top', 'width', 'height'],
      properties: {
        left: { type: 'number', minimum: 0, maximum: 100 },
        top: { type: 'number', minimum: 0, maximum: 100 },
        width: { type: 'number', maximum: 100 },
        height: { type: 'number', maximum: 100 },
      },
    },
    description: 'In per cent of width and height of the picture as it stands upright.',
  })
  @IsArray(A_LIST)
  rectangles!: unknown[];

  /** Refuses what is no rectangle within the picture. */
  static read({ rectangles }: PaintForm): Rectangle[] {
    return rectangles.map((each, at) => {
      const rectangle = rectangleOf(each);
      if (rectangle) return rectangle;
      const sentence = `Rectangle ${at + 1} is none within the picture.`;
      throw new Refusal('invalid', sentence, [{ name: 'rectangles', field: 'rectangles', sentence }]);
    });
  }
}

class ChosenPartForm {
  @ApiProperty({ enum: SHARED_KINDS })
  @IsIn(SHARED_KINDS, { message: 'error.choice' })
  kind!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  @Max(MOST_NUMBERED, { message: 'error.number' })
  n!: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Number of the redaction, or of the file that is the masked copy. Left out: it goes whole.',
  })
  @IsOptional()
  @IsInt({ message: 'error.number' })
  @Min(1, { message: 'error.number' })
  @Max(MOST_NUMBERED, { message: 'error.number' })
  version?: number;

  @ApiPropertyOptional({
    minLength: REASON_MIN_LENGTH,
    maxLength: REASON_MAX_LENGTH,
    description: 'Why it goes whole; kept with the case.',
  })
  @IsOptional()
  @IsString({ message: 'error.text.not-text' })
  reason?: string;
}

export class PacketForm {
  @ApiProperty({ type: [ChosenPartForm], maxItems: MOST_PARTS, description: 'Nothing goes by itself.' })
  @IsArray(A_LIST)
  @ValidateNested({ each: true })
  @Type(() => ChosenPartForm)
  parts!: ChosenPartForm[];
}
