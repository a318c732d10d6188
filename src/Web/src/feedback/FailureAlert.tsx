import { ActionIcon, Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { Check, CircleAlert, Copy, RotateCw } from 'lucide-react';
import { useText } from '../i18n/TextProvider';
import { describe } from './describe';
import classes from './FailureAlert.module.css';

export interface FailureAlertProps {
  error: unknown;
  title?: string;
  detail?: string;
  onRetry?: () => void;
}

/** What happened, in words, and the request id to ask about it. */
export function FailureAlert({ error, title, detail, onRetry }: FailureAlertProps) {
  const text = useText();
  const failure = describe(error, text);

  return (
    <Alert
      className={classes.alert}
      classNames={{ icon: classes.icon, title: classes.title, wrapper: classes.wrapper }}
      role="alert"
      icon={<CircleAlert size={18} />}
      title={title ?? failure.title}
    >
      <Stack gap={6} align="flex-start">
        <Text size="sm">{detail ?? failure.detail}</Text>
        {detail === undefined && failure.retryAfter !== undefined && (
          <Text size="sm">{text.failure.wait(failure.retryAfter)}</Text>
        )}
        {failure.requestId !== undefined && <RequestId id={failure.requestId} />}
        {onRetry && (
          <Button size="compact-sm" variant="default" leftSection={<RotateCw size={14} />} onClick={onRetry}>
            {text.shell.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function RequestId({ id }: { id: string }) {
  const text = useText();
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
        {text.failure.requestId}
      </Text>
      <Code className={classes.id}>{id}</Code>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={copied ? text.shell.copied : text.shell.copy}>
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
