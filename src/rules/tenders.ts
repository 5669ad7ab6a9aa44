// Source: UN Guiding Principles 4 to 7 with commentary (State as owner, supporter, contractor and buyer); the red lines are uses that the
// report A/HRC/59/53 names and practices of AI Act Art. 5. The clauses are those of ai-systems.ts. A red line is never a legal conclusion.
import { TENDER_CLAUSE_CODES } from './ai-systems';
import {
  day,
  entriesOf,
  free,
  line,
  many,
  one,
  PLAIN_TEXT,
  yesNo,
  type RegisterCheck,
  type RegisterForm,
} from './register-form';
import { STATE_NEXUS_CODES } from './state-nexus';

export const TENDER_SIDES = {
  'TS-BID': { label: 'Somebody else buys; we may bid' },
  'TS-BUY': { label: 'We buy' },
} as const satisfies Record<string, { label: string }>;
export const TENDER_SIDE_CODES = Object.keys(TENDER_SIDES);

export const BUYER_KINDS = {
  'BK-STATE': { label: 'National authority' },
  'BK-LOCAL': { label: 'Regional or local authority' },
  'BK-SECURITY': { label: 'Police, military, intelligence or border authority' },
  'BK-SOE': { label: 'Company owned or controlled by a State' },
  'BK-INTL': { label: 'International organisation' },
  'BK-COMPANY': { label: 'Other company' },
  'BK-OWN': { label: 'Ourselves' },
} as const satisfies Record<string, { label: string }>;
export const BUYER_KIND_CODES = Object.keys(BUYER_KINDS);

export const TENDER_DECISIONS = {
  'TD-OPEN': { label: 'Not decided yet' },
  'TD-BID': { label: 'Bid' },
  'TD-WON': { label: 'Bid and won' },
  'TD-LOST': { label: 'Bid and lost' },
  'TD-DECLINED': { label: 'Declined' },
  'TD-WITHDRAWN': { label: 'Bid taken back' },
  'TD-AWARDED': { label: 'We bought' },
  'TD-NOTAWARDED': { label: 'We bought nothing' },
} as const satisfies Record<string, { label: string }>;
export type TenderDecision = keyof typeof TENDER_DECISIONS;
export const TENDER_DECISION_CODES = Object.keys(TENDER_DECISIONS) as TenderDecision[];

export const RED_LINES = {
  'RL-RBI': { label: 'Faces recognised from afar, at once, in public places' },
  'RL-MASS': { label: 'Surveillance of many without suspicion' },
  'RL-PREDICT': { label: 'Predicting who commits a crime' },
  'RL-SCORE': { label: 'Scoring of how people behave in general' },
  'RL-EMOTION': { label: 'Reading emotions at work or at school' },
  'RL-SORT': { label: 'Sorting people by their bodies into origin, belief or orientation' },
  'RL-SCRAPE': { label: 'Collecting faces from the internet or from cameras' },
  'RL-EXPLOIT': { label: 'Manipulating people, or using their weakness' },
  'RL-OWN': { label: 'Another line of our own' },
} as const satisfies Record<string, { label: string }>;
export const RED_LINE_CODES = Object.keys(RED_LINES);

export const TENDER_FORM = {
  asks: {
    tenderTitle: free('The tender, in a few words', 200),
    tenderSide: one('Which side we are on', TENDER_SIDE_CODES),
    buyerKind: one('Kind of buyer', BUYER_KIND_CODES),
    buyerName: line('Buyer: the authority or company', 200),
    country: line('Country', 60),
    stateNexus: one('State nexus', STATE_NEXUS_CODES),
    publishedOn: day('Day on which it was published'),
    systemNumbers: entriesOf('systems', 'AI systems that it concerns'),
    hrddRequired: yesNo('Does it require human-rights due diligence?'),
    clauses: many('Clauses on human rights', TENDER_CLAUSE_CODES),
    redLines: many('Red lines that it touches', RED_LINE_CODES),
    tenderDecision: one('What was decided', TENDER_DECISION_CODES),
    decidedOn: day('Day of the decision'),
    decisionReasons: free('Why', PLAIN_TEXT),
    remarks: free('Remarks', PLAIN_TEXT),
  },
  must: ['tenderTitle', 'tenderSide', 'buyerKind', 'country', 'tenderDecision'],
} as const satisfies RegisterForm;

const REFUSALS: readonly unknown[] = ['TD-DECLINED', 'TD-WITHDRAWN'] satisfies TenderDecision[];
const GOES_ON: readonly unknown[] = ['TD-BID', 'TD-WON', 'TD-AWARDED'] satisfies TenderDecision[];

/** A no has its reasons, and so has a yes where a red line is touched. */
export const checkTender: RegisterCheck = (said) => {
  const touches = Array.isArray(said.redLines) && said.redLines.length > 0;
  const owesReasons =
    REFUSALS.includes(said.tenderDecision) || (touches && GOES_ON.includes(said.tenderDecision));
  return owesReasons && said.decisionReasons === null
    ? [
        {
          field: 'decisionReasons',
          sentence: touches
            ? 'A red line is touched: say why it was decided so.'
            : 'Say why it was declined or taken back.',
        },
      ]
    : [];
};
