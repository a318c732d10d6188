import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IdCard, Library, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands } from '../../commands/commands';
import { useText } from '../../i18n/TextProvider';
import { Empty } from '../../list/Empty';
import { ListPage } from '../../list/ListPage';
import { NothingFound } from '../../list/NothingFound';
import { flatten } from '../../list/pages';
import { given } from '../../list/search';
import { SearchField } from '../../list/SearchField';
import { VirtualTable, type Column } from '../../list/VirtualTable';
import table from '../../list/VirtualTable.module.css';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import { Gallery } from './Gallery';
import { postsQuery, type PostRow } from './queries';

const route = getRouteApi('/signed-in/posts');
const idOf = ({ id }: PostRow) => id;

export function PostsPage() {
  const { posts: words } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const posts = useInfiniteQuery(postsQuery(search.q));
  const rows = useMemo(() => (posts.data === undefined ? undefined : flatten(posts.data.pages, idOf)), [posts.data]);
  const columns = useColumns();
  const total = posts.data?.pages[0];
  const openGallery = () => void navigate({ search: (before) => ({ ...before, gallery: true as const }) });
  const create = () => void navigate({ to: '/posts/new' });
  useCommands([
    { id: 'posts:new', label: words.create, group: 'page', keys: ['c'], icon: Plus, run: create },
    { id: 'posts:gallery', label: words.gallery.open, group: 'page', icon: Library, run: openGallery },
  ]);

  const steps = (
    <Group gap="xs" wrap="nowrap">
      <Button size="xs" variant="default" leftSection={<Library size={14} />} onClick={openGallery}>{words.gallery.open}</Button>
      <Button size="xs" leftSection={<Plus size={14} />} onClick={create}>{words.create}</Button>
    </Group>
  );
  return (
    <>
      <ListPage
        title={words.title}
        total={total}
        actions={steps}
        filters={<SearchField value={search.q} label={words.find} onChange={(q) => void navigate({ search: given({ q }), replace: true })} />}
        error={posts.error}
        onRetry={() => void posts.refetch()}
      >
        <VirtualTable
          label={words.title}
          columns={columns}
          rows={rows}
          {...(total && { total: total.total })}
          idOf={idOf}
          nameOf={({ name }) => name}
          onOpen={({ id }) => void navigate({ to: '/posts/$id', params: { id } })}
          onEnd={posts.hasNextPage && !posts.isFetchingNextPage ? () => void posts.fetchNextPage() : undefined}
          empty={search.q === undefined ? <Empty icon={IdCard} title={words.empty} hint={words.emptyHint}>{steps}</Empty> : <NothingFound icon={IdCard} onClear={() => void navigate({ search: {} })} />}
        />
      </ListPage>
      {search.gallery === true && <Gallery onClose={() => void navigate({ search: given({ q: search.q }), replace: true })} />}
    </>
  );
}

function useColumns(): readonly Column<PostRow>[] {
  const { posts: words } = useText();
  const { number } = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        head: words.columns.name,
        width: 'minmax(150px, 1fr)',
        phone: true,
        cell: ({ id, name }) => <Link to="/posts/$id" params={{ id }} className={table.link}>{name}</Link>,
      },
      { key: 'about', head: words.columns.about, width: 'minmax(140px, 2fr)', cell: ({ description }) => <span title={description}>{description}</span> },
      {
        key: 'version',
        head: words.columns.version,
        width: '190px',
        cell: ({ version, released }) => <span>{version === released ? number(version) : words.notReleased(number(version), number(released))}</span>,
      },
      { key: 'changed', head: words.columns.changed, width: '120px', align: 'right', cell: ({ updated_at }) => <When at={updated_at} /> },
    ],
    [words, number],
  );
}
