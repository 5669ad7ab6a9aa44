import { Entity, Index, PrimaryColumn } from 'typeorm';

/** A word, by its keyed hash, that occurs in a text of the case at this place; once, however often it occurs. */
@Entity('search_words', { withoutRowid: true })
@Index(['place'])
export class SearchWord {
  @PrimaryColumn({ type: 'varchar', length: 12 })
  wordHash!: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  place!: string;
}
