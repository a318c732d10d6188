import { Button } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { Empty } from './Empty';

/** There is something, but nothing that fits what is looked for. */
export function NothingFound({ icon, onClear }: { icon: LucideIcon; onClear: () => void }) {
  const { list: words } = useText();
  return (
    <Empty icon={icon} title={words.nothingFound} hint={words.nothingFoundHint}>
      <Button variant="default" size="xs" onClick={onClear}>{words.clearFilters}</Button>
    </Empty>
  );
}
