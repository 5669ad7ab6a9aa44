import { ApiProperty } from '../../platform/api-decorators';
import { QUEUE_FLAG_CODES } from '../../rules/queue';
import type { State } from '../../rules/states';
import { TASK_KINDS } from '../../rules/tasks';
import { day, dayOrNull, text, textOrNull, integer, yesNo, state, role } from './fields';

export class DueReasonAnswer {
  @ApiProperty({ enum: [...TASK_KINDS] }) kind!: string;
  @ApiProperty({ ...textOrNull, description: 'A code of it: a clock, a step, a measure.' })
  code!: string | null;
  @ApiProperty({ ...yesNo, description: 'False: a target of our own.' }) isLaw!: boolean;
}

export class QueueRowAnswer {
  @ApiProperty(text) reference!: string;
  @ApiProperty(state) state!: State;
  @ApiProperty(textOrNull) tier!: string | null;
  @ApiProperty(text) language!: string;
  @ApiProperty(text) channel!: string;
  @ApiProperty(day) lodgedOn!: string;
  @ApiProperty(dayOrNull) nextDueOn!: string | null;
  @ApiProperty({
    type: DueReasonAnswer,
    nullable: true,
    description: 'What is due on that day; null where nothing but the case itself waits.',
  })
  due!: DueReasonAnswer | null;
  @ApiProperty({ ...yesNo, description: 'That day has passed, by law or by our own target.' })
  overdue!: boolean;
  @ApiProperty({ ...yesNo, description: 'A last day of the law has passed.' }) legallyLate!: boolean;
  @ApiProperty({ type: [String], description: 'Names of those who work on it.' }) workers!: string[];
  @ApiProperty({ enum: QUEUE_FLAG_CODES, isArray: true }) flags!: string[];
  @ApiProperty(integer) revision!: number;
  @ApiProperty({
    ...role,
    nullable: true,
    description: 'Who was told that something in it is late, and has not answered.',
  })
  lateToldTo!: string | null;
  @ApiProperty({ ...dayOrNull, description: 'Only codes and history are left of it since this day.' })
  erasedOn!: string | null;
  @ApiProperty({
    ...dayOrNull,
    description: 'Since when a protection officer has to look whether the person is safe.',
  })
  alertSince!: string | null;
}

export class CasePageAnswer {
  @ApiProperty({ type: [QueueRowAnswer] }) cases!: QueueRowAnswer[];
  @ApiProperty({ ...textOrNull, description: 'Cursor of the next page.' }) next!: string | null;
}

export class QueueCountAnswer {
  @ApiProperty(integer) cases!: number;
  @ApiProperty({ ...yesNo, description: 'There are more than were counted.' }) isMore!: boolean;
}

export class QueueAnswer extends CasePageAnswer {
  @ApiProperty({
    type: [QueueRowAnswer],
    description:
      'On the first page: cases that wait for your own answer about what is late. They stand among the others, too.',
  })
  escalated!: QueueRowAnswer[];

  @ApiProperty({
    type: QueueCountAnswer,
    nullable: true,
    description: 'On the first page: how many cases fit.',
  })
  count!: QueueCountAnswer | null;

  @ApiProperty({
    ...integer,
    description:
      'Of a page of one group: entries of the log that were not looked through for it yet. 0: everything was, or no group was asked for.',
  })
  notYetSearched!: number;
}

export class SearchAnswer extends CasePageAnswer {
  @ApiProperty({
    type: QueueCountAnswer,
    nullable: true,
    description: 'On the first page: how many cases were found.',
  })
  count!: QueueCountAnswer | null;

  @ApiProperty({
    ...integer,
    description: 'Entries of the log whose texts cannot be found yet; 0: everything written can be.',
  })
  notYetSearched!: number;
}
