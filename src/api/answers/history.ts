import { ApiProperty } from '../../platform/api-decorators';
import type { State } from '../../rules/states';
import {
  dayOrNull,
  instantOrNull,
  text,
  textOrNull,
  integer,
  integerOrNull,
  state,
  role,
  anything,
} from './fields';

export class HistoryAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ ...textOrNull, description: 'A name for case staff, a pseudonym for auditors.' }) by!:
    string | null;
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(instantOrNull) at!: string | null;
  @ApiProperty(textOrNull) from!: string | null;
  @ApiProperty({ ...state, nullable: true }) to!: string | null;
  @ApiProperty(anything) facts!: Record<string, unknown>;
  @ApiProperty({ description: 'SHA-256(0x00 ‖ entry), hex.' }) leafHash!: string;
}

export class AuditedEntry extends HistoryAnswer {
  @ApiProperty({
    ...textOrNull,
    description:
      'The entry as it was hashed: canonical JSON (RFC 8785). Null where it names a case that is hidden from you.',
  })
  body!: string | null;
}

export class AuditedCaseAnswer {
  @ApiProperty(text) ledgerId!: string;
  @ApiProperty(text) reference!: string;
  @ApiProperty({ ...dayOrNull, description: 'Its content is gone since this day.' }) erasedOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Under which schedule.' }) erasedUnder!: string | null;
  @ApiProperty({ description: 'The version of the process that it is held to.' }) policyVersion!: string;
  @ApiProperty({ type: [AuditedEntry] }) entries!: AuditedEntry[];
  @ApiProperty({ type: [String], description: 'What does not agree; empty when everything holds.' })
  differences!: string[];
}

export class HouseEntryAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(text) act!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty({ ...textOrNull, description: 'A pseudonym.' }) by!: string | null;
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(instantOrNull) at!: string | null;
  @ApiProperty({ enum: ['house'], nullable: true }) from!: string | null;
  @ApiProperty({ enum: ['house'], nullable: true }) to!: string | null;
  @ApiProperty(anything) facts!: Record<string, unknown>;
  @ApiProperty({ description: 'SHA-256(0x00 ‖ entry), hex.' }) leafHash!: string;
  @ApiProperty({
    ...textOrNull,
    description:
      'The entry as it was hashed: canonical JSON (RFC 8785). Null where it tells what was found among cases, and you are kept out of one.',
  })
  body!: string | null;
}

export class AuditedHouseAnswer {
  @ApiProperty({ type: [HouseEntryAnswer] }) entries!: HouseEntryAnswer[];
  @ApiProperty({ type: [String], description: 'What does not agree; such entries are left out above.' })
  differences!: string[];
  @ApiProperty({ ...integerOrNull, description: '`before` of the next page.' }) next!: number | null;
}

export class AuditListRow {
  @ApiProperty(text) ledgerId!: string;
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(integer) entries!: number;
  @ApiProperty(dayOrNull) erasedOn!: string | null;
}

export class AuditListAnswer {
  @ApiProperty({ type: [AuditListRow] }) cases!: AuditListRow[];
  @ApiProperty(textOrNull) next!: string | null;
}
