import type { Answer, TestApp, TestOfficer } from '../../harness/app';
import { TEST_PASSWORD } from '../../harness/app';

type Fields = Record<string, string | string[]>;

/** A browser of a member of staff without a window: keeps cookies, sends back the hidden fields of the page it is on. */
export class DeskBrowser {
  readonly cookies = new Map<string, string>();
  private page = '';

  constructor(private readonly app: TestApp) {}

  /** Signed in as this officer. */
  static async of(app: TestApp, officer: TestOfficer): Promise<DeskBrowser> {
    const browser = new DeskBrowser(app);
    await browser.get('/sign-in');
    const answer = await browser.post('/sign-in', { email: officer.email, password: TEST_PASSWORD });
    if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status} ${answer.text}`);
    return browser;
  }

  async get(url: string): Promise<Answer> {
    return this.keep(await this.app.ask('GET', url, { headers: this.headers() }));
  }

  /** Sends a form with the hidden fields (`_csrf`, `revision`) of the page that was fetched last, unless others are given. */
  async post(url: string, fields: Fields = {}): Promise<Answer> {
    const form = new URLSearchParams(this.hidden());
    for (const [name, value] of Object.entries(fields)) {
      form.delete(name);
      for (const each of [value].flat()) form.append(name, each);
    }
    const headers = { ...this.headers(), 'content-type': 'application/x-www-form-urlencoded' };
    return this.keep(await this.app.ask('POST', url, { headers, body: form.toString() }));
  }

  /** Sends a file as a form does, the description first. */
  async upload(url: string, fileName: string, content: string, describes = ''): Promise<Answer> {
    return this.uploadAll(url, [[fileName, content]], describes);
  }

  /** The same with as many files as were chosen. */
  async uploadAll(
    url: string,
    files: [fileName: string, content: string][],
    describes = '',
  ): Promise<Answer> {
    const boundary = 'boundary-of-a-test';
    const body = [
      `--${boundary}`,
      'content-disposition: form-data; name="describes"',
      '',
      describes,
      ...files.flatMap(([fileName, content]) => [
        `--${boundary}`,
        `content-disposition: form-data; name="file"; filename="${fileName}"`,
        'content-type: text/html',
        '',
        content,
      ]),
      `--${boundary}--`,
      '',
    ].join('\r\n');
    const headers = { ...this.headers(), 'content-type': `multipart/form-data; boundary=${boundary}` };
    const address = `${url}?_csrf=${this.hidden()._csrf ?? ''}`;
    return this.keep(await this.app.ask('POST', address, { headers, body }));
  }

  /** Sends a form that may bring files, without any. */
  async postMultipart(url: string, fields: Record<string, string>): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const encoded = new Response(form);
    const headers = { ...this.headers(), 'content-type': encoded.headers.get('content-type')! };
    const body = Buffer.from(await encoded.arrayBuffer());
    const address = `${url}?_csrf=${this.hidden()._csrf ?? ''}`;
    return this.keep(await this.app.ask('POST', address, { headers, body }));
  }

  /** A hidden field of the page that was fetched last. */
  hiddenField(name: string): string {
    return this.hidden()[name]!;
  }

  /** Fetches the page that a form led to. */
  async follow(answer: Answer): Promise<Answer> {
    if (answer.status !== 303) throw new Error(`This is no redirect: ${answer.status} ${answer.text}`);
    return this.get(String(answer.headers.location).split('#')[0]!);
  }

  private hidden(): Record<string, string> {
    const fields = this.page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
    return Object.fromEntries([...fields].map(([, name, value]) => [name!, value!]));
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { cookie };
  }

  private keep(answer: Answer): Answer {
    for (const line of [answer.headers['set-cookie'] ?? []].flat().map(String)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    if (String(answer.headers['content-type']).startsWith('text/html')) this.page = answer.text;
    return answer;
  }
}

/** The words of a page, as somebody reads them: no tags, no entities. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
