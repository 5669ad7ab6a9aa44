import { ApiProperty } from '../../platform/api-decorators';

/** Whether the holder of the receipt is told by e-mail that there is something new. */
export class AlertAnswer {
  @ApiProperty({ type: Boolean, description: 'Whether this house sends e-mails at all.' })
  available!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Null while it is off.' })
  address!: string | null;

  @ApiProperty({ type: Boolean, description: 'The mail server said that there is no such address.' })
  refused!: boolean;
}
