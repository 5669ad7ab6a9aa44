/**
 * An external key service: keeps a key that never leaves it, and seals with it what lies here. Both calls throw one sentence that
 * says how to mend it; neither belongs into a change of the database.
 */
export interface KeyService {
  /** Text that only this service opens, and only with the same context. */
  seal(plaintext: Buffer, context: string): Promise<string>;
  unseal(sealed: string, context: string): Promise<Buffer>;
}
