import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * Opens a signed note as somebody does who has only its format (C2SP signed-note) and the published key: gives the text, or
 * throws what is wrong with it. Shares nothing with the code that writes notes.
 */
export function openSignedNote(verifierKey: string, note: string): string {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(verifierKey) ?? [];
  if (!name || !id || !encoded) throw new Error('the verifier key is not name+id+key');
  const typed = Buffer.from(encoded, 'base64');
  if (typed.length !== 33 || typed[0] !== 1) throw new Error('the verifier key is not Ed25519');
  const expectedId = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
  if (id !== expectedId) throw new Error('the id of the verifier key is not that of its key');
  const end = note.lastIndexOf('\n\n');
  const [text, signatures] = [note.slice(0, end + 1), note.slice(end + 2)];
  if (end < 0 || !signatures.endsWith('\n')) throw new Error('the note has no signatures');
  // eslint-disable-next-line no-control-regex -- the format forbids control characters other than the newline
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) throw new Error('the note has control characters');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') },
    format: 'jwk',
  });
  for (const line of signatures.slice(0, -1).split('\n')) {
    const [, signer, signature] = /^\u2014 (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
    if (!signer || !signature) throw new Error('a signature line is malformed');
    const signed = Buffer.from(signature, 'base64');
    if (signer !== name || signed.subarray(0, 4).toString('hex') !== id) continue;
    if (verify(null, Buffer.from(text), key, signed.subarray(4))) return text;
    throw new Error('the signature does not hold');
  }
  throw new Error('no signature is by this key');
}

/** A checkpoint (C2SP tlog-checkpoint) taken apart. */
export function readCheckpoint(
  verifierKey: string,
  note: string,
): { origin: string; size: number; root: string } {
  const text = openSignedNote(verifierKey, note);
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
  if (!origin || !size || !root) throw new Error('the text is no checkpoint');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
}
