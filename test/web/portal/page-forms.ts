import type { Answer } from '../../harness/app';

/** What one can fill in, as a page draws it. */
export interface PageField {
  name: string;
  kind: 'text' | 'choice' | 'file';
  /** What can be chosen. */
  codes: string[];
}

/** A form of a page, as somebody without script meets it. */
export interface PageForm {
  action: string;
  isMultipart: boolean;
  hidden: Record<string, string>;
  fields: PageField[];
}

const attribute = (tag: string, name: string): string | undefined =>
  plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]);

/** Text as it was before it stood in a page. */
export function plain(html: string | undefined): string | undefined {
  return html
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Every form of a page that is sent. */
export function formsOf({ text }: Pick<Answer, 'text'>): PageForm[] {
  return [...text.matchAll(/<form ([^>]*)>([^]*?)<\/form>/g)].map(([, head, body]) => {
    const hidden: Record<string, string> = {};
    const fields = new Map<string, PageField>();
    let select = '';
    for (const [tag] of body!.matchAll(/<(?:input|textarea|select|option)\b[^>]*>/g)) {
      const name = attribute(tag, 'name') ?? select;
      const value = attribute(tag, 'value') ?? '';
      const type = attribute(tag, 'type');
      if (type === 'hidden') hidden[name] = value;
      else if (tag.startsWith('<select')) fields.set((select = name), { name, kind: 'choice', codes: [] });
      else if (tag.startsWith('<option') || type === 'radio' || type === 'checkbox') {
        const field = fields.get(name) ?? { name, kind: 'choice', codes: [] };
        fields.set(name, field);
        if (value !== '') field.codes.push(value);
      } else fields.set(name, { name, kind: type === 'file' ? 'file' : 'text', codes: [] });
    }
    return {
      action: attribute(` ${head!}`, 'action')!,
      isMultipart: head!.includes('multipart/form-data'),
      hidden,
      fields: [...fields.values()],
    };
  });
}

/** The errors of a page: those of the summary with where each leads, and those that stand at a question, by its id. */
export function errorsOn({ text }: Pick<Answer, 'text'>) {
  const list = /govuk-error-summary__list">([^]*?)<\/ul>/.exec(text)?.[1] ?? '';
  return {
    summary: [...list.matchAll(/<li>(?:<a href="#([^"]*)">)?([^<]*)/g)].map(([, field, sentence]) => ({
      field: field ?? null,
      sentence: plain(sentence)!,
    })),
    atQuestions: [...text.matchAll(/<p (?:id="([^"]*)-error" )?class="govuk-error-message">([^<]*)</g)].map(
      ({ index, 1: field, 2: sentence }) => ({
        field: field ?? null,
        sentence: plain(sentence)!,
        beside: plain(groupAround(text, index))!,
      }),
    ),
  };
}

/** The group of fields in which something stands. */
function groupAround(text: string, index: number): string {
  const [begin, next] = [
    text.lastIndexOf('govuk-form-group', index),
    text.indexOf('govuk-form-group', index),
  ];
  return text.slice(begin, next === -1 ? undefined : next).replaceAll(/<p [^>]*-error"[^]*?<\/p>/g, '');
}

/** What the fields of a page hold: what is typed, and what is chosen. */
export function heldIn({ text }: Pick<Answer, 'text'>): Record<string, string[]> {
  const held: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string | undefined) => {
    if (name && value) (held[name] ??= []).push(value);
  };
  for (const [, head, value] of text.matchAll(/<textarea ([^>]*)>\n([^]*?)<\/textarea>/g))
    add(attribute(` ${head!}`, 'name'), plain(value));
  for (const [tag] of text.matchAll(/<input\b[^>]*>/g)) {
    const isBox = /type="(radio|checkbox)"/.test(tag);
    if (!isBox || tag.includes(' checked')) add(attribute(tag, 'name'), attribute(tag, 'value'));
  }
  for (const [, head, options] of text.matchAll(/<select ([^>]*)>([^]*?)<\/select>/g)) {
    const chosen = options!.match(/<option [^>]* selected>/g)?.at(-1);
    if (chosen) add(attribute(` ${head!}`, 'name'), attribute(chosen, 'value'));
  }
  return held;
}
