import { Group, Text } from '@mantine/core';
import { useText } from '../i18n/TextProvider';

/** One centre, and what it holds together. */
export function Logo({ size = 26 }: { size?: number }) {
  const { product } = useText().shell;
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="var(--mantine-color-iris-6)" />
        <path d="M16 16 8.5 9.5M16 16l8-5.5M16 16l-2.5 8.5" stroke="#fff" strokeOpacity=".6" strokeWidth="1.8" />
        <circle cx="16" cy="16" r="4.2" fill="#fff" />
        <circle cx="8.5" cy="9.5" r="2.3" fill="#fff" />
        <circle cx="24" cy="10.5" r="2.3" fill="#fff" />
        <circle cx="13.5" cy="24.5" r="2.3" fill="#fff" />
      </svg>
      <Text fw={650} size="md" lts="-0.01em">
        {product}
      </Text>
    </Group>
  );
}
