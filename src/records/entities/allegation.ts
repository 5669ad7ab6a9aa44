import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Case } from './case';
import { Person } from './person';

/** One thing that is said to have happened; each gets a finding of its own. */
@Entity('allegations')
@Unique(['caseId', 'n'])
export class Allegation {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64, nullable: true })
  harm!: string | null;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  finding!: string | null;

  @Column({ type: 'text', nullable: true })
  findingReasonsSealed!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  foundBy!: string | null;

  /** A code of `STANDARDS_OF_PROOF`; null where nothing was assessed, or in findings from before it was asked. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  standardOfProof!: string | null;

  /** Evidence is missing because the organisation or the vendor lost or withheld it: counts for the complainant. */
  @Column({ type: 'boolean', nullable: true })
  evidenceWithheld!: boolean | null;

  /** Codes of `ROOT_CAUSES`; null where nothing was found, or in findings from before they were asked. */
  @Column({ type: 'simple-json', nullable: true })
  rootCauses!: string[] | null;

  /** What the reasons say of records that are missing. */
  @Column({ type: 'text', nullable: true })
  missingRecordsSealed!: string | null;
}
