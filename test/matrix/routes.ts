import { type DynamicModule, type ForwardReference, RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { PERMIT, type Permit } from '../../src/people/permits';
import { ACTS, type Act, type ActRow } from '../../src/rules/acts';

/** One address with its method, as its controller declares it. */
export interface Route {
  /** Method and address, for the title of a test. */
  name: string;
  method: string;
  path: string;
  act: Act;
  row: ActRow;
  isApi: boolean;
  changes: boolean;
}

type Imported = Type | DynamicModule | ForwardReference | Promise<DynamicModule>;

/** Every route of the application, read from the metadata of its modules and controllers: nothing is started. */
export function everyRoute(): Route[] {
  return [...new Set(controllersOf(AppModule, new Set()))]
    .flatMap(routesOf)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function controllersOf(module: Imported, met: Set<unknown>): Type[] {
  const type = typeof module === 'object' && 'module' in module ? module.module : module;
  if (typeof type !== 'function' || met.has(type)) return [];
  met.add(type);
  const of = (key: string) => (Reflect.getMetadata(key, type) ?? []) as unknown[];
  return [
    ...(of('controllers') as Type[]),
    ...(of('imports') as Imported[]).flatMap((each) => controllersOf(each, met)),
  ];
}

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  const prefixes = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter((name) => Reflect.hasMetadata('path', prototype[name]!))
    .flatMap((name) => {
      const of = (key: string) => Reflect.getMetadata(key, prototype[name]!) as unknown;
      const method = RequestMethod[of('method') as RequestMethod];
      const { act } = of(PERMIT) as Permit;
      return prefixes.flatMap((before) =>
        [of('path') as string | string[]].flat().map((after) => {
          const path = `/${before}/${after}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
          const isApi = /^\/api\//.test(path);
          const changes = method !== 'GET';
          return { name: `${method} ${path}`, method, path, act, row: ACTS[act], isApi, changes };
        }),
      );
    });
}
