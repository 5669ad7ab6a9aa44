import { Injectable } from '@nestjs/common';
import { Environment, FileSystemLoader, runtime } from 'nunjucks';
import { Settings } from '../platform/settings';
import { direction, isUnchecked, LANGUAGES, languageOf, say, sayDay, type Language } from '../words/words';
import { OwnScripts } from './own-scripts';
import { Styles } from './styles';

export interface PageModel {
  title: string;
  language: string;
  [name: string]: unknown;
}

const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  ar: 'العربية',
  zh: '中文',
  fr: 'Français',
  ru: 'Русский',
  es: 'Español',
  pt: 'Português',
  de: 'Deutsch',
  hi: 'हिन्दी',
  sw: 'Kiswahili',
  fa: 'فارسی',
  tr: 'Türkçe',
};

const REFERENCE = /\bRD-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g;

/** A text whose numbers of cases stay on one line, in their own direction: broken in two, each half stands at the wrong end from right to left. */
function unbroken(text: string | null | undefined): runtime.SafeString {
  const escaped = (text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return new runtime.SafeString(escaped.replace(REFERENCE, '<bdi class="unbroken">$&</bdi>'));
}

/** Renders the templates that lie beside their controllers. Everything is escaped; in the browser, only scripts of ours run. */
@Injectable()
export class Templates {
  private readonly environment = new Environment(new FileSystemLoader(__dirname, { noCache: false }), {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });

  constructor(
    private readonly settings: Settings,
    private readonly styles: Styles,
    private readonly scripts: OwnScripts,
  ) {
    this.environment.addFilter('unbroken', unbroken);
  }

  /** HTML of a page. `template` is its path below `web/`; `language` decides words and direction. */
  render(template: string, model: PageModel): string {
    const language = languageOf(model.language);
    return this.environment.render(template, {
      organisation: this.settings.organisation,
      direction: direction(language),
      unchecked: isUnchecked(language),
      exitScript: this.scripts.addressOf('leave'),
      stylesheet: this.styles.addressFor(direction(language)),
      languages: LANGUAGES.map((code) => ({ code, name: LANGUAGE_NAMES[code], current: code === language })),
      say: (key: string, params?: Record<string, string>) => say(language, key, params),
      day: (day: string) => sayDay(language, day),
      ...model,
      language,
    });
  }
}
