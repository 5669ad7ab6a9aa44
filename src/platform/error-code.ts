/**
 * What an error is, in a word for the log: the code that the system or a library gives it, otherwise its name. Never its text, in which
 * addresses and contents may stand.
 */
export function errorCode(error: unknown): string {
  const { name, code, originalCode } = (error ?? {}) as Record<'name' | 'code' | 'originalCode', unknown>;
  const word = [originalCode, code, name].find((each) => typeof each === 'string' && /^\w{1,40}$/.test(each));
  return typeof word === 'string' ? word : 'unknown';
}
