import { applyDecorators } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { earlierThan, type Page } from '../platform/pages';
import { ApiQuery } from '../platform/api-decorators';
import { Refusal } from '../platform/refusal';

const MOST_ROWS = 100;

/** How a list that grows without end is asked for. */
export const ApiPage = () =>
  applyDecorators(
    ApiQuery({
      name: 'before',
      required: false,
      schema: { type: 'integer', minimum: 1 },
      description:
        'Only what comes before this number; the newest when left out. The header Link names the next page.',
    }),
    ApiQuery({
      name: 'limit',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: MOST_ROWS, default: MOST_ROWS },
    }),
  );

/** The page that a query string asks for; refuses what is no number. */
export function pageIn(query: Record<string, unknown>): Page {
  return { before: numberIn(query, 'before'), limit: numberIn(query, 'limit', MOST_ROWS) ?? MOST_ROWS };
}

/** Of an answer that holds lists of which it shows a page: how the pages before are asked for. */
export const ApiBefore = (...lists: readonly string[]) =>
  applyDecorators(
    ...lists.map((name) =>
      ApiQuery({
        name,
        required: false,
        schema: { type: 'integer', minimum: 1 },
        description: `Of the ${name} only what comes before this number; the newest when left out.`,
      }),
    ),
  );

/** A number in a query string; refuses what is none. */
export function numberIn(
  query: Record<string, unknown>,
  field: string,
  most = 999_999_999,
): number | undefined {
  const value = query[field];
  if (value === undefined) return undefined;
  const read = typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : 0;
  if (read >= 1 && read <= most) return read;
  throw new Refusal('invalid', 'This page cannot be read.', [
    { name: 'answer', field, sentence: `Give a whole number from 1 to ${most}.` },
  ]);
}

/** The rows of a page, with the address of the one before it in the header `Link` (RFC 8288). */
export function withNext<T extends { n: number }>(
  reply: FastifyReply,
  path: string,
  { limit }: Page,
  rows: T[],
): T[] {
  const before = earlierThan(rows);
  if (before !== null) void reply.header('link', `<${path}?before=${before}&limit=${limit}>; rel="next"`);
  return rows;
}
