// Source: RFC 6750 section 3 and RFC 6749 section 3.3 (scope of a token); the principle of least privilege (NIST SP 800-53, AC-6).
// What a token of a program opens, by acts of the one table (acts.ts). It narrows what its person may do and never widens it.
import { mayDo, type Act } from './acts';
import type { RoleCode } from './roles';

export interface ScopeRow {
  /** What it opens, for the page on which tokens are made. */
  label: string;
  acts: readonly Act[];
}

/** Codes are stable: they stand with tokens and in the history of the house. */
export const SCOPES = {
  'cases:read': {
    label: 'Read the queue, cases, histories, messages and working copies of files, and search',
    acts: [
      'read-queue',
      'read-views',
      'search-cases',
      'read-case',
      'read-history',
      'read-steps',
      'read-step',
      'read-messages',
      'read-evidence',
      'open-evidence',
      'read-custody',
      'read-sharing',
      'read-asked',
      'read-break-glass',
    ],
  },
  'cases:write': {
    label:
      'Lodge complaints, take steps, in many cases at once, too, write messages, add files, prepare what is passed on, and keep views of the queue',
    acts: [
      'lodge',
      'take-step',
      'write-message',
      'add-evidence',
      'change-many-cases',
      'keep-views',
      'mask-text',
      'paint-file',
      'mask-file',
      'make-packet',
      'hand-over-cases',
      'break-glass',
    ],
  },
  'identities:read': {
    label: 'Read who a person is, and what may tell it: originals of files, and packets that are passed on',
    acts: ['read-identity', 'open-original', 'download-packet'],
  },
  disposals: {
    label: 'See, propose and settle batches of erasure, and erase on request',
    acts: [
      'read-due-disposals',
      'read-disposals',
      'propose-disposal',
      'read-disposal',
      'settle-disposal',
      'read-disposal-certificate',
      'erase-on-request',
    ],
  },
  'audit:read': {
    label: 'Read pseudonymised histories, entries and proofs of the log',
    acts: ['read-audit-list', 'audit-house', 'audit-history', 'audit-case', 'read-entry', 'read-proof'],
  },
  'statistics:read': {
    label: 'Read the statistics, the dashboards, reviews of patterns and the process with its needs',
    acts: [
      'read-statistics',
      'read-survey-comments',
      'read-process',
      'read-dashboard',
      'read-team-load',
      'read-patterns',
    ],
  },
  'registers:read': {
    label: 'Read the registers beside the cases, and which cases name or use an entry',
    acts: ['read-registers', 'read-case-registers'],
  },
  'registers:write': {
    label: 'Keep the registers beside the cases, and review patterns',
    acts: [
      'look-for-patterns',
      'settle-pattern',
      'keep-vendors',
      'retire-vendor',
      'keep-systems',
      'retire-system',
      'record-of-system',
      'strike-record-of-system',
      'keep-engagements',
      'retire-engagement',
      'keep-leverage',
      'retire-leverage',
      'keep-tenders',
      'retire-tender',
      'keep-frameworks',
      'retire-framework',
      'verify-framework',
      'keep-case-law',
      'retire-case-law',
      'verify-case-law',
      'link-register-case',
      'empty-register-text',
    ],
  },
  wordings: {
    label: 'Read, draft and switch on the words of letters and text blocks',
    acts: ['read-wordings', 'draft-wording', 'settle-wording', 'empty-wording'],
  },
  policies: {
    label: 'Read, draft and publish versions of the process',
    acts: ['read-policies', 'draft-policy', 'settle-policy'],
  },
} as const satisfies Record<string, ScopeRow>;

export type ScopeCode = keyof typeof SCOPES;

export const SCOPE_CODES = Object.keys(SCOPES) as ScopeCode[];

const SCOPE_OF = new Map<Act, ScopeCode>(
  SCOPE_CODES.flatMap((scope) => SCOPES[scope].acts.map((act): [Act, ScopeCode] => [act, scope])),
);

/** The scope that a token needs for this act; null for what no token of staff opens, or what is open to anyone. */
export function scopeOf(act: Act): ScopeCode | null {
  return SCOPE_OF.get(act) ?? null;
}

/** The scopes under which somebody with these roles may do anything at all. */
export function scopesFor(roles: readonly RoleCode[]): ScopeCode[] {
  return SCOPE_CODES.filter((scope) => SCOPES[scope].acts.some((act: Act) => mayDo(roles, act)));
}
