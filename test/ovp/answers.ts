import type { Json } from '../../shared/json.ts';

/** An answer before it is written: the body as JSON, or as text with its own content type. */
export interface LocalAnswer {
  readonly status: number;
  readonly json?: Json;
  readonly text?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (status: number, body: Json): LocalAnswer => ({ status, json: body });

/** API Gateway's own error bodies, which is what stands in front of v3. */
export const gateway = (status: number, message: string): LocalAnswer => json(status, { message });

/** The documented error body of the sibling API. */
export const metaError = (status: number, code: string, title: string, description: string): LocalAnswer =>
  json(status, {
    meta: { status, code, title, message: description, description, links: [] },
  });

export const notFound = (what: string): LocalAnswer =>
  metaError(404, 'ERR-404-RecordNotFound', 'Record Not Found', `The requested ${what} couldn't be found.`);

export const unprocessable = (what: string): LocalAnswer =>
  metaError(422, 'ERR-422-RecordInvalid', 'Record Invalid', `The request couldn't be processed. ${what}`);
