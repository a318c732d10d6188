/** What every JSON answer of the API looks like, errors included. */
export interface Envelope<T> {
  code: number;
  message: string;
  data: T;
  request_id: string;
}

/** The codes of the API, and two of our own for answers that never became an envelope. */
export const Code = {
  invalid: 1001,
  notSignedIn: 1002,
  notAllowed: 1003,
  tooMany: 1004,
  notFound: 2001,
  wrongState: 3001,
  conflict: 3002,
  internal: 5000,
  unavailable: 5003,
  unreachable: -1,
  unreadable: -2,
} as const;

export interface Failure {
  code: number;
  message: string;
  requestId?: string | undefined;
  /** Seconds that the server asks to wait. */
  retryAfter?: number | undefined;
  /** Field name to what is wrong with it. */
  fields?: Record<string, string[]> | undefined;
}

export class ApiError extends Error {
  readonly code: number;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** The moment from which another try makes sense, milliseconds since 1970; 0 is at once. */
  readonly retryAt: number;
  readonly fields: Record<string, string[]>;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'ApiError';
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.retryAfter = failure.retryAfter;
    this.retryAt = failure.retryAfter === undefined ? 0 : Date.now() + failure.retryAfter * 1000;
    this.fields = failure.fields ?? {};
  }
}

interface Answer<T> {
  data?: Envelope<T> | undefined;
  error?: unknown;
  response: Response;
}

/** The data of a good answer; everything else is thrown as an ApiError that keeps code, message and request id. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw cause instanceof DOMException && cause.name === 'AbortError' ? cause : unanswered(cause);
  });

  const body: unknown = data ?? error;
  if (response.ok && isEnvelope(body) && body.code === 0) {
    return body.data as T;
  }
  throw failed(response, body);
}

function unanswered(cause: unknown): ApiError {
  // JSON that does not parse is an answer all the same, only not one of ours.
  const code = cause instanceof SyntaxError ? Code.unreadable : Code.unreachable;
  return new ApiError({ code, message: cause instanceof Error ? cause.message : String(cause) }, { cause });
}

function failed(response: Response, body: unknown): ApiError {
  const requestId = response.headers.get('X-Request-ID') ?? undefined;
  const retryAfter = secondsToWait(response.headers.get('Retry-After'));
  if (!isEnvelope(body) || body.code === 0) {
    const message = `${String(response.status)} ${response.statusText}`.trim();
    return new ApiError({ code: Code.unreadable, message, requestId, retryAfter });
  }
  return new ApiError({
    code: body.code,
    message: body.message,
    requestId: body.request_id || requestId,
    retryAfter,
    fields: fieldsOf(body.data),
  });
}

function isEnvelope(body: unknown): body is Envelope<unknown> {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'number';
}

function fieldsOf(data: unknown): Record<string, string[]> | undefined {
  const errors = typeof data === 'object' && data !== null && 'errors' in data ? data.errors : undefined;
  return typeof errors === 'object' && errors !== null ? (errors as Record<string, string[]>) : undefined;
}

/** Retry-After is seconds or a date. */
export function secondsToWait(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') {
    return undefined;
  }
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(header) - now) / 1000;
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}
