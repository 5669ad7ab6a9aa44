// Source: ISO 639-1, the codes of languages that people here may write, speak or read; a sign language is asked for as an interpreter.
/** Codes are stable: they stand in ledgers. */
export const WRITTEN_LANGUAGES: readonly string[] = (
  'af am ar as ay az be bg bi bn bo bs ca cs cy da de dv dz el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu ha he hi ho hr ht hu ' +
  'hy id ig is it iu ja jv ka kg kk kl km kn ko ks ku kw ky la lb lg ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne nl nn no ' +
  'nr ny oc om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ' +
  'ts tt ug uk ur uz ve vi wo xh yi yo zh zu'
).split(' ');

const KNOWN = new Set(WRITTEN_LANGUAGES);

/** Whether it is one of these codes. */
export function isWrittenLanguage(code: string): boolean {
  return KNOWN.has(code);
}

/** The language of a tag such as `ar-EG`, whether it is one of ours or not. */
export function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0]!;
}

/** The code of a tag such as `ar-EG`; English where it is none of ours. */
export function writtenLanguageOf(tag: string): string {
  const code = primaryLanguage(tag);
  return KNOWN.has(code) ? code : 'en';
}

/** What speakers of the language call it; the code where nobody here knows. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language', fallback: 'code' }).of(code) ?? code;
}
