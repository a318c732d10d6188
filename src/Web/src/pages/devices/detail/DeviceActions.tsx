import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Hourglass, Play, Trash2 } from 'lucide-react';
import { api, unwrap } from '../../../api';
import { useCommands } from '../../../commands/commands';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { keys } from '../../../live/keys';
import { Confirm } from '../../../parts/Confirm';
import type { Device } from '../queries';

export function DeviceActions({ device }: { device: Device }) {
  const { devices: words } = useText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draining, { open: openDrain, close: closeDrain }] = useDisclosure();
  const [removing, { open: openRemove, close: closeRemove }] = useDisclosure();
  const params = { path: { id: device.id } };
  const done = (text: string) => () => {
    toast(text);
    return queries.invalidateQueries({ queryKey: keys.devices });
  };

  const drain = useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/devices/{id}/drain', { params })), onSuccess: done(words.drain.done) });
  const resume = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/devices/{id}/resume', { params })),
    onSuccess: done(words.resume.done),
    onError: (error) => { toast(words.resume.deed, error); },
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/devices/{id}', { params })),
    onSuccess: async () => {
      toast(words.remove.done);
      await navigate({ to: '/devices' });
      await queries.invalidateQueries({ queryKey: [...keys.devices, 'list'] });
    },
  });

  useCommands([
    { id: 'device:drain', label: words.drain.deed, group: 'page', icon: Hourglass, when: () => !device.draining, run: openDrain },
    { id: 'device:resume', label: words.resume.deed, group: 'page', icon: Play, when: () => device.draining, run: () => { resume.mutate(); } },
    { id: 'device:remove', label: words.remove.deed, group: 'page', icon: Trash2, run: openRemove },
  ]);

  return (
    <>
      {device.draining ? (
        <Button size="xs" leftSection={<Play size={14} />} loading={resume.isPending} onClick={() => { resume.mutate(); }}>{words.resume.deed}</Button>
      ) : (
        <Button size="xs" variant="default" leftSection={<Hourglass size={14} />} onClick={openDrain}>{words.drain.deed}</Button>
      )}
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} />} onClick={openRemove}>{words.remove.deed}</Button>
      <Confirm opened={draining} title={words.drain.title} deed={words.drain.deed} pending={drain.isPending} error={drain.error} onClose={closeDrain} onConfirm={() => { drain.mutate(undefined, { onSuccess: closeDrain }); }}>
        {words.drain.hint}
      </Confirm>
      <Confirm opened={removing} title={words.remove.title} deed={words.remove.deed} pending={remove.isPending} error={remove.error} onClose={closeRemove} onConfirm={() => { remove.mutate(); }}>
        {words.remove.hint}
      </Confirm>
    </>
  );
}
