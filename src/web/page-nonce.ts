import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { policyWithScript } from '../platform/safe-headers';

const NONCE_BYTES = 16;

/**
 * What a template calls as `nonce()` in the tag of a script, `<script src="…" nonce="{{ nonce() }}" defer></script>`: one random nonce for
 * this answer, whose policy then lets scripts that bear it run. A page that never calls it runs none.
 */
export function pageNonce(reply: FastifyReply): () => string {
  let nonce: string | null = null;
  return () => {
    if (nonce === null) {
      nonce = randomBytes(NONCE_BYTES).toString('base64');
      void reply.header('content-security-policy', policyWithScript(nonce));
    }
    return nonce;
  };
}
