// Source: UN Guiding Principles 13(b), 19 and 22 with commentary: what a company does towards a business partner to prevent or reduce harm,
// and what ending the relationship would do to people. The kinds are our list, weakest first.
import {
  day,
  entriesOf,
  entryOf,
  free,
  line,
  one,
  PLAIN_TEXT,
  type RegisterCheck,
  type RegisterForm,
} from './register-form';

export const LEVERAGE_MEASURES = {
  'LV-RAISE': { label: 'Raised with the management of the vendor' },
  'LV-SUPPORT': { label: 'Help: training, data, people' },
  'LV-CLAUSE': { label: 'Clause in the contract' },
  'LV-INFO': { label: 'Information, logs or tests asked for' },
  'LV-AUDIT': { label: 'Audit asked for' },
  'LV-PLAN': { label: 'Plan of correction agreed' },
  'LV-JOINT': { label: 'Together with other buyers' },
  'LV-INITIATIVE': { label: 'Through an initiative of the industry or of many stakeholders' },
  'LV-LIMIT': { label: 'Use limited or suspended' },
  'LV-PAYSTOP': { label: 'Payment suspended' },
  'LV-AUTHORITY': { label: 'Brought to an authority' },
  'LV-NONEW': { label: 'No new orders' },
  'LV-EXITPLAN': { label: 'Ending it is considered' },
  'LV-EXIT': { label: 'Relationship ended' },
} as const satisfies Record<string, { label: string }>;
export type LeverageMeasure = keyof typeof LEVERAGE_MEASURES;
export const LEVERAGE_MEASURE_CODES = Object.keys(LEVERAGE_MEASURES) as LeverageMeasure[];

export const VENDOR_REPLIES = {
  'VR-NONE': { label: 'No answer yet' },
  'VR-AGREED': { label: 'Agreed' },
  'VR-PARTLY': { label: 'Agreed in part' },
  'VR-REFUSED': { label: 'Refused' },
} as const satisfies Record<string, { label: string }>;
export const VENDOR_REPLY_CODES = Object.keys(VENDOR_REPLIES);

export const LEVERAGE_RESULTS = {
  'LR-OPEN': { label: 'Not known yet' },
  'LR-WORKED': { label: 'It prevented or reduced the harm' },
  'LR-PARTLY': { label: 'It helped in part' },
  'LR-FAILED': { label: 'It did not help' },
} as const satisfies Record<string, { label: string }>;
export const LEVERAGE_RESULT_CODES = Object.keys(LEVERAGE_RESULTS);

export const LEVERAGE_FORM = {
  asks: {
    measureTitle: free('The measure, in a few words', 200),
    vendorNumber: entryOf('vendors', 'Vendor that it is taken towards'),
    leverageMeasure: one('Kind of measure', LEVERAGE_MEASURE_CODES),
    takenOn: day('Day on which it was taken'),
    measureOwner: line('Who sees to it: the unit or the function. No names of people', 200),
    systemNumbers: entriesOf('systems', 'AI systems that it concerns'),
    measureAim: free('What it is to prevent or reduce', PLAIN_TEXT),
    exitImpact: free('What ending it would do to the people concerned', PLAIN_TEXT),
    vendorReply: one('Answer of the vendor', VENDOR_REPLY_CODES),
    vendorRepliedOn: day('Day of the answer'),
    vendorSaid: free('What the vendor said', PLAIN_TEXT),
    leverageResult: one('Result', LEVERAGE_RESULT_CODES),
    resultText: free('What came of it', PLAIN_TEXT),
    nextReviewOn: day('Day on which it is looked at again'),
  },
  must: ['measureTitle', 'vendorNumber', 'leverageMeasure', 'takenOn', 'measureOwner', 'leverageResult'],
} as const satisfies RegisterForm;

const EXITS: readonly unknown[] = ['LV-EXITPLAN', 'LV-EXIT'] satisfies LeverageMeasure[];

/** Principle 19: whoever ends a relationship looks first at what that does to people. What has no result yet is looked at again. */
export const checkLeverage: RegisterCheck = (said, today) => [
  ...(typeof said.takenOn === 'string' && said.takenOn > today
    ? [{ field: 'takenOn', sentence: 'A measure is told once it was taken: its day cannot be after today.' }]
    : []),
  ...(EXITS.includes(said.leverageMeasure) && said.exitImpact === null
    ? [
        {
          field: 'exitImpact',
          sentence:
            'Before a relationship is ended, say what that would do to the people concerned (UN Guiding Principle 19).',
        },
      ]
    : []),
  ...(said.leverageResult === 'LR-OPEN' && said.nextReviewOn === null
    ? [
        {
          field: 'nextReviewOn',
          sentence: 'Nothing is known of the result yet: say when it is looked at again.',
        },
      ]
    : []),
];
