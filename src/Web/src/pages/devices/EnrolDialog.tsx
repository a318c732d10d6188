import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { CopyLine } from '../../parts/CopyLine';
import { Dialog } from '../../parts/Dialog';
import { When } from '../../time/When';
import { Arrival } from './Arrival';
import { newestQuery } from './newest';

/** A token, what to do with it, and the machine as it comes in. */
export function EnrolDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { enrol: words } = useText().devices;
  return (
    <Dialog opened={opened} onClose={onClose} title={words.title} size="lg">
      {opened && <Enrolling onClose={onClose} />}
    </Dialog>
  );
}

function Enrolling({ onClose }: { onClose: () => void }) {
  const { enrol: words } = useText().devices;
  const [id, setId] = useState('');
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: async () => {
      const device_id = id.trim();
      // Before there is a token: what is another one then has come by it.
      const before = await queries.query({ ...newestQuery(device_id), staleTime: 0 });
      return { ...(await unwrap(api.POST('/api/v1/devices/tokens', { body: device_id === '' ? {} : { device_id } }))), before };
    },
    gcTime: 0,
  });
  const fault = make.error instanceof ApiError ? make.error.fields.device_id?.[0] : undefined;

  if (make.data === undefined) {
    return (
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack gap="md">
          <Text size="sm">{words.hint}</Text>
          <TextInput label={words.id} description={words.idHint} value={id} maxLength={128} error={fault} onChange={(event) => { setId(event.currentTarget.value); }} />
          {make.isError && fault === undefined && <FailureAlert error={make.error} />}
          <Button type="submit" loading={make.isPending} data-autofocus>
            {words.make}
          </Button>
        </Stack>
      </form>
    );
  }
  const { token, expires_at, before } = make.data;
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={550} mb={4}>{words.token}</Text>
        <CopyLine text={token} what={words.token} />
        <Text size="xs" c="dimmed" mt={4}>{words.until} <When at={expires_at} /></Text>
      </div>
      <div>
        <Text size="sm" fw={550} mb={4}>{words.commands}</Text>
        <Stack gap={6}>
          <CopyLine text={`ccc connect --server ${window.location.origin} --token ${token}`} what={words.connect} />
          <CopyLine text="ccc daemon" what={words.daemon} />
        </Stack>
        <Text size="xs" c="dimmed" mt={4}>{words.daemon}</Text>
      </div>
      <Alert variant="light" color="iris" p="xs">
        <Arrival id={id.trim()} before={before} onClose={onClose} />
      </Alert>
    </Stack>
  );
}
