import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day, Instant } from '../../platform/time';
import { Person } from './person';

/**
 * Words of the organisation for a letter or a text block in one language, in versions: of each at most one is on and at most one a draft.
 * What was on is never changed, so that a letter reads for ever as it was sent.
 */
@Entity('wordings')
@Unique(['kind', 'name', 'language', 'n'])
export class Wording {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** LETTER or BLOCK. */
  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  /** The code of the letter, or how the block is called. */
  @Column({ type: 'varchar', length: 64 })
  name!: string;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** DRAFT, ON, OFF (was on), DROPPED (was a draft). */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Rises with every change of the draft. */
  @Column({ type: 'integer' })
  revision!: number;

  /** Null, as the body, but where its words stand in the clear from before they were sealed. */
  @Column({ type: 'text', nullable: true })
  subject!: string | null;

  @Column({ type: 'text', nullable: true })
  body!: string | null;

  /**
   * Subject and body, under a key of this row alone. Null where the built-in words of a letter are used, or the block is not offered any
   * more.
   */
  @Column({ type: 'text', nullable: true })
  textsSealed!: string | null;

  /** Since when its words are gone for good, and why stands sealed in their place; null: they are there. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  emptiedOn!: Day | null;

  /** Ids of everybody who changed the draft: none of them switches it on. */
  @Column({ type: 'simple-json' })
  draftedBy!: string[];

  @Column({ type: 'varchar', length: 24 })
  changedAt!: Instant;

  /** Who switched it on, dropped it or emptied it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  settledBy!: string | null;
}
