import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { STATE_CODES, type State } from '../rules/states';

/** Shapes of answers, as the API document names them. */
export class DueDate {
  @ApiProperty({ example: 'TARGET-ACK' }) code!: string;
  @ApiProperty({ format: 'date' }) dueInternal!: string;
  @ApiProperty({ format: 'date' }) dueLegalLatest!: string;
}

export class Lodged {
  @ApiProperty({ example: 'RD-7K3F-9QXM' }) reference!: string;
  @ApiProperty({ description: '25 digits, shown only now.' }) receipt!: string;
  @ApiProperty({ description: 'Signed note (C2SP) over the first entry of the history.' }) statement!: string;
  @ApiProperty({ enum: ['received'] }) state!: 'received';
  @ApiProperty({ type: [DueDate] }) dueDates!: DueDate[];
}

export class ComplaintSession {
  @ApiProperty() token!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
}

export class StepTakenAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty({ enum: STATE_CODES }) state!: State;
  @ApiProperty() revision!: number;
  @ApiProperty({ description: 'True where the step waits for a second person.' }) proposed!: boolean;
}

export class NeedAnswer {
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'What to do about it.' }) sentence!: string;
  @ApiPropertyOptional() field?: string;
}

export class ProblemAnswer {
  @ApiProperty() type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() status!: number;
  @ApiProperty() detail!: string;
  @ApiPropertyOptional() incident?: string;
  @ApiProperty({ type: [NeedAnswer] }) needs!: NeedAnswer[];
}
