import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ApiError, Code, endSession, unwrap, type components } from '../api';

export type Me = components['schemas']['MeReply'];

export interface Credentials {
  email: string;
  password: string;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/me', { signal })),
  staleTime: Infinity,
});

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** The server took the password, and yet the next request came without the session. */
export class CookieLost extends Error {}

export function useSignIn(onSignedIn: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: Credentials) => {
      await unwrap(api.POST('/api/v1/auth/login', { body: { ...credentials, cookie: true } }));
      try {
        return await queries.query({ ...meQuery, staleTime: 0 });
      } catch (error) {
        throw error instanceof ApiError && error.code === Code.notSignedIn ? new CookieLost() : error;
      }
    },
    onSuccess: onSignedIn,
    // The password stays in memory no longer than the page that asked for it.
    gcTime: 0,
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await unwrap(api.POST('/api/v1/auth/logout')).catch((error: unknown) => {
        // A session that the server no longer knows is as good as signed out.
        if (!(error instanceof ApiError && error.code === Code.notSignedIn)) {
          throw error;
        }
      });
      endSession();
    },
  });
}
