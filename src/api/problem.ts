import type { Refusal, UnmetNeed } from '../platform/refusal';
import { has, languageOf, say } from '../words/words';

/** RFC 9457 problem details, with everything that is missing in `needs`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Only for what nobody foresaw: tell it to the operator. */
  incident?: string;
  needs: UnmetNeed[];
}

const TITLES: Record<number, string> = {
  400: 'The request cannot be taken as it is',
  401: 'Not signed in',
  403: 'Not permitted',
  404: 'Not found',
  409: 'Not possible in this state',
  410: 'Erased',
  412: 'Someone changed this case',
  413: 'Too large',
  422: 'Something is still missing',
  428: 'Revision missing',
  429: 'Too many attempts',
  500: 'Something went wrong on our side',
  503: 'Not available at the moment',
};

export function problemOf(refusal: Refusal | null, incident: string | null, acceptLanguage: string): Problem {
  const status = refusal?.status ?? 500;
  const language = languageOf(acceptLanguage);
  return {
    type: refusal ? `urn:redress:problem:${refusal.kind}` : 'urn:redress:problem:unexpected',
    title: TITLES[status] ?? 'The request cannot be taken as it is',
    status,
    detail:
      refusal?.message ??
      'Nothing was stored. Try again; if it happens again, tell us the number of this incident.',
    ...(incident ? { incident } : {}),
    needs: (refusal?.needs ?? []).map((need) => inLanguage(need, language)),
  };
}

/** Needs whose name or sentence is a key of words are said in the language of the caller. */
export function inLanguage({ measure: _, ...need }: UnmetNeed, language: string): UnmetNeed {
  if (has(need.sentence)) return { ...need, sentence: say(language, need.sentence) };
  const key = language === 'en' ? undefined : [need.name, `need.${need.name}`].find(has);
  return key ? { ...need, sentence: say(language, key) } : need;
}
