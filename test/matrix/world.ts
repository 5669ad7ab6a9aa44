import { readdirSync } from 'node:fs';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { ApiTokens } from '../../src/people/api-tokens';
import { CASE_COOKIE, OFFICER_COOKIE } from '../../src/people/cookies';
import { Sessions } from '../../src/people/sessions';
import { unitHashOf } from '../../src/people/units';
import type { Officer } from '../../src/people/visitor';
import { Packets } from '../../src/casework/sharing/packets';
import { Receipts } from '../../src/casework/receipts';
import { TakeStep } from '../../src/casework/take-step';
import { OpenInEmergency } from '../../src/casework/team/open-in-emergency';
import { Case } from '../../src/records/entities/case';
import { Party } from '../../src/records/entities/party';
import { CASE_ROLES, STAFF_ROLES, holderRole, type RoleCode } from '../../src/rules/roles';
import { BREAK_GLASS_HOURS, REACH_OF } from '../../src/rules/sight';
import { Vault } from '../../src/vault/vault';
import { TEST_PASSWORD, TestApp } from '../harness/app';
import type { Engine } from '../harness/database';
import { SCOPE_CODES } from '../../src/rules/scopes';

/** What a case is to each member of staff of the world. */
export const KINDS = [
  'team',
  'foreign',
  'intake',
  'asked',
  'left',
  'opened',
  'over',
  'excluded',
  'unit',
  'recused',
] as const;
export type Kind = (typeof KINDS)[number];

/** Whoever asks: a member of staff with one role alone, holders of receipts, and who is nobody yet. */
export const OUTSIDERS = ['own', 'other', 'companion', 'half', 'nobody'] as const;
export type Who = RoleCode | (typeof OUTSIDERS)[number];
export const EVERYBODY: readonly Who[] = [...STAFF_ROLES, ...OUTSIDERS];
export const isStaff = (who: Who): who is RoleCode => (STAFF_ROLES as readonly string[]).includes(who);

export interface WorldCase {
  id: string;
  reference: string;
  ledgerId: string;
}

/** A case that nobody has, with names of the same form as those of a case. */
export const NO_CASE = { reference: 'RD-ZZZZ-ZZZZ', ledgerId: 'ffffffff-ffff-4fff-8fff-ffffffffffff' };

/** Written from the prose: who is kept out sees nothing; otherwise the role sees each case, those at intake, or what one is on the team of or opened a short while ago. */
export function sees(role: RoleCode, kind: Kind): boolean {
  if (kind === 'excluded' || kind === 'unit') return false;
  if (role === 'AUD') return true;
  if (kind === 'recused' || REACH_OF[role] === null) return false;
  if (REACH_OF[role] === 'EVERY' || kind === 'team' || kind === 'opened') return true;
  return REACH_OF[role] === 'INTAKE' && kind === 'intake';
}

interface Signed {
  /** Cookies of a browser. */
  cookie?: string;
  csrf?: string;
  /** Bearer token of a program. */
  token?: string;
}

const UNIT = 'Claims Berlin';
/** Where somebody sees the case, or would find a file in it. */
const WITH_FILE: readonly Kind[] = ['team', 'foreign', 'intake', 'opened', 'asked', 'excluded'];
const ACKNOWLEDGED = {
  noConflict: true,
  safeChannelChosen: true,
  jurisdiction: 'OTHER',
  isDataRightsRequest: false,
  reporterIsWorker: false,
  concernsListedLaw: false,
};

/**
 * A house with one member of staff for each role, all of one unit, and a case of every kind; what has to be done to a case before is done by
 * others, who belong to no unit.
 */
export class World {
  readonly staff = new Map<RoleCode, Officer>();
  readonly cases = new Map<Kind, WorldCase>();
  /** The case of the holder who is another one. */
  otherCase!: WorldCase;
  parties = {} as Record<'own' | 'other' | 'companion', string>;
  private readonly signed = new Map<Who, Signed>();
  private administrator!: string;
  private lead!: Officer;
  private intake!: Officer;

  private constructor(readonly app: TestApp) {}

  static async open(engine: Engine): Promise<World> {
    const world = new World(await TestApp.start(engine));
    await world.hire();
    for (const kind of KINDS) world.cases.set(kind, await world.lodge(kind));
    world.otherCase = await world.lodge('intake');
    await world.openOver();
    for (const kind of KINDS) await world.bringTo(kind);
    await world.giveReceipts();
    for (const who of EVERYBODY) await world.signInAgain(who);
    await world.app.integrate();
    return world;
  }

  as(who: Who): Signed {
    return this.signed.get(who)!;
  }

  private async afresh(who: Who): Promise<Signed> {
    if (who === 'nobody') return {};
    const sessions = this.app.get(Sessions);
    if (who === 'own' || who === 'other' || who === 'companion') {
      const party = await this.app.source.getRepository(Party).findOneByOrFail({ id: this.parties[who] });
      const held = { ...party, receiptHash: party.receiptHash! };
      const page = await sessions.startRightsholder(held, holderRole(party.role));
      const program = await sessions.startRightsholder(held, holderRole(party.role), 'program');
      return { cookie: `${CASE_COOKIE}=${page.token}`, csrf: page.csrfToken, token: program.token };
    }
    const { personId } = this.staff.get(who === 'half' ? 'TRI' : who)!;
    const { token, csrfToken } = await sessions.startOfficer(personId, who === 'half' ? 'CODE' : null);
    const cookie = `${OFFICER_COOKIE}=${token}`;
    if (who === 'half') return { cookie, csrf: csrfToken, token };
    return { cookie, csrf: csrfToken, token: this.as(who)?.token ?? (await this.tokenOf(personId)) };
  }

  take(visitor: Officer, kind: Kind, step: string, answers: Record<string, unknown>, agree?: boolean) {
    const { reference } = this.cases.get(kind)!;
    return this.app.get(TakeStep).run({ reference, step, visitor, answers, agree });
  }

  /** What was stored when this was asked the last time, and what the engine said of its changes until then. */
  private last?: { changes: string; tables: Map<string, string> };

  /** Everything that is stored, but for what a visit alone writes down. */
  async stored(): Promise<Map<string, string>> {
    const changes = await this.changes();
    if (changes !== this.last?.changes) this.last = { changes, tables: await this.read() };
    return new Map(this.last.tables).set('files', this.files());
  }

  /** Differs once anything is written: to read everything takes longer than what it is read for. */
  private async changes(): Promise<string> {
    const counter =
      this.app.database.engine === 'sqlite' ? 'total_changes()' : 'CAST(pg_current_snapshot() AS text)';
    const [row] = await this.app.source.query<{ changes: unknown }[]>(`SELECT ${counter} AS changes`);
    return String(row!.changes);
  }

  private files(): string {
    return (readdirSync(this.app.database.dataDir, { recursive: true }) as string[]).sort().join('\n');
  }

  private async read(): Promise<Map<string, string>> {
    const tables = new Map<string, string>();
    for (const { tableName } of this.app.source.entityMetadatas) {
      const rows = await this.app.source.query<Record<string, unknown>[]>(`SELECT * FROM "${tableName}"`);
      const lines = rows.map(({ seenAt: _, lastUsedOn: _day, ...row }) => JSON.stringify(row)).sort();
      tables.set(tableName, lines.join('\n'));
    }
    return tables;
  }

  private async hire(): Promise<void> {
    this.administrator = (await this.app.officer('ADM')).personId;
    this.lead = await this.join('TRI', null);
    this.intake = await this.join('INT', null);
    for (const role of STAFF_ROLES) this.staff.set(role, await this.join(role, UNIT));
  }

  private async join(role: RoleCode, unit: string | null): Promise<Officer> {
    const accounts = this.app.get(Accounts);
    const invitations = this.app.get(Invitations);
    const secret = await invitations.invite({ roles: [role], unit, invitedBy: this.administrator });
    const name = `${role} ${unit ?? 'of none'}`;
    const email = `${name.replaceAll(' ', '.').toLowerCase()}@example.org`;
    const { id } = await accounts.acceptInvitation(secret, { name, email, password: TEST_PASSWORD });
    const unitHash = unitHashOf(this.app.get(Vault), unit);
    return { kind: 'officer', personId: id, roles: [role], unitHash, sessionHash: '' };
  }

  private async lodge(kind: Kind): Promise<WorldCase> {
    const { reference, token } = await this.app.lodge({ narrative: `Secret words of ${kind}.` });
    if (WITH_FILE.includes(kind)) await this.addFile(token);
    const parts = [{ kind: 'COMPLAINT', n: 1, reason: 'All of it is needed.' }];
    await this.app.get(Packets).make(this.lead, reference, parts);
    const { id, ledgerId } = await this.app.source.getRepository(Case).findOneByOrFail({ reference });
    return { id, reference, ledgerId };
  }

  private async addFile(token: string): Promise<void> {
    const added = await this.app.ask('POST', '/api/v1/my-case/evidence', {
      token,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="letter.txt"\r\n\r\nDear applicant\r\n--xx--\r\n',
    });
    expect(added.status).toBe(201);
  }

  /** Opened in an emergency, long ago. */
  private async openOver(): Promise<void> {
    await this.breakGlass('over');
    this.app.time.goTo(new Date(this.app.time.now().getTime() + BREAK_GLASS_HOURS * 3_600_000).toISOString());
  }

  private async breakGlass(kind: Kind): Promise<void> {
    for (const role of CASE_ROLES)
      await this.app
        .get(OpenInEmergency)
        .run(this.staff.get(role)!, this.cases.get(kind)!.reference, 'Somebody is in danger.');
  }

  private async bringTo(kind: Kind): Promise<void> {
    if (kind === 'intake') return;
    await this.take(this.intake, kind, 'acknowledge', ACKNOWLEDGED);
    await this.take(this.lead, kind, 'begin-eligibility', { noConflict: true });
    await this.take(this.lead, kind, 'accept', { affectsPeople: true, plausibleLink: true });
    const workers = CASE_ROLES.map((role) => this.staff.get(role)!);
    if (['team', 'asked', 'left', 'excluded', 'recused'].includes(kind))
      for (const { personId, roles } of workers)
        await this.take(this.lead, kind, 'assign', { person: personId, role: roles[0] });
    if (['team', 'left', 'excluded'].includes(kind))
      for (const worker of workers)
        await this.take(worker, kind, 'declare-no-conflict', { noConflict: true });
    if (kind === 'left')
      for (const { personId } of workers)
        await this.take(this.lead, kind, 'end-assignment', { person: personId, reasons: 'Done.' });
    if (kind === 'recused')
      for (const worker of workers) await this.take(worker, kind, 'recuse', { recusalGround: 'CI-CLOSE' });
    if (kind === 'excluded')
      for (const { personId } of this.staff.values())
        await this.take(this.lead, kind, 'exclude', { exclusionGround: 'EX-NAMED', person: personId });
    if (kind === 'unit')
      await this.take(this.lead, kind, 'exclude', {
        exclusionGround: 'EX-UNIT',
        unit: ` ${UNIT.toUpperCase().replace(' ', '  ')}`,
      });
    if (kind === 'opened') await this.breakGlass(kind);
  }

  /** The complainant of the case that all staff are on the team of, one of another case, and somebody who stands beside the first. */
  private async giveReceipts(): Promise<void> {
    const parties = this.app.source.getRepository(Party);
    const own = await parties.findOneByOrFail({ caseId: this.cases.get('team')!.id });
    const other = await parties.findOneByOrFail({ caseId: this.otherCase.id });
    const holder = { kind: 'rightsholder', caseId: own.caseId, partyId: own.id, role: 'RH' } as const;
    const { tokenHash: sessionHash } = await this.app.source
      .query<{ tokenHash: string }[]>(`SELECT "tokenHash" FROM sessions WHERE "partyId" = '${own.id}'`)
      .then(([row]) => row!);
    await this.app.get(Receipts).add({ ...holder, sessionHash }, 'SUPPORTER');
    const companion = await parties.findOneByOrFail({ caseId: own.caseId, role: 'SUPPORTER' });
    this.parties = { own: own.id, other: other.id, companion: companion.id };
  }

  /** After what ended the sessions of a visitor. */
  async signInAgain(who: Who): Promise<void> {
    this.signed.set(who, await this.afresh(who));
  }

  private async tokenOf(personId: string): Promise<string> {
    const expiresAt = new Date(this.app.time.now().getTime() + 86_400_000).toISOString();
    return (await this.app.get(ApiTokens).create({ personId, scopes: SCOPE_CODES, label: 'test', expiresAt }))
      .token;
  }
}
