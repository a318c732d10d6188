import { ApiError, Code } from '../api';
import type { Catalogue } from '../i18n/en';

export interface Description {
  title: string;
  detail: string | undefined;
  requestId: string | undefined;
  retryAfter: number | undefined;
}

/** An error in the reader's words; what the server said itself stays beneath. */
export function describe(error: unknown, text: Catalogue): Description {
  if (!(error instanceof ApiError)) {
    const detail = error instanceof Error ? error.message : String(error);
    return { title: text.failure.unexpected, detail, requestId: undefined, retryAfter: undefined };
  }

  const { requestId, retryAfter } = error;
  switch (error.code) {
    case Code.unreachable:
      return { title: text.failure.unreachable, detail: text.failure.unreachableHint, requestId, retryAfter };
    case Code.unreadable:
      return { title: text.failure.unreadable, detail: error.message, requestId, retryAfter };
    default: {
      const titles: Record<number, string | undefined> = text.failure.codes;
      return { title: titles[error.code] ?? error.message, detail: error.message, requestId, retryAfter };
    }
  }
}
