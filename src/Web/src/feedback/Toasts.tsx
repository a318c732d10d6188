import { CloseButton, Paper, Text } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { FailureAlert } from './FailureAlert';
import classes from './Toasts.module.css';
import { dismiss, useToasts } from './toasts';

export function Toasts() {
  const { parts } = useText();
  const toasts = useToasts();
  return (
    <div className={classes.stack} role="region" aria-label={parts.notifications} aria-live="polite">
      {toasts.map(({ id, text, error }) => (
        <Paper key={id} className={classes.toast} shadow="md">
          {error === undefined ? (
            <span className={classes.good}>
              <CircleCheck size={16} aria-hidden="true" />
              <Text size="sm">{text}</Text>
            </span>
          ) : (
            <FailureAlert error={error} title={text} />
          )}
          <CloseButton
            size="sm"
            aria-label={parts.dismiss}
            onClick={() => {
              dismiss(id);
            }}
          />
        </Paper>
      ))}
    </div>
  );
}
