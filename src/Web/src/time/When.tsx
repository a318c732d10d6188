import { languages } from '../i18n/languages';
import { useTexts } from '../i18n/TextProvider';
import { relative } from './format';
import { exactIn } from './formatters';
import { useNow } from './useNow';
import { useZone } from './zone';

/** How long ago, and on hover when exactly. */
export function When({ at }: { at: string | null | undefined }) {
  const { language, text } = useTexts();
  const zone = useZone();
  const now = useNow();
  if (at === null || at === undefined) {
    return <span>–</span>;
  }
  const { tag } = languages[language];
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={exactIn(tag, zone).format(moment)}>
      {relative(moment, now, tag, text.parts.now)}
    </time>
  );
}
