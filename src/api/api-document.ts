import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Holds the document; it is made when somebody first asks for it, not at start. */
@Injectable()
export class ApiDocument {
  private make: (() => Promise<OpenAPIObject>) | null = null;
  private made: Promise<OpenAPIObject> | null = null;

  /** Told once by the composition, which alone knows the whole application. */
  makeWith(make: () => Promise<OpenAPIObject>): void {
    this.make = make;
  }

  async read(): Promise<OpenAPIObject> {
    if (!this.make) throw new Error('ApiDocument.makeWith was not called.');
    return (this.made ??= this.make());
  }

  /** A plain page that lists every route; the JSON holds the shapes. */
  async page(): Promise<string> {
    const { paths } = await this.read();
    const rows = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(
        methods as Record<string, { tags?: string[]; parameters?: { name?: string; in?: string }[] }>,
      ).map(
        ([method, { tags, parameters }]) =>
          `<tr><td>${escape(method.toUpperCase())}</td><td><code>${escape(path)}</code></td><td>${escape((tags ?? []).join(', '))}</td><td>${escape(
            (parameters ?? []).map(({ name, in: place }) => `${name} (${place})`).join(', '),
          )}</td></tr>`,
      ),
    );
    return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Redress API</title></head><body><main><h1>Redress API</h1><p>The whole document, with every shape: <a href="/api/docs-json">/api/docs-json</a> (OpenAPI 3). Errors are problem details (RFC 9457) with a list of needs.</p><table><thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">Part</th><th scope="col">Parameters</th></tr></thead><tbody>${rows.join('')}</tbody></table></main></body></html>`;
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
