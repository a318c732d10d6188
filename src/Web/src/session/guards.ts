import type { QueryClient } from '@tanstack/react-query';
import { redirect, type ParsedLocation } from '@tanstack/react-router';
import { ApiError, Code } from '../api';
import { mayHaveSession } from '../api/csrf';
import { safeNext } from './next';
import { meQuery } from './session';

export async function signedInOnly(queries: QueryClient, location: ParsedLocation): Promise<void> {
  if (!(await isSignedIn(queries))) {
    const next = location.href === '/' ? undefined : safeNext(location.href);
    // The router wants its redirect thrown.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/sign-in', search: { next }, replace: true });
  }
}

export async function strangersOnly(queries: QueryClient, next: string | undefined): Promise<void> {
  // A part that is down is no reason to hide the sign-in page, which says so itself.
  if (await isSignedIn(queries).catch(() => false)) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ href: next ?? '/', replace: true });
  }
}

async function isSignedIn(queries: QueryClient): Promise<boolean> {
  if (!mayHaveSession()) {
    return false;
  }
  try {
    await queries.query({ ...meQuery, staleTime: 'static' });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === Code.notSignedIn) {
      return false;
    }
    throw error;
  }
}
