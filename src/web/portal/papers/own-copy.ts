import type { ConsentView } from '../../../casework/party-views';
import type { EvidenceView } from '../../../casework/record-views';
import type { MessageView, MyCaseView } from '../../../casework/views';
import { ROLES, type RoleCode } from '../../../rules/roles';
import { direction, languageOf, say, sayDay } from '../../../words/words';
import type { Block, Paper } from '../../paper/paper';
import { beginsContact, choiceKey, questions } from './questions';

/** What somebody told and sent, in their own words below our questions. */
export interface Told {
  view: Pick<MyCaseView, 'reference' | 'lodgedOn' | 'complaint' | 'amendments' | 'name' | 'contact'>;
  evidence: readonly EvidenceView[];
  messages: readonly MessageView[];
  consents: readonly ConsentView[];
  /** A role, as whoever takes the copy sees it. */
  roleName: (code: string) => string;
}

/** A copy of what the person told, sent and wrote since: nothing that anybody else wrote, and no receipt. */
export function ownCopy({ view, evidence, messages, consents, roleName }: Told, reader: string): Paper {
  const language = languageOf(reader);
  const words = (key: string, params?: Record<string, string | number>) => say(language, key, params);
  const files = evidence.filter(({ fromRole }) => !isStaff(fromRole));
  const written = messages.filter(({ fromRole }) => fromRole !== 'LEAD' && !isStaff(fromRole));
  const decided = consents.filter(({ given }) => given !== null);
  const heading = (text: string): Block => ({ kind: 'heading', text });
  const own = (text: string): Block => ({ kind: 'own', text });
  const small = (text: string): Block => ({ kind: 'small', text });
  const said = (key: string): Block => ({ kind: 'words', text: words(key) });
  return {
    title: words('tab.paper'),
    language,
    isRightToLeft: direction(language) === 'rtl',
    blocks: [
      { kind: 'title', text: words('mycase.complaint') },
      {
        kind: 'words',
        text: words('paper.of', { reference: view.reference, day: sayDay(language, view.lodgedOn) }),
      },
      small(words('paper.copy.keep')),
      ...questions().flatMap((question): Block[] => {
        const answer = answerTo(view, question.field);
        const isEmpty = answer === null || answer === undefined || answer === '';
        const later = view.amendments.filter(({ part }) => part === question.field);
        if (isEmpty && later.length === 0) return [];
        const above = beginsContact(question.field) ? [heading(words('lodge.contact.label'))] : [];
        const asked = heading(words(question.label));
        const told = isEmpty
          ? []
          : [question.choices ? said(choiceKey(question, answer)) : own(String(answer))];
        const since = later.flatMap(({ kind, writtenOn, text }) => [
          small(words(`mycase.amended.${kind}`, { day: sayDay(language, writtenOn) })),
          own(text),
        ]);
        return [...above, asked, ...told, ...since];
      }),
      ...(decided.length > 0 ? [heading(words('lodge.consents.label'))] : []),
      ...decided.flatMap(({ text, given, withdrawnOn, scope }): Block[] => [
        small(text),
        said(given && !withdrawnOn ? 'page.yes' : 'page.no'),
        ...(scope ? [own(scope)] : []),
      ]),
      ...(files.length > 0 ? [heading(words('receipt.files')), small(words('receipt.files.hint'))] : []),
      ...files.flatMap(({ fileName, describes, sha256, addedOn }): Block[] => [
        own(describes ? `${fileName}\n${describes}` : fileName),
        small(sayDay(language, addedOn)),
        { kind: 'signs', text: `SHA-256 ${sha256}` },
      ]),
      ...(written.length > 0 ? [heading(words('paper.copy.messages'))] : []),
      ...written.flatMap(({ writtenOn, fromRole, text }) => [
        small(`${sayDay(language, writtenOn)}, ${roleName(fromRole)}`),
        own(text),
      ]),
      heading(words('paper.rights')),
      said('start.rights'),
    ],
  };
}

function isStaff(role: string): boolean {
  return ROLES[role as RoleCode]?.staff ?? true;
}

function answerTo(
  { complaint, name, contact }: Told['view'],
  field: string,
): string | boolean | null | undefined {
  const answers: Record<string, unknown> = {
    ...complaint,
    name,
    ...Object.fromEntries(Object.entries(contact ?? {}).map(([part, said]) => [`contact.${part}`, said])),
  };
  return answers[field] as string | boolean | null | undefined;
}
