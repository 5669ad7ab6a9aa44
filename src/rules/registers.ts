// Source: UN Guiding Principles 13, 17 to 19: what an organisation knows of the systems that it uses and of whom it has them from.
// The one table of the registers beside the cases: what each asks, and which act of acts.ts each deed is, and so who may.
import type { Act } from './acts';
import { STRIKE_FORM, SYSTEM_FORM, SYSTEM_RECORD_FORM, VENDOR_FORM, type RegisterForm } from './ai-systems';

export interface RegisterRow {
  /** What one entry is called in a sentence. */
  what: string;
  /** What the list is called. */
  title: string;
  addTitle: string;
  changeTitle: string;
  /** What is asked of an entry. */
  form: RegisterForm;
  /** The ask whose answer is what an entry is called. */
  calledBy: string;
  acts: { keep: Act; retire: Act };
  /** What is recorded of an entry as it happens, each with a number of its own; what is wrong is struck. */
  records?: { title: string; form: RegisterForm; strike: RegisterForm; acts: { record: Act; strike: Act } };
}

/** By the word that names a register in every address. */
export const REGISTERS = {
  systems: {
    what: 'AI system',
    title: 'AI systems',
    addTitle: 'Add an AI system',
    changeTitle: 'Change the AI system',
    form: SYSTEM_FORM,
    calledBy: 'systemName',
    acts: { keep: 'keep-systems', retire: 'retire-system' },
    records: {
      title: 'Record what happened to it',
      form: SYSTEM_RECORD_FORM,
      strike: STRIKE_FORM,
      acts: { record: 'record-of-system', strike: 'strike-record-of-system' },
    },
  },
  vendors: {
    what: 'vendor',
    title: 'Vendors',
    addTitle: 'Add a vendor',
    changeTitle: 'Change the vendor',
    form: VENDOR_FORM,
    calledBy: 'companyName',
    acts: { keep: 'keep-vendors', retire: 'retire-vendor' },
  },
} as const satisfies Record<string, RegisterRow>;

export type RegisterName = keyof typeof REGISTERS;
export const REGISTER_NAMES = Object.keys(REGISTERS) as RegisterName[];
