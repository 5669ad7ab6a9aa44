import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Case } from './case';

/** A group noted of a case, by its keyed hash. No part of its history: made anew from what is sealed at any time, gone when that is erased. */
@Entity('searched_groups', { withoutRowid: true })
@Index(['caseId'])
export class SearchedGroup {
  @PrimaryColumn({ type: 'varchar', length: 12 })
  groupHash!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;
}
