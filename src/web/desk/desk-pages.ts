import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VisitedRequest } from '../../people/permit.guard';
import { GuestMarks } from '../../people/guest-marks';
import type { Officer } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { DISPOSERS } from '../../rules/retention';
import { RECOVERERS } from '../../rules/roles';
import { pageNonce } from '../page-nonce';
import { OwnScripts } from '../own-scripts';
import { Templates } from '../templates';
import { flagMark } from './queue-lines';
import { taskLabel } from './task-label';
import { codeLabel, roleLabel, stateLabel, stepLabel } from './code-label';

/** A request that the guard has looked at. */
export type DeskRequest = FastifyRequest & VisitedRequest;

interface PageOptions {
  /** 200 when left out. */
  status?: number;
  /** Everything that was wrong with what was sent, for the summary at the top and beside each field. */
  needs?: readonly UnmetNeed[];
  /** What the tab and the history of the browser say, where the heading names a person. */
  tab?: string;
  /** Whether the page asks for passkeys, which no browser does without script. */
  asksPasskey?: boolean;
}

interface MenuEntry {
  href: string;
  label: string;
  current: boolean;
}

/** Draws the pages of staff and auditors: English, from the left, with the menu of the visitor's roles. */
@Injectable()
export class DeskPages {
  constructor(
    private readonly templates: Templates,
    private readonly scripts: OwnScripts,
    private readonly marks: GuestMarks,
  ) {}

  /** Sends a page; `template` is its path below `web/`. Whatever is shown to a guest bears the guest's mark. */
  async show(
    request: DeskRequest,
    reply: FastifyReply,
    template: string,
    title: string,
    model: Record<string, unknown>,
    { status = 200, needs = [], tab = title, asksPasskey = false }: PageOptions = {},
  ): Promise<FastifyReply> {
    const { visitor } = request;
    const html = this.templates.render(template, {
      ...model,
      title: needs.length > 0 ? `Error: ${tab}` : tab,
      heading: title,
      nonce: pageNonce(reply),
      language: 'en',
      hideExit: true,
      script: asksPasskey ? this.scripts.addressOf('passkeys') : null,
      csrfToken: request.csrfToken ?? '',
      menu: visitor.kind === 'officer' ? menuOf(visitor, request.url) : [],
      isSignedIn: visitor.kind === 'officer',
      guestMark: await this.marks.of(visitor),
      isForGuest: visitor.kind === 'officer' && visitor.guest !== undefined,
      needs,
      errorOf: (field: string) => needs.find((need) => need.field === field)?.sentence ?? null,
      code: codeLabel,
      role: roleLabel,
      state: stateLabel,
      step: stepLabel,
      task: taskLabel,
      mark: flagMark,
    });
    return reply.status(status).type('text/html; charset=utf-8').send(html);
  }
}

/** After a form: the browser fetches the next page, so that reloading sends nothing twice. */
export function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.redirect(url, 303);
}

/** What was typed into a field of a form; empty when it is missing or not a text. */
export function typed(body: unknown, field: string): string {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  return typeof value === 'string' ? value : '';
}

/** A number in an address; undefined for anything else that stands there. */
export function numberIn(query: unknown, field: string): number | undefined {
  const value = typed(query, field);
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}

/** Every box ticked under one name. */
export function ticked(body: unknown, field: string): string[] {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  return [value].flat().filter((each): each is string => typeof each === 'string');
}

/** The member of staff behind a request that only staff can make. */
export function officerOf(request: DeskRequest): Officer {
  if (request.visitor.kind === 'officer') return request.visitor;
  throw new Refusal('not-signed-in', 'Sign in to go on.');
}

const CASE_MENU = [
  { href: '/desk', label: 'Queue' },
  { href: '/desk/dashboard', label: 'My work' },
  { href: '/desk/search', label: 'Search' },
  { href: '/desk/assignments', label: 'Asked of me' },
  { href: '/desk/break-glass', label: 'Emergency' },
  { href: '/desk/systems', label: 'Registers' },
];

const INTAKE_MENU = [{ href: '/desk/lodge-for-somebody', label: 'Lodge for somebody' }];

const SURVEY_MENU = [{ href: '/desk/survey', label: 'Survey' }];

const ROUTING_MENU = [{ href: '/desk/routing', label: 'Routing' }];

const POLICY_MENU = [{ href: '/desk/policies', label: 'Process' }];

const WORDING_MENU = [{ href: '/desk/wordings', label: 'Letters' }];

const GUEST_MENU = [{ href: '/desk/assignments', label: 'The case' }];

function menuOf({ roles, guest }: Officer, url: string): MenuEntry[] {
  const path = url.split('?')[0]!;
  const entries = [
    ...(guest ? GUEST_MENU : roles.some((role) => role !== 'ADM' && role !== 'AUD') ? CASE_MENU : []),
    ...(!guest && mayDo(roles, 'lodge-for-somebody') ? INTAKE_MENU : []),
    ...(!guest && mayDo(roles, 'read-survey-comments') ? SURVEY_MENU : []),
    ...(!guest && mayDo(roles, 'read-routing') ? ROUTING_MENU : []),
    ...(!guest && (mayDo(roles, 'draft-policy') || roles.includes('AUD')) ? POLICY_MENU : []),
    ...(!guest && mayDo(roles, 'draft-wording') ? WORDING_MENU : []),
    ...(roles.some((role) => DISPOSERS.includes(role))
      ? [{ href: '/desk/disposals', label: 'Due for erasure' }]
      : []),
    ...(roles.includes('AUD') ? [{ href: '/audit', label: 'Audit' }] : []),
    ...(roles.includes('ADM') ? [{ href: '/desk/people', label: 'People' }] : []),
    ...(roles.some((role) => RECOVERERS.includes(role))
      ? [{ href: '/desk/recoveries', label: 'Recoveries' }]
      : []),
    { href: '/desk/roles', label: 'Roles' },
    { href: '/desk/account', label: 'My account' },
  ];
  return entries.map((entry) => ({ ...entry, current: path === entry.href }));
}
