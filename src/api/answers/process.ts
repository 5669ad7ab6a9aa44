import { ApiProperty } from '../../platform/api-decorators';
import { text } from './fields';

export class ProcessAnswer {
  @ApiProperty(text) text!: string;
}
