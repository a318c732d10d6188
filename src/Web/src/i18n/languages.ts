import type { Catalogue } from './en';

/** One chunk per language: nobody loads the words of the other. */
export const languages = {
  en: { name: 'EN', tag: 'en', load: () => import('./en').then((m): Catalogue => m.en) },
  zh: { name: '中文', tag: 'zh-CN', load: () => import('./zh').then((m) => m.zh) },
} as const;

export type Language = keyof typeof languages;

const key = 'agents.language';

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value);
}

/** What the person chose, else the first of the browser's languages that we speak. */
export function chooseLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (isLanguage(stored)) {
    return stored;
  }
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

export function preferredLanguage(): Language {
  return chooseLanguage(localStorage.getItem(key), navigator.languages);
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(key, language);
}
