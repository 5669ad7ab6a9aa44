import { In, type EntityManager } from 'typeorm';
import type { Notice } from '../../records/entities/notice';
import { Wording } from '../../records/entities/wording';
import type { WordingKind, WordingStatus, WordingText } from '../../rules/wordings';
import type { Vault } from '../../vault/vault';
import { languageOf } from '../../words/words';
import { isWorded, textOf, textsOfWordings, type OpenedWording } from './wording-texts';

const LETTER: WordingKind = 'LETTER_TEXT';

/** The version in which a letter is worded that goes out now; null where these are the built-in words. */
export async function wordedAs(
  db: EntityManager,
  letter: string,
  language: string,
): Promise<{ wording: number | null }> {
  const on = await db.findOneBy(Wording, {
    kind: LETTER,
    name: letter,
    language: languageOf(language),
    status: 'ON' satisfies WordingStatus,
  });
  return { wording: on && isWorded(on) ? on.n : null };
}

/** The words that letters were sent in, where they were not the built-in ones. */
export class SentWords {
  private constructor(private readonly rows: readonly OpenedWording[]) {}

  static async of(db: EntityManager, vault: Vault, notices: readonly Notice[]): Promise<SentWords> {
    const names = notices.filter(({ wording }) => wording !== null).map(({ letter }) => letter);
    if (names.length === 0) return new SentWords([]);
    const rows = await db.findBy(Wording, { kind: LETTER, name: In([...new Set(names)]) });
    return new SentWords(await textsOfWordings(vault).open(db, rows));
  }

  /** Whether the words that a letter was sent in are gone for good. */
  areGone(notice: Notice): boolean {
    return (this.rowOf(notice)?.emptiedOn ?? null) !== null;
  }

  /** Null for a letter in the built-in words, and where those that it was sent in are gone. */
  textOf(notice: Notice): WordingText | null {
    const row = this.rowOf(notice);
    return row ? textOf(row) : null;
  }

  private rowOf({ letter, language, wording }: Notice): OpenedWording | undefined {
    return this.rows.find(
      (each) => each.name === letter && each.language === languageOf(language) && each.n === wording,
    );
  }
}
