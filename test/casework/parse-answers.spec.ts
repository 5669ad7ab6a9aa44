import 'reflect-metadata';
import { parseAnswers } from '../../src/casework/answers';
import { Refusal } from '../../src/platform/refusal';
import { ASKS } from '../../src/rules/asks';
import { STEPS, type StepRow } from '../../src/rules/steps';

/** Fits no ask of any kind. */
const NO_ANSWER = [{}];

describe('what a step is refused for', () => {
  const rows = (STEPS as readonly StepRow[]).filter(
    ({ asks, mayAsk }) => asks.length + (mayAsk ?? []).length > 0,
  );

  it.each(rows.map(({ step }) => step))('names its question in each sentence: %s', (step) => {
    const row = rows.find((each) => each.step === step)!;
    const names = [...new Set([...row.asks, ...(row.mayAsk ?? [])])];
    let refusal: unknown;
    try {
      parseAnswers(row, Object.fromEntries(names.map((name) => [name, NO_ANSWER])));
    } catch (error) {
      refusal = error;
    }
    const { needs } = refusal as Refusal;
    expect(needs.map(({ field }) => field)).toEqual(names);
    for (const { field, sentence } of needs)
      expect(sentence).toMatch(`“${ASKS[field as keyof typeof ASKS].label}”: `);
  });
});
