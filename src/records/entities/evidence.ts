import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** A file of a case. Its content lies sealed in the evidence folder under this id. */
@Entity('evidence')
@Unique(['caseId', 'n'])
export class Evidence {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  fromRole!: string;

  @Column({ type: 'varchar', length: 10 })
  addedOn!: Day;

  @Column({ type: 'text' })
  fileNameSealed!: string;

  @Column({ type: 'text', nullable: true })
  describesSealed!: string | null;

  @Column({ type: 'varchar', length: 64 })
  mediaType!: string;

  @Column({ type: 'integer' })
  sizeInBytes!: number;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;
}
