import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { SavedViews } from '../casework/queue/saved-views';
import { CurrentVisitor } from '../people/current-visitor';
import { Permits } from '../people/permits';
import type { Officer } from '../people/visitor';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '../platform/api-decorators';
import { CountedViewAnswer, SavedViewAnswer } from './answers/views';
import { ProblemResponses } from './problem-responses';
import { filterIn, queueFilter } from './queue-filter';
import { NewViewForm, ViewForm } from './view-forms';

/** Filters of the queue that people keep under a name. */
@ApiTags('cases')
@ApiBearerAuth()
@ProblemResponses()
@Controller('api/v1/views')
export class ViewsController {
  constructor(private readonly savedViews: SavedViews) {}

  @Get()
  @Permits('read-views')
  @ApiOkResponse({ type: [CountedViewAnswer], description: 'One’s own and those that are shared, by name.' })
  list(@CurrentVisitor() visitor: Officer): Promise<CountedViewAnswer[]> {
    return this.savedViews.counted(visitor);
  }

  @Post()
  @Permits('keep-views')
  @ApiCreatedResponse({ type: SavedViewAnswer })
  save(
    @CurrentVisitor() visitor: Officer,
    @Body() { filter, ...form }: NewViewForm,
  ): Promise<SavedViewAnswer> {
    const query = filterIn(filter ?? {});
    queueFilter(query, visitor);
    return this.savedViews.save(visitor, { ...form, query });
  }

  @Put(':id')
  @Permits('keep-views')
  @ApiOkResponse({ type: SavedViewAnswer })
  change(
    @CurrentVisitor() visitor: Officer,
    @Param('id') id: string,
    @Body() form: ViewForm,
  ): Promise<SavedViewAnswer> {
    return this.savedViews.change(visitor, id, form);
  }

  @Delete(':id')
  @HttpCode(204)
  @Permits('keep-views')
  remove(@CurrentVisitor() visitor: Officer, @Param('id') id: string): Promise<void> {
    return this.savedViews.remove(visitor, id);
  }
}
