import { Kbd } from '@mantine/core';
import { useText } from '../i18n/TextProvider';

const isMac = /mac/i.test(navigator.userAgent);
const names: Record<string, string | undefined> = { down: '↓', up: '↑', enter: '↵', mod: isMac ? '⌘' : 'Ctrl' };

export function Keys({ keys }: { keys: string }) {
  const { commands } = useText();
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {keys.split(' ').map((key, index) => (
        <span key={index}>
          {index > 0 && <span style={{ fontSize: 11, padding: '0 4px', color: 'var(--mantine-color-dimmed)' }}>{commands.then}</span>}
          {key.split('+').map((part) => (
            <Kbd key={part} size="xs" mx={1}>
              {names[part] ?? (part.length === 1 ? part.toUpperCase() : part)}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
