import type { Jurisdiction } from '../../rules/legal-clocks';
import { tellSpecialCategory } from '../../rules/groups';
import type { OpenCaseRecord } from './complaints';
import type { Walk } from './walk';

/** Where the person lives decides which law runs; whoever is not named here lives outside the EU, the EEA and the UK. */
const JURISDICTIONS = {
  EU: numbered('02 04 06 07 09 11 12 15 24'),
  UK: numbered('01 26'),
};

/** Ask for access, correction or erasure of data about themselves, or for a person to decide again; no magic words are needed. */
const DATA_REQUESTS = numbered('01 02 03 05 06 07 09 11 13 15 16 18 23 24 26');

/** Workers, contractors and applicants, as whistleblower law counts them. */
const WORKERS = numbered('01 07 09 10 11 12 14 17 25');

/** Report a breach of law that the whistleblower directive lists: here, of data protection at work. */
const LISTED_LAW = numbered('07 12');

function numbered(numbers: string): ReadonlySet<string> {
  return new Set(numbers.split(' ').map((number) => `open-${number}`));
}

type Track = 'INVESTIGATION' | 'DIALOGUE';

/** What the intake officer finds out about the law when acknowledging the complaint. */
export function legalAnswers({ id }: OpenCaseRecord): {
  jurisdiction: Jurisdiction;
  isDataRightsRequest: boolean;
  reporterIsWorker: boolean;
  concernsListedLaw: boolean;
} {
  return {
    jurisdiction: JURISDICTIONS.EU.has(id) ? 'EU' : JURISDICTIONS.UK.has(id) ? 'UK' : 'OTHER',
    isDataRightsRequest: DATA_REQUESTS.has(id),
    reporterIsWorker: WORKERS.has(id),
    concernsListedLaw: LISTED_LAW.has(id),
  };
}

/** Acknowledged, and looked at by the triage lead. */
export async function takeIn(walk: Walk): Promise<void> {
  await walk.step('intake', 'acknowledge', {
    noConflict: true,
    safeChannelChosen: true,
    ...legalAnswers(walk.record),
    note: 'Receipt confirmed in the language and by the way that the person asked for.',
  });
  await walk.step('triage', 'begin-eligibility', { noConflict: true });
}

/** Accepted, classified and rated as a careful reader would. */
export async function admit(walk: Walk, track: Track): Promise<void> {
  await takeIn(walk);
  await walk.step('triage', 'accept', { affectsPeople: true, plausibleLink: true });
  await assess(walk, track);
}

/** Classification, severity, the risk of reprisal, and where there is one, who may learn what. */
export async function assess(walk: Walk, track: Track): Promise<void> {
  await classify(walk, track);
  await rate(walk);
  if (walk.record.fearOfReprisal !== 'none')
    await walk.step('protection', 'approve-disclosure-plan', {
      disclosurePlan:
        'The unit complained about learns the facts in general terms only, after the logs are secured. No name leaves the case team.',
    });
}

/** The codes of the complaint, and the way it goes. */
export async function classify(walk: Walk, track: Track): Promise<void> {
  const { expected, identityMode } = walk.record;
  const isAsked = identityMode !== 'ANONYMOUS';
  if (isAsked && tellSpecialCategory(expected.groups))
    await walk.step('intake', 'record-consent', {
      consent: 'CN-SENS',
      consentGiven: true,
      consentSaid: 'Asked by the way that the person chose; the person agrees that we note the group.',
    });
  await walk.step('triage', 'classify', {
    rights: expected.rights,
    harms: expected.harms,
    groups: expected.groups.filter((group) => isAsked || !tellSpecialCategory([group])),
    useDomain: expected.domain,
    lifecycleStage: expected.lifecycle,
    stateNexus: expected.stateNexus,
    decisionMode: expected.decisionMode,
    track,
    systemSearch: walk.record.systemKnown === 'I do not know' ? 'SEARCH_STARTED' : 'NAMED',
  });
}

/** Severity and the risk of reprisal; nothing is accepted or turned away without them. */
/** How the desk rates what some people fear; serious fear is rated as likelier. */
const FEARED = {
  reprisalLevel: 'MEDIUM',
  personsAtRisk: ['COMPLAINANT'],
  threatActors: ['MANAGER'],
  threatTypes: ['DISMISSAL', 'SHIFT_OR_PAY'],
  riskFactors: ['ECONOMIC_DEPENDENCY'],
  threatLikelihood: 2,
  threatImpact: 4,
};

export async function rate(walk: Walk): Promise<void> {
  const { expected, fearOfReprisal } = walk.record;
  const { scale, scope, irremediability, vulnerable, delayMakesIrremediable } = expected.severity;
  await walk.step('triage', 'set-severity', {
    nature: 'ACTUAL',
    scale,
    scope,
    irremediability,
    vulnerable,
    delayMakesIrremediable,
    reasons:
      'Rated from what the complaint says about how grave it is, how many people it meets and how hard it is to undo.',
  });
  const isDefender = expected.groups.includes('AG-HRD');
  await walk.step('triage', 'assess-reprisal', {
    ...(fearOfReprisal === 'none' ? { reprisalLevel: 'LOW' } : FEARED),
    ...(fearOfReprisal === 'serious' ? { reprisalLevel: 'HIGH', threatLikelihood: 3 } : {}),
    isDefender,
    ...(isDefender ? { defenderType: 'UNION' } : {}),
  });
}

export async function noInterimMeasure(walk: Walk, reasons: string): Promise<void> {
  await walk.step('triage', 'decide-interim', { interimChoice: 'IM_NONE', reasons });
}

/** Answers the request for data where the law gave the person a right to one. */
export async function answerDataRequest(walk: Walk, reply: string): Promise<void> {
  await walk.step('dataProtection', 'answer-data-request', { reply });
}
