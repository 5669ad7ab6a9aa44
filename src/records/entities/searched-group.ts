import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/**
 * A group noted of a case, by its keyed hash, in the order of the queue: a group that many have is read as far as a page goes. No part of its
 * history: made anew from what is sealed at any time, gone when that is erased, and moved whenever the places of the case move.
 */
@Entity('searched_groups', { withoutRowid: true })
@Index(['caseId', 'groupHash'])
export class SearchedGroup {
  @PrimaryColumn({ type: 'varchar', length: 12 })
  groupHash!: string;

  /** This and the next two: where the case stands, as in every facet of `queue_places`. */
  @PrimaryColumn({ type: 'integer' })
  lane!: number;

  @PrimaryColumn({ type: 'integer' })
  urgency!: number;

  @PrimaryColumn({ type: 'varchar', length: 10 })
  dueOn!: Day;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;
}
