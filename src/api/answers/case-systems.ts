import { ApiProperty } from '../../platform/api-decorators';
import {
  ARTICLE_26_ADDRESSEE_CODES,
  ARTICLE_26_GROUND_CODES,
  ARTICLE_26_OUTCOME_CODES,
  INCIDENT_KIND_CODES,
  ARTICLE_FORCE_STATUS,
  NOT_CONCERNED,
  LOG_HOLDER_CODES,
  PRESERVATION_ANSWER_CODES,
} from '../../rules/system-notices';
import { day, dayOrNull, integer, role, text, textOrNull, yesNo } from './fields';

/** An AI system of the register that a case names, or named. */
export class NamedSystemAnswer {
  @ApiProperty(integer) number!: number;
  @ApiProperty(text) systemName!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) namedOn!: string;
  @ApiProperty({ ...dayOrNull, description: 'Since when the case is not about it any more.' })
  unnamedOn!: string | null;
}

/** A request to whoever holds logs of a system to keep them. */
export class PreservationRequestAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(integer) systemNumber!: number;
  @ApiProperty({ enum: LOG_HOLDER_CODES }) logHolder!: string;
  @ApiProperty(text) logs!: string;
  @ApiProperty(role) byRole!: string;
  @ApiProperty(day) askedOn!: string;
  @ApiProperty(day) dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({ enum: [...PRESERVATION_ANSWER_CODES, NOT_CONCERNED], nullable: true }) answer!:
    string | null;
  @ApiProperty(dayOrNull) answeredOn!: string | null;
  @ApiProperty(textOrNull) reply!: string | null;
}

/** One task of the chain of notices of AI Act Art. 26(5). */
export class Article26NoticeAnswer {
  @ApiProperty(integer) n!: number;
  @ApiProperty(integer) systemNumber!: number;
  @ApiProperty({ enum: ARTICLE_26_GROUND_CODES }) ground!: string;
  @ApiProperty({ enum: INCIDENT_KIND_CODES, nullable: true, description: 'Null for a risk.' })
  incidentKind!: string | null;
  @ApiProperty({
    enum: ARTICLE_26_ADDRESSEE_CODES,
    description: `Whose task it is, or who is told. ${ARTICLE_FORCE_STATUS.ART_73}`,
  })
  addressee!: string;
  @ApiProperty({ ...day, description: 'Known since.' }) since!: string;
  @ApiProperty({
    ...day,
    description: `An own target: Art. 26(5) says immediately; for MSA_REPORT the day of Art. 73. ${ARTICLE_FORCE_STATUS.ART_26}`,
  })
  dueOn!: string;
  @ApiProperty(yesNo) overdue!: boolean;
  @ApiProperty({ enum: [...ARTICLE_26_OUTCOME_CODES, NOT_CONCERNED], nullable: true }) outcome!:
    string | null;
  @ApiProperty(dayOrNull) toldOn!: string | null;
  @ApiProperty(dayOrNull) settledOn!: string | null;
  @ApiProperty(textOrNull) words!: string | null;
}
