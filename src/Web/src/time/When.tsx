import { languages } from '../i18n/languages';
import { useTexts } from '../i18n/TextProvider';
import { exact, relative } from './format';
import { useNow } from './useNow';

/** How long ago, and on hover when exactly. */
export function When({ at }: { at: string | null | undefined }) {
  const { language, text } = useTexts();
  const now = useNow();
  if (at === null || at === undefined) {
    return <span>–</span>;
  }
  const { tag } = languages[language];
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={exact(moment, tag)}>
      {relative(moment, now, tag, text.parts.now)}
    </time>
  );
}
