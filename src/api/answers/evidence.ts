import { ApiProperty } from '../../platform/api-decorators';
import { EVIDENCE_HANDLING, FILE_FAULTS, HELD_REASONS, REMOVED } from '../../rules/evidence-handling';
import { day, text, textOrNull, integer, integerOrNull, yesNo, yesNoOrNull, role } from './fields';
import { HistoryAnswer } from './history';

class StoredFileAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) mediaType!: string;
  @ApiProperty(integer) sizeInBytes!: number;
  @ApiProperty({ ...text, description: 'Of the original.' }) sha256!: string;
  @ApiProperty(role) fromRole!: string;
  @ApiProperty(day) addedOn!: string;
  @ApiProperty({
    enum: Object.keys(EVIDENCE_HANDLING),
    description: Object.entries(EVIDENCE_HANDLING)
      .map(([code, meaning]) => `${code}: ${meaning}`)
      .join(' '),
  })
  handling!: string;
  @ApiProperty({ type: String, nullable: true, enum: [...Object.keys(HELD_REASONS), null] })
  heldReason!: string | null;
  @ApiProperty({
    type: [String],
    nullable: true,
    enum: Object.keys(REMOVED),
    description: 'What the working copy no longer has.',
  })
  removed!: string[] | null;
  @ApiProperty({ ...integerOrNull, description: 'Degrees clockwise to turn the working copy upright.' })
  turnedBy!: number | null;
  @ApiProperty({ ...integerOrNull, description: 'Number of the file of which it is a masked copy.' })
  maskedFrom!: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...Object.keys(FILE_FAULTS), null],
    description: 'Set when a file of it is no longer in the store as it was stored.',
  })
  fault!: string | null;
}

export class EvidenceAnswer extends StoredFileAnswer {
  @ApiProperty(text) fileName!: string;
  @ApiProperty(textOrNull) describes!: string | null;
}

export class CustodyEntry extends HistoryAnswer {
  @ApiProperty({ ...textOrNull, description: 'Why the original was opened; null for auditors.' })
  reason!: string | null;
}

export class CustodyAnswer extends StoredFileAnswer {
  @ApiProperty({ ...textOrNull, description: 'Null for auditors.' }) fileName!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Null without a working copy.' }) workingSha256!: string | null;
  @ApiProperty({ ...yesNo, description: 'Whether the store has the original now.' })
  originalIsThere!: boolean;
  @ApiProperty({ ...yesNoOrNull, description: 'Null without a working copy.' })
  workingCopyIsThere!: boolean | null;
  @ApiProperty({ ...integerOrNull, description: 'Number before which there are earlier lines.' })
  earlierLines!: number | null;
  @ApiProperty({ type: [CustodyEntry], description: 'The newest 50 entries about this file, oldest first.' })
  lines!: CustodyEntry[];
}
