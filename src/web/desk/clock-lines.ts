import type { ClockView } from '../../casework/views';
import { clockRule, type ClockCode, type Verification } from '../../rules/clocks';

/** A clock as the page of a case draws it. */
export type ClockRow = ClockView & {
  /** On what it rests: the law or our promise, what starts and stops it, and how sure we are of that. */
  lines: string[];
};

const HOW_SURE: Readonly<Record<Verification, string | null>> = {
  VERIFIED: null,
  SECONDARY: 'Not read in the law itself, only in a text about it. Check it before you rely on it.',
  MEMORY: 'Written from memory. Check it in the law before you rely on it.',
  DESIGN: null,
};

/** The clocks of a case, each with what it rests on. */
export function clockRows(clocks: readonly ClockView[]): ClockRow[] {
  return clocks.map((clock) => {
    const { law, forceStatus, starts, stops, pausable, extension, verification } = clockRule(
      clock.code as ClockCode,
    );
    const lines = [
      `${law}. ${forceStatus}.`,
      `It starts: ${starts}`,
      `It stops: ${stops}`,
      pausable ? 'It waits while the case is paused.' : 'Nothing pauses it.',
      ...(extension ? [`Its end can be put off once, by ${extension.months} months, with a reason.`] : []),
      ...[HOW_SURE[verification] ?? []].flat(),
    ];
    return { ...clock, lines };
  });
}
