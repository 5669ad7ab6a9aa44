import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM_RECORD_KIND_CODES, TENDER_CLAUSE_CODES } from '../../src/rules/ai-systems';
import { CONSENT_CODES, SHARED_WITH_CODES } from '../../src/rules/consents';
import { CLOCK_CODES } from '../../src/rules/clocks';
import { CONTACT_CHANNEL_CODES, CONTACT_RESULT_CODES } from '../../src/rules/contact-attempts';
import { DICTATION_REFUSAL_CODES, KNOWN_BY_CODES, SAID_THROUGH_CODES } from '../../src/rules/dictations';
import { DECISION_MODE_CODES } from '../../src/rules/decision-modes';
import { AFFECTED_GROUP_CODES, SENSITIVE_LAW_CODES } from '../../src/rules/groups';
import {
  EVIDENCE_HANDLING,
  FILE_FAULTS,
  HELD_REASONS,
  REMOVED,
  SCAN_VERDICTS,
} from '../../src/rules/evidence-handling';
import { HARM_CODES, HARMS } from '../../src/rules/harms';
import { IDENTITY_MODE_CODES } from '../../src/rules/identity-modes';
import { RECORDS_FOUND_CODES, STANDARD_OF_PROOF_CODES } from '../../src/rules/inquiry';
import { INVOLVEMENT_CODES, oweRemedy } from '../../src/rules/involvement';
import { LIFECYCLE_STAGE_CODES } from '../../src/rules/lifecycle';
import { MANDATE_BASIS_CODES, MANDATE_COVER_CODES } from '../../src/rules/mandates';
import {
  APPEAL_OUTCOME_LIST,
  CLOSURE_CODE_LIST,
  CLOSURE_CODES,
  DECLINE_CODE_LIST,
  FINDING_CODE_LIST,
  INTERIM_STATE_LIST,
  LINK_TYPE_LIST,
  SYSTEMIC_EFFECT_LIST,
} from '../../src/rules/outcomes';
import { REFERRAL_ANSWER_CODES } from '../../src/rules/referrals';
import {
  PARALLEL_PROCEEDING_CODES,
  PROCEEDING_FILER_CODES,
  PROCEEDING_ORDER_CODES,
  PROCEEDING_OUTCOME_CODES,
} from '../../src/rules/parallel-proceedings';
import { PATTERN_DECISION_CODES, PATTERN_RULE_CODES } from '../../src/rules/patterns';
import { PROTECTION_MEASURE_CODES, REPRISAL_LEVEL_CODES } from '../../src/rules/protection';
import {
  REMEDY_ACTION_CODES,
  REMEDY_FORM_CODES,
  remedyAction,
  remedyCoverage,
} from '../../src/rules/remedies';
import { ERASURE_GROUNDS, ERASURE_SCOPES, HOLD_GROUND_CODES, KEPT_BACK } from '../../src/rules/retention';
import { RIGHT_CODES, RIGHTS } from '../../src/rules/rights';
import { ROOT_CAUSE_CODES } from '../../src/rules/root-causes';
import { STATE_NEXUS_CODES } from '../../src/rules/state-nexus';
import {
  ARTICLE_26_ADDRESSEE_CODES,
  ARTICLE_26_GROUND_CODES,
  ARTICLE_26_OUTCOME_CODES,
  INCIDENT_KIND_CODES,
  NOT_CONCERNED,
  LOG_HOLDER_CODES,
  PRESERVATION_ANSWER_CODES,
} from '../../src/rules/system-notices';
import { USE_DOMAIN_CODES, USE_DOMAINS } from '../../src/rules/use-domains';
import { EXCLUSION_GROUNDS, RECUSAL_GROUND_CODES } from '../../src/rules/sight';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { TRANSLATED_KINDS, TRANSLATION_REQUEST_STATUSES } from '../../src/rules/taking-part';
import { AMENDMENT_KINDS } from '../../src/rules/policy';
import { WORDING_KINDS, WORDING_STATUSES } from '../../src/rules/wordings';

const LISTS = {
  affectedGroups: AFFECTED_GROUP_CODES,
  appealOutcomes: APPEAL_OUTCOME_LIST,
  clocks: CLOCK_CODES,
  closures: CLOSURE_CODE_LIST,
  consents: CONSENT_CODES,
  decisionModes: DECISION_MODE_CODES,
  declines: DECLINE_CODE_LIST,
  evidenceHandling: Object.keys(EVIDENCE_HANDLING),
  fileFaults: Object.keys(FILE_FAULTS),
  findings: FINDING_CODE_LIST,
  harms: HARM_CODES,
  heldReasons: Object.keys(HELD_REASONS),
  identityModes: IDENTITY_MODE_CODES,
  interimStates: INTERIM_STATE_LIST,
  involvements: INVOLVEMENT_CODES,
  lifecycleStages: LIFECYCLE_STAGE_CODES,
  linkTypes: LINK_TYPE_LIST,
  mandateBases: MANDATE_BASIS_CODES,
  mandateCovers: MANDATE_COVER_CODES,
  parallelProceedings: PARALLEL_PROCEEDING_CODES,
  referralAnswers: REFERRAL_ANSWER_CODES,
  proceedingFilers: PROCEEDING_FILER_CODES,
  proceedingOrders: PROCEEDING_ORDER_CODES,
  proceedingOutcomes: PROCEEDING_OUTCOME_CODES,
  protectionMeasures: PROTECTION_MEASURE_CODES,
  recusalGrounds: RECUSAL_GROUND_CODES,
  remedyActions: REMEDY_ACTION_CODES,
  remedyForms: REMEDY_FORM_CODES,
  removed: Object.keys(REMOVED),
  reprisalLevels: REPRISAL_LEVEL_CODES,
  erasureGrounds: ERASURE_GROUNDS,
  exclusionGrounds: Object.keys(EXCLUSION_GROUNDS),
  erasureScopes: ERASURE_SCOPES,
  holdGrounds: HOLD_GROUND_CODES,
  keptBack: Object.keys(KEPT_BACK),
  rights: RIGHT_CODES,
  recordsFound: RECORDS_FOUND_CODES,
  standardsOfProof: STANDARD_OF_PROOF_CODES,
  rootCauses: ROOT_CAUSE_CODES,
  scanVerdicts: Object.keys(SCAN_VERDICTS),
  sensitiveLaws: SENSITIVE_LAW_CODES,
  sharedWith: SHARED_WITH_CODES,
  stateNexus: STATE_NEXUS_CODES,
  systemicEffects: SYSTEMIC_EFFECT_LIST,
  tokenScopes: SCOPE_CODES,
  useDomains: USE_DOMAIN_CODES,
  systemRecordKinds: SYSTEM_RECORD_KIND_CODES,
  tenderClauses: TENDER_CLAUSE_CODES,
  logHolders: LOG_HOLDER_CODES,
  translatedKinds: TRANSLATED_KINDS,
  translationRequestStatuses: TRANSLATION_REQUEST_STATUSES,
  amendmentKinds: AMENDMENT_KINDS,
  wordingKinds: WORDING_KINDS,
  wordingStatuses: WORDING_STATUSES,
  preservationAnswers: [...PRESERVATION_ANSWER_CODES, NOT_CONCERNED],
  article26Grounds: ARTICLE_26_GROUND_CODES,
  article26Addressees: ARTICLE_26_ADDRESSEE_CODES,
  article26Outcomes: ARTICLE_26_OUTCOME_CODES,
  incidentKinds: INCIDENT_KIND_CODES,
  patternRules: PATTERN_RULE_CODES,
  patternDecisions: PATTERN_DECISION_CODES,
  contactChannels: CONTACT_CHANNEL_CODES,
  contactResults: CONTACT_RESULT_CODES,
  saidThrough: SAID_THROUGH_CODES,
  knownBy: KNOWN_BY_CODES,
  dictationRefusals: DICTATION_REFUSAL_CODES,
};

describe('The codes', () => {
  it('stay what they are: they stand in ledgers, and a ledger is never rewritten', () => {
    const golden: unknown = JSON.parse(readFileSync(join(__dirname, 'stable-codes.json'), 'utf8'));
    expect(LISTS).toEqual(golden);
  });

  it.each([
    ['rights', 45],
    ['harms', 29],
    ['rootCauses', 20],
    ['decisionModes', 7],
    ['useDomains', 27],
    ['lifecycleStages', 9],
    ['affectedGroups', 26],
    ['stateNexus', 9],
    ['parallelProceedings', 24],
    ['remedyForms', 7],
    ['remedyActions', 33],
    ['protectionMeasures', 25],
    ['consents', 15],
    ['declines', 6],
    ['findings', 5],
    ['closures', 15],
    ['systemicEffects', 8],
    ['appealOutcomes', 5],
  ] as const)('of %s are %i', (list, count) => {
    expect(LISTS[list]).toHaveLength(count);
  });

  it('never mean two things', () => {
    const all = Object.values(LISTS).flat();
    const twice = all.filter((code, index) => all.indexOf(code) !== index);
    expect(twice).toEqual([]);
  });
});

describe('Harms', () => {
  it.each(HARM_CODES.filter((code) => code !== 'AIH-99'))('%s names at least one right', (code) => {
    expect(HARMS[code].typicalRights.length).toBeGreaterThan(0);
  });
});

describe('Rights', () => {
  it.each(RIGHT_CODES)('%s has a reference and a group', (code) => {
    expect(RIGHTS[code].references.length).toBeGreaterThan(0);
    expect(RIGHTS[code].groups.length).toBeGreaterThan(0);
  });
});

describe('Use domains', () => {
  it('cover all eight areas of Annex III of the AI Act', () => {
    const areas = USE_DOMAIN_CODES.map((code) => USE_DOMAINS[code].annexIII?.[0]).filter(
      (area) => area && /\d/.test(area),
    );
    expect([...new Set(areas)].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });
});

describe('Remedy', () => {
  it.each(REMEDY_ACTION_CODES)('%s is individual exactly when the complainant is asked about it', (code) => {
    const action = remedyAction(code);
    expect(action.individual).toBe(action.question !== null);
    expect(action.forms.length).toBeGreaterThan(0);
    expect(action.who.length).toBeGreaterThan(0);
    expect(action.evidence).not.toBe('');
  });

  it('marks the actions that can overwrite how the harm arose', () => {
    expect(REMEDY_ACTION_CODES.filter((code) => remedyAction(code).destructive)).toEqual(
      expect.arrayContaining(['RA-06', 'RA-18', 'RA-20', 'RA-21', 'RA-24']),
    );
    expect(remedyAction('RA-14').destructive).toBe(false);
  });

  it('uses every form of remedy', () => {
    const used = new Set(REMEDY_ACTION_CODES.flatMap((code) => remedyAction(code).forms));
    expect([...used].sort()).toEqual([...REMEDY_FORM_CODES].sort());
  });

  it('tells what a plan covers', () => {
    expect(remedyCoverage([])).toEqual({ individual: false, nonRepetition: false });
    expect(remedyCoverage(['RA-01'])).toEqual({ individual: true, nonRepetition: false });
    expect(remedyCoverage(['RA-22'])).toEqual({ individual: false, nonRepetition: true });
    expect(remedyCoverage(['RA-01', 'RA-22'])).toEqual({ individual: true, nonRepetition: true });
  });

  it('is owed by whoever caused or contributed, and by nobody else', () => {
    expect(INVOLVEMENT_CODES.filter(oweRemedy)).toEqual(['CAUSE', 'CONTRIBUTE']);
  });
});

describe('Closing without remedy', () => {
  it('is the one closure that an executive signs', () => {
    expect(CLOSURE_CODE_LIST.filter((code) => CLOSURE_CODES[code].needsExecutiveSignOff)).toEqual([
      'CR-NOREMEDY',
    ]);
  });
});
