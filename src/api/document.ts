import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadSwagger } from '../platform/api-decorators';
import { ASKS, type Ask } from '../rules/asks';
import { STEPS, type StepRow } from '../rules/steps';

/** The OpenAPI document: routes from the controllers, and for every step a schema of what it asks. */
export async function apiDocument(app: INestApplication): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const config = new DocumentBuilder()
    .setTitle('Redress')
    .setDescription(
      'Lodge a complaint, follow it, work on it, audit its history. Errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  document.paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')),
  );
  dropBareHeaders(document);
  for (const row of STEPS.filter(({ step }) => step !== 'lodge'))
    (document.components!.schemas as Record<string, unknown>)[`Step_${row.step}`] = stepSchema(row);
  return document;
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
    description: `Answers of “${row.step}”: from ${row.from.join(', ')} to ${row.to}; by ${row.by.join(', ')}${row.agreedBy ? `; agreed by ${row.agreedBy.role} (${row.agreedBy.when})` : ''}.`,
    additionalProperties: false,
    required: [...row.asks],
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
    case 'person':
      return { type: 'string', format: 'uuid', description };
    case 'case':
      return { type: 'string', description, pattern: '^RD-[0-9A-Z]{4}-[0-9A-Z]{4}$' };
  }
}
