import { ASKS, type Ask, type AskName } from '../../rules/asks';
import { languageName } from '../../rules/languages';
import { codeLabel } from './code-label';

/** One answer as a page shows it. `written`: words of a person, shown exactly as they stand. */
export interface AnswerLine {
  label: string;
  values: string[];
  written: boolean;
}

/** Answers of a step in plain words; `names` turns the ids of people into names. */
export function answerLines(
  answers: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): AnswerLine[] {
  return Object.entries(answers).map(([name, answer]) => {
    const ask: Ask | undefined = Object.hasOwn(ASKS, name) ? ASKS[name as AskName] : undefined;
    return {
      label: ask?.label ?? columnLabel(name),
      values: valuesOf(name, ask, answer, names),
      written: ask?.kind === 'text' || ask?.kind === 'textByAction',
    };
  });
}

function valuesOf(
  name: string,
  ask: Ask | undefined,
  answer: unknown,
  names: ReadonlyMap<string, string>,
): string[] {
  if (Array.isArray(answer)) return answer.map((code) => codeLabel(name, String(code)));
  if (typeof answer === 'object' && answer !== null)
    return Object.entries(answer).map(([n, each]) => `Action ${n}: ${codeLabel(name, String(each))}`);
  if (typeof answer === 'boolean') return [answer ? 'Yes' : 'No'];
  if (ask?.kind === 'person') return [names.get(String(answer)) ?? 'A person who is no longer here'];
  if (ask?.kind === 'language') return [languageName(String(answer))];
  if (ask?.kind === 'code') return [codeLabel(name, String(answer))];
  return [String(answer)];
}

/** Coded facts of a ledger entry as “label: value”, in plain words; ids stay as they are. */
export function factLines(facts: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(facts).map(([name, fact]) => ({
    label: Object.hasOwn(ASKS, name) ? ASKS[name as AskName].label : columnLabel(name),
    value: factValue(name, fact),
  }));
}

function factValue(name: string, fact: unknown): string {
  if (Array.isArray(fact)) return fact.map((each) => factValue(name, each)).join('; ');
  if (typeof fact === 'boolean') return fact ? 'Yes' : 'No';
  if (Object.hasOwn(ASKS, name) && typeof fact === 'object' && fact !== null)
    return valuesOf(name, ASKS[name as AskName], fact, new Map()).join('; ');
  if (typeof fact === 'string') return codeLabel(name, fact);
  return typeof fact === 'number' ? String(fact) : JSON.stringify(fact);
}

/** What was assessed of a case, column by column, with what is still unknown left out. */
export function assessmentLines(assessment: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(assessment)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([column, value]) => ({ label: columnLabel(column), value: factValue(column, value) }));
}

const OTHER_LABELS: Record<string, string> = {
  tier: 'Tier',
  writtenDownBy: 'Written down for the person by',
  agreedTo: 'Agreed to',
  alert: 'Brought to a protection officer',
  checkIn: 'Number of the check-in',
  agreement: 'Agreement on the remedy',
  channel: 'Came by',
  contact: 'Contact',
  reprisalReviewOn: 'Risk of reprisal to be looked at again by',
  interimRequired: 'Interim measure required',
  evidence: 'File number',
  goesOn: 'A further page',
  guest: 'Number of the guest',
  redaction: 'Masked version, number',
  sharedKind: 'Of what',
  sharedNumber: 'Its number',
  marks: 'Marks in it',
  maskedFrom: 'Masked copy of file number',
  maskedFromSha256: 'SHA-256 of that file',
  packet: 'Number of the packet',
  packetTexts: 'Texts in it',
  packetFiles: 'Files in it',
  packetWhole: 'Of these, whole',
  download: 'How often it was taken out by then',
  fault: 'Fault',
  file: 'File',
  lettersDraft: 'Drafted letter, version',
  draftEdited: 'Drafted letter edited',
  handling: 'Handling',
  scan: 'Virus scan',
  workingSha256: 'SHA-256 of the working copy',
  identityFrom: 'Identity before',
  identityTo: 'Identity now',
  legalHold: 'Legal hold',
  message: 'Message number',
  name: 'Name',
  policyVersion: 'Version of the rules',
  looser: 'Looser than the version before',
  leftToNobody: 'Left to roles that no active account had',
  missingKeys: 'Keys that were gone before',
  list: 'Digest of the list',
  proposal: 'Proposal',
  proposedBy: 'Proposed by',
  saidNoTo: 'Said no to',
  under: 'Under',
  schedule: 'Schedule',
  groups: 'Affected groups, as people named them',
  sensitiveNoted: 'Groups of a special category were noted (GDPR Art. 9)',
  textKept: 'Text kept (none is after too many on one day)',
  cases: 'Cases',
  erased: 'Cases erased',
  keptBack: 'Cases kept back',
  batch: 'Batch',
  number: 'Number in the batch',
  of: 'Cases in the batch',
  keys: 'Keys destroyed',
  values: 'Texts erased',
  files: 'Files erased',
  receipts: 'Receipts ended',
  sha256: 'SHA-256',
  shown: 'Cases shown',
  sizeInBytes: 'Size in bytes',
  verification: 'Verified by the complainant',
  words: 'Words searched for',
};

function columnLabel(column: string): string {
  if (OTHER_LABELS[column]) return OTHER_LABELS[column];
  const asked = Object.values<Ask>(ASKS).find((ask) => 'column' in ask && ask.column === column);
  return asked?.label ?? column;
}
