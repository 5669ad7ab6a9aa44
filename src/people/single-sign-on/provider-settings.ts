import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { ROLES, type RoleCode } from '../../rules/roles';

/** The OpenID Connect provider that staff may sign in with, and what its word counts for here. */
export interface ProviderSettings {
  /** `OIDC_ISSUER`, as the provider names itself; https, or http on this machine. */
  issuer: URL;
  /** `OIDC_CLIENT_ID`. */
  clientId: string;
  /** `OIDC_CLIENT_SECRET_FILE`; null: a public client, which PKCE alone protects. */
  secretFile: string | null;
  /** `OIDC_LABEL`: what people call the provider. */
  label: string;
  /** `OIDC_SCOPES`, `openid` among them. */
  scopes: string;
  /** `OIDC_GROUPS_CLAIM`. */
  groupsClaim: string;
  /** `OIDC_ROLES`: the roles that each group gives. Empty: administrators give roles. */
  rolesOfGroups: ReadonlyMap<string, readonly RoleCode[]>;
  /** `OIDC_CREATE_ACCOUNTS`: whether a stranger with a mapped group gets an account without an invitation. */
  createsAccounts: boolean;
  /** `OIDC_SECOND_FACTOR_ACR`: what the provider is asked for, and what proves a second factor when it says it. */
  secondFactorAcr: readonly string[];
  /** `OIDC_SECOND_FACTOR_AMR`: the same for methods of authentication (RFC 8176), without asking. */
  secondFactorAmr: readonly string[];
}

/** Null while nobody signs in through a provider. */
export class SingleSignOnSettings {
  constructor(readonly provider: ProviderSettings | null) {}
}

/** What proves knowledge alone: beside a password it is no second factor (RFC 8176, section 2). */
const KNOWLEDGE = ['pwd', 'pin', 'kba'];

/** Reads `OIDC_…`, all empty by default; throws a sentence that names the one to mend. */
export function readSingleSignOnSettings(env: NodeJS.ProcessEnv): SingleSignOnSettings {
  if (!env.OIDC_ISSUER) {
    refuseOrphans(env);
    return new SingleSignOnSettings(null);
  }
  if (!env.OIDC_CLIENT_ID)
    throw new Error('OIDC_ISSUER is set, so OIDC_CLIENT_ID must be what the provider calls Redress.');
  const rolesOfGroups = readRoles(env.OIDC_ROLES ?? '');
  return new SingleSignOnSettings({
    issuer: readIssuer(env.OIDC_ISSUER),
    clientId: env.OIDC_CLIENT_ID,
    secretFile: readableFile(env.OIDC_CLIENT_SECRET_FILE ?? ''),
    label: readLabel(env.OIDC_LABEL || 'single sign-on'),
    scopes: [...new Set(['openid', ...words(env.OIDC_SCOPES || 'openid profile email')])].join(' '),
    groupsClaim: env.OIDC_GROUPS_CLAIM || 'groups',
    rolesOfGroups,
    createsAccounts: createsAccounts(env.OIDC_CREATE_ACCOUNTS || 'no', rolesOfGroups.size > 0),
    secondFactorAcr: words(env.OIDC_SECOND_FACTOR_ACR ?? ''),
    secondFactorAmr: readMethods(env.OIDC_SECOND_FACTOR_AMR ?? ''),
  });
}

function refuseOrphans(env: NodeJS.ProcessEnv): void {
  const orphan = Object.keys(env).find((name) => name.startsWith('OIDC_') && env[name]);
  if (orphan)
    throw new Error(`${orphan} is set without OIDC_ISSUER. Name the provider there, or empty ${orphan}.`);
}

function readIssuer(text: string): URL {
  const issuer = URL.canParse(text) ? new URL(text) : null;
  if (!issuer || !isSafe(issuer) || issuer.search || issuer.hash || issuer.username || issuer.password)
    throw new Error(
      `OIDC_ISSUER is "${text}"; set it to the issuer as the provider's own document names it, such as https://login.example.org (http:// only on this machine; nothing after ? or #).`,
    );
  return issuer;
}

function isSafe({ protocol, hostname }: URL): boolean {
  const isHere =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

function readableFile(path: string): string | null {
  if (path === '') return null;
  readSecret(path);
  return path;
}

/** The secret of the client, read at each use, so that an agent may renew it. Throws a sentence for the operator. */
export function readSecret(path: string): string {
  let secret = '';
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch {
    // Said below, without what the system says of the path.
  }
  if (secret === '')
    throw Object.assign(
      new Error(
        `OIDC_CLIENT_SECRET_FILE is "${path}"; let it name a file that holds the secret alone and that the user of Redress may read, or leave it empty for a public client.`,
      ),
      { code: 'OIDC_CLIENT_SECRET_FILE' },
    );
  return secret;
}

function readLabel(label: string): string {
  if (label.length > 60 || /\p{Cc}/u.test(label))
    throw new Error(
      'OIDC_LABEL is what a button says after "Sign in with"; set it to at most 60 characters.',
    );
  return label;
}

function readRoles(text: string): Map<string, readonly RoleCode[]> {
  const roles = new Map<string, readonly RoleCode[]>();
  for (const pair of text.split(',').map((each) => each.trim())) {
    if (pair === '') continue;
    const [, group = '', codes = ''] = /^(.+?)\s*=\s*([A-Z+\s]+)$/.exec(pair) ?? [];
    const given = codes.split('+').map((code) => code.trim()) as RoleCode[];
    const strange = given.filter((code) => !(Object.hasOwn(ROLES, code) && ROLES[code].staff));
    if (group === '' || strange.length > 0)
      throw new Error(
        `OIDC_ROLES says "${pair}"; write each group as group=ROLE or group=ROLE+ROLE, with commas between them and codes of roles of staff, such as redress-leads=TRI+INV.`,
      );
    if (roles.has(group))
      throw new Error(`OIDC_ROLES names the group "${group}" twice; name it once, with + between its roles.`);
    roles.set(group, [...new Set(given)]);
  }
  return roles;
}

function createsAccounts(answer: string, hasRoles: boolean): boolean {
  if (answer !== 'yes' && answer !== 'no')
    throw new Error(`OIDC_CREATE_ACCOUNTS is "${answer}"; set it to yes or no.`);
  if (answer === 'yes' && !hasRoles)
    throw new Error(
      'OIDC_CREATE_ACCOUNTS is yes, so OIDC_ROLES must say which group gives which roles: otherwise an account would be made for everybody.',
    );
  return answer === 'yes';
}

function readMethods(text: string): string[] {
  const methods = words(text);
  const weak = methods.find((method) => KNOWLEDGE.includes(method));
  if (weak)
    throw new Error(
      `OIDC_SECOND_FACTOR_AMR names "${weak}", which is something to know, like the password. Name methods that prove a second factor, such as mfa, otp or hwk.`,
    );
  return methods;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
