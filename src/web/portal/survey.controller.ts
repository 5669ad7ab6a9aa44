import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { SurveyForm, Surveys } from '../../casework/closure/surveys';
import { ReadMyCase } from '../../casework/read-my-case';
import { Permits } from '../../people/permits';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { SURVEY_QUESTIONS, SURVEY_SCORES } from '../../rules/survey';
import { say } from '../../words/words';
import { formNeeds } from '../form-needs';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

type Holder = Visitor & { kind: 'rightsholder' };

const ADDRESS = '/my-case/survey';

/** The survey after a case has ended: four questions, each of which can be skipped. */
@ApiExcludeController()
@Controller('my-case/survey')
export class SurveyPagesController {
  constructor(
    private readonly surveys: Surveys,
    private readonly readMyCase: ReadMyCase,
    private readonly pages: PortalPages,
  ) {}

  @Get()
  @Permits('read-my-survey')
  page(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, 200, null, []);
  }

  @Post()
  @Permits('answer-my-survey')
  async give(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const kept = Object.fromEntries(
      [...SURVEY_QUESTIONS, 'comment'].map((name) => [name, typed(body, name)]),
    );
    const scores = SURVEY_QUESTIONS.filter((name) => kept[name] !== '');
    const form = plainToInstance(SurveyForm, {
      ...Object.fromEntries(scores.map((name) => [name, Number(kept[name])])),
      comment: kept.comment!.replaceAll('\r\n', '\n'),
    });
    const needs = await formNeeds(form);
    if (needs.length > 0) return this.show(request, reply, 400, kept, needs);
    try {
      await this.surveys.give(request.visitor, form);
      return goTo(reply, this.pages.address(request, ADDRESS));
    } catch (error) {
      if (!(error instanceof Refusal) || error.needs.length === 0) throw error;
      return this.show(request, reply, error.status, kept, error.needs);
    }
  }

  private async show(
    request: PortalRequest,
    reply: FastifyReply,
    status: number,
    kept: Record<string, string> | null,
    needs: readonly UnmetNeed[],
  ) {
    const { complaint } = await this.readMyCase.view(request.visitor as Holder);
    const language = this.pages.languageFor(request, complaint.language);
    const survey = await this.surveys.view(request.visitor);
    const labelOf = (name: string) => say(language, `survey.${name}`);
    const model = {
      survey,
      comment: kept?.comment ?? survey.comment ?? '',
      questions: SURVEY_QUESTIONS.map((name) => ({
        name,
        label: labelOf(name),
        chosen: kept?.[name] ?? String(survey[name] ?? ''),
        choices: [
          ...SURVEY_SCORES.map((score) => ({
            value: String(score),
            label: say(language, `survey.score.${score}`),
          })),
          { value: '', label: say(language, 'survey.skip') },
        ],
      })),
    };
    return this.pages.show(request, reply, 'portal/survey.njk', 'survey.title', model, {
      status,
      needs,
      questions: Object.fromEntries([...SURVEY_QUESTIONS, 'comment'].map((name) => [name, labelOf(name)])),
      language: complaint.language,
    });
  }
}
