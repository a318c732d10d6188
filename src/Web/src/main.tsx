import './mantine.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError, Code, onSessionEnded } from './api';
import { languages, preferredLanguage } from './i18n/languages';
import { TextProvider } from './i18n/TextProvider';
import { createAppRouter } from './router';
import { safeNext } from './session/next';
import { colorSchemeManager, theme } from './theme';

const queries = new QueryClient({
  // The server may well be on this very machine: being offline is no reason not to ask it.
  defaultOptions: { queries: { retry: passing, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
const router = createAppRouter({ queries });

onSessionEnded(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') {
    return;
  }
  const next = pathname === '/' ? undefined : safeNext(href);
  void router.navigate({ to: '/sign-in', search: { next }, replace: true }).then(() => {
    // Only when nothing on the screen asks for it any more, else it would be fetched again.
    queries.getQueryCache().clear();
  });
});

/** One more try for what may be over in a moment; a refusal stays one. */
function passing(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiError && (error.code === Code.unreachable || error.code === Code.unavailable);
}

const language = preferredLanguage();
const root = document.getElementById('root');
if (root !== null) {
  const text = await languages[language].load();
  createRoot(root).render(
    <StrictMode>
      <TextProvider language={language} text={text}>
        <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </TextProvider>
    </StrictMode>,
  );
}
