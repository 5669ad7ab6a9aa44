import { In, type EntityManager } from 'typeorm';
import type { Notice } from '../../records/entities/notice';
import { Wording } from '../../records/entities/wording';
import type { WordingKind, WordingStatus, WordingText } from '../../rules/wordings';
import { languageOf } from '../../words/words';

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
  return { wording: on && on.body !== null ? on.n : null };
}

/** The words that letters were sent in, where they were not the built-in ones. */
export class SentWords {
  private constructor(private readonly rows: readonly Wording[]) {}

  static async of(db: EntityManager, notices: readonly Notice[]): Promise<SentWords> {
    const names = notices.filter(({ wording }) => wording !== null).map(({ letter }) => letter);
    if (names.length === 0) return new SentWords([]);
    return new SentWords(await db.findBy(Wording, { kind: LETTER, name: In([...new Set(names)]) }));
  }

  /** Null for a letter in the built-in words. */
  textOf({ letter, language, wording }: Notice): WordingText | null {
    if (wording === null) return null;
    const row = this.rows.find(
      (each) => each.name === letter && each.language === languageOf(language) && each.n === wording,
    );
    return row && row.subject !== null && row.body !== null ? { subject: row.subject, body: row.body } : null;
  }
}
