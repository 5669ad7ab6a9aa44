import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Case } from './case';

/** Somebody who lodged or stands beside the one who did. Contact lies under a key of its own, apart from the case. */
@Entity('parties')
@Index(['caseId'])
export class Party {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  @Column({ type: 'text', nullable: true })
  contactSealed!: string | null;
}
