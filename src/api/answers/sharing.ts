import { ApiProperty } from '../../platform/api-decorators';
import {
  COMPLAINT_PARTS,
  PASSING_STEPS,
  SHARED_KINDS,
  SHARED_TEXT_CODES,
  type SharedText,
} from '../../rules/sharing';
import { day, dayOrNull, integer, integerOrNull, role, text, textOrNull } from './fields';

class SharedTextAnswer {
  @ApiProperty({ enum: SHARED_TEXT_CODES }) kind!: SharedText;
  @ApiProperty(integer) n!: number;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...COMPLAINT_PARTS, null],
    description: 'Which part of the complaint; null of every other kind.',
  })
  part!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Role of whoever said it, or of whom it was asked.' })
  from!: string | null;
  @ApiProperty(dayOrNull) on!: string | null;
}

export class RedactionAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ enum: SHARED_TEXT_CODES }) ofKind!: SharedText;
  @ApiProperty(integer) ofNumber!: number;
  @ApiProperty({ ...integer, description: 'How many marks stand in it.' }) marks!: number;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) madeOn!: string;
  @ApiProperty(text) text!: string;
}

class MaskedFileAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...integer, description: 'Number of the file of which it is a copy.' }) maskedFrom!: number;
  @ApiProperty(text) mediaType!: string;
}

class PacketPartAnswer {
  @ApiProperty({ enum: SHARED_KINDS }) kind!: string;
  @ApiProperty(integer) n!: number;
  @ApiProperty({
    ...integerOrNull,
    description: 'Number of the redaction, or of the file that is the masked copy; null: whole.',
  })
  version!: number | null;
}

export class PacketAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty({ type: [PacketPartAnswer] }) parts!: PacketPartAnswer[];
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) madeOn!: string;
  @ApiProperty({ type: String, nullable: true, enum: [...PASSING_STEPS, null] }) passedWith!: string | null;
  @ApiProperty(dayOrNull) passedOn!: string | null;
  @ApiProperty(integer) downloads!: number;
}

export class OpenedPacketAnswer extends PacketAnswer {
  @ApiProperty({ ...textOrNull, description: 'Its texts, exactly as they leave.' }) document!: string | null;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', nullable: true },
    description: 'Why each part goes whole; null for what is masked.',
  })
  reasons!: (string | null)[];
}

export class SharingAnswer {
  @ApiProperty({ type: [SharedTextAnswer], description: 'Of messages a page: the newest.' })
  texts!: SharedTextAnswer[];
  @ApiProperty({ ...integerOrNull, description: 'Number before which there are earlier messages.' })
  earlierMessages!: number | null;
  @ApiProperty({ type: [RedactionAnswer] }) redactions!: RedactionAnswer[];
  @ApiProperty({ type: [MaskedFileAnswer] }) maskedFiles!: MaskedFileAnswer[];
  @ApiProperty({ type: [PacketAnswer] }) packets!: PacketAnswer[];
}
