import { buildMessage, ValidateBy } from 'class-validator';
import { isMailAddress } from '../../mail/mail-settings';
import { ApiProperty } from '../../platform/api-decorators';
import { isStorableText } from '../intake/complaint-form';

/** Where somebody wants to be told that there is something new. */
export class AlertForm {
  @ApiProperty({ type: String, maxLength: 254, description: 'A bare e-mail address.' })
  @ValidateBy({
    name: 'isMailAddress',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.length <= 254 && isStorableText(value) && isMailAddress(value),
      defaultMessage: buildMessage(() => 'error.alert.address'),
    },
  })
  address!: string;
}
