import { newId } from '../platform/ids';
import type { Day } from '../platform/time';
import { Consent } from '../records/entities/consent';
import { consentRule, type ConsentCode, type Decisions } from '../rules/consents';
import { languageOf } from '../words/words';
import type { CaseFile } from './case-file';

/** What somebody decided about one consent; `scope`: limits in their own words. */
export interface ConsentDecision {
  code: ConsentCode;
  given: boolean;
  scope?: string | null;
}

/** The newest decision of each code. */
export function newestOf(file: CaseFile): Consent[] {
  return file.consents.filter(({ endedOn }) => endedOn === null);
}

/** What the rules look at. Once the person said no, the no is theirs until they decide again, whoever writes it down once more. */
export function decisionsOf(file: CaseFile): Decisions {
  const ownLast = (of: string) =>
    file.consents.findLast(({ code, personId }) => code === of && personId === null);
  return Object.fromEntries(
    newestOf(file).map(({ code, given, personId }) => [
      code,
      { given, bySelf: personId === null || (!given && ownLast(code)?.given === false) },
    ]),
  );
}

/** A new row; `seal` seals the limits for its place. The words are those of today, as they read in `language`. */
export function consentRow(
  decision: ConsentDecision,
  of: {
    caseId: string;
    n: number;
    language: string;
    today: Day;
    role: string;
    personId: string | null;
    seal: (id: string, scope: string) => string;
  },
): Consent {
  const id = newId();
  const scope = decision.scope?.trim();
  return {
    id,
    caseId: of.caseId,
    n: of.n,
    code: decision.code,
    given: decision.given,
    version: consentRule(decision.code).version,
    language: languageOf(of.language),
    scopeSealed: scope ? of.seal(id, scope) : null,
    decidedOn: of.today,
    endedOn: null,
    byRole: of.role,
    personId: of.personId,
  };
}

/** Codes only: what was agreed to and what was refused or withdrawn. */
export function decisionFacts(decisions: readonly ConsentDecision[]): Record<string, ConsentCode[]> {
  const codes = (given: boolean) => decisions.filter((each) => each.given === given).map(({ code }) => code);
  return Object.fromEntries(
    Object.entries({ agreedTo: codes(true), saidNoTo: codes(false) }).filter(([, list]) => list.length > 0),
  );
}
