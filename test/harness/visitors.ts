import { CASE_COOKIE, cookieName, OFFICER_COOKIE } from '../../src/people/cookies';
import type { Permit } from '../../src/people/permits';
import { Sessions } from '../../src/people/sessions';
import { Settings } from '../../src/platform/settings';
import { STAFF_ROLES } from '../../src/rules/roles';
import type { TestApp, TestOfficer } from './app';

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A session of a browser: what it sends as `cookie`, and what its forms bring. */
export interface BrowserSession {
  cookie: string;
  csrf: string;
}

/** Whoever a route may name, each able to come in anew: somebody with every role, a holder of a receipt, somebody without second factor. */
export class Visitors {
  private constructor(
    private readonly app: TestApp,
    readonly officer: TestOfficer,
    readonly mine: { reference: string; receipt: string; token: string },
  ) {}

  static async of(app: TestApp): Promise<Visitors> {
    return new Visitors(app, await app.officer(...STAFF_ROLES), await app.lodge());
  }

  /** The same people with a case of their own: what one of them does to theirs leaves the others'. */
  async withNewCase(): Promise<Visitors> {
    return new Visitors(this.app, this.officer, await this.app.lodge());
  }

  /** What a program of such a visitor brings. */
  tokenFor(who: Permit['who']): string | undefined {
    if (who === 'rightsholder') return this.mine.token;
    return Array.isArray(who) ? this.officer.token : undefined;
  }

  /** A new session of whom the route names; for anyone, of a member of staff. */
  async enter(who: Permit['who'], { personId } = this.officer): Promise<BrowserSession> {
    if (who === 'rightsholder') return this.open();
    const stage = who === 'half-signed-in' ? 'CODE' : null;
    const { token, csrfToken } = await this.app.get(Sessions).startOfficer(personId, stage);
    return { cookie: `${cookieName(OFFICER_COOKIE, this.app.get(Settings))}=${token}`, csrf: csrfToken };
  }

  private async open(): Promise<BrowserSession> {
    const body = `receipt=${encodeURIComponent(this.mine.receipt)}`;
    const opened = await this.app.ask('POST', '/my-case/open', { headers: FORM, body });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const name = cookieName(CASE_COOKIE, this.app.get(Settings));
    if (!cookie.startsWith(`${name}=`)) throw new Error(`The case was not opened: ${opened.text}`);
    const page = await this.app.ask('GET', '/my-case', { headers: { cookie } });
    return { cookie, csrf: /name="_csrf" value="([^"]+)"/.exec(page.text)![1]! };
  }
}
