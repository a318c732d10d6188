import { useCallback } from 'react';
import { languages } from '../../i18n/languages';
import { useTexts } from '../../i18n/TextProvider';
import { readCron } from './cron/cron';
import { sayCron } from './cron/say';

/** Says a cron expression in the reader's language; undefined where it is none. */
export function useCronWords(): (cron: string) => string | undefined {
  const { language, text } = useTexts();
  return useCallback(
    (expression: string) => {
      const cron = readCron(expression);
      return cron && sayCron(cron, text.cron, languages[language].tag);
    },
    [language, text],
  );
}
