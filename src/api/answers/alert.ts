import { ApiProperty } from '../../platform/api-decorators';

/** Whether the holder of the receipt is told by e-mail that there is something new. */
export class AlertAnswer {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Whom it comes from. Null where this house sends no e-mails at all.',
  })
  from!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null while it is off.' })
  address!: string | null;

  @ApiProperty({ type: Boolean, description: 'The mail server said that there is no such address.' })
  refused!: boolean;
}
