// Source: UN Guiding Principles 18, 20 and 31(h) with commentary: consultation of those affected, and of those for whom a mechanism is meant,
// on its design and performance. Codes are ours; the groups are those of groups.ts. Of a group or organisation, never of one person.
import { AFFECTED_GROUP_CODES } from './groups';
import { LIFECYCLE_STAGE_CODES } from './lifecycle';
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

export const ENGAGEMENT_KINDS = {
  'EG-CONSULT': { label: 'Consultation of affected people' },
  'EG-WORKERS': { label: 'Consultation of workers or their representatives' },
  'EG-CODESIGN': { label: 'Designing together' },
  'EG-HEARING': { label: 'Public meeting or hearing' },
  'EG-SURVEY': { label: 'Survey or interviews' },
  'EG-MECHANISM': { label: 'Review of this grievance mechanism with those who use it' },
  'EG-FOLLOWUP': { label: 'Telling them what came of it' },
} as const satisfies Record<string, { label: string }>;
export const ENGAGEMENT_KIND_CODES = Object.keys(ENGAGEMENT_KINDS);

/** Who sat at the table. */
export const ENGAGED_PARTNERS = {
  'EP-PEOPLE': { label: 'Affected people themselves' },
  'EP-UNION': { label: 'Trade union or works council' },
  'EP-NGO': { label: 'Civil society organisation' },
  'EP-SELFORG': { label: 'Organisation of the group itself, such as of persons with disabilities' },
  'EP-DEFENDER': { label: 'Human rights defenders' },
  'EP-BODY': { label: 'Human rights institution or equality body' },
  'EP-EXPERT': { label: 'Independent experts' },
  'EP-OTHER': { label: 'Others' },
} as const satisfies Record<string, { label: string }>;
export const ENGAGED_PARTNER_CODES = Object.keys(ENGAGED_PARTNERS);

/** What was done so that people could take part. */
export const ACCOMMODATIONS = {
  'AC-INTERPRET': { label: 'Interpreting' },
  'AC-SIGN': { label: 'Sign language' },
  'AC-EASY': { label: 'Easy language' },
  'AC-ACCESS': { label: 'Rooms and papers without barriers' },
  'AC-REMOTE': { label: 'Taking part from afar' },
  'AC-COSTS': { label: 'Travel, time or child care paid' },
  'AC-SAFE': { label: 'Without managers in the room, or under another name' },
} as const satisfies Record<string, { label: string }>;
export const ACCOMMODATION_CODES = Object.keys(ACCOMMODATIONS);

/** Whether what was said changed anything. */
export const ADOPTIONS = {
  'AD-YES': { label: 'Adopted' },
  'AD-PARTLY': { label: 'Adopted in part' },
  'AD-NO': { label: 'Not adopted' },
  'AD-OPEN': { label: 'Not decided yet' },
} as const satisfies Record<string, { label: string }>;
export const ADOPTION_CODES = Object.keys(ADOPTIONS);

export const ENGAGEMENT_FORM = {
  asks: {
    engagementTitle: free('What it was, in a few words', 200),
    engagementKind: one('Kind', ENGAGEMENT_KIND_CODES),
    heldOn: day('Day on which it was held, or began'),
    consultedGroups: many('Groups that were consulted', AFFECTED_GROUP_CODES),
    partnerKinds: many('Who sat at the table', ENGAGED_PARTNER_CODES),
    organisations: line('Names of organisations. No names of people', 500),
    participants: { kind: 'number', label: 'How many took part', min: 0, max: 1_000_000 },
    systemNumbers: entriesOf('systems', 'AI systems that it was about'),
    procurement: free('Procurement that it was about', 200),
    lifecycleStage: one('Stage at which it was held', LIFECYCLE_STAGE_CODES),
    languagesUsed: line('Languages that were spoken and written', 200),
    accommodations: many('What was done so that they could take part', ACCOMMODATION_CODES),
    adviceFunded: yesNo('Did we pay for independent advice of those consulted?'),
    whatTheySaid: free('What they said', PLAIN_TEXT),
    changeAdopted: one('Was what they asked for adopted?', ADOPTION_CODES),
    whatChanged: free('What changed because of it; or why not', PLAIN_TEXT),
    toldBackOn: day('Day on which they were told what came of it'),
    followUpDueOn: day('Day of the follow-up'),
  },
  must: ['engagementTitle', 'engagementKind', 'heldOn', 'consultedGroups', 'changeAdopted'],
} as const satisfies RegisterForm;

/** What was consulted on has happened; whoever says that something changed says what, and who says no says why. */
export const checkEngagement: RegisterCheck = (said, today) => [
  ...(typeof said.heldOn === 'string' && said.heldOn > today
    ? [
        {
          field: 'heldOn',
          sentence: 'An engagement is told once it was held: its day cannot be after today.',
        },
      ]
    : []),
  ...(typeof said.toldBackOn === 'string' && typeof said.heldOn === 'string' && said.toldBackOn < said.heldOn
    ? [{ field: 'toldBackOn', sentence: 'They cannot have been told what came of it before it was held.' }]
    : []),
  ...(said.changeAdopted !== 'AD-OPEN' && said.changeAdopted !== null && said.whatChanged === null
    ? [{ field: 'whatChanged', sentence: 'Say what changed because of it, or why nothing did.' }]
    : []),
];
