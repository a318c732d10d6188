import { Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './Empty.module.css';

/** Where there is nothing: what would stand here, and the next step. */
export function Empty({ icon: Icon, title, hint, children }: { icon: LucideIcon; title: string; hint: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" maw={440}>
        {hint}
      </Text>
      {children !== undefined && <div className={classes.step}>{children}</div>}
    </div>
  );
}
