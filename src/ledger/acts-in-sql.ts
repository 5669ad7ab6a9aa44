/**
 * That the act of an entry `e` is one of these, and its parameters: canonical JSON begins with the act, so no entry has to be read.
 * `propose-*` is every act that begins so. `name`: of the parameters, so that two such conditions can stand in one query.
 */
export function actIn(
  acts: Iterable<string>,
  name: string,
): { condition: string; parameters: Record<string, string> } {
  const patterns = [...acts].map((act) =>
    act.endsWith('*') ? `{"act":"${act.slice(0, -1)}%` : `{"act":"${act}",%`,
  );
  return {
    condition: `(${patterns.map((_, index) => `e.body LIKE :${name}${index}`).join(' OR ')})`,
    parameters: Object.fromEntries(patterns.map((pattern, index) => [`${name}${index}`, pattern])),
  };
}
