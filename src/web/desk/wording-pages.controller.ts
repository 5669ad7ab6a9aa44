import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { registerNumber } from '../../casework/registers/register-form';
import { keyOf, Wordings, type WordingKey } from '../../casework/wordings/wordings';
import type { WordingPreview, WordingVersionView, WordingView } from '../../casework/wordings/views';
import { Permits } from '../../people/permits';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { BLOCK_NAME, type WordingKind, type WordingText } from '../../rules/wordings';
import { languageOf } from '../../words/words';
import { codeLabel, stepLabel } from './code-label';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { needsAt } from './case-page';
import { textDiff } from './text-diff';

interface Tried {
  text?: WordingText;
  preview?: WordingPreview;
  refusal?: Refusal;
}

/** How letters and text blocks are worded: a list for each language, and a page for each of them with its versions. */
@Controller('desk/wordings')
export class WordingPagesController {
  constructor(
    private readonly wordings: Wordings,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-wordings')
  async list(@Query() query: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const language = languageOf(typed(query, 'language'));
    const block = typed(query, 'block').trim().toLowerCase();
    const isNamed = BLOCK_NAME.test(block);
    if (isNamed) return redirect(reply, pathOf({ kind: 'BLOCK', name: block, language }));
    const needs: UnmetNeed[] = block
      ? [
          {
            name: 'block',
            field: 'block',
            sentence: 'Call it by 2 to 40 small letters, digits and hyphens, a letter first.',
          },
        ]
      : [];
    const rows = (await this.wordings.list(language)).map((row) => ({
      ...row,
      label: labelOf(row),
      path: pathOf(row),
    }));
    const model = {
      listed: language,
      languageLabel: codeLabel('storyLanguage', language),
      languages: (await this.wordings.counts()).map((each) => ({
        ...each,
        label: codeLabel('storyLanguage', each.language),
      })),
      letters: rows.filter(({ kind }) => kind === 'LETTER_TEXT'),
      blocks: rows.filter(({ kind }) => kind === 'BLOCK'),
      block,
      mayDraft: mayDo(officerOf(request).roles, 'draft-wording'),
    };
    return this.pages.show(request, reply, 'desk/wordings.njk', 'Letters and text blocks', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }

  @Get(':kind/:wording/:language')
  @Permits('read-wordings')
  async one(
    @Param() params: Record<string, string>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, keyIn(params), {});
  }

  @Post(':kind/:wording/:language')
  @Permits('draft-wording')
  async draft(
    @Param() params: Record<string, string>,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const key = keyIn(params);
    const text = { subject: typed(body, 'subject'), body: typed(body, 'body') };
    return this.doAndShow(request, reply, key, text, async () => {
      if (typed(body, 'press') === 'preview')
        return { text, preview: await this.wordings.preview(key, text) };
      await this.wordings.draft(request.visitor, key, text, typed(body, 'seen'));
      return null;
    });
  }

  @Post(':kind/:wording/:language/earlier/:n')
  @Permits('draft-wording')
  async takeUp(
    @Param() params: Record<string, string>,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const key = keyIn(params);
    const n = /^\d{1,6}$/.test(params.n!) ? Number(params.n) : -1;
    return this.doAndShow(request, reply, key, undefined, async () => {
      await this.wordings.takeUp(request.visitor, key, n, typed(body, 'seen'));
      return null;
    });
  }

  @Post(':kind/:wording/:language/earlier/:n/emptying')
  @Permits('empty-wording')
  async empty(
    @Param() params: Record<string, string>,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const key = keyIn(params);
    const said = { emptyingReason: typed(body, 'emptyingReason') };
    return this.doAndShow(request, reply, key, undefined, async () => {
      const n = registerNumber(params.n!);
      await this.wordings.empty(request.visitor, key, n, said, typed(body, 'seen'));
      return null;
    });
  }

  @Post(':kind/:wording/:language/decision')
  @Permits('settle-wording')
  async settle(
    @Param() params: Record<string, string>,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const key = keyIn(params);
    const choice = typed(body, 'switch');
    return this.doAndShow(request, reply, key, undefined, async () => {
      if (choice !== 'on' && choice !== 'drop')
        throw new Refusal('invalid', 'Switch the draft on, or drop it.');
      await this.wordings.settle(request.visitor, key, choice === 'on', typed(body, 'seen'));
      return null;
    });
  }

  /** Does it and shows the words as they are then; what was typed is shown again when it was refused or only looked at. */
  private async doAndShow(
    request: DeskRequest,
    reply: FastifyReply,
    key: WordingKey,
    text: WordingText | undefined,
    work: () => Promise<Tried | null>,
  ): Promise<FastifyReply> {
    let looked: Tried | null;
    try {
      looked = await work();
    } catch (error) {
      if (!(error instanceof Refusal) || !SHOWN.has(error.kind)) throw error;
      return this.show(request, reply, key, { ...(text ? { text } : {}), refusal: error });
    }
    return looked ? this.show(request, reply, key, looked) : redirect(reply, pathOf(key));
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    key: WordingKey,
    { text, preview, refusal }: Tried,
  ): Promise<FastifyReply> {
    const view = await this.wordings.view(key.kind, key.name, key.language);
    const { roles } = officerOf(request);
    const model = {
      view,
      path: pathOf(key),
      languageLabel: codeLabel('storyLanguage', key.language),
      isLetter: key.kind === 'LETTER_TEXT',
      typed: text ?? view.draft?.text ?? view.on?.text ?? view.builtIn ?? { subject: '', body: '' },
      preview: preview ?? null,
      changes: view.draft && changesOf(usedNow(view), view.draft.text ?? view.builtIn),
      earlier: view.earlier.map((version) => ({
        ...version,
        changes: changesOf(version.text ?? view.builtIn, usedNow(view)),
      })),
      mayDraft: mayDo(roles, 'draft-wording'),
      mayEmpty: mayDo(roles, 'empty-wording'),
    };
    return this.pages.show(request, reply, 'desk/wording.njk', labelOf(key), model, {
      status: refusal?.status ?? 200,
      needs: refusal ? needsIn(refusal) : [],
    });
  }
}

const SHOWN = new Set(['invalid', 'unmet', 'stale', 'conflict']);
const PATHS: Record<WordingKind, string> = { LETTER_TEXT: 'letters', BLOCK: 'blocks' };

/** Refuses an address that names no letter, block or language of ours. */
function keyIn({ kind, wording, language }: Record<string, string>): WordingKey {
  const known = Object.entries(PATHS).find(([, path]) => path === kind)?.[0] ?? '';
  return keyOf(known, wording!, language!);
}

function pathOf({ kind, name, language }: { kind: WordingKind; name: string; language: string }): string {
  return `/desk/wordings/${PATHS[kind]}/${name}/${language}`;
}

function labelOf({ kind, name }: { kind: WordingKind; name: string }): string {
  return kind === 'LETTER_TEXT' ? `Letter: ${stepLabel(name).toLowerCase()}` : `Text block: ${name}`;
}

function usedNow({ on, builtIn }: WordingView): WordingText | null {
  return (on && on.text) ?? builtIn;
}

/** What is different, first line and text apart; of nothing everything is new. */
function changesOf(before: WordingVersionView['text'], after: WordingVersionView['text']) {
  return {
    subject: textDiff(before?.subject ?? '', after?.subject ?? ''),
    body: textDiff(before?.body ?? '', after?.body ?? ''),
  };
}

function needsIn(refusal: Refusal): UnmetNeed[] {
  return refusal.needs.length > 0 ? [...refusal.needs] : needsAt(refusal, 'wording');
}
