import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useText } from '../i18n/TextProvider';

/** A button that copies, and says so. `what` names it where several stand side by side. */
export function Copied({ value, what }: { value: string; what?: string }) {
  const { shell } = useText();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? shell.copied : shell.copy} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={copy}
            aria-label={`${copied ? shell.copied : shell.copy}${what === undefined ? '' : `: ${what}`}`}
          >
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
