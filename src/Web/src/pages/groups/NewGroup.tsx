import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { Dialog } from '../../parts/Dialog';
import { MemberPicker } from './MemberPicker';

export function NewGroup({ onClose }: { onClose: () => void }) {
  const { groups: words } = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [members, setMembers] = useState<string[]>([]);
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/groups', { body: { name: name.trim(), visibility: isOpen ? 'open' : 'private', members } })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: keys.groups });
      onClose();
      return navigate({ to: '/groups/$id', params: { id } });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={words.create}>
      <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
        <Stack gap="md">
          <TextInput label={words.name} required maxLength={100} data-autofocus value={name} onChange={({ currentTarget }) => { setName(currentTarget.value); }} />
          <MemberPicker value={members} onChange={setMembers} />
          <Switch label={words.open} description={words.openHint} checked={isOpen} onChange={({ currentTarget }) => { setOpen(currentTarget.checked); }} />
          {create.isError && <FailureAlert error={create.error} />}
          <Group justify="flex-end"><Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>{words.create}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}
