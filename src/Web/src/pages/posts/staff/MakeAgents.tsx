import { Button, Group, NumberInput, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, unwrap } from '../../../api';
import { FailureAlert } from '../../../feedback/FailureAlert';
import { toast } from '../../../feedback/toasts';
import { useText } from '../../../i18n/TextProvider';
import { keys } from '../../../live/keys';
import { DevicePicker } from '../../../names/Picker';
import { Dialog } from '../../../parts/Dialog';
import { PlainTable } from '../../../parts/PlainTable';
import { useFormat } from '../../../time/useFormat';
import type { PostView } from '../queries';
import { byDevice, firstOrder, orderOf } from './order';

/** Many agents at once. Before any is made the server says which would come where. */
export function MakeAgents({ post, onClose }: { post: PostView; onClose: () => void }) {
  const { staff: words } = useText().posts;
  const { number } = useFormat();
  const queries = useQueryClient();
  const [order, setOrder] = useState(firstOrder);
  const [key] = useState(() => crypto.randomUUID());
  const wish = orderOf(order);
  const [asked] = useDebouncedValue(wish, 250);
  const preview = useQuery({
    queryKey: [...keys.agents, 'preview', post.id, asked],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/posts/{id}/agents', { params: { path: { id: post.id } }, body: { ...asked, preview: true }, signal })),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const make = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/posts/{id}/agents', { params: { path: { id: post.id } }, headers: { 'Idempotency-Key': key }, body: wish ?? {} })),
    onSuccess: ({ agents }) => {
      toast(words.made(number(agents.length)));
      void queries.invalidateQueries({ queryKey: keys.agents });
      onClose();
    },
  });
  const fields = preview.error instanceof ApiError ? preview.error.fields : {};
  const wrong = Object.values(fields).flat().join(' ');
  const places = preview.data === undefined || asked === undefined || preview.isError ? [] : byDevice(preview.data.agents);
  const sum = places.reduce((count, { names }) => count + names.length, 0);

  return (
    <Dialog opened onClose={onClose} title={words.make} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack gap="md">
          <SegmentedControl
            aria-label={words.where}
            value={order.how}
            data={[{ value: 'count', label: words.spread }, { value: 'devices', label: words.named }, { value: 'labels', label: words.picked }]}
            onChange={(how) => { setOrder({ ...order, how }); }}
          />
          {order.how === 'count' && <NumberInput label={words.howMany} description={words.spreadHint} min={1} max={1000} decimalScale={0} data-autofocus value={order.count} onChange={(count) => { setOrder({ ...order, count: Number(count) }); }} />}
          {order.how === 'devices' && (
            <>
              <DevicePicker label={words.addDevice} value={undefined} onChange={(id) => { if (id !== undefined) { setOrder({ ...order, devices: [...order.devices, id] }); } }} />
              {order.devices.length > 0 && <TagsInput aria-label={words.named} value={order.devices} onChange={(devices) => { setOrder({ ...order, devices }); }} />}
            </>
          )}
          {order.how === 'labels' && <TagsInput label={words.labels} description={words.labelsHint} placeholder="zone=eu" value={order.labels} onChange={(labels) => { setOrder({ ...order, labels }); }} />}
          <TextInput label={words.pattern} description={words.patternHint} value={order.pattern} onChange={({ currentTarget }) => { setOrder({ ...order, pattern: currentTarget.value }); }} />
          {preview.isError && (wrong === '' ? <FailureAlert error={preview.error} /> : <Text size="sm" role="alert" style={{ color: 'var(--status-unhealthy-text)' }}>{wrong}</Text>)}
          {places.length > 0 && (
            <PlainTable
              label={words.preview}
              heads={[words.device, words.willBe]}
              rows={places.map(({ device, names }) => ({
                key: device,
                cells: [device, names.length > 6 ? words.andMore(names.slice(0, 5).join(', '), number(names.length - 5)) : names.join(', ')],
              }))}
            />
          )}
          {make.isError && <FailureAlert error={make.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={make.isPending} disabled={wish === undefined || preview.isError || sum === 0}>{words.makeMany(number(sum))}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
