import { Button, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { Dialog } from '../../parts/Dialog';
import classes from './Posts.module.css';
import { galleryQuery } from './queries';

/** Posts to begin with; each becomes a post of one's own. */
export function Gallery({ onClose }: { onClose: () => void }) {
  const { gallery: words } = useText().posts;
  const gallery = useQuery(galleryQuery);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: (name: string) => unwrap(api.POST('/api/v1/posts/gallery/{name}', { params: { path: { name } }, body: {} })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: keys.posts });
      return navigate({ to: '/posts/$id', params: { id } });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={words.open} size={860}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{words.hint}</Text>
        {gallery.isError && <FailureAlert error={gallery.error} onRetry={() => void gallery.refetch()} />}
        {take.isError && <FailureAlert error={take.error} />}
        {gallery.isPending && <Skeleton height={200} radius="lg" />}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {gallery.data?.items.map(({ name, title, description, template }) => (
            <section key={name} className={classes.card} aria-label={title}>
              <Text fw={600} size="sm">{title}</Text>
              <Text size="sm" c="dimmed" flex={1}>{description}</Text>
              <div className={classes.foot}>
                <Text size="xs" c="dimmed" truncate>{[template.runner ?? template.provider?.name, template.provider?.model].filter(Boolean).join(' · ')}</Text>
                <Button size="compact-sm" variant="light" aria-label={words.takeOne(title)} loading={take.isPending && take.variables === name} disabled={take.isPending} onClick={() => { take.mutate(name); }}>{words.take}</Button>
              </div>
            </section>
          ))}
        </SimpleGrid>
      </Stack>
    </Dialog>
  );
}
