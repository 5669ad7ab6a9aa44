// Source: GDPR Arts 6, 7 and 9; process model 5.5. Each is asked for on its own; withdrawal works forward only. Stable codes.

/** `optOut`: holds until the person says no. Where the law is the basis instead, the person is told so and CN-SHARE-AUTH is a notice. */
export const CONSENTS = {
  'CN-INTAKE': { label: 'Handle my complaint', optOut: false },
  'CN-SENS': {
    label: 'Use sensitive information about me, such as health, religion or origin',
    optOut: false,
  },
  'CN-SHARE-UNIT': { label: 'Tell the unit concerned what happened, without who I am', optOut: false },
  'CN-SHARE-ID': { label: 'Tell those I complain about who I am', optOut: false },
  'CN-SHARE-VENDOR': { label: 'Share my case with the vendor of the system', optOut: false },
  'CN-SHARE-AUTH': { label: 'Share my case with an authority', optOut: false },
  'CN-REP': { label: 'Let my representative act for me', optOut: false },
  'CN-INTERP': { label: 'Use an interpreter', optOut: false },
  'CN-DIALOGUE': { label: 'Take part in a dialogue', optOut: false },
  'CN-RECORD': { label: 'Record our conversations', optOut: false },
  'CN-STAT': { label: 'Count my case in statistics that name nobody', optOut: true },
  'CN-STORY': { label: 'Tell my case in a report, without my name', optOut: false },
  'CN-CONTACT-AFTER': { label: 'Contact me afterwards to ask how it went', optOut: false },
  'CN-GROUP': { label: 'Join my case to a group case', optOut: false },
} as const satisfies Record<string, { label: string; optOut: boolean }>;

export type ConsentCode = keyof typeof CONSENTS;
export const CONSENT_CODES = Object.keys(CONSENTS) as ConsentCode[];
