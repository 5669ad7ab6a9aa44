import { ApiProperty } from '@nestjs/swagger';
import { text } from './fields';

export class ProcessAnswer {
  @ApiProperty(text) text!: string;
}
