import { ActionIcon, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { useState } from 'react';
import { api, unwrap } from '../../../api';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';

/** Steers the program that works on it, in the same conversation. */
export function SayToIt({ id }: { id: string }) {
  const { say: words } = useText().task;
  const [text, setText] = useState('');
  const tell = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/tasks/{id}/message', { params: { path: { id } }, body: { text: text.trim() } })),
    onSuccess: () => {
      setText('');
      toast(words.told);
    },
    onError: (error) => {
      toast(words.label, error);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') {
          tell.mutate();
        }
      }}
    >
      <TextInput
        aria-label={words.label}
        placeholder={words.placeholder}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        rightSection={
          <ActionIcon type="submit" variant="subtle" loading={tell.isPending} disabled={text.trim() === ''} aria-label={words.send}>
            <SendHorizontal size={16} />
          </ActionIcon>
        }
      />
    </form>
  );
}
