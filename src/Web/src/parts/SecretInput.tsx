import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { RefAttributes } from 'react';
import { useText } from '../i18n/TextProvider';

/** What is typed is hidden until one asks to see it, by mouse or by key. */
export function SecretInput(props: PasswordInputProps & RefAttributes<HTMLInputElement>) {
  const { parts: words } = useText();
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': words.reveal, tabIndex: 0 }} />;
}
