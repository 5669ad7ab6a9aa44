import type { Page } from 'playwright-core';
import { DRAFT_COOKIE, cookieName } from '../../src/people/cookies';
import { Settings } from '../../src/platform/settings';
import { LODGING_QUESTIONS, questionsFor } from '../../src/rules/lodging-questions';
import type { Answer, TestApp } from './app';
import { FORM } from './visitors';

type Fields = Record<string, string>;

export interface SentFile {
  name: string;
  content: string | Buffer;
  describes?: string;
}

const BOUNDARY = 'boundary-of-a-lodging';

/** A form with files, as a browser sends it. */
export function multipart(parts: readonly [name: string, content: string | Buffer, fileName?: string][]) {
  const body = Buffer.concat([
    ...parts.flatMap(([name, content, fileName]) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, body };
}

/** Somebody without script who writes a complaint page by page: sends the forms as they are drawn, and keeps the cookie as a browser does. */
export class LodgingPages {
  cookie = '';

  constructor(
    private readonly app: TestApp,
    readonly language = 'en',
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  post(path: string, fields: Fields): Promise<Answer> {
    return this.ask('POST', path, FORM, new URLSearchParams(fields).toString());
  }

  /** Sends the form at this address of this page, with its hidden fields. */
  press(page: Answer, action: string, fields: Fields = {}): Promise<Answer> {
    return this.post(action, { ...hiddenIn(page.text, action), ...fields });
  }

  /** Opens a question and answers it. */
  async answer(question: string, fields: Fields, go = 'next'): Promise<Answer> {
    const page = await this.get(`/lodge/${question}`);
    return this.press(page, `/lodge/${question}`, { ...fields, go });
  }

  /** Sends the form of the page of files; `page` when it was opened before. */
  async addFile({ name, content, describes = '' }: SentFile, go = 'add', page?: Answer): Promise<Answer> {
    const { text } = page ?? (await this.get('/lodge/files'));
    const address = /action="(\/lodge\/files\?[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    const { headers, body } = multipart([
      ['file', content, name],
      ['describes', describes],
      ['go', go],
    ]);
    return this.ask('POST', address, headers, body);
  }

  /** Presses the last button: what is answered is the page of the receipt. */
  async send(): Promise<Answer> {
    return this.press(await this.get('/lodge/check'), '/lodge');
  }

  /** Answers what is given, each on its page, adds the files, and sends it. */
  async lodge(answers: Fields = { narrative: 'It refused me.' }, files: SentFile[] = []): Promise<Answer> {
    for (const { name, fields } of LODGING_QUESTIONS) {
      const own = (fields as readonly string[]).filter((field) => field in answers);
      if (own.length === 0) continue;
      const answer = await this.answer(
        name,
        Object.fromEntries(own.map((field) => [field, answers[field]!])),
      );
      if (answer.status !== 303) throw new Error(`“${name}” was refused: ${answer.status} ${answer.text}`);
    }
    for (const file of files) await this.addFile(file);
    return this.send();
  }

  private async ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<Answer> {
    const isChosen = this.language === 'en' || path.includes('lang=');
    const url = isChosen ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${this.language}`;
    const cookie: Record<string, string> = this.cookie ? { cookie: this.cookie } : {};
    const answer = await this.app.ask(method, url, {
      headers: { ...this.headers, ...headers, ...cookie },
      ...(body === undefined ? {} : { body }),
    });
    const name = cookieName(DRAFT_COOKIE, this.app.get(Settings));
    for (const set of [answer.headers['set-cookie'] ?? []].flat())
      if (set.startsWith(`${name}=`)) {
        const value = set.split(';')[0]!;
        this.cookie = value === `${name}=` ? '' : value;
      }
    return answer;
  }
}

/** The hidden fields of the form with this address. */
export function hiddenIn(html: string, action: string): Fields {
  const form = html
    .split('<form ')
    .find((each) => new RegExp(`action="${action.replace(/[?].*$/, '')}(\\?[^"]*)?"`).test(each));
  if (!form) throw new Error(`There is no form for ${action} on this page: ${html}`);
  const inputs = form.split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name!, value!]));
}

/** The receipt on the page that shows it. */
export function receiptIn({ text }: Answer): string {
  const receipt = /class="receipt"><bdi dir="ltr">([\d ]{29})</.exec(text)?.[1];
  if (!receipt) throw new Error(`This is no page with a receipt: ${text}`);
  return receipt;
}

/** From the first page of the house to the receipt, in a browser: answers what is given and passes over the rest. */
export async function lodgeInBrowser(
  page: Page,
  answers: Record<string, string | null | undefined>,
  {
    look = async () => undefined,
    files = [],
  }: {
    look?: (name: string) => Promise<unknown>;
    files?: { name: string; mimeType: string; buffer: Buffer }[];
  } = {},
): Promise<void> {
  await page.locator('a.govuk-button').first().click();
  await look('lodge');
  await page.locator('a.govuk-button').first().click();
  const said = Object.fromEntries(Object.entries(answers).map(([field, value]) => [field, value ?? '']));
  for (const { name, fields } of questionsFor(said)) {
    if (!new URL(page.url()).pathname.endsWith(`/lodge/${name}`))
      throw new Error(`“${name}” was expected, this is ${page.url()}: ${await page.innerText('main')}`);
    for (const field of fields) {
      const value = answers[field];
      if (value === undefined || value === null) continue;
      const input = page.locator(`[name="${field}"]`);
      const kind = await input.first().getAttribute('type');
      if (field === 'country') await input.selectOption(value);
      else if (kind === 'radio') await page.check(`[name="${field}"][value="${value}"]`);
      else if (kind === 'checkbox') await input.check();
      else await input.fill(value);
    }
    if (name === 'files')
      for (const file of files) {
        await page.setInputFiles('#file-1', file);
        // Sent in parts, the page that answers may be on its way when the click is over.
        await Promise.all([page.waitForEvent('framenavigated'), page.click('button[value="add"]')]);
      }
    await look(`lodge-${name}`);
    await page.click('button[value="next"]');
    if (new URL(page.url()).pathname.endsWith('/elsewhere')) {
      await look('lodge-elsewhere');
      await page.locator('main a.govuk-button').click();
    }
  }
  await look('lodge-check');
  await page.locator('form[action^="/lodge"]:not([action*="/lodge/"]) button').click();
}
