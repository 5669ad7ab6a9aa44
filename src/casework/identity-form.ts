import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { ApiPropertyOptional } from '../platform/api-decorators';
import { IDENTITY_MODE_CODES, type IdentityMode } from '../rules/identity-modes';
import { ContactForm, NAME_MAX_LENGTH, Text } from './intake/complaint-form';

/** What the person changes about who she is to us. What is left out stays as it is; null takes it back. */
export class IdentityForm {
  @ApiPropertyOptional({
    enum: IDENTITY_MODE_CODES,
    description: 'One in which more is known than now; nobody can go the other way.',
  })
  @IsOptional()
  @IsIn(IDENTITY_MODE_CODES, { message: 'error.identity-mode.unknown' })
  identityMode?: IdentityMode;

  @ApiPropertyOptional({ nullable: true, type: String, maxLength: NAME_MAX_LENGTH })
  @Text(NAME_MAX_LENGTH)
  name?: string | null;

  @ApiPropertyOptional({ nullable: true, type: ContactForm })
  @IsOptional()
  @IsObject({ message: 'error.contact.not-object' })
  @ValidateNested()
  @Type(() => ContactForm)
  contact?: ContactForm | null;
}
