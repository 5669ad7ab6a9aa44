// Source: UN Guiding Principles 4 to 7 (`principle` is the number).

/** How a State stands behind the use of the system. */
export const STATE_NEXUS = {
  'SN-NONE': { label: 'No State link', principle: null },
  'SN-SOE': { label: 'Company owned/controlled by State', principle: 4 },
  'SN-SUPPORT': { label: 'Receives State support, ECA, investment', principle: 4 },
  'SN-SUPPLIER': { label: 'Company supplies AI to a State body', principle: 6 },
  'SN-CONTRACTED': {
    label: 'Company delivers public service using AI under contract/privatisation',
    principle: 5,
  },
  'SN-PUBPROC': { label: 'AI bought through public procurement', principle: 6 },
  'SN-MANDATE': { label: 'State law/order requires the use', principle: null },
  'SN-DATA': {
    label: 'State data or State access to company AI data (surveillance request)',
    principle: null,
  },
  'SN-CONFLICT': { label: 'Conflict-affected/high-risk area', principle: 7 },
} as const satisfies Record<string, { label: string; principle: 4 | 5 | 6 | 7 | null }>;

export type StateNexusCode = keyof typeof STATE_NEXUS;
export const STATE_NEXUS_CODES = Object.keys(STATE_NEXUS) as StateNexusCode[];
