import type { ApiPropertyOptions } from '../../platform/api-decorators';
import { IDENTITY_MODE_CODES } from '../../rules/identity-modes';
import { ROLE_CODES } from '../../rules/roles';
import { STATE_CODES } from '../../rules/states';

/** How values of one kind stand in the API document. */

export const day: ApiPropertyOptions = { type: String, format: 'date' };
export const dayOrNull: ApiPropertyOptions = { ...day, nullable: true };
export const instant: ApiPropertyOptions = { type: String, format: 'date-time' };
export const instantOrNull: ApiPropertyOptions = { ...instant, nullable: true };
export const text: ApiPropertyOptions = { type: String };
export const textOrNull: ApiPropertyOptions = { type: String, nullable: true };
export const integer: ApiPropertyOptions = { type: 'integer' };
export const integerOrNull: ApiPropertyOptions = { type: 'integer', nullable: true };
export const yesNo: ApiPropertyOptions = { type: Boolean };
export const yesNoOrNull: ApiPropertyOptions = { type: Boolean, nullable: true };
export const state: ApiPropertyOptions = { enum: STATE_CODES };
export const role: ApiPropertyOptions = { enum: ROLE_CODES };
export const mode: ApiPropertyOptions = { enum: IDENTITY_MODE_CODES };
export const anything: ApiPropertyOptions = { type: 'object', additionalProperties: true };
