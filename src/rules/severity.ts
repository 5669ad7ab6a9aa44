// Source: UN Guiding Principles 14 and 24; OHCHR Interpretive Guide and ESRS 1: any one characteristic can make an impact severe, so
// nothing is ever averaged. Thresholds and wording are ours. Cross-walk: OECD ladder from hazard to disaster.

export type Score = 1 | 2 | 3 | 4 | 5;
export const SCORES = [1, 2, 3, 4, 5] as const satisfies readonly Score[];

export const NATURES = {
  ACTUAL: { label: 'It has happened' },
  POTENTIAL: { label: 'It could happen' },
} as const satisfies Record<string, { label: string }>;
export type Nature = keyof typeof NATURES;

/** `vulnerable`: a vulnerable group is materially affected. `likelihood` belongs to potential impacts only and never lowers a tier. */
export interface Severity {
  scale: Score;
  scope: Score;
  irremediability: Score;
  vulnerable: boolean;
  delayMakesIrremediable: boolean;
  likelihood?: Score;
  nature: Nature;
}

/** From least to most severe. */
export const TIERS = ['LOW', 'MODERATE', 'SEVERE', 'CRITICAL'] as const;
export type Tier = (typeof TIERS)[number];

/** What each score means, for the page that asks for it. For scope the higher of number and share counts. */
export const SCORE_MEANINGS = {
  scale: {
    1: 'A passing annoyance; the person still enjoys the right in full',
    2: 'A limited interference: an affront, a small loss of money, a late or corrected answer',
    3: 'A real effect on one important interest: a lost interview, a late benefit, a blocked account, distress',
    4: 'Serious: work, home, benefit or school place lost; serious discrimination; sensitive data exposed; care needed',
    5: 'Grave: death or serious injury, loss of liberty, return to persecution, exploitation, torture',
  },
  scope: {
    1: 'One person, or fewer than 1 in 100 of those exposed',
    2: '2 to 10 people, or 1 to 5 in 100',
    3: '11 to 100 people, or 5 to 20 in 100',
    4: '101 to 1,000 people, 20 to 50 in 100, or a whole team, site or community',
    5: 'More than 1,000 people, more than half, a protected group as such, or the whole population',
  },
  irremediability: {
    1: 'The organisation can undo it fully, alone, within days',
    2: 'It can be undone within about a month at limited cost',
    3: 'Mostly restorable, but over months or only with money',
    4: 'Only partly restorable; something lasting stays',
    5: 'Cannot be restored: death, lasting loss of health, published biometric data, a vote or deadline that has passed',
  },
} as const satisfies Record<'scale' | 'scope' | 'irremediability', Record<Score, string>>;

/** 0 for LOW up to 3 for CRITICAL. */
export function tierRank(tier: Tier): number {
  return TIERS.indexOf(tier);
}

/**
 * The tier of an impact, and whether interim measures have to be decided because delay would make it impossible to undo (UNGP 24).
 * A vulnerable group and irremediable delay each raise the tier by one, up to CRITICAL.
 */
export function computeTier(severity: Severity): { tier: Tier; interimMeasuresRequired: boolean } {
  const raises = Number(severity.vulnerable) + Number(severity.delayMakesIrremediable);
  const rank = Math.min(tierRank(tierOfScores(severity)) + raises, tierRank('CRITICAL'));
  return { tier: TIERS[rank]!, interimMeasuresRequired: severity.delayMakesIrremediable };
}

function tierOfScores({ scale, scope, irremediability }: Severity): Tier {
  if (scale === 5 || (scale >= 3 && (irremediability === 5 || scope === 5))) return 'CRITICAL';
  if (scale === 4 || (scale >= 2 && (irremediability >= 4 || scope >= 4))) return 'SEVERE';
  if (scale === 3 || irremediability >= 3 || scope >= 3) return 'MODERATE';
  return 'LOW';
}

/** RAISE may be done by one person with a reason; LOWER needs a second person. */
export function tierChange(from: Tier, to: Tier): 'RAISE' | 'LOWER' | 'SAME' {
  const step = tierRank(to) - tierRank(from);
  return step > 0 ? 'RAISE' : step < 0 ? 'LOWER' : 'SAME';
}

/** What is wrong with a severity as given: codes; empty when sound. */
export function severityProblems(
  severity: Severity,
): ('SCORE-OUT-OF-RANGE' | 'LIKELIHOOD-OF-ACTUAL-IMPACT')[] {
  const { scale, scope, irremediability, likelihood, nature } = severity;
  const given: readonly number[] = [
    scale,
    scope,
    irremediability,
    ...(likelihood === undefined ? [] : [likelihood]),
  ];
  const sound = given.every((score) => Number.isInteger(score) && score >= 1 && score <= 5);
  return [
    ...(sound ? [] : (['SCORE-OUT-OF-RANGE'] as const)),
    ...(nature === 'ACTUAL' && likelihood !== undefined ? (['LIKELIHOOD-OF-ACTUAL-IMPACT'] as const) : []),
  ];
}

/** OECD ladder. DISASTER is never computed: a person chooses it. */
export const INCIDENT_CLASSES = [
  'HAZARD',
  'SERIOUS_HAZARD',
  'INCIDENT',
  'SERIOUS_INCIDENT',
  'DISASTER',
] as const;
export type IncidentClass = (typeof INCIDENT_CLASSES)[number];

export function incidentClass(tier: Tier, nature: Nature): Exclude<IncidentClass, 'DISASTER'> {
  const serious = tierRank(tier) >= tierRank('SEVERE');
  if (nature === 'POTENTIAL') return serious ? 'SERIOUS_HAZARD' : 'HAZARD';
  return serious ? 'SERIOUS_INCIDENT' : 'INCIDENT';
}
