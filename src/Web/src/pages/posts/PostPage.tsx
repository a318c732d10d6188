import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { api, unwrap } from '../../api';
import { FailureAlert } from '../../feedback/FailureAlert';
import { toast } from '../../feedback/toasts';
import { useText } from '../../i18n/TextProvider';
import { keys } from '../../live/keys';
import { postQuery } from '../../names/queries';
import { Confirm } from '../../parts/Confirm';
import { DetailPage } from '../../parts/DetailPage';
import { pageOf } from '../../shell/pages';
import { useFormat } from '../../time/useFormat';
import { When } from '../../time/When';
import { EditTab } from './EditTab';
import { rolloutsQuery, type PostView } from './queries';
import { RolloutTab } from './rollout/RolloutTab';
import { SecretsTab } from './SecretsTab';
import { StaffTab } from './staff/StaffTab';
import { VersionsTab } from './VersionsTab';

const route = getRouteApi('/signed-in/posts/$id');

export function PostPage() {
  const { posts: words } = useText();
  const { number } = useFormat();
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const post = useQuery(postQuery(id));
  const rollouts = useQuery(rolloutsQuery(id));
  if (post.data === undefined) {
    return post.isError ? <FailureAlert error={post.error} onRetry={() => void post.refetch()} /> : <Skeleton height={240} radius="lg" />;
  }
  const { name, version, released, updated_at } = post.data;
  const open = rollouts.data?.items.filter((one) => one.ended_at === null).length;
  return (
    <DetailPage
      key={id}
      list={pageOf('/posts')}
      title={name}
      about={
        <>
          <span>{version === released ? words.versionIs(number(version)) : words.notReleased(number(version), number(released))}</span>
          <span>{words.columns.changed} <When at={updated_at} /></span>
        </>
      }
      actions={<Remove post={post.data} />}
      tab={tab ?? 'edit'}
      onTab={(next) => void navigate({ search: next === 'edit' ? {} : { tab: next } })}
      tabs={[
        { value: 'edit', label: words.tabs.edit, panel: <EditTab post={post.data} /> },
        { value: 'versions', label: words.tabs.versions, panel: <VersionsTab post={post.data} /> },
        { value: 'rollout', label: words.tabs.rollout, count: open, panel: <RolloutTab post={post.data} /> },
        { value: 'agents', label: words.tabs.agents, panel: <StaffTab post={post.data} /> },
        { value: 'secrets', label: words.tabs.secrets, panel: <SecretsTab id={id} /> },
      ]}
    />
  );
}

function Remove({ post: { id, name } }: { post: PostView }) {
  const { posts: words } = useText();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const [asked, ask] = useDisclosure();
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/posts/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      toast(words.removed(name));
      await navigate({ to: '/posts' });
      void queries.invalidateQueries({ queryKey: [...keys.posts, 'list'] });
    },
  });
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} />} onClick={ask.open}>{words.remove}</Button>
      <Confirm title={words.remove} deed={words.remove} opened={asked} pending={remove.isPending} error={remove.error} onConfirm={() => { remove.mutate(); }} onClose={ask.close}>{words.removeHint(name)}</Confirm>
    </>
  );
}
