import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One part of the settings, under its name. */
export function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section">
      <div>
        <Text component="h2" fw={600}>{title}</Text>
        {hint !== undefined && <Text size="sm" c="dimmed">{hint}</Text>}
      </div>
      {children}
    </Stack>
  );
}
