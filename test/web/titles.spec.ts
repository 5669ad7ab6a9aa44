import { LANGUAGES, has, say, type Language } from '../../src/words/words';
import { Accounts } from '../../src/people/accounts';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { addressOf, routesOf } from '../harness/routes';
import { Visitors } from '../harness/visitors';

/** Words that tell whoever looks over a shoulder, or at the history of a shared browser, what a page is about. */
const TELLING = {
  en: /complain|case|receipt|grievance|harm|remed|appeal|erase|evidence|discriminat|withdraw|reference/i,
  fr: /plainte|dossier|réclamation|reçu|préjudice|réparation|recours|effac|preuve|retir/i,
  es: /queja|reclam|caso|recibo|daño|reparaci|recurso|borra|prueba|retir/i,
  ar: /شكو|قضي|إيصال|ضرر|انتصاف|استئناف|محو|دليل/,
  zh: /投诉|案件|个案|回执|伤害|损害|补救|申诉|复核|删除|证据|歧视|撤回/,
  ru: /жалоб|дел[оау]\b|квитанц|вред|возмещ|пересмотр|апелляц|удал|стёр|доказат|отозва/i,
  pt: /reclama|queixa|caso|processo|código de acesso|dano|repara|recurso|apag|prova|retir/i,
  de: /beschwer|fall\b|akte|zugangscode|schaden|wiedergutmach|widerspruch|überprüf|lösch|beweis|zurückzieh/i,
  hi: /शिकायत|मामल|केस|रसीद|नुकसान|समाधान|अपील|समीक्षा|मिटा|सबूत|भेदभाव/,
  sw: /malalamiko|kesi|stakabadhi|risiti|madhara|rufaa|mapitio|futa|ushahidi|ubaguzi/i,
  fa: /شکایت|پرونده|رسید|آسیب|جبران|بازنگری|اعتراض|پاک|مدرک|تبعیض/,
  tr: /şikâyet|şikayet|başvuru|dosya|giriş kodu|zarar|telafi|itiraz|inceleme|sil(?:me|in)|kanıt|ayrımcılık/i,
} satisfies Record<Language, RegExp>;
const titleOf = (html: string) => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';

describe('the title of a page, which tabs, screens and histories of browsers show', () => {
  let app: TestApp;
  let visitors: Visitors;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    visitors = await Visitors.of(app);
  });
  afterAll(() => app.close());

  it.each(LANGUAGES)(
    'names a page of rightsholders in %s without a word of what it is about',
    async (language) => {
      const { reference } = visitors.mine;
      const { cookie } = await visitors.enter('rightsholder');
      const pages = routesOf(app).filter(
        ({ method, path, who }) =>
          method === 'GET' &&
          // The way out ends the session that the other pages need, and shows nothing itself.
          !/^\/(api|assets|desk|audit|sign-in|join\/|recover|leave)/.test(path) &&
          (who === 'rightsholder' || who === 'anyone'),
      );
      const titles = new Map<string, string>();
      for (const route of pages)
        for (const step of ['withdraw', 'appeal', 'report-retaliation', 'request-erasure']) {
          const url = `${addressOf(route, { step })}?lang=${language}`;
          const { text, headers } = await app.ask('GET', url, { headers: { cookie } });
          if (!/^text\/html/.test(String(headers['content-type']))) continue;
          const title = titleOf(text);
          titles.set(url, title);
          expect([url, title]).toEqual([url, expect.stringMatching(/\p{L}.* – Test organisation$/u)]);
          expect([url, TELLING[language].exec(title)]).toEqual([url, null]);
          expect([url, title.includes(reference) || /RD-|\d/.test(title)]).toEqual([url, false]);
        }
      // A title still tells one page from another (WCAG 2.4.2).
      expect(new Set(titles.values()).size).toBeGreaterThan(7);
      for (const path of ['/nothing', '/my-case/evidence/99']) {
        const { text } = await app.ask('GET', `${path}?lang=${language}`, { headers: { cookie } });
        expect(titleOf(text)).toBe(`${say(language, 'error-page.title')} – Test organisation`);
      }
    },
  );

  it('has words in every language for each page that has a heading', () => {
    const headed = ['start', 'stories', 'how', 'lodge', 'receipt', 'open', 'mycase', 'receipts', 'identity'];
    for (const page of [...headed, 'consents', 'step'])
      expect([page, has(`tab.${page}`)]).toEqual([page, true]);
  });

  it('names no person on a page of staff', async () => {
    const { cookie } = await visitors.enter(['ADM']);
    const people = await app.get(Accounts).list();
    const pages = routesOf(app).filter(
      ({ method, path }) => method === 'GET' && /^\/(desk|audit)/.test(path),
    );
    expect(pages.length).toBeGreaterThan(10);
    for (const route of pages)
      for (const { id, name } of people) {
        const url = addressOf(route, { id, reference: visitors.mine.reference, step: 'link-case' });
        const title = titleOf((await app.ask('GET', url, { headers: { cookie } })).text);
        expect([url, title.includes(name)]).toEqual([url, false]);
      }
  });
});
