import type * as Swagger from '@nestjs/swagger';

export type { ApiPropertyOptions } from '@nestjs/swagger';

type Decorator = (...place: unknown[]) => void;
type Decorate = (...options: unknown[]) => Decorator;

const waiting: ((swagger: Record<string, Decorate>) => void)[] = [];

/** The decorator of @nestjs/swagger with this name; what it says is remembered and told when the document is made. */
function later<Name extends keyof typeof Swagger>(name: Name): (typeof Swagger)[Name] {
  const decorate: Decorate =
    (...options) =>
    (...place) => {
      waiting.push((swagger) => swagger[name]!(...options)(...place));
    };
  return decorate as unknown as (typeof Swagger)[Name];
}

// A fifth of all files that a start would read belongs to @nestjs/swagger, which most servers need never.
export const ApiBearerAuth = later('ApiBearerAuth');
export const ApiBody = later('ApiBody');
export const ApiConsumes = later('ApiConsumes');
export const ApiCreatedResponse = later('ApiCreatedResponse');
export const ApiExcludeController = later('ApiExcludeController');
export const ApiExtraModels = later('ApiExtraModels');
export const ApiHeader = later('ApiHeader');
export const ApiOkResponse = later('ApiOkResponse');
export const ApiParam = later('ApiParam');
export const ApiProduces = later('ApiProduces');
export const ApiProperty = later('ApiProperty');
export const ApiPropertyOptional = later('ApiPropertyOptional');
export const ApiQuery = later('ApiQuery');
export const ApiResponse = later('ApiResponse');
export const ApiTags = later('ApiTags');

/** Loads @nestjs/swagger and tells it what every class loaded so far says of itself, in the order of loading. */
export async function loadSwagger(): Promise<typeof Swagger> {
  const swagger = await import('@nestjs/swagger');
  for (const tell of waiting.splice(0)) tell(swagger as unknown as Record<string, Decorate>);
  return swagger;
}
