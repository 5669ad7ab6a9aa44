import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PERMIT, type Permit } from '../../src/people/permits';
import type { TestApp } from './app';

export interface Route extends Permit {
  method: string;
  /** With its parameters as the controller declares them, `/desk/cases/:reference`. */
  path: string;
}

/** Every route as its controller declares it. */
export function routesOf(app: TestApp): Route[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const prototype = metatype!.prototype as Record<string, object>;
      const prefix = [Reflect.getMetadata('path', metatype!) as string | string[]].flat();
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata('path', prototype[name]!))
        .flatMap((name) => {
          const of = (key: string) => Reflect.getMetadata(key, prototype[name]!) as unknown;
          const own = [of('path') as string | string[]].flat();
          const permit = of(PERMIT) as Permit;
          const method = RequestMethod[of('method') as RequestMethod];
          return prefix.flatMap((before) =>
            own.map((after) => ({ method, path: addressFrom(before, after), ...permit })),
          );
        });
    });
}

function addressFrom(before: string, after: string): string {
  return `/${before}/${after}`.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, '');
}

/** The address of a route, a parameter at a time from `known`, or `otherwise`. */
export function addressOf(
  { path }: Pick<Route, 'path'>,
  known: Record<string, string>,
  otherwise = '1',
): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? otherwise);
}
