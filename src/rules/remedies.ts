// Source: UN Basic Principles on Remedy and Reparation, A/RES/60/147, paras 19 to 23 (forms); UN Guiding Principle 25 and
// commentary. Actions are ours, informed by NIST AI RMF, AI Act Arts 20, 26, 86 and GDPR Arts 16 to 19, 22. Stable codes.

/** The seven forms remedy can take. */
export const REMEDY_FORMS = {
  'RF-CES': { label: 'Cessation / interim protection', meaning: 'Stop the continuing harm now' },
  'RF-RST': {
    label: 'Restitution',
    meaning: 'Put the person back as before: re-decide, reinstate, delete, correct',
  },
  'RF-CMP': {
    label: 'Compensation',
    meaning: 'Economically assessable damage, incl. lost opportunity, moral damage, costs of help',
  },
  'RF-RHB': { label: 'Rehabilitation', meaning: 'Medical/psychological care, legal and social services' },
  'RF-SAT': {
    label: 'Satisfaction',
    meaning: 'Acknowledgement, apology, truth/explanation, correction of record, sanctions',
  },
  'RF-GNR': {
    label: 'Guarantees of non-repetition',
    meaning: 'System change, oversight, training, policy, contract',
  },
  'RF-PUN': {
    label: 'Punitive / disciplinary',
    meaning: 'Staff discipline, vendor penalty (own power only)',
  },
} as const satisfies Record<string, { label: string; meaning: string }>;

export type RemedyFormCode = keyof typeof REMEDY_FORMS;
export const REMEDY_FORM_CODES = Object.keys(REMEDY_FORMS) as RemedyFormCode[];

/** D the organisation that deploys, V the vendor is needed, A an authority. */
export type RemedyActor = 'D' | 'V' | 'A';

/**
 * `evidence` closes the action; `question` is put to the complainant, who alone says whether it is done. `individual`: there is such
 * a question. `destructive`: it can overwrite what shows how the harm arose (AI Act Art. 73(6)), so a snapshot comes first.
 */
export interface RemedyAction {
  label: string;
  forms: readonly RemedyFormCode[];
  who: readonly RemedyActor[];
  evidence: string;
  question: string | null;
  individual: boolean;
  destructive: boolean;
}

/** The 33 deeds of remedy. */
export const REMEDY_ACTIONS = {
  'RA-01': {
    label: 'Human re-decision on the individual case by a competent person with power to change',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'New decision record + reviewer identity/role + reasons',
    question: 'Did you get a new decision from a person, with reasons?',
    individual: true,
    destructive: false,
  },
  'RA-02': {
    label: 'Reverse/annul decision and its effects (back-dated)',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'System record before/after',
    question: 'Is the decision now undone, including its effects?',
    individual: true,
    destructive: false,
  },
  'RA-03': {
    label: 'Reinstate job/account/benefit/place',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'HR/CRM record',
    question: 'Have you got back what you lost?',
    individual: true,
    destructive: false,
  },
  'RA-04': {
    label: 'Re-open missed opportunity (new interview, exam, application)',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'Invitation + result',
    question: 'Were you offered a real new chance?',
    individual: true,
    destructive: false,
  },
  'RA-05': {
    label: 'Correct input data and outputs (GDPR 16) and tell recipients (19)',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'Change log + recipient notices',
    question: 'Is the information about you now right?',
    individual: true,
    destructive: true,
  },
  'RA-06': {
    label: 'Erase data incl. derived data, embeddings, watch-list/biometric template (17)',
    forms: ['RF-RST'],
    who: ['D', 'V'],
    evidence: 'Deletion certificate, processor confirmation',
    question: 'Have you been told your data are deleted?',
    individual: true,
    destructive: true,
  },
  'RA-07': {
    label: 'Remove from blacklist/score; notify third parties who relied on it',
    forms: ['RF-RST'],
    who: ['D'],
    evidence: 'Notices sent',
    question: 'Did others who used it get told?',
    individual: true,
    destructive: true,
  },
  'RA-08': {
    label: 'Refund / cancel charge, fee, debt',
    forms: ['RF-CMP'],
    who: ['D'],
    evidence: 'Payment proof',
    question: 'Have you received the money?',
    individual: true,
    destructive: false,
  },
  'RA-09': {
    label: 'Compensation: lost pay, costs, distress',
    forms: ['RF-CMP'],
    who: ['D'],
    evidence: 'Payment proof; calculation note',
    question: 'Is what you received what was agreed?',
    individual: true,
    destructive: false,
  },
  'RA-10': {
    label: 'Non-financial compensation (training, service, time off)',
    forms: ['RF-CMP'],
    who: ['D'],
    evidence: 'Delivery record',
    question: 'Did you receive it?',
    individual: true,
    destructive: false,
  },
  'RA-11': {
    label: 'Counselling/medical support',
    forms: ['RF-RHB'],
    who: ['D'],
    evidence: 'Provider booking (no clinical detail)',
    question: 'Were you able to use the support?',
    individual: true,
    destructive: false,
  },
  'RA-12': {
    label: 'Independent legal/technical advice paid',
    forms: ['RF-RHB'],
    who: ['D'],
    evidence: 'Invoice',
    question: 'Were you able to get advice you trust?',
    individual: true,
    destructive: false,
  },
  'RA-13': {
    label: 'Plain-language explanation of AI role and main elements',
    forms: ['RF-SAT'],
    who: ['D', 'V'],
    evidence: 'Explanation document version',
    question: 'Did the explanation make sense to you?',
    individual: true,
    destructive: false,
  },
  'RA-14': {
    label: 'Acknowledgement and apology (level: handler / manager / executive; private / public)',
    forms: ['RF-SAT'],
    who: ['D'],
    evidence: 'Letter',
    question: 'Was the apology what you wanted?',
    individual: true,
    destructive: false,
  },
  'RA-15': {
    label: 'Public correction / publication of findings (consent)',
    forms: ['RF-SAT'],
    who: ['D'],
    evidence: 'Link',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-16': {
    label: 'Notify all other affected people and open remedy to them',
    forms: ['RF-SAT', 'RF-GNR'],
    who: ['D'],
    evidence: 'List size, notice log',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-17': {
    label: 'Suspend use of the system (whole / feature / site / group)',
    forms: ['RF-CES'],
    who: ['D'],
    evidence: 'Switch-off record with time',
    question: 'Has it stopped being used on you?',
    individual: true,
    destructive: false,
  },
  'RA-18': {
    label: 'Roll back to earlier model/version/threshold',
    forms: ['RF-CES', 'RF-GNR'],
    who: ['D', 'V'],
    evidence: 'Version record + snapshot of faulty version',
    question: null,
    individual: false,
    destructive: true,
  },
  'RA-19': {
    label: 'Add or strengthen human oversight, override and stop function',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Roster, training, test of stop',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-20': {
    label: 'Change threshold, feature, data field, prompt or guardrail',
    forms: ['RF-GNR'],
    who: ['D', 'V'],
    evidence: 'Change request + test result',
    question: null,
    individual: false,
    destructive: true,
  },
  'RA-21': {
    label: 'Retrain / fine-tune / replace model',
    forms: ['RF-GNR'],
    who: ['V'],
    evidence: 'Evaluation report before/after by group',
    question: null,
    individual: false,
    destructive: true,
  },
  'RA-22': {
    label: 'Bias/accuracy audit by independent party',
    forms: ['RF-GNR'],
    who: ['D', 'V'],
    evidence: 'Audit report + management response',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-23': {
    label: 'Re-run HRIA/FRIA/DPIA',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'New version id',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-24': {
    label: 'Decommission / stop procurement / red-line use',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Decommission record, data disposition',
    question: null,
    individual: false,
    destructive: true,
  },
  'RA-25': {
    label:
      'Vendor leverage: request info, corrective-action plan, joint remedy, withhold payment, step-in, audit right, termination with exit-impact check',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Letter, CAP, contract change',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-26': {
    label: 'Contract/tender clause change (HRDD, logging, complaint cooperation, remedy cost-sharing)',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Clause version',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-27': {
    label: 'Notice and transparency change (tell people AI is used; opt-out; contest route)',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Published notice',
    question: 'Is it now clear when AI is used?',
    individual: true,
    destructive: false,
  },
  'RA-28': {
    label: 'Accessibility / reasonable accommodation change or non-AI alternative path',
    forms: ['RF-GNR', 'RF-RST'],
    who: ['D'],
    evidence: 'Path live',
    question: 'Can you use the service now?',
    individual: true,
    destructive: false,
  },
  'RA-29': {
    label: 'Staff training / AI literacy',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Attendance, role list',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-30': {
    label: 'Disciplinary or management accountability',
    forms: ['RF-PUN'],
    who: ['D'],
    evidence: 'HR reference (no detail)',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-31': {
    label: 'Report to authority / provider (Art. 26(5), 33 GDPR etc.)',
    forms: ['RF-GNR'],
    who: ['D'],
    evidence: 'Filing id',
    question: null,
    individual: false,
    destructive: false,
  },
  'RA-32': {
    label: 'Anti-retaliation action for complainant/defender',
    forms: ['RF-CES'],
    who: ['D'],
    evidence: 'Protection plan item closed',
    question: 'Do you feel safe now?',
    individual: true,
    destructive: false,
  },
  'RA-33': {
    label: 'Collective remedy (fund, community programme, worker agreement)',
    forms: ['RF-CMP', 'RF-GNR'],
    who: ['D'],
    evidence: 'Agreement',
    question: 'Was the group consulted?',
    individual: true,
    destructive: false,
  },
} as const satisfies Record<string, RemedyAction>;

export type RemedyActionCode = keyof typeof REMEDY_ACTIONS;
/** What touches the person and cannot be called back: her data are gone, or the public has read of her case. Ours, not law. */
export const CANNOT_BE_UNDONE_FOR_PERSON: readonly RemedyActionCode[] = ['RA-06', 'RA-15'];

export const REMEDY_ACTION_CODES = Object.keys(REMEDY_ACTIONS) as RemedyActionCode[];

/** The action under its wide type, for code that asks about any action. */
export function remedyAction(code: RemedyActionCode): RemedyAction {
  return REMEDY_ACTIONS[code];
}

/** What a set of actions holds: something for the person, and a guarantee of non-repetition (RF-GNR). */
export function remedyCoverage(codes: readonly RemedyActionCode[]): {
  individual: boolean;
  nonRepetition: boolean;
} {
  return {
    individual: codes.some((code) => remedyAction(code).individual),
    nonRepetition: codes.some((code) => remedyAction(code).forms.includes('RF-GNR')),
  };
}
