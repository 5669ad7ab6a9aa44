import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** One text or file of a packet: masked in the version of number `version` (of a redaction, or of the file that is the masked copy), or whole. */
export interface PacketPart {
  kind: string;
  n: number;
  /** Null: whole. */
  version: number | null;
}

/** What goes to somebody outside: put together once and never changed, then passed on with a step. */
@Entity('packets')
@Unique(['caseId', 'n'])
@Index(['personId', 'madeOn'])
export class Packet {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'simple-json' })
  parts!: PacketPart[];

  /** Its texts, exactly as they leave; null where there are files alone. */
  @Column({ type: 'text', nullable: true })
  documentSealed!: string | null;

  /** Why something goes whole, by its place among the parts, as JSON; null where nothing does. */
  @Column({ type: 'text', nullable: true })
  reasonsSealed!: string | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 10 })
  madeOn!: Day;

  /** The step with which it was passed on; null before. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  passedWith!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  passedOn!: Day | null;

  /** The consent that this rested on; null before, and where a law took its place. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  restsOn!: string | null;

  @Column({ type: 'integer' })
  downloads!: number;

  /** Whether a name or contact stood in its texts when it was put together; null of what is older than this column. */
  @Column({ type: 'boolean', nullable: true })
  holdsName!: boolean | null;
}
