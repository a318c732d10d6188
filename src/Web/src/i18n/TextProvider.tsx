import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Catalogue } from './en';
import { languages, rememberLanguage, type Language } from './languages';

interface Texts {
  language: Language;
  text: Catalogue;
  speak: (language: Language) => void;
}

const TextContext = createContext<Texts | null>(null);

export interface TextProviderProps {
  language: Language;
  text: Catalogue;
  children: ReactNode;
}

export function TextProvider({ language, text, children }: TextProviderProps) {
  const [spoken, setSpoken] = useState({ language, text });

  useEffect(() => {
    document.documentElement.lang = languages[spoken.language].tag;
  }, [spoken.language]);

  const texts = useMemo<Texts>(
    () => ({
      ...spoken,
      speak: (next) => {
        rememberLanguage(next);
        void languages[next].load().then((loaded) => {
          setSpoken({ language: next, text: loaded });
        });
      },
    }),
    [spoken],
  );

  return <TextContext value={texts}>{children}</TextContext>;
}

export function useTexts(): Texts {
  const texts = useContext(TextContext);
  if (texts === null) {
    throw new Error('useText needs a TextProvider around it.');
  }
  return texts;
}

export function useText(): Catalogue {
  return useTexts().text;
}
