// Source: process model 6.1 (roles; the administrator reads no case, the auditor reads pseudonymised histories).
// The one table of what each role may do at the doors. Steps of a case have a table of their own (steps.ts).
import { PATTERN_REVIEWERS } from './patterns';
import { CITERS, LAW_KEEPERS, LAW_VERIFIERS, REGISTER_KEEPERS, TEXT_EMPTIERS } from './ai-systems';
import { SHARERS } from './sharing';
import { DISPOSERS } from './retention';
import { CASE_ROLES, REACH_OUT, RECOVERERS, STAFF_ROLES, type RoleCode } from './roles';

/** Who may do something: members of staff with one of these roles, whoever holds a receipt, whoever gave a password and no second factor yet, or anyone. */
export type Admitted = readonly RoleCode[] | 'rightsholder' | 'half-signed-in' | 'anyone';

/**
 * What an act reaches: one case that the address names, which the visitor has to be allowed to see; a list from which every case is left
 * out that the visitor may not see; the case of the receipt; histories under pseudonyms; the house; one's own account; what everybody may have.
 */
export type Reach = 'case' | 'cases' | 'own-case' | 'histories' | 'house' | 'account' | 'public';

export interface ActRow {
  by: Admitted;
  reach: Reach;
  /** Open to guests of one case, too; every other act of staff is for the house alone. */
  guests?: true;
  /** What it is, for the page that draws this table. */
  label: string;
}

const AUDITORS = ['AUD'] as const satisfies readonly RoleCode[];
const ADMINISTRATORS = ['ADM'] as const satisfies readonly RoleCode[];
const INTAKE = ['INT'] as const satisfies readonly RoleCode[];
/** Who says where cases go. */
export const ROUTERS = ['TRI', 'DEC'] as const satisfies readonly RoleCode[];
/** Who gives work to others, also where somebody has left. */
const DISTRIBUTORS = ['TRI', 'PRT'] as const satisfies readonly RoleCode[];
/** Who says how letters and text blocks are worded, and reads what another of them drafted. They hold nothing of a case; who runs the system has no say in them. */
export const WORDERS = ['TRI', 'DEC', 'PRT', 'DPO', 'LEG'] as const satisfies readonly RoleCode[];
const PROTECTION = ['PRT'] as const satisfies readonly RoleCode[];
const DATA_PROTECTION = ['DPO'] as const satisfies readonly RoleCode[];

// One act, one line: the table is read down its columns, which the formatter would break apart.
// prettier-ignore
export const ACTS = {
  // ── cases ──
  'read-queue': { by: CASE_ROLES, reach: 'cases', label: 'See the queue' },
  'export-queue': { by: CASE_ROLES, reach: 'cases', label: 'Save the queue as a file' },
  'change-many-cases': { by: CASE_ROLES, reach: 'cases', label: 'Assign many cases, or write a note in many' },
  'read-views': { by: CASE_ROLES, reach: 'cases', label: 'See the views of the queue that one may choose from, with how many cases each finds' },
  'keep-views': { by: CASE_ROLES, reach: 'house', label: 'Keep views of the queue' },
  'read-search-form': { by: CASE_ROLES, reach: 'house', label: 'Open the search' },
  'search-cases': { by: CASE_ROLES, reach: 'cases', label: 'Search for words of cases' },
  'read-case': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Open a case' },
  'read-history': { by: [...CASE_ROLES, ...AUDITORS], reach: 'case', label: 'Read the history of a case; auditors under pseudonyms' },
  'read-steps': { by: CASE_ROLES, reach: 'case', label: 'See which steps are open' },
  'read-lodge-for-form': { by: INTAKE, reach: 'house', label: 'Open the form of a complaint for somebody else' },
  'lodge-for-somebody': { by: INTAKE, reach: 'house', label: 'Lodge for somebody who phones, writes or comes' },
  'read-step': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Open the form of a step' },
  'take-step': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Take a step of the process' },
  'read-messages': { by: CASE_ROLES, reach: 'case', label: 'Read the messages of a case' },
  'write-message': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Write a message' },
  'read-evidence': { by: CASE_ROLES, reach: 'case', label: 'List the files of a case' },
  'add-evidence': { by: CASE_ROLES, reach: 'case', label: 'Add a file' },
  'open-evidence': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Open the working copy of a file' },
  'read-custody': { by: [...CASE_ROLES, ...AUDITORS], reach: 'case', label: 'Read who opened a file' },
  'read-original-form': { by: CASE_ROLES, reach: 'case', label: 'Ask for the original of a file' },
  'open-original': { by: CASE_ROLES, reach: 'case', label: 'Open the original of a file, with a reason' },
  'read-sharing': { by: SHARERS, reach: 'case', label: 'See what can be passed on, masked versions and packets' },
  'mask-text': { by: SHARERS, reach: 'case', label: 'Mask passages of a text before it is passed on' },
  'paint-file': { by: SHARERS, reach: 'case', label: 'Paint over parts of a picture in a masked copy' },
  'mask-file': { by: SHARERS, reach: 'case', label: 'Add a copy of a file that was masked elsewhere' },
  'make-packet': { by: SHARERS, reach: 'case', label: 'Put a packet together that is to be passed on' },
  'download-packet': { by: SHARERS, reach: 'case', label: 'Take a packet out to hand it over' },
  'read-identity': { by: REACH_OUT, reach: 'case', label: 'Read who the person is, once revealed' },
  'read-erasure-form': { by: DATA_PROTECTION, reach: 'case', label: 'Open the form of an erasure' },
  'erase-on-request': { by: DATA_PROTECTION, reach: 'case', label: 'Erase what a person asked to have erased' },

  // ── versions of the process ──
  'read-policies': { by: [...CASE_ROLES, ...AUDITORS], reach: 'house', label: 'Read the versions of the process and what is drafted' },
  'read-policy-form': { by: ROUTERS, reach: 'house', label: 'Open the form that amends the process' },
  'draft-policy': { by: ROUTERS, reach: 'house', label: 'Draft a stricter version of the process, and try it' },
  'settle-policy': { by: ROUTERS, reach: 'house', label: 'Publish a drafted version of the process, or drop it' },

  // ── rules of routing ──
  'read-routing': { by: ROUTERS, reach: 'cases', label: 'Read the rules of routing and try them on past cases' },
  'draft-routing': { by: ROUTERS, reach: 'cases', label: 'Draft rules of routing' },
  'settle-routing': { by: ROUTERS, reach: 'cases', label: 'Switch drafted rules of routing on, or drop them' },

  // ── how letters are worded ──
  'read-wordings': { by: CASE_ROLES, reach: 'house', label: 'Read how letters and text blocks are worded' },
  'draft-wording': { by: WORDERS, reach: 'house', label: 'Draft the words of a letter or text block' },
  'empty-wording': { by: TEXT_EMPTIERS, reach: 'house', label: 'Empty earlier words of a letter or text block for good, with a reason' },
  'settle-wording': { by: WORDERS, reach: 'house', label: 'Switch drafted words on, or drop them' },

  // ── who works on a case ──
  'read-asked': { by: CASE_ROLES, reach: 'cases', guests: true, label: 'See the cases one is asked to work on' },
  'answer-asked': { by: CASE_ROLES, reach: 'case', guests: true, label: 'Say whether one has a conflict of interest' },
  'read-hand-over': { by: CASE_ROLES, reach: 'cases', label: 'Open the form of a hand-over' },
  'hand-over-cases': { by: CASE_ROLES, reach: 'cases', label: 'Hand over every case in which something is left to do' },
  'read-break-glass-form': { by: CASE_ROLES, reach: 'house', label: 'Open the form of an emergency opening' },
  'break-glass': { by: CASE_ROLES, reach: 'case', label: 'Open a case in an emergency, with a reason' },
  'read-break-glass': { by: PROTECTION, reach: 'cases', label: 'See which emergency openings wait to be looked at' },

  // ── registers beside the cases ──
  'read-registers': { by: CASE_ROLES, reach: 'cases', label: 'See the registers beside the cases' },
  'read-register-form': { by: REGISTER_KEEPERS, reach: 'cases', label: 'Open a form of a register' },
  'keep-vendors': { by: REGISTER_KEEPERS, reach: 'house', label: 'Add a vendor, or change what is said of one' },
  'retire-vendor': { by: REGISTER_KEEPERS, reach: 'house', label: 'Retire a vendor, or put it back' },
  'keep-systems': { by: REGISTER_KEEPERS, reach: 'house', label: 'Add an AI system, or change what is said of one' },
  'retire-system': { by: REGISTER_KEEPERS, reach: 'house', label: 'Retire an AI system, or put it back' },
  'record-of-system': { by: REGISTER_KEEPERS, reach: 'house', label: 'Record a version, tender, assessment, notice or incident of an AI system' },
  'strike-record-of-system': { by: REGISTER_KEEPERS, reach: 'house', label: 'Strike a record of an AI system that is wrong' },
  'keep-engagements': { by: [...REGISTER_KEEPERS, 'DIA', 'EXE'], reach: 'house', label: 'Add an engagement with stakeholders, or correct one' },
  'retire-engagement': { by: REGISTER_KEEPERS, reach: 'house', label: 'Set an engagement aside, or put it back' },
  'keep-leverage': { by: [...REGISTER_KEEPERS, 'EXE'], reach: 'house', label: 'Add a measure towards a vendor, or correct one' },
  'retire-leverage': { by: REGISTER_KEEPERS, reach: 'house', label: 'Set a measure towards a vendor aside, or put it back' },
  'keep-tenders': { by: [...REGISTER_KEEPERS, 'EXE'], reach: 'house', label: 'Add a tender, or correct one' },
  'retire-tender': { by: REGISTER_KEEPERS, reach: 'house', label: 'Set a tender aside, or put it back' },
  'keep-frameworks': { by: LAW_KEEPERS, reach: 'house', label: 'Add a law, policy or standard, or correct one' },
  'retire-framework': { by: LAW_KEEPERS, reach: 'house', label: 'Set a law, policy or standard aside, or put it back' },
  'verify-framework': { by: LAW_VERIFIERS, reach: 'house', label: 'Say that a law, policy or standard was read against its source' },
  'keep-case-law': { by: LAW_KEEPERS, reach: 'house', label: 'Add a decision of a court, or correct one' },
  'retire-case-law': { by: LAW_KEEPERS, reach: 'house', label: 'Set a decision of a court aside, or put it back' },
  'verify-case-law': { by: LAW_VERIFIERS, reach: 'house', label: 'Say that a decision of a court was read against its source' },
  'link-register-case': { by: CITERS, reach: 'cases', label: 'Say that an entry of a register was used in a case, or take that back' },
  'read-case-registers': { by: CASE_ROLES, reach: 'case', label: 'See what of the registers was used in a case, and which case law fits it' },
  'export-register': { by: [...REGISTER_KEEPERS, 'EXE'], reach: 'house', label: 'Save a register as a file' },
  'read-emptying-form': { by: TEXT_EMPTIERS, reach: 'house', label: 'Open the form that empties a text of a register' },
  'empty-register-text': { by: TEXT_EMPTIERS, reach: 'house', label: 'Empty a text of a register for good, with a reason' },

  // ── keeping and erasing ──
  'read-due-disposals': { by: DISPOSERS, reach: 'cases', label: 'See what is due for erasure' },
  'read-disposals': { by: DISPOSERS, reach: 'cases', label: 'See the batches of erasure' },
  'propose-disposal': { by: DISPOSERS, reach: 'cases', label: 'Propose a batch of erasure' },
  'read-disposal': { by: DISPOSERS, reach: 'cases', label: 'Read a batch of erasure' },
  'settle-disposal': { by: DISPOSERS, reach: 'cases', label: 'Agree to a batch of erasure, or refuse it' },
  'read-disposal-certificate': { by: [...DISPOSERS, ...AUDITORS], reach: 'histories', label: 'Read the certificate of an erasure' },

  // ── figures and process ──
  'read-statistics': { by: [...CASE_ROLES, ...AUDITORS], reach: 'cases', label: 'Read the statistics' },
  'read-dashboard': { by: CASE_ROLES, reach: 'cases', label: 'See the own work, how old cases are, their clocks and how long they stay' },
  'read-team-load': { by: DISTRIBUTORS, reach: 'cases', label: 'See how much work everybody has' },
  'read-patterns': { by: CASE_ROLES, reach: 'cases', label: 'See the reviews of patterns' },
  'look-for-patterns': { by: PATTERN_REVIEWERS, reach: 'house', label: 'Look for patterns now' },
  'settle-pattern': { by: PATTERN_REVIEWERS, reach: 'cases', label: 'Take a review of a pattern, or decide it' },
  'read-survey-comments': { by: ['IRV', 'EXE'], reach: 'cases', label: 'Read what people added to the survey, without their cases' },
  'read-process': { by: [...CASE_ROLES, ...AUDITORS], reach: 'house', label: 'Read the process with its needs' },

  // ── audit ──
  'read-audit-list': { by: AUDITORS, reach: 'histories', label: 'List the histories' },
  'audit-house': { by: AUDITORS, reach: 'histories', label: 'Read the history of the house' },
  'audit-history': { by: AUDITORS, reach: 'histories', label: 'Read a history entry by entry' },
  'audit-case': { by: AUDITORS, reach: 'histories', label: 'Check a history against its rows' },
  'audit-custody': { by: AUDITORS, reach: 'histories', label: 'Read the custody of the files of a history' },
  'read-entry': { by: AUDITORS, reach: 'histories', label: 'Read an entry of the log' },
  'read-proof': { by: AUDITORS, reach: 'histories', label: 'Read a proof of the log' },

  // ── people ──
  'read-people': { by: ADMINISTRATORS, reach: 'house', label: 'See who works here' },
  'invite': { by: ADMINISTRATORS, reach: 'house', label: 'Invite somebody' },
  'read-person': { by: ADMINISTRATORS, reach: 'house', label: 'Open an account' },
  'change-roles': { by: ADMINISTRATORS, reach: 'house', label: 'Change roles' },
  'deactivate': { by: ADMINISTRATORS, reach: 'house', label: 'End an account' },
  'erase-account': { by: ADMINISTRATORS, reach: 'house', label: 'Erase an account' },
  'propose-recovery': { by: ADMINISTRATORS, reach: 'house', label: 'Propose to open an account again' },
  'read-recoveries': { by: RECOVERERS, reach: 'house', label: 'See which accounts wait to be opened again' },
  'settle-recovery': { by: RECOVERERS, reach: 'house', label: 'Agree to open an account again, or refuse it' },
  'read-roles': { by: STAFF_ROLES, reach: 'house', guests: true, label: 'See what each role may do' },

  // ── one's own account ──
  'read-account': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'See the own account' },
  'change-password': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Change the own password' },
  'replace-authenticator': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Set up another authenticator' },
  'link-single-sign-on': { by: STAFF_ROLES, reach: 'account', label: 'Link the own account to single sign-on' },
  'unlink-single-sign-on': { by: STAFF_ROLES, reach: 'account', label: 'Unlink the own account from single sign-on' },
  'begin-passkey': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Ask for another passkey' },
  'add-passkey': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Add a passkey' },
  'read-passkey': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Open a passkey of one’s own' },
  'remove-passkey': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Remove a passkey' },
  'create-token': { by: STAFF_ROLES, reach: 'account', label: 'Make a token for a program' },
  'revoke-token': { by: STAFF_ROLES, reach: 'account', label: 'End a token' },
  'end-session': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'End a session of one’s own' },
  'sign-out': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Sign out' },
  'sign-out-everywhere': { by: STAFF_ROLES, reach: 'account', guests: true, label: 'Sign out everywhere' },
  'read-code-form': { by: 'half-signed-in', reach: 'account', label: 'Be asked for a code' },
  'confirm-code': { by: 'half-signed-in', reach: 'account', label: 'Give a code' },
  'use-passkey': { by: 'half-signed-in', reach: 'account', label: 'Use a passkey' },
  'read-authenticator': { by: 'half-signed-in', reach: 'account', label: 'Be shown the secret of an authenticator, and asked for a passkey' },
  'set-up-authenticator': { by: 'half-signed-in', reach: 'account', label: 'Set up an authenticator' },
  'set-up-passkey': { by: 'half-signed-in', reach: 'account', label: 'Set up a first passkey' },
  'read-sign-in': { by: 'anyone', reach: 'public', label: 'Open the sign-in' },
  'sign-in': { by: 'anyone', reach: 'public', label: 'Sign in' },
  'begin-single-sign-on': { by: 'anyone', reach: 'public', label: 'Go to the provider of single sign-on' },
  'finish-single-sign-on': { by: 'anyone', reach: 'public', label: 'Come back from the provider of single sign-on' },
  'join-with-single-sign-on': { by: 'anyone', reach: 'public', label: 'Accept an invitation through single sign-on' },
  'read-invitation': { by: 'anyone', reach: 'public', label: 'Open an invitation' },
  'accept-invitation': { by: 'anyone', reach: 'public', label: 'Accept an invitation' },
  'read-recovery': { by: 'anyone', reach: 'public', label: 'Open the link of a recovery' },
  'recover-account': { by: 'anyone', reach: 'public', label: 'Open an account again' },

  // ── whoever holds a receipt ──
  'read-my-case': { by: 'rightsholder', reach: 'own-case', label: 'Read the own case' },
  'read-my-timeline': { by: 'rightsholder', reach: 'own-case', label: 'Read the own timeline' },
  'read-my-steps': { by: 'rightsholder', reach: 'own-case', label: 'See the own steps' },
  'read-my-step': { by: 'rightsholder', reach: 'own-case', label: 'Open the form of an own step' },
  'take-my-step': { by: 'rightsholder', reach: 'own-case', label: 'Take a step of one’s own' },
  'read-my-messages': { by: 'rightsholder', reach: 'own-case', label: 'Read the own messages' },
  'write-my-message': { by: 'rightsholder', reach: 'own-case', label: 'Write a message' },
  'read-my-evidence': { by: 'rightsholder', reach: 'own-case', label: 'List the own files' },
  'add-my-evidence': { by: 'rightsholder', reach: 'own-case', label: 'Add a file' },
  'open-my-evidence': { by: 'rightsholder', reach: 'own-case', label: 'Open a file' },
  'read-my-identity': { by: 'rightsholder', reach: 'own-case', label: 'See the own name and contact' },
  'change-identity': { by: 'rightsholder', reach: 'own-case', label: 'Change the own name and contact' },
  'read-my-alert': { by: 'rightsholder', reach: 'own-case', label: 'See whether an e-mail tells of news' },
  'set-my-alert': { by: 'rightsholder', reach: 'own-case', label: 'Be told of news by e-mail' },
  'end-my-alert': { by: 'rightsholder', reach: 'own-case', label: 'Be told of news by e-mail no more' },
  'read-my-consents': { by: 'rightsholder', reach: 'own-case', label: 'See what was agreed to' },
  'decide-consents': { by: 'rightsholder', reach: 'own-case', label: 'Agree, or take it back' },
  'read-my-survey': { by: 'rightsholder', reach: 'own-case', label: 'Open the survey after the end' },
  'answer-my-survey': { by: 'rightsholder', reach: 'own-case', label: 'Rate the process and its outcome' },
  'read-my-receipts': { by: 'rightsholder', reach: 'own-case', label: 'See the receipts of the case' },
  'add-receipt': { by: 'rightsholder', reach: 'own-case', label: 'Make a second receipt' },
  'replace-receipt': { by: 'rightsholder', reach: 'own-case', label: 'Replace the receipt' },
  'end-receipt': { by: 'rightsholder', reach: 'own-case', label: 'End a receipt' },
  'confirm-my-receipt-saved': { by: 'rightsholder', reach: 'own-case', label: 'Say that the receipt is saved' },
  'read-my-paper': { by: 'rightsholder', reach: 'own-case', label: 'Take away a copy of one’s own words, or the proof of lodging' },
  'leave-case': { by: 'rightsholder', reach: 'own-case', label: 'Close the case on this device' },

  // ── everybody ──
  'read-start': { by: 'anyone', reach: 'public', label: 'Open the first page' },
  'read-how-it-works': { by: 'anyone', reach: 'public', label: 'Read how it works' },
  'read-stories': { by: 'anyone', reach: 'public', label: 'Read the stories' },
  'read-public-statistics': { by: 'anyone', reach: 'public', label: 'Read the public statistics' },
  'leave-quickly': { by: 'anyone', reach: 'public', label: 'Leave in a hurry; closes the own case on this device' },
  'read-elsewhere': { by: 'anyone', reach: 'public', label: 'Read where else one can turn' },
  'read-safety': { by: 'anyone', reach: 'public', label: 'Read about safety of the own device' },
  'read-asset': { by: 'anyone', reach: 'public', label: 'Fetch styles and pictures of pages' },
  'read-api-document': { by: 'anyone', reach: 'public', label: 'Read the API document' },
  'read-lodge-form': { by: 'anyone', reach: 'public', label: 'Open the form of a complaint' },
  'read-draft': { by: 'anyone', reach: 'public', label: 'Read the own draft of a complaint' },
  'write-draft': { by: 'anyone', reach: 'public', label: 'Write the draft of a complaint' },
  'add-draft-file': { by: 'anyone', reach: 'public', label: 'Add a file to the own draft' },
  'remove-draft-file': { by: 'anyone', reach: 'public', label: 'Take a file out of the own draft' },
  'show-draft-code': { by: 'anyone', reach: 'public', label: 'Have a code made that opens the own draft' },
  'open-draft': { by: 'anyone', reach: 'public', label: 'Open the own draft with its code' },
  'leave-draft': { by: 'anyone', reach: 'public', label: 'Close the own draft on this device' },
  'delete-draft': { by: 'anyone', reach: 'public', label: 'Delete the own draft' },
  'read-join-form': { by: 'anyone', reach: 'public', label: 'Open the form for the code of a collective complaint' },
  'look-up-join-code': { by: 'anyone', reach: 'public', label: 'See where the code of a collective complaint leads' },
  'join-in-draft': { by: 'anyone', reach: 'public', label: 'Join a collective complaint with the own draft, or take that back' },
  'lodge': { by: 'anyone', reach: 'public', label: 'Lodge a complaint' },
  'confirm-receipt-saved': { by: 'anyone', reach: 'public', label: 'Say that the receipt is saved' },
  'draw-card': { by: 'anyone', reach: 'public', label: 'Print the card of a receipt' },
  'draw-paper': { by: 'anyone', reach: 'public', label: 'Take away a copy of one’s own words, or the proof of lodging, with a receipt' },
  'read-paper-form': { by: 'anyone', reach: 'public', label: 'Print the form of a complaint' },
  'read-open-form': { by: 'anyone', reach: 'public', label: 'Open the form for a receipt' },
  'open-case': { by: 'anyone', reach: 'public', label: 'Open the own case with a receipt' },
  'read-checkpoint': { by: 'anyone', reach: 'public', label: 'Read the signed checkpoint of the log' },
  'read-verifier-key': { by: 'anyone', reach: 'public', label: 'Read the key that checks signatures' },
  'read-tile': { by: 'anyone', reach: 'public', label: 'Read hashes of the log' },
} as const satisfies Record<string, ActRow>;

export type Act = keyof typeof ACTS;

/** Whether guests of one case may do this, too. */
export function isForGuests(act: Act): boolean {
  const { guests }: ActRow = ACTS[act];
  return guests === true;
}

/** Whether a member of staff with these roles may do this; never true for what is not for staff. */
export function mayDo(roles: readonly RoleCode[], act: Act): boolean {
  const { by }: ActRow = ACTS[act];
  return Array.isArray(by) && roles.some((role) => by.includes(role));
}
