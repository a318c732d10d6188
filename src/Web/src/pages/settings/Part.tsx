import { Stack, Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';

/** One part of the settings, under its name. */
export function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <div>
        <Text component="h2" fw={600} id={id}>{title}</Text>
        {hint !== undefined && <Text size="sm" c="dimmed">{hint}</Text>}
      </div>
      {children}
    </Stack>
  );
}
