import { ApiProperty } from '../../platform/api-decorators';
import { CONSENT_CODES, type ConsentCode } from '../../rules/consents';
import { SHARED_KINDS } from '../../rules/sharing';
import { dayOrNull, text, textOrNull, integer, integerOrNull, yesNo, yesNoOrNull, role } from './fields';

export class DecidedConsentAnswer {
  @ApiProperty({ enum: CONSENT_CODES }) code!: ConsentCode;
  @ApiProperty({ ...text, description: 'What is asked, in the words of `version`.' }) text!: string;
  @ApiProperty(integer) version!: number;
  @ApiProperty({ ...yesNo, description: 'Holds until the person says no.' }) optOut!: boolean;
  @ApiProperty({ ...yesNo, description: 'The person can set limits.' }) scoped!: boolean;
  @ApiProperty({ ...yesNo, description: 'A law or duty is the basis, not this consent.' })
  lawInstead!: boolean;
  @ApiProperty({ ...yesNo, description: 'No deed here rests on it yet.' }) onlyRecorded!: boolean;
  @ApiProperty(yesNo) holds!: boolean;
  @ApiProperty({ ...yesNoOrNull, description: 'Null while nothing was decided.' }) given!: boolean | null;
  @ApiProperty(integerOrNull) answeredVersion!: number | null;
  @ApiProperty(textOrNull) language!: string | null;
  @ApiProperty(dayOrNull) decidedOn!: string | null;
  @ApiProperty(dayOrNull) withdrawnOn!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Limits that the person set.' }) scope!: string | null;
  @ApiProperty({ ...textOrNull, description: 'Role of whoever decided, or wrote it down.' })
  byRole!: string | null;
}

class PassedPartAnswer {
  @ApiProperty({ enum: SHARED_KINDS }) kind!: string;
  @ApiProperty(integer) n!: number;
  @ApiProperty({ ...yesNo, description: 'Whether parts of it were masked; otherwise it went whole.' })
  isMasked!: boolean;
}

export class DisclosureAnswer {
  @ApiProperty(dayOrNull) on!: string | null;
  @ApiProperty(text) step!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(textOrNull) to!: string | null;
  @ApiProperty(textOrNull) what!: string | null;
  @ApiProperty({ type: [PassedPartAnswer], description: 'Of a packet that went with it, what stood in it.' })
  parts!: PassedPartAnswer[];
  @ApiProperty({ ...textOrNull, description: 'The law, where one took the place of consent.' })
  legalDuty!: string | null;
}

export class ConsentAnswer extends DecidedConsentAnswer {
  @ApiProperty({ type: [DisclosureAnswer], description: 'What already happened under it.' })
  disclosures!: DisclosureAnswer[];
}
