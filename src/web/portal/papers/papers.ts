import { Injectable } from '@nestjs/common';
import { Consents } from '../../../casework/consents';
import { EvidenceFiles } from '../../../casework/evidence-files';
import { Messages } from '../../../casework/messages';
import { ReadLog } from '../../../casework/read-log';
import { ReadMyCase } from '../../../casework/read-my-case';
import type { Visitor } from '../../../people/visitor';
import { Refusal } from '../../../platform/refusal';
import { Settings } from '../../../platform/settings';
import { type Paper, plainText } from '../../paper/paper';
import { Press } from '../../paper/press';
import { roleSeen } from '../portal-pages';
import { lodgingRecord } from './lodging-record';
import { ownCopy } from './own-copy';

type Holder = Visitor & { kind: 'rightsholder' };

/** Names of files that tell nobody what they are about who sees a list of downloads. */
export const PAPER_NAMES = ['copy.pdf', 'copy.txt', 'record.pdf', 'record.txt', 'signed.txt'] as const;
export type PaperName = (typeof PAPER_NAMES)[number];

/** A document as a browser gets it. */
export interface MadePaper {
  fileName: string;
  content: Buffer;
}

/** What a person can take away of her case. Made anew for each request and kept nowhere. */
@Injectable()
export class Papers {
  constructor(
    private readonly readMyCase: ReadMyCase,
    private readonly evidenceFiles: EvidenceFiles,
    private readonly messages: Messages,
    private readonly consents: Consents,
    private readonly readLog: ReadLog,
    private readonly press: Press,
    private readonly settings: Settings,
  ) {}

  /**
   * A copy of what she told, the record of the lodging explained, or the bare signed statement. In the language chosen, else in that of
   * the case. Refuses with `gone` once the case was erased, with `not-found` for another name.
   */
  async make(holder: Holder, name: string, chosen: string | null): Promise<MadePaper> {
    const known = PAPER_NAMES.find((each) => each === name);
    if (!known)
      throw new Refusal('not-found', 'There is no such document. Go back and choose one of the page.');
    const view = await this.readMyCase.view(holder, chosen ?? undefined);
    if (known === 'signed.txt') return { fileName: known, content: Buffer.from(view.statement, 'utf8') };
    const language = chosen ?? view.complaint.language;
    const [kind, form] = known.split('.') as ['copy' | 'record', 'pdf' | 'txt'];
    const paper =
      kind === 'copy'
        ? ownCopy(
            {
              view,
              evidence: await this.evidenceFiles.list(holder),
              messages: await this.messages.list(holder),
              consents: await this.consents.list(holder, language),
              roleName: (code) => roleSeen(code, language, { visitor: holder }),
            },
            language,
          )
        : lodgingRecord(
            { view, verifierKey: this.readLog.verifierKey(), logAt: this.settings.publicUrl },
            language,
          );
    return this.as(form, paper, known);
  }

  private async as(form: 'pdf' | 'txt', paper: Paper, fileName: string): Promise<MadePaper> {
    const content =
      form === 'pdf' ? await this.press.pdf(paper) : Buffer.from(`\ufeff${plainText(paper)}`, 'utf8');
    return { fileName, content };
  }
}
