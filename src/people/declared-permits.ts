import { type INestApplicationContext, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PERMIT } from './permits';

const NEST_ROUTE = 'path';

/** Stops the start when a route does not say who may enter. */
@Injectable()
export class DeclaredPermits implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    this.check();
  }

  /** Throws one sentence that names every route without `@Permits`. */
  check(): void {
    const missing = this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = metatype?.prototype as Record<string, object> | undefined;
      if (!prototype) return [];
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata(NEST_ROUTE, prototype[name]!))
        .filter((name) => !Reflect.hasMetadata(PERMIT, prototype[name]!))
        .map((name) => `${metatype!.name}.${name}`);
    });
    if (missing.length > 0)
      throw new Error(
        `These routes do not say who may enter: ${missing.join(', ')}. Put @Permits above each.`,
      );
  }
}

/** Throws when a route of this application has no `@Permits`. */
export function everyRouteDeclares(app: INestApplicationContext): void {
  app.get(DeclaredPermits, { strict: false }).check();
}
