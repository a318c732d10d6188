import { SegmentedControl } from '@mantine/core';
import { useText } from '../../../i18n/TextProvider';

export function ViewSwitch({ view, onChange }: { view: 'board' | undefined; onChange: (view: 'board' | undefined) => void }) {
  const { tasks: words } = useText();
  return (
    <SegmentedControl
      aria-label={words.views.label}
      value={view ?? 'list'}
      data={[
        { value: 'list', label: words.views.list },
        { value: 'board', label: words.views.board },
      ]}
      onChange={(next) => {
        onChange(next === 'board' ? next : undefined);
      }}
    />
  );
}
