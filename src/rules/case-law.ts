// Source: our list of what is told of a decision. The decisions to begin with stand in case-law-seeds.ts; they are unverified.
import { HARM_CODES } from './harms';
import { day, free, line, many, PLAIN_TEXT, type RegisterCheck, type RegisterForm } from './register-form';
import { RIGHT_CODES } from './rights';
import { USE_DOMAIN_CODES } from './use-domains';

export const CASE_LAW_FORM = {
  asks: {
    caseTitle: line('What the decision is called', 200),
    court: line('Court or authority', 200),
    jurisdictionName: line('Where it holds', 120),
    decidedYear: { kind: 'number', label: 'Year of the decision', min: 1900, max: 2200 },
    decidedOn: day('Day of the decision'),
    citation: line('Number or citation', 200),
    legalPoint: free('What it decides, in our own words', PLAIN_TEXT),
    harms: many('Harms that it is about', HARM_CODES),
    rights: many('Rights that it is about', RIGHT_CODES),
    useDomains: many('Use domains that it is about', USE_DOMAIN_CODES),
  },
  must: ['caseTitle', 'court', 'jurisdictionName', 'decidedYear', 'legalPoint'],
} as const satisfies RegisterForm;

export const checkCaseLaw: RegisterCheck = (said, today) => [
  ...(typeof said.decidedOn === 'string' && !said.decidedOn.startsWith(String(said.decidedYear))
    ? [{ field: 'decidedOn', sentence: 'The day of the decision does not lie in its year.' }]
    : []),
  ...(typeof said.decidedOn === 'string' && said.decidedOn > today
    ? [{ field: 'decidedOn', sentence: 'A decision that is still to come is none yet.' }]
    : []),
];

interface Concern {
  harms: readonly string[];
  useDomains: readonly string[];
}

/**
 * How well a decision fits a case: 3 where harm and use domain are shared, 2 where a harm is, 1 where the domain is, 0 otherwise. A hint
 * for reading, never a legal conclusion.
 */
export function fitOf(
  decision: Concern,
  { harms, useDomain }: { harms: readonly string[]; useDomain: string | null },
): number {
  const sharesHarm = harms.some((harm) => decision.harms.includes(harm));
  const sharesDomain = useDomain !== null && decision.useDomains.includes(useDomain);
  return (sharesHarm ? 2 : 0) + (sharesDomain ? 1 : 0);
}
