import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** A letter or alert that has to reach somebody; written in the change that causes it. */
@Entity('notices', { withoutRowid: true })
export class Notice {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  letter!: string;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  /** Revision of the case that caused it. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'varchar', length: 10 })
  queuedOn!: Day;

  /** QUEUED or SHOWN (opened by the complainant). */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  shownOn!: Day | null;

  /** Role of those here whom it has to reach; null: the complainant. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  forRole!: string | null;

  /** Version of the organisation's own words that it was sent in; null: the built-in ones. */
  @Column({ type: 'integer', nullable: true })
  wording!: number | null;

  @Column({ type: 'text', nullable: true })
  paramsSealed!: string | null;
}
