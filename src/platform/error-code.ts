import { Refusal } from './refusal';

/**
 * What an error is, in a word for the log: the code that the system or a library gives it, otherwise its name; of a refusal, that of what
 * led to it. Never its text, in which addresses and contents may stand.
 */
export function errorCode(error: unknown): string {
  const { name, code, originalCode, cause } = (error ?? {}) as Record<
    'name' | 'code' | 'originalCode' | 'cause',
    unknown
  >;
  if (error instanceof Refusal && cause !== undefined) return errorCode(cause);
  const word = [originalCode, code, name].find((each) => typeof each === 'string' && /^\w{1,40}$/.test(each));
  return typeof word === 'string' ? word : 'unknown';
}
