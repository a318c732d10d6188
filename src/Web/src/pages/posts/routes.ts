import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, text } from '../../list/search';
import { signedIn } from '../../routes';

export const postTabs = ['edit', 'versions', 'rollout', 'agents', 'secrets'] as const;

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/posts',
  validateSearch: (search): { q?: string; gallery?: true } => given({ q: text(search.q), gallery: search.gallery === true ? true as const : undefined }),
  component: lazyRouteComponent(() => import('./PostsPage'), 'PostsPage'),
});

const made = createRoute({
  getParentRoute: () => signedIn,
  path: '/posts/new',
  component: lazyRouteComponent(() => import('./NewPostPage'), 'NewPostPage'),
});

const number = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined);

const detail = createRoute({
  getParentRoute: () => signedIn,
  path: '/posts/$id',
  validateSearch: (search): { tab?: (typeof postTabs)[number]; from?: number; to?: number } =>
    given({ tab: oneOf(search.tab, postTabs), from: number(search.from), to: number(search.to) }),
  component: lazyRouteComponent(() => import('./PostPage'), 'PostPage'),
});

export const postRoutes = [list, made, detail] as const;
