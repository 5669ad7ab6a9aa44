import { ApiProperty, ApiPropertyOptional } from '../../platform/api-decorators';
import { IDENTITY_MODE_CODES, type IdentityMode } from '../../rules/identity-modes';
import type { HolderRole } from '../../rules/roles';
import { instant, text, textOrNull, yesNo, mode } from './fields';

export class ContactAnswer {
  @ApiProperty(text) kind!: string;
  @ApiProperty(text) value!: string;
  @ApiPropertyOptional({ type: String }) safeContact?: string | null;
}

export class MyIdentityAnswer {
  @ApiProperty(mode) identityMode!: IdentityMode;
  @ApiProperty({
    enum: IDENTITY_MODE_CODES,
    isArray: true,
    description: 'Modes in which more is known, open to the reader.',
  })
  movesTo!: IdentityMode[];
  @ApiProperty(textOrNull) name!: string | null;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
  @ApiProperty({ ...yesNo, description: 'Whether the reader can change anything of it.' })
  mayChange!: boolean;
}

export class IdentifiedPartyAnswer {
  @ApiProperty({ enum: ['RH', 'REP', 'SUP'] }) holder!: HolderRole;
  @ApiProperty(textOrNull) name!: string | null;
  @ApiProperty({ type: ContactAnswer, nullable: true }) contact!: ContactAnswer | null;
}

export class IdentityAnswer {
  @ApiProperty({ ...instant, description: 'When it closes for you again.' })
  until!: string;
  @ApiProperty({ type: [IdentifiedPartyAnswer] }) parties!: IdentifiedPartyAnswer[];
}
