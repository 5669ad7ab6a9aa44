import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Answer } from './app';

type Schema = Record<string, unknown>;

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface ApiDocumentJson {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Checks answers against the API document: an answer of an undocumented status, type, field or shape is a fault. */
export class ApiSchema {
  private readonly ajv = new Ajv({ allErrors: true, strict: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: ApiDocumentJson) {
    addFormats(this.ajv);
    const schemas = Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, schema]) => [name, strict(schema)]),
    );
    this.ajv.addSchema({ $id: 'api', components: { schemas } });
  }

  /** Every fault as a sentence; empty when the answer is as documented. */
  faults(method: string, path: string, answer: Answer<unknown>): string[] {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not in the document.`];
    const documented =
      operation.responses[answer.status] ?? operation.responses[answer.status >= 400 ? '4XX' : 'default'];
    if (!documented) return [`${method} ${path} answered ${answer.status}, which is not in the document.`];
    const type = String(answer.headers['content-type'] ?? '').split(';')[0]!;
    if (!documented.content)
      return answer.status === 204 ? [] : [`${method} ${path} ${answer.status} documents no content.`];
    const content = documented.content[type];
    if (!content)
      return [`${method} ${path} ${answer.status} answered ${type}, which is not in the document.`];
    if (!content.schema || !type.includes('json')) return [];
    const validate = this.validatorOf(`${method} ${path} ${answer.status}`, content.schema);
    if (validate(answer.body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${method} ${path}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private validatorOf(name: string, schema: Schema): ValidateFunction {
    let validate = this.compiled.get(name);
    if (!validate) this.compiled.set(name, (validate = this.ajv.compile(strict(schema) as Schema)));
    return validate;
  }
}

/** OpenAPI 3.0 to JSON Schema: null where `nullable` allows it, references made absolute, and no field beside the named ones. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...rest } = schema as Schema;
  const mapped: Schema = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === '$ref'
        ? String(value).replace('#', 'api#')
        : name === 'properties'
          ? strictEach(value as Schema)
          : strict(value),
    ]),
  );
  if (mapped.properties && mapped.additionalProperties === undefined) mapped.additionalProperties = false;
  return nullable ? { anyOf: [mapped, { type: 'null' }] } : mapped;
}

function strictEach(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, strict(schema)]));
}
