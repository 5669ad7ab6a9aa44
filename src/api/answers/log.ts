import { ApiProperty } from '../../platform/api-decorators';
import { text, integer, anything } from './fields';

export class LogEntryAnswer {
  @ApiProperty(integer) index!: number;
  @ApiProperty(text) leafHash!: string;
  @ApiProperty(anything) entry!: unknown;
}

export class InclusionAnswer {
  @ApiProperty(integer) index!: number;
  @ApiProperty(integer) size!: number;
  @ApiProperty(text) leafHash!: string;
  @ApiProperty({ type: [String] }) proof!: string[];
}

export class ConsistencyAnswer {
  @ApiProperty(integer) from!: number;
  @ApiProperty(integer) to!: number;
  @ApiProperty({ type: [String] }) proof!: string[];
}
