import { errorBody, HttpError } from '@quorate/http';
import { z } from 'zod';

/** What a request may hold fields in. A `FastifyRequest` whose body is raw is one. */
export interface FieldSource {
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: { readonly 'content-type'?: string | undefined };
  readonly body: unknown;
}

const JsonFields = z.record(z.string(), z.string().refine(isText));

/** The named values of a request: of its query, or of its query and its body together. */
export class Fields {
  static readonly #none = new Fields();
  // A map, since a field may be called `__proto__`.
  readonly #values = new Map<string, string>();

  static ofQuery(url: string): Fields {
    const start = url.indexOf('?');
    if (start === -1) return Fields.#none;
    const fields = new Fields();
    fields.#addPairs(url.slice(start + 1));
    return fields;
  }

  /** @throws HttpError 400, or 415 for a body that is neither JSON nor a form. */
  static ofRequest(request: FieldSource): Fields {
    const fields = new Fields();
    const start = request.url.indexOf('?');
    if (start !== -1) fields.#addPairs(request.url.slice(start + 1));
    if (request.body instanceof Uint8Array && request.body.length > 0) {
      fields.#addBody(request.body, mediaType(request));
    }
    return fields;
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** @throws HttpError 400 that names the field. */
  required(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw badRequest(`The parameter '${name}' is missing.`);
    return value;
  }

  #addBody(body: Uint8Array, type: string): void {
    const text = decodeUtf8(body);
    if (type === 'application/x-www-form-urlencoded') return this.#addPairs(text);
    if (type === 'application/json') return this.#addJson(text);
    throw new HttpError(
      415,
      errorBody(
        'unsupported-media-type',
        'Send the parameters in the query, as application/x-www-form-urlencoded, or as application/json.',
      ),
    );
  }

  #addPairs(text: string): void {
    for (const pair of text.split('&')) {
      if (pair === '') continue;
      const middle = pair.indexOf('=');
      const name = middle === -1 ? pair : pair.slice(0, middle);
      this.#add(decodePercent(name), middle === -1 ? '' : decodePercent(pair.slice(middle + 1)));
    }
  }

  #addJson(text: string): void {
    const parsed = JsonFields.safeParse(parseJson(text));
    if (!parsed.success) {
      throw badRequest('The body must be a JSON object whose values are strings of Unicode text.');
    }
    for (const [name, value] of Object.entries(parsed.data)) this.#add(name, value);
  }

  /** Two values would leave it to chance which of them counts. */
  #add(name: string, value: string): void {
    if (this.#values.has(name)) throw badRequest(`The parameter '${name}' is given twice.`);
    this.#values.set(name, value);
  }
}

export function badRequest(message: string): HttpError {
  return new HttpError(400, errorBody('bad-request', message));
}

/** `application/json`, without its parameters. */
export function mediaType({ headers }: FieldSource): string {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase();
}

/** JSON can escape half of a surrogate pair, which no UTF-8 can hold. */
function isText(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** Decodes as forms do: `+` is a space. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest(`'${text.slice(0, 100)}' is not percent-encoded UTF-8.`);
  }
}

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON.');
  }
}
