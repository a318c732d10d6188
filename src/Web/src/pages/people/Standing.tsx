import { Ban, Check } from 'lucide-react';
import { useText } from '../../i18n/TextProvider';
import badge from '../../parts/StateBadge.module.css';

/** Whether somebody may come in. */
export function Standing({ disabled }: { disabled: boolean }) {
  const { people: words } = useText();
  const Icon = disabled ? Ban : Check;
  return (
    <span className={badge.badge} data-tone={disabled ? 'off' : 'good'}>
      <Icon size={14} aria-hidden="true" />
      {disabled ? words.disabled : words.enabled}
    </span>
  );
}
