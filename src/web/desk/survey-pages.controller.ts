import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadStatistics } from '../../insight/read-statistics';
import type { PublicCount } from '../../insight/small-counts';
import { SurveyComments } from '../../insight/survey-comments';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { SURVEY_QUESTIONS, SURVEY_SCORES } from '../../rules/survey';
import { say } from '../../words/words';
import { DeskPages, type DeskRequest } from './desk-pages';

/** What people said after an ending: the numbers as everybody may see them, and the words without case, name or day. */
@ApiExcludeController()
@Controller('desk/survey')
export class SurveyPagesController {
  constructor(
    private readonly statistics: ReadStatistics,
    private readonly comments: SurveyComments,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-survey-comments')
  async page(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const { survey } = await this.statistics.forPublic();
    const comments = await this.comments.list(request.visitor);
    return this.pages.show(
      request,
      reply,
      'desk/survey.njk',
      'What people say about the way and the outcome',
      {
        given: survey.given,
        scores: SURVEY_SCORES,
        questions: SURVEY_QUESTIONS.map((question) => ({
          label: say('en', `survey.${question}`),
          counts: countsOf(survey.scores[question]),
        })),
        comments,
      },
    );
  }
}

/** In the order of the scores; null where a number is left out. */
function countsOf(counts: readonly PublicCount[]): (number | null)[] {
  return SURVEY_SCORES.map((score) => counts.find(({ code }) => code === String(score))?.count ?? null);
}
