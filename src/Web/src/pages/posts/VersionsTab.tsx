import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { flatten } from '../../list/pages';
import { keys } from '../../live/keys';
import { PlainTable } from '../../parts/PlainTable';
import { written } from '../../parts/tree';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import classes from './Posts.module.css';
import { compareQuery, versionsQuery, type PostView } from './queries';

const route = getRouteApi('/signed-in/posts/$id');

/** Who changed what, when and why; any two side by side; and back to any of them. */
export function VersionsTab({ post }: { post: PostView }) {
  const { posts: words } = useText();
  const { number } = useFormat();
  const { from = post.released === post.version ? Math.max(1, post.version - 1) : post.released, to = post.version } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const versions = useInfiniteQuery(versionsQuery(post.id));
  const restore = useMutation({
    mutationFn: (version: number) => unwrap(api.POST('/api/v1/posts/{id}/versions/{number}/restore', { params: { path: { id: post.id, number: version } } })),
    onSuccess: (saved) => {
      toast(words.saved(number(saved.version)));
      void queries.invalidateQueries({ queryKey: keys.posts });
    },
    onError: (error) => { toast(words.versions.restore, error); },
  });
  if (versions.data === undefined) {
    return versions.isError ? <FailureAlert error={versions.error} onRetry={() => void versions.refetch()} /> : <Skeleton height={200} radius="lg" />;
  }
  const rows = flatten(versions.data.pages, (version) => String(version.number));
  const numbers = [...new Set([...rows.map((row) => row.number), from, to])].sort((a, b) => b - a).map(String);
  const choose = (change: { from?: number; to?: number }) => void navigate({ search: { tab: 'versions', from, to, ...change }, replace: true });
  const { columns } = words.versions;
  return (
    <Stack gap="md">
      {post.version > 1 && (
        <>
          <Group gap="xs" align="flex-end">
            <GitCompareArrows size={16} aria-hidden="true" style={{ marginBottom: 8 }} />
            <Select size="xs" w={110} label={words.versions.from} allowDeselect={false} data={numbers} value={String(from)} onChange={(value) => { choose({ from: Number(value) }); }} />
            <Select size="xs" w={110} label={words.versions.to} allowDeselect={false} data={numbers} value={String(to)} onChange={(value) => { choose({ to: Number(value) }); }} />
          </Group>
          <Differences id={post.id} from={from} to={to} />
        </>
      )}
      <PlainTable
        label={words.tabs.versions}
        heads={[columns.number, columns.note, columns.author, columns.at, columns.deed]}
        total={versions.data.pages[0]?.total}
        onMore={versions.hasNextPage && !versions.isFetchingNextPage ? () => void versions.fetchNextPage() : undefined}
        rows={rows.map((version) => ({
          key: String(version.number),
          cells: [
            <Text key="n" component="span" size="sm" fw={550}>{number(version.number)}{version.number === post.released ? ` · ${words.versions.released}` : ''}</Text>,
            <span key="t">{version.restores === null ? version.note : [words.versions.restores(number(version.restores)), version.note].filter(Boolean).join(' · ')}</span>,
            version.author.name,
            <When key="w" at={version.at} />,
            version.number === post.version ? '' : (
              <Button key="r" size="compact-xs" variant="subtle" aria-label={words.versions.restoreOne(number(version.number))} loading={restore.isPending && restore.variables === version.number} onClick={() => { restore.mutate(version.number); }}>{words.versions.restore}</Button>
            ),
          ],
        }))}
      />
    </Stack>
  );
}

function Differences({ id, from, to }: { id: string; from: number; to: number }) {
  const { posts: words } = useText();
  const { number } = useFormat();
  const compared = useQuery(compareQuery(id, from, to));
  if (compared.data === undefined) {
    return compared.isError ? <FailureAlert error={compared.error} onRetry={() => void compared.refetch()} /> : <Skeleton height={90} radius="lg" />;
  }
  if (compared.data.items.length === 0) {
    return <Text size="sm" c="dimmed">{words.versions.same}</Text>;
  }
  return (
    <PlainTable
      label={words.versions.compare(number(from), number(to))}
      heads={[words.versions.path, words.versionIs(number(from)), words.versionIs(number(to)) + (from === to ? ' ' : '')]}
      rows={compared.data.items.map(({ path, from: before, to: after }) => ({
        key: path,
        cells: [
          <code key="p" style={{ fontSize: 12 }}>{path}</code>,
          <div key="f" className={classes.change} data-side="from">{written(before ?? undefined)}</div>,
          <div key="t" className={classes.change}>{written(after ?? undefined)}</div>,
        ],
      }))}
    />
  );
}
