import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** One utterance in the dialogue of a case. */
@Entity('messages')
@Unique(['caseId', 'n'])
export class Message {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  fromRole!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  @Column({ type: 'varchar', length: 10 })
  writtenOn!: Day;

  /** As the writer said; null where nobody was asked yet. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  language!: string | null;
  /** Number of the offer that it is about, if it is about one. */
  @Column({ type: 'integer', nullable: true })
  aboutOffer!: number | null;

  /** `email` where it came as a reply to our mail, so that nobody knows who sent it; a code of `SAID_THROUGH` where it was said and staff wrote it down; null where its writer was in the case. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  cameBy!: string | null;

  /** The role that wrote down what was said. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  penRole!: string | null;

  /** Of the mandate under which a representative said what staff wrote down. */
  @Column({ type: 'integer', nullable: true })
  mandateNumber!: number | null;

  @Column({ type: 'text' })
  textSealed!: string;
}
