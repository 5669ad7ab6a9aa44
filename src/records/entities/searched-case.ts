import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Case } from './case';

/** A case that search knows. No part of its history: made anew from its texts at any time, gone when they are erased. */
@Entity('searched_cases')
export class SearchedCase {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** Name of the case in `search_words`: the day of its lodging without dashes, then random letters; so words lie by day. */
  @Column({ type: 'varchar', length: 16, unique: true })
  place!: string;

  /** Revision of the case up to which its texts are in the index; 0: of none the whole text yet. */
  @Column({ type: 'integer' })
  revision!: number;

  /** How many words stand at its place. */
  @Column({ type: 'integer', default: 0 })
  words!: number;
}
