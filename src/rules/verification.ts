// Source: process model 6.3 (VERIFICATION → MONITORING: FULL, or PARTLY and the rest accepted; VERIFICATION → IMPLEMENTATION: NO or PARTLY).

export const ACTION_RESULTS = ['FULL', 'PARTLY', 'NO'] as const;
/** What the complainant says of one delivered action. */
export type ActionResult = (typeof ACTION_RESULTS)[number];

/** What the answers to single actions say of the whole: one that was not done is enough. Null where none was answered. */
export function overallResult(results: readonly string[]): ActionResult | null {
  if (results.length === 0) return null;
  if (results.includes('NO')) return 'NO';
  return results.includes('PARTLY') ? 'PARTLY' : 'FULL';
}

/** The step that these answers lead to, and the result that it records. Null where none was answered. */
export function verificationStep(
  results: readonly string[],
  residualAccepted: boolean,
):
  | { step: 'confirm-remedy'; remedyResult: 'FULL' | 'PARTLY' }
  | { step: 'report-not-delivered'; notDelivered: 'PARTLY' | 'NO' }
  | null {
  const overall = overallResult(results);
  if (overall === null) return null;
  if (overall === 'FULL' || (overall === 'PARTLY' && residualAccepted))
    return { step: 'confirm-remedy', remedyResult: overall };
  return { step: 'report-not-delivered', notDelivered: overall };
}
