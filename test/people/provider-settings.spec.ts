import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSingleSignOnSettings } from '../../src/people/single-sign-on/provider-settings';

const NAMED = { OIDC_ISSUER: 'https://login.example.org/realm', OIDC_CLIENT_ID: 'redress' };
const folder = mkdtempSync(join(tmpdir(), 'redress-secret-'));
const secretFile = join(folder, 'secret');
const emptyFile = join(folder, 'empty');
writeFileSync(secretFile, 'a secret\n');
writeFileSync(emptyFile, ' \n');

const read = (env: Record<string, string>) => readSingleSignOnSettings({ ...NAMED, ...env }).provider!;

describe('the settings of single sign-on', () => {
  it('are off while no issuer is named, whatever stands empty', () => {
    expect(readSingleSignOnSettings({}).provider).toBeNull();
    expect(readSingleSignOnSettings({ OIDC_ISSUER: '', OIDC_ROLES: '', PORT: '1' }).provider).toBeNull();
  });

  it('have defaults that give the provider no power over accounts', () => {
    expect(read({})).toEqual({
      issuer: new URL(NAMED.OIDC_ISSUER),
      clientId: 'redress',
      secretFile: null,
      label: 'single sign-on',
      scopes: 'openid profile email',
      groupsClaim: 'groups',
      rolesOfGroups: new Map(),
      createsAccounts: false,
      secondFactorAcr: [],
      secondFactorAmr: [],
    });
  });

  it('are read as they are written', () => {
    expect(
      read({
        OIDC_CLIENT_SECRET_FILE: secretFile,
        OIDC_LABEL: 'Example login',
        OIDC_SCOPES: 'email, groups',
        OIDC_GROUPS_CLAIM: 'https://example.org/groups',
        OIDC_ROLES: ' redress-intake=INT, /redress/leads = TRI + INV+TRI ,dn=board=ADM,',
        OIDC_CREATE_ACCOUNTS: 'yes',
        OIDC_SECOND_FACTOR_ACR: 'gold platinum',
        OIDC_SECOND_FACTOR_AMR: 'mfa,hwk',
      }),
    ).toMatchObject({
      secretFile,
      label: 'Example login',
      scopes: 'openid email groups',
      groupsClaim: 'https://example.org/groups',
      rolesOfGroups: new Map([
        ['redress-intake', ['INT']],
        ['/redress/leads', ['TRI', 'INV']],
        ['dn=board', ['ADM']],
      ]),
      createsAccounts: true,
      secondFactorAcr: ['gold', 'platinum'],
      secondFactorAmr: ['mfa', 'hwk'],
    });
  });

  it.each([
    'https://login.example.org',
    'http://localhost:8080/realms/x',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ])('take %s as an issuer', (issuer) => {
    expect(read({ OIDC_ISSUER: issuer }).issuer.href).toBe(new URL(issuer).href);
  });

  it.each([
    ['OIDC_ISSUER', 'login.example.org'],
    ['OIDC_ISSUER', 'http://login.example.org'],
    ['OIDC_ISSUER', 'http://127.example.org'],
    ['OIDC_ISSUER', 'http://localhost.example.org'],
    ['OIDC_ISSUER', 'ftp://localhost'],
    ['OIDC_ISSUER', 'https://login.example.org?tenant=1'],
    ['OIDC_ISSUER', 'https://login.example.org/#x'],
    ['OIDC_ISSUER', 'https://name:word@login.example.org'],
    ['OIDC_CLIENT_ID', ''],
    ['OIDC_CLIENT_SECRET_FILE', join(folder, 'none')],
    ['OIDC_CLIENT_SECRET_FILE', folder],
    ['OIDC_CLIENT_SECRET_FILE', emptyFile],
    ['OIDC_LABEL', 'x'.repeat(61)],
    ['OIDC_ROLES', 'intake'],
    ['OIDC_ROLES', 'intake='],
    ['OIDC_ROLES', '=INT'],
    ['OIDC_ROLES', 'intake=INTAKE'],
    ['OIDC_ROLES', 'intake=int'],
    ['OIDC_ROLES', 'intake=INT+'],
    ['OIDC_ROLES', 'intake=RH'],
    ['OIDC_ROLES', 'intake=SYS'],
    ['OIDC_ROLES', 'intake=INT,intake=TRI'],
    ['OIDC_CREATE_ACCOUNTS', 'true'],
    ['OIDC_CREATE_ACCOUNTS', 'yes'],
    ['OIDC_SECOND_FACTOR_AMR', 'mfa,pwd'],
  ])('stop the start with a sentence that names %s when it is "%s"', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`\\b${name}\\b`));
  });

  it('stop the start when something is set of a provider that nobody named', () => {
    expect(() => readSingleSignOnSettings({ OIDC_ROLES: 'intake=INT' })).toThrow(
      /^OIDC_ROLES is set without OIDC_ISSUER/,
    );
  });
});
