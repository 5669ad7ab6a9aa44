import type { TextMeasure } from '../platform/refusal';
import { say } from '../words/words';

/** Sentences about an answer that fit any question, and say nothing in a list of errors without its words. */
const FIT_ANY_QUESTION: ReadonlySet<string> = new Set([
  'need.answer',
  'need.answer.choose',
  'need.answer.tick',
  'error.choice',
  'error.day',
  'error.number',
  'error.yes-or-no',
  'error.text.not-text',
  'error.text.too-long',
  'error.text.unreadable',
  'error.message.empty',
  'error.channel.unknown',
  'error.identity-mode.unknown',
  'error.complainant-role.unknown',
  'error.mandate.basis',
  'error.fear-of-reprisal.unknown',
  'error.survey.score',
  'error.consent.unknown',
]);

/**
 * What has to be done about the answer to a question, under its key of words: in the words of the question, where the sentence would fit any.
 * Of a text that is too long, with how long it is and how long it may be.
 */
export function saidAtQuestion(
  key: string,
  question: string | undefined,
  language: string,
  measure?: TextMeasure,
): string {
  const what = measure
    ? `${say(language, key)} ${say(language, 'error.text.measure', { ...measure })}`
    : say(language, key);
  if (question === undefined || !FIT_ANY_QUESTION.has(key)) return what;
  return say(language, 'error.of-question', { question, what });
}
