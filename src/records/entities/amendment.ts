import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** What the person added to what they told, or how it should read instead: the first text stays. */
@Entity('amendments')
@Unique(['caseId', 'n'])
export class Amendment {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** ADDITION or CORRECTION. */
  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  /** The question of the complaint that it belongs to. */
  @Column({ type: 'varchar', length: 64 })
  part!: string;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  writtenOn!: Day;
}
