import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Case } from './case';
import { Person } from './person';

/** A tie from one case to another. */
@Entity('case_links')
@Index(['otherCaseId'])
@Unique(['caseId', 'otherCaseId', 'type'])
export class CaseLink {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  otherCaseId!: string;

  @Column({ type: 'varchar', length: 64 })
  type!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  linkedBy!: string | null;
}
