import { Button, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FailureAlert } from '../feedback/FailureAlert';
import { useText } from '../i18n/TextProvider';
import { PageTitle } from '../shell/PageTitle';
import { useFormat } from '../time/useFormat';
import classes from './ListPage.module.css';
import type { Selection } from './useSelection';

export interface ListPageProps {
  title: string;
  total?: { total: number; total_capped?: boolean | null } | undefined;
  /** What can be done on the whole: in the top right corner. */
  actions?: ReactNode;
  filters?: ReactNode;
  error: unknown;
  onRetry: () => void;
  selection?: Selection;
  /** What can be done with the selected rows. */
  deeds?: ReactNode;
  /** There is something new that is not shown, because the reader has scrolled down. */
  onNews?: (() => void) | undefined;
  children: ReactNode;
}

/** A page that is one long list: it fills the window, and only its rows scroll. */
export function ListPage({ title, total, actions, filters, error, onRetry, selection, deeds, onNews, children }: ListPageProps) {
  const { list: words } = useText();
  const { number } = useFormat();
  const selected = selection?.ids.size ?? 0;
  return (
    <div className={classes.page} data-fills>
      <Group justify="space-between" mih={36} wrap="nowrap">
        <Group gap="sm" align="baseline">
          <PageTitle>{title}</PageTitle>
          <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {total && (total.total_capped ? words.countAtLeast(number(total.total)) : words.count(number(total.total)))}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {filters !== undefined && <div className={classes.filters}>{filters}</div>}
      {error !== null && error !== undefined && <FailureAlert error={error} onRetry={onRetry} />}
      <Paper className={classes.panel}>
        {children}
        {onNews !== undefined && (
          <Button size="compact-sm" className={classes.news} onClick={onNews}>
            {words.news}
          </Button>
        )}
        {selected > 0 && selection !== undefined && (
          <div className={classes.deeds} role="toolbar" aria-label={words.selected(number(selected))}>
            <Text size="sm" fw={550} role="status">
              {words.selected(number(selected))}
            </Text>
            {deeds}
            <Button size="compact-sm" variant="subtle" color="gray" onClick={selection.clear}>
              {words.clearSelection}
            </Button>
          </div>
        )}
      </Paper>
    </div>
  );
}
