import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person';

/** The half minute whose code of a second factor was used: each opens once. */
@Entity('second_factor_uses', { withoutRowid: true })
export class SecondFactorUse {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  /** Half minutes since 1970. */
  @PrimaryColumn({ type: 'integer' })
  step!: number;
}
