// By its path, since the package does not export it by name.
import standalone from '../../node_modules/@scalar/api-reference/dist/browser/standalone.js?url';
import { csrfToken } from '../api/csrf';
import './docs.css';

interface Scalar {
  createApiReference(element: string, configuration: Record<string, unknown>): void;
}

declare global {
  interface Window {
    Scalar?: Scalar;
  }
}

// The reference comes as one ready-made script; bundling its sources again would only cost build time.
const script = document.createElement('script');
script.src = standalone;
script.onload = () => {
  window.Scalar?.createApiReference('#reference', {
    url: '/openapi/v1.json',
    layout: 'modern',
    theme: 'none',
    // Everything stays on this server: no fonts, proxy, cloud tools or statistics of somebody else.
    withDefaultFonts: false,
    telemetry: false,
    showDeveloperTools: 'never',
    hideClientButton: true,
    persistAuth: false,
    darkMode: document.documentElement.dataset.mantineColorScheme === 'dark',
    // Whoever is signed in tries requests as themselves; what changes things wants the proof that the page is ours.
    onBeforeRequest: ({ request }: { request: Request }) => {
      const token = csrfToken(document.cookie);
      if (token !== undefined && !request.headers.has('Authorization')) {
        request.headers.set('X-CSRF-Token', token);
      }
    },
  });
};
document.head.append(script);
