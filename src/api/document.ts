import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PERMIT, type Permit } from '../people/permits';
import { loadSwagger } from '../platform/api-decorators';
import { ASKS, type Ask } from '../rules/asks';
import { WRITTEN_LANGUAGES } from '../rules/languages';
import { SCOPE_CODES, SCOPES, scopeOf } from '../rules/scopes';
import { STEPS, type StepRow } from '../rules/steps';
import { agreementsOf } from '../rules/workflow';

const BEARER = [
  'Under /my-case the token of a complaint session; elsewhere one that a member of staff made for a program.',
  'The latter opens what its scopes name, as far as its person may do it; each operation says which scope it needs.',
  ...SCOPE_CODES.map((scope) => `${scope}: ${SCOPES[scope].label}.`),
].join(' ');

/** The OpenAPI document: routes from the controllers, and for every step a schema of what it asks. */
export async function apiDocument(app: INestApplication): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const config = new DocumentBuilder()
    .setTitle('Redress')
    .setDescription(
      'Lodge a complaint, follow it, work on it, audit its history. Errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: BEARER })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: operationId,
  });
  document.paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')),
  );
  dropBareHeaders(document);
  nameScopes(document, app);
  for (const row of STEPS.filter(({ step }) => step !== 'lodge'))
    (document.components!.schemas as Record<string, unknown>)[`Step_${row.step}`] = stepSchema(row);
  return document;
}

function operationId(controller: string, method: string): string {
  return `${controller.replace(/Controller$/, '')}.${method}`;
}

/** OpenAPI 3.0 has no place for scopes of bearer tokens: each operation says in words which one it needs. */
function nameScopes(document: OpenAPIObject, app: INestApplication): void {
  const scopes = scopesOfOperations(app);
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(
      methods as Record<string, { operationId?: string; description?: string }>,
    )) {
      const scope = scopes.get(operation.operationId ?? '');
      if (scope) operation.description = `A token of a program needs the scope ${scope}.`;
    }
}

function scopesOfOperations(app: INestApplication): Map<string, string> {
  const scanner = new MetadataScanner();
  const scopes = new Map<string, string>();
  // Made here: an application that only tells what it is made of has no services.
  for (const { metatype } of new DiscoveryService(app.get(ModulesContainer)).getControllers()) {
    const prototype = metatype!.prototype as Record<string, object>;
    for (const method of scanner.getAllMethodNames(prototype)) {
      const permit = Reflect.getMetadata(PERMIT, prototype[method]!) as Permit | undefined;
      const scope = permit && scopeOf(permit.act);
      if (scope) scopes.set(operationId(metatype!.name, method), scope);
    }
  }
  return scopes;
}

/** `@Headers('if-match')` adds a second, undescribed parameter beside the one of `@ApiHeader`. */
function dropBareHeaders(document: OpenAPIObject): void {
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(
      methods as Record<string, { parameters?: { in: string; name: string }[] }>,
    ))
      operation.parameters = operation.parameters?.filter(
        ({ in: place, name }) => place !== 'header' || name !== name.toLowerCase(),
      );
}

function stepSchema(row: StepRow) {
  const asks = [...row.asks, ...(row.mayAsk ?? [])];
  return {
    type: 'object',
    description: `Answers of “${row.step}”: from ${row.from.join(', ')} to ${row.to}; by ${row.by.join(', ')}${agreementsOf(
      row,
    )
      .map(({ role, when }) => `; agreed by ${role} (${when})`)
      .join(
        '',
      )}${row.freeFor ? `; ${row.freeFor.join(', ')} may leave out what it asks, everybody else may not` : ''}.`,
    additionalProperties: false,
    required: row.freeFor ? [] : [...row.asks],
    properties: Object.fromEntries(asks.map((name) => [name, askSchema(ASKS[name])])),
  };
}

function askSchema(ask: Ask) {
  const description = ask.label;
  switch (ask.kind) {
    case 'text':
      return { type: 'string', description, maxLength: ask.maxLength };
    case 'code':
      return { type: 'string', description, enum: [...ask.codes] };
    case 'codes':
      return { type: 'array', description, items: { type: 'string', enum: [...ask.codes] } };
    case 'yesNo':
      return { type: 'boolean', description };
    case 'confirm':
      return { type: 'boolean', description, enum: [true] };
    case 'number':
      return { type: 'integer', description, minimum: ask.min, maximum: ask.max };
    case 'day':
      return { type: 'string', format: 'date', description };
    case 'passcode':
      return { type: 'string', description, maxLength: ask.maxLength };
    case 'language':
      return { type: 'string', description, enum: [...WRITTEN_LANGUAGES] };
    case 'person':
      return { type: 'string', format: 'uuid', description };
    case 'case':
      return { type: 'string', description, pattern: '^RD-[0-9A-Z]{4}-[0-9A-Z]{4}$' };
  }
}
