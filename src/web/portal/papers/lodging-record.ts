// Source of the form of the statement: C2SP signed note (https://c2sp.org/signed-note), Ed25519 (RFC 8032); of the leaf hash: RFC 9162, 2.1.
import type { MyCaseView } from '../../../casework/views';
import { direction, languageOf, say, sayDay } from '../../../words/words';
import type { Block, Paper } from '../../paper/paper';

export interface Lodging {
  view: Pick<MyCaseView, 'reference' | 'lodgedOn' | 'statement'>;
  /** Public key in the form of signed notes, as it is today. */
  verifierKey: string;
  /** Where the key and the signed log can be fetched, without a slash at the end. */
  logAt: string;
}

const OF_FILE = /^file (\d+) sha256 ([\da-f]{64})$/gm;

/** What proves that something was lodged, and how anybody checks it: no word of the complaint and no receipt. */
export function lodgingRecord({ view, verifierKey, logAt }: Lodging, reader: string): Paper {
  const language = languageOf(reader);
  const words = (key: string, params?: Record<string, string | number>) => say(language, key, params);
  const said = (key: string, params?: Record<string, string | number>): Block => ({
    kind: 'words',
    text: words(key, params),
  });
  const heading = (key: string): Block => ({ kind: 'heading', text: words(key) });
  const files = [...view.statement.matchAll(OF_FILE)];
  return {
    title: words('tab.paper'),
    language,
    isRightToLeft: direction(language) === 'rtl',
    blocks: [
      { kind: 'title', text: words('receipt.statement') },
      said('paper.of', { reference: view.reference, day: sayDay(language, view.lodgedOn) }),
      said('paper.record.holds-not'),
      heading('paper.record.proves'),
      said('paper.record.proves.entry'),
      ...(files.length > 0 ? [said('paper.record.proves.files', { n: files.length })] : []),
      said('paper.record.proves.not'),
      heading('paper.record.check'),
      said('paper.record.check.who'),
      said('paper.record.check.signature'),
      said('paper.record.check.log'),
      { kind: 'signs', text: `${logAt}/api/v1/ledger/verifier-key\n${logAt}/api/v1/ledger/checkpoint` },
      ...(files.length > 0 ? [said('paper.record.check.files')] : []),
      heading('paper.record.key'),
      { kind: 'signs', text: verifierKey.trim() },
      ...(files.length > 0 ? [heading('receipt.files')] : []),
      ...files.map(([, n, sha256]): Block => ({ kind: 'signs', text: `${n}: SHA-256 ${sha256}` })),
      heading('paper.record.statement'),
      { kind: 'signs', text: view.statement.trimEnd() },
      { kind: 'small', text: words('paper.record.statement.file') },
    ],
  };
}
