import type { Asked } from '../harness/app';
import { TEST_PASSWORD } from '../harness/app';
import type { Act } from '../../src/rules/acts';
import type { Route } from './routes';
import { NO_CASE, type World } from './world';

/** How a request is to be wrong, if it is. */
export const VARIANTS = ['right', 'stale', 'missing', 'bad'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Named {
  reference: string;
  ledgerId: string;
  revision: number;
}

type Fields = Record<string, unknown>;
/** What a form brings as its file. */
class SentFile {
  constructor(readonly content: string) {}
}
type Body = (world: World, named: Named) => Fields | SentFile;

const NONE = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const SECRET = 'x'.repeat(43);
const REASON = 'Long enough for a reason.';
const nothing: Body = () => ({});

/**
 * What is sent to each act that changes something: what would be taken, or what is refused only after it is known whether the visitor may
 * see the case. An act that is missing here fails the test, so that whoever adds one thinks of this.
 */
const BODIES: Partial<Record<Act, Body>> = {
  'take-step': ({ staff }) => ({ person: staff.get('INV')!.personId, note: 'Go on.' }),
  'lodge-for-somebody': () => new SentFile('Dear colleague'),
  'write-message': () => ({ text: 'We look at it.' }),
  'add-evidence': () => new SentFile('Dear colleague'),
  'open-original': () => ({ reason: REASON }),
  'mask-text': () => ({ kind: 'COMPLAINT', n: 1, of: 'COMPLAINT 1', passages: ['benefit'] }),
  'paint-file': () => ({ rectangles: [{ left: 0, top: 0, width: 50, height: 50 }] }),
  'mask-file': () => new SentFile('Dear colleague'),
  'make-packet': () => ({ parts: [{ kind: 'COMPLAINT', n: 1, reason: REASON }] }),
  'download-packet': nothing,
  'erase-on-request': nothing,
  'answer-asked': nothing,
  'hand-over-cases': () => ({ person: NONE, note: 'Go on.' }),
  'break-glass': (_, { reference }) => ({ reference, reason: REASON }),
  'change-many-cases': (_, { reference, revision }) => ({
    step: 'write-internal-note',
    press: 'do',
    cases: `${reference} ${revision}`,
    internalNote: 'One for all.',
  }),
  'keep-views': () => ({ name: 'Mine', isShared: true }),
  'search-cases': () => ({ words: 'secret words' }),
  'export-queue': () => ({ words: 'secret words' }),
  'propose-disposal': (_, { reference }) => ({
    schedule: 'RS-CASE',
    reason: REASON,
    references: [reference],
  }),
  'settle-disposal': nothing,
  'draft-policy': () => ({ seen: 'none', kind: 'SECOND_PERSON', of: 'accept', code: 'DEC', amendments: [] }),
  'settle-policy': () => ({ seen: 'none', decision: 'publish', publish: true }),
  'draft-routing': () => ({ seen: 'none', harms: 'AIH-01', track: 'DIALOGUE' }),
  'settle-routing': () => ({ seen: 'none', switch: 'on' }),
  'draft-wording': () => ({ subject: 'Hello', body: 'We have it.', seen: 'none', version: 9 }),
  'empty-wording': () => ({ emptyingReason: 'It names a person.', seen: 'none' }),
  'settle-wording': () => ({ switch: 'on', on: true, seen: 'none' }),
  invite: () => ({ roles: ['INT'] }),
  'change-roles': () => ({ roles: ['INT'] }),
  deactivate: nothing,
  'erase-account': nothing,
  'propose-recovery': nothing,
  'settle-recovery': nothing,
  'change-password': nothing,
  'replace-authenticator': nothing,
  'create-token': () => ({ label: 'mine', until: '2026-12-24' }),
  'revoke-token': nothing,
  'end-session': nothing,
  'sign-out': nothing,
  'sign-out-everywhere': nothing,
  'link-single-sign-on': nothing,
  'unlink-single-sign-on': nothing,
  'begin-passkey': nothing,
  'add-passkey': nothing,
  'remove-passkey': nothing,
  'use-passkey': nothing,
  'set-up-passkey': nothing,
  'confirm-code': () => ({ code: '000000' }),
  'set-up-authenticator': () => ({ code: '000000' }),
  'sign-in': () => ({ email: 'int.claims.berlin@example.org', password: TEST_PASSWORD }),
  'accept-invitation': nothing,
  'recover-account': nothing,
  'take-my-step': () => ({ reply: 'In June.' }),
  'write-my-message': () => ({ text: 'Are you there?' }),
  'add-my-evidence': () => new SentFile('Dear colleague'),
  'change-identity': nothing,
  'set-my-alert': () => ({ address: 'rosa@elsewhere.example' }),
  'end-my-alert': nothing,
  'decide-consents': () => ({ code: 'CN-STAT', given: true }),
  'answer-my-survey': () => ({ fair: 4 }),
  'add-receipt': () => ({ holder: 'SUPPORTER' }),
  'replace-receipt': nothing,
  'end-receipt': nothing,
  'confirm-my-receipt-saved': () => ({ saved: 'yes' }),
  'leave-case': nothing,
  'write-draft': () => ({ narrative: 'Another complaint.' }),
  'add-draft-file': () => new SentFile('Dear colleague'),
  'remove-draft-file': () => ({ file: NONE }),
  'show-draft-code': nothing,
  'open-draft': () => ({ code: 'BCDF BCDF BCDF BCDF BCDF' }),
  'leave-draft': nothing,
  'delete-draft': nothing,
  'look-up-join-code': () => ({ joinCode: 'BCDF BCDF BCDF BCDF BCDF' }),
  'join-in-draft': () => ({ joinCode: 'BCDF BCDF BCDF BCDF BCDF', 'consent.CN-GROUP': 'yes' }),
  lodge: () => ({ narrative: 'Another complaint.' }),
  'confirm-receipt-saved': () => ({ saved: 'yes' }),
  'draw-card': nothing,
  'draw-paper': () => ({ receipt: '00000 00000 00000 00000 00000' }),
  'keep-vendors': () => ({ companyName: 'Acme' }),
  'retire-vendor': () => ({ retired: true }),
  'keep-systems': () => ({
    systemName: 'Scorer',
    purpose: 'It rates.',
    useDomain: 'DOM-OTH',
    lifecycleStage: 'LC-OPER',
  }),
  'retire-system': () => ({ retired: true }),
  'record-of-system': () => ({ recordKind: 'VERSION', happenedOn: '2026-11-01', recordTitle: '1.0' }),
  'strike-record-of-system': () => ({ strikeReason: 'Wrong.' }),
  'look-for-patterns': nothing,
  'settle-pattern': () => ({ patternDecision: 'PD-WATCH', decisionReasons: REASON }),
  'keep-engagements': () => ({
    engagementTitle: 'Workshop',
    engagementKind: 'EG-CONSULT',
    heldOn: '2026-11-01',
    consultedGroups: ['AG-BENEF'],
    changeAdopted: 'AD-OPEN',
  }),
  'retire-engagement': () => ({ retired: true }),
  'keep-leverage': () => ({
    measureTitle: 'Audit',
    vendorNumber: 1,
    leverageMeasure: 'LV-AUDIT',
    takenOn: '2026-11-01',
    measureOwner: 'Purchasing',
    leverageResult: 'LR-WORKED',
  }),
  'retire-leverage': () => ({ retired: true }),
  'keep-tenders': () => ({
    tenderTitle: 'Lot 7',
    tenderSide: 'TS-BID',
    buyerKind: 'BK-STATE',
    country: 'FR',
    tenderDecision: 'TD-OPEN',
  }),
  'retire-tender': () => ({ retired: true }),
  'keep-frameworks': () => ({
    frameworkName: 'Policy',
    frameworkKind: 'FK-OWN',
    jurisdictionName: 'Here',
    frameworkAsks: 'A human decides.',
    frameworkSource: 'Intranet',
    inForce: 'FS-FORCE',
  }),
  'retire-framework': () => ({ retired: true }),
  'verify-framework': () => ({ verifiedSource: 'https://example.org/law' }),
  'keep-case-law': () => ({
    caseTitle: 'A v B',
    court: 'Court',
    jurisdictionName: 'Here',
    decidedYear: 2026,
    legalPoint: 'A human decides.',
  }),
  'retire-case-law': () => ({ retired: true }),
  'verify-case-law': () => ({ verifiedSource: 'https://example.org/case' }),
  'link-register-case': (_, { reference }) => ({ reference }),
  'empty-register-text': () => ({ part: 'remarks', emptyingReason: REASON }),
  'open-case': () => ({ receipt: '00000 00000 00000 00000 00000' }),
};

/** Acts whose answers of the API take the fields of a step apart. */
const STEPS: readonly Act[] = ['take-step', 'take-my-step'];
/** Acts that end the session they are done in, or others of the same visitor. */
const ENDING: readonly Act[] = [
  'sign-out',
  'sign-out-everywhere',
  'leave-case',
  'leave-quickly',
  'replace-receipt',
];

export const endsSessions = ({ act }: Route): boolean => ENDING.includes(act);

/** Whether the address or the body of this route has a place for a case. */
export function namesCase(world: World, route: Route): boolean {
  const named = { ...NO_CASE, revision: 1 };
  return (
    /:(reference|ledgerId)/.test(route.path) ||
    JSON.stringify(bodyOf(world, route, named)).includes(NO_CASE.reference)
  );
}

/** The address of a route. Throws where a part of it is unknown: add it here. */
function addressOf({ path, act }: Route, { reference, ledgerId }: Named, variant: Variant): string {
  const isBad = variant === 'bad';
  const parts: Record<string, string> = {
    reference,
    ledgerId,
    step: isBad
      ? 'no-such-step'
      : act === 'take-step' || act === 'read-step'
        ? 'hand-over'
        : 'answer-question',
    n: isBad ? '99' : '1',
    number: isBad ? '99' : '1',
    id: NONE,
    secret: SECRET,
    level: '0',
    index: '0',
    name: path.includes('/papers/') ? 'copy.txt' : 'redress.css',
    kind: path.startsWith('/api/') ? 'BLOCK' : 'blocks',
    wording: 'thanks',
    question: 'what-happened',
    language: 'en',
    format: 'csv',
  };
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (!(name in parts)) throw new Error(`No example for “:${name}” of ${path}. Add one to addressOf.`);
    return parts[name]!;
  });
}

function bodyOf(world: World, route: Route, named: Named): Fields | SentFile {
  if (!route.changes) return {};
  const body = BODIES[route.act];
  if (!body) throw new Error(`No example of what is sent to ${route.name}. Add one to BODIES.`);
  return body(world, named);
}

const HAS_INPUT = /:(n|step)\b/;

/** The ways in which it is worth asking this route for a case that is hidden. */
export function variantsOf(route: Route): readonly Variant[] {
  if (route.changes) return VARIANTS;
  return HAS_INPUT.test(route.path) ? ['right', 'bad'] : ['right'];
}

/** How to ask for what is let in: as it would be taken, but for files. */
export function variantLetIn({ act }: Route): Variant {
  return ['add-evidence', 'add-my-evidence', 'mask-file'].includes(act) ? 'missing' : 'right';
}

/** One request to this route by this visitor about this case. */
export function request(
  world: World,
  route: Route,
  signed: { cookie?: string; csrf?: string; token?: string },
  named: Named,
  variant: Variant,
): { url: string; asked: Asked } {
  const url = addressOf(route, named, variant);
  const body = bodyOf(world, route, named);
  const sent = variant === 'bad' ? onlyReference(body) : variant === 'missing' ? emptied(body) : body;
  const revision = { right: named.revision, stale: named.revision + 100, missing: null, bad: 1 }[variant];
  return route.isApi
    ? { url, asked: ofProgram(route, signed.token, sent, revision) }
    : { url: withCsrf(route, url, sent, signed.csrf), asked: ofPerson(route, signed, sent, revision) };
}

/** A file is looked at for long; an empty one is refused after everything else was decided. */
function emptied(body: Fields | SentFile): Fields | SentFile {
  return body instanceof SentFile ? new SentFile('') : body;
}

/** Bad input: nothing is said but which case is meant. */
function onlyReference(body: Fields | SentFile): Fields {
  if (body instanceof SentFile) return {};
  const { reference, references } = body;
  return { ...(reference ? { reference } : {}), ...(references ? { references } : {}) };
}

const BOUNDARY = 'boundary-of-a-test';
const fileOf = (content: string) =>
  [
    `--${BOUNDARY}`,
    'content-disposition: form-data; name="file"; filename="letter.txt"',
    'content-type: text/plain',
    '',
    content,
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');
const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

function ofProgram(
  route: Route,
  token: string | undefined,
  body: Fields | SentFile,
  revision: number | null,
): Asked {
  const headers: Record<string, string> = revision === null ? {} : { 'if-match': `"${revision}"` };
  const bearer = token ? { token } : {};
  if (!route.changes || route.method === 'DELETE') return { ...bearer, headers };
  if (body instanceof SentFile)
    return { ...bearer, headers: { ...headers, ...MULTIPART }, body: fileOf(body.content) };
  const { reference, ...others } = body;
  // Elsewhere the address of a program names the case.
  const fields = route.act === 'link-register-case' ? { reference, ...others } : ofMany(route, others);
  return { ...bearer, headers, body: STEPS.includes(route.act) ? { answers: fields } : fields };
}

/** As a program names many cases: the boxes of the page hold reference and revision in one line. */
function ofMany({ act }: Route, { press: _, ...fields }: Fields): Fields {
  const { step, cases, ...answers } = fields;
  if (act !== 'change-many-cases' || typeof cases !== 'string') return fields;
  const [reference, revision] = cases.split(' ');
  return { step, cases: [{ reference, revision: Number(revision) }], answers };
}

function ofPerson(
  route: Route,
  { cookie, csrf }: { cookie?: string; csrf?: string },
  body: Fields | SentFile,
  revision: number | null,
): Asked {
  const cookies: Record<string, string> = cookie ? { cookie } : {};
  if (!route.changes) return { headers: cookies };
  if (body instanceof SentFile) return { headers: { ...cookies, ...MULTIPART }, body: fileOf(body.content) };
  const form = new URLSearchParams({
    ...(csrf ? { _csrf: csrf } : {}),
    ...(revision === null ? {} : { revision: String(revision) }),
  });
  for (const [name, value] of Object.entries(body))
    for (const each of [value].flat()) form.append(name, each === true ? 'yes' : String(each));
  return {
    headers: { ...cookies, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

/** A form with a file brings the token of its session in the address. */
function withCsrf(route: Route, url: string, body: Fields | SentFile, csrf?: string): string {
  return route.changes && body instanceof SentFile && csrf ? `${url}?_csrf=${csrf}` : url;
}
