import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  PROCEEDING_FILTER_NAMES,
  PROCEEDING_FILTERS,
  readProceedingFilter,
  ReadProceedings,
  type ProceedingFilter,
  type ProceedingFilterName,
} from '../../casework/registers/read-proceedings';
import { Permits } from '../../people/permits';
import { codeLabel } from './code-label';
import { DeskPages, type DeskRequest } from './desk-pages';
import type { FilterLine } from './queue-lines';
import { registerTabs } from './register-pages';

const ROOT = '/desk/proceedings';

/** The register of parallel proceedings: those beside the cases that the reader may see. */
@Controller('desk/proceedings')
export class ProceedingPagesController {
  constructor(
    private readonly proceedings: ReadProceedings,
    private readonly pages: DeskPages,
  ) {}

  @Get()
  @Permits('read-registers')
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    // An old bookmark still shows the list.
    const { filter } = readProceedingFilter(query);
    const model = {
      ...(await this.proceedings.list(request.visitor, filter)),
      root: ROOT,
      registers: registerTabs(ROOT),
      lines: PROCEEDING_FILTER_NAMES.map((name) => lineOf(name, filter)),
      isNarrowed: Object.keys(filter).length > 0,
    };
    return this.pages.show(request, reply, 'desk/proceedings.njk', 'Parallel proceedings', model);
  }
}

const LABELS: Readonly<Record<ProceedingFilterName, string>> = {
  type: 'Proceeding',
  country: 'Country',
  status: 'State',
  order: 'Order',
  told: 'The person was told',
};

/** What a choice is called where it stands in no list of codes. */
const WORDS: Readonly<Record<string, string>> = {
  running: 'Running',
  ended: 'Ended',
  any: 'Any order',
  yes: 'Yes',
  no: 'No',
};

/** The list of codes that a line chooses from. */
const LISTS: Readonly<Partial<Record<ProceedingFilterName, string>>> = {
  type: 'proceedingType',
  country: 'proceedingCountry',
  order: 'proceedingOrders',
};

function lineOf(name: ProceedingFilterName, filter: ProceedingFilter): FilterLine {
  const choices = PROCEEDING_FILTERS[name].map((value) => ({
    value,
    label: WORDS[value] ?? codeLabel(LISTS[name]!, value),
    chosen: filter[name] === value,
  }));
  return { name, label: LABELS[name], all: 'All', choices };
}
